<?php
$lang['url'] = '検索サーバー（seisaku serve）のアドレス。末尾の / は付けない';
$lang['theme'] = '明るさ。light は明るく、dark は暗く、auto は読む人の設定に従う';
$lang['height'] = '枠の高さ（ピクセル）。中身が読み込まれると、それに合わせて変わる';
