<?php
$lang['url'] = 'Address of the search server (seisaku serve), without a slash at its end';
$lang['height'] = 'Height of the frame in pixels; it follows its content once that is loaded';
