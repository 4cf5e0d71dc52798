<?php
$lang['title'] = '政策・予算の検索：%s';
$lang['open'] = '検索の頁で開く：%s';
