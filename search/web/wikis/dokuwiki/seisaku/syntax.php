<?php
/**
 * {{seisaku>QUERY}} or {{seisaku>QUERY|show=total|limit=5}}: the live answer to a query, in a frame.
 *
 * What follows the last bars is an option as long as it reads like one; a bar before that belongs to the query, where
 * it means OR. The address of the server is a setting; nothing of the query is put into the page unescaped.
 */

class syntax_plugin_seisaku extends DokuWiki_Syntax_Plugin
{
    /** The options and what each may be. */
    const OPTIONS = [
        'show' => '/^(?:hits|total|history)$/D',
        'limit' => '/^[1-9][0-9]?$/D',
        'box' => '/^(?:open|fixed)$/D',
        'theme' => '/^(?:auto|light|dark)$/D',
        'height' => '/^[1-9][0-9]{1,3}$/D',
    ];

    /** A form in a frame is submitted only with allow-forms; links open the full page, which is no longer confined. */
    const SANDBOX = 'allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox';

    public function getType()
    {
        return 'substition';
    }

    public function getPType()
    {
        return 'block';
    }

    /** Before the core's {{media}}. */
    public function getSort()
    {
        return 315;
    }

    public function connectTo($mode)
    {
        $this->Lexer->addSpecialPattern('\{\{seisaku>[^\n]+?\}\}(?!\})', $mode, 'plugin_seisaku');
    }

    /** Return the query and the options. */
    public function handle($match, $state, $pos, Doku_Handler $handler)
    {
        $parts = explode('|', substr($match, strlen('{{seisaku>'), -2));
        $options = [];
        while (count($parts) > 1 && $this->option(end($parts), $options)) {
            array_pop($parts);
        }
        return [trim(implode('|', $parts)), $options];
    }

    public function render($mode, Doku_Renderer $renderer, $data)
    {
        [$query, $options] = $data;
        if ($mode === 'metadata') {
            return true;
        }
        $height = (int) ($options['height'] ?? $this->getConf('height'));
        unset($options['height']);
        $options += ['theme' => $this->getConf('theme')];
        $page = $this->address('/search', ['q' => $query]);
        if ($mode !== 'xhtml') {
            $renderer->externallink($page, sprintf($this->getLang('open'), $query));
            return true;
        }
        $attributes = buildAttributes([
            'class' => 'plugin_seisaku',
            'src' => $this->address('/embed', ['q' => $query] + $options),
            'title' => sprintf($this->getLang('title'), $query),
            'sandbox' => self::SANDBOX,
            'referrerpolicy' => 'no-referrer',
            'loading' => 'lazy',
            'width' => '100%',
            'height' => $height,
            'frameborder' => '0',
        ]);
        $link = buildAttributes(['href' => $page, 'target' => '_blank', 'rel' => 'noopener noreferrer']);
        $words = hsc(sprintf($this->getLang('open'), $query));
        $renderer->doc .= "<iframe $attributes><a $link>$words</a></iframe>" . DOKU_LF;
        return true;
    }

    /** Take "name=value" into the options; say whether it is one. */
    protected function option($words, &$options)
    {
        [$name, $value] = array_map('trim', explode('=', $words, 2) + [1 => '']);
        if (!isset(self::OPTIONS[$name]) || !preg_match(self::OPTIONS[$name], $value)) {
            return false;
        }
        $options += [$name => $value];
        return true;
    }

    /** Return an address of the server. */
    protected function address($path, $values)
    {
        $base = rtrim($this->getConf('url'), '/');
        return $base . $path . '?' . http_build_query($values, '', '&', PHP_QUERY_RFC3986);
    }
}
