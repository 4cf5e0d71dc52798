<?php
$lang['title'] = 'Policy and budget search: %s';
$lang['open'] = 'Open in the search page: %s';
