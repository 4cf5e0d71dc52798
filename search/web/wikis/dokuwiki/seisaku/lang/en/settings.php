<?php
$lang['url'] = 'Address of the search server (seisaku serve), without a slash at its end';
$lang['theme'] = 'Colours: light, dark, or auto for what the reader has chosen';
$lang['height'] = 'Height of the frame in pixels; it follows its content once that is loaded';
