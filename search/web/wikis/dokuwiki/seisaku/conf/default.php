<?php
/** Defaults of the settings; an administrator changes them in the configuration manager. */
$conf['url'] = 'http://127.0.0.1:8765';
$conf['height'] = 480;
$conf['theme'] = 'light';
