<?php
/** The kinds of the settings. */
$meta['url'] = ['string', '_pattern' => '!^https?://[^\s"<>?#]+$!'];
$meta['theme'] = ['multichoice', '_choices' => ['light', 'dark', 'auto']];
$meta['height'] = ['numeric', '_min' => 80, '_max' => 4000];
