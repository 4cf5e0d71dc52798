<?php
/**
 * <seisaku q="QUERY" show="hits|total|history" limit="5" box="open|fixed"/>, or the query between two tags: the live
 * answer to a query, in a frame.
 */

namespace MediaWiki\Extension\Seisaku;

use Config;
use Html;
use MediaWiki\Hook\ParserBeforeInternalParseHook;
use MediaWiki\Hook\ParserFirstCallInitHook;
use Parser;

class Hooks implements ParserFirstCallInitHook, ParserBeforeInternalParseHook {
	/** The options and what each may be. */
	private const OPTIONS = [
		'show' => '/^(?:hits|total|history)$/D',
		'limit' => '/^[1-9][0-9]?$/D',
		'box' => '/^(?:open|fixed)$/D',
		'theme' => '/^(?:auto|light|dark)$/D',
	];

	/** A form in a frame is submitted only with allow-forms; links open the full page, which is no longer confined. */
	private const SANDBOX = 'allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox';

	private Config $config;

	public function __construct( Config $config ) {
		$this->config = $config;
	}

	/** @inheritDoc */
	public function onParserFirstCallInit( $parser ) {
		$parser->setHook( 'seisaku', [ $this, 'shown' ] );
	}

	/**
	 * Write "amount>1000億" in an attribute so that its sign does not end the tag: MediaWiki takes the first for its end.
	 *
	 * @inheritDoc
	 */
	public function onParserBeforeInternalParse( $parser, &$text, $stripState ) {
		if ( stripos( $text, '<seisaku' ) !== false ) {
			$text = preg_replace_callback(
				'/<seisaku\s(?:[^"\'<>]|"[^"]*"|\'[^\']*\')*>/iu',
				static fn ( $match ) => str_replace( '>', '&gt;', substr( $match[0], 0, -1 ) ) . '>',
				$text
			) ?? $text;
		}
	}

	/** Return the frame, or the custom element. */
	public function shown( ?string $input, array $attributes, Parser $parser ): string {
		$query = trim( $attributes['q'] ?? html_entity_decode( $input ?? '', ENT_QUOTES | ENT_HTML5 ) );
		$options = array_filter(
			array_intersect_key( $attributes, self::OPTIONS ),
			static fn ( $value, $name ) => (bool)preg_match( self::OPTIONS[$name], $value ),
			ARRAY_FILTER_USE_BOTH
		) + [ 'theme' => $this->config->get( 'SeisakuTheme' ) ];
		$base = rtrim( $this->config->get( 'SeisakuUrl' ), '/' );
		$output = $parser->getOutput();
		$origin = preg_replace( '!^(https?://[^/]+).*$!', '$1', $base );
		$output->addExtraCSPDefaultSrc( $origin );
		if ( $this->config->get( 'SeisakuWidget' ) ) {
			$output->addExtraCSPScriptSrc( $origin );
			$output->addHeadItem( Html::element( 'script', [ 'src' => "$base/widget.js", 'defer' => true ] ), 'seisaku' );
			return Html::element( 'seisaku-search', [ 'q' => $query ] + $options );
		}
		$output->addModules( [ 'ext.seisaku' ] );
		$output->addModuleStyles( [ 'ext.seisaku.styles' ] );
		$link = Html::element(
			'a',
			[
				'href' => self::address( "$base/search", [ 'q' => $query ] ),
				'target' => '_blank',
				'rel' => 'noopener noreferrer',
			],
			self::words( 'seisaku-open', $query, $parser )
		);
		return Html::rawElement(
			'iframe',
			[
				'class' => 'mw-seisaku',
				'src' => self::address( "$base/embed", [ 'q' => $query ] + $options ),
				'title' => self::words( 'seisaku-title', $query, $parser ),
				'sandbox' => self::SANDBOX,
				'referrerpolicy' => 'no-referrer',
				'loading' => 'lazy',
				'width' => '100%',
				'height' => $this->height( $attributes ),
			],
			$link
		);
	}

	private function height( array $attributes ): int {
		$height = $attributes['height'] ?? '';
		return preg_match( '/^[1-9][0-9]{1,3}$/D', $height ) ? (int)$height : (int)$this->config->get( 'SeisakuHeight' );
	}

	/** Return a message with the query in it, in the language of the page. */
	private static function words( string $key, string $query, Parser $parser ): string {
		return wfMessage( $key )->plaintextParams( $query )->inLanguage( $parser->getTargetLanguage() )->text();
	}

	private static function address( string $page, array $values ): string {
		return $page . '?' . http_build_query( $values, '', '&', PHP_QUERY_RFC3986 );
	}
}
