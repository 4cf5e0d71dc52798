"""The notation of budget papers as tables: what each word and mark beside a sum means."""

import re

from index.words import Words

_DRAFT = r"[ 　]*(?:[（(][ 　]*(?:政府)?案[ 　]*[)）]|政府案|案(?!内|件|分))"
_CARRIED = r"(?:明許費?|(?:事業|予算)?費|[し])?(?:[（(][^（()）]{1,6}[)）])?(?:見込|予定)?(?:分|額)?(?!金)"
_NTH = "(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})[ 　]*[次号月]"
STAGE_WORDS: Words = (
    (r"補正[前後](?:の)?(?:予算)?額?", None),
    (r"概算(?:閣議)?決定額?", "draft"),
    (r"概算[ 　]*要求[ 　]*(?:[・･][ 　]*要望[ 　]*)?額?|(?:予算)?要求(?:[・･]要望)?額?|(?:予算)?見積額", "request"),
    (
        r"(?:新しい日本のための)?(?:優先課題|重要政策)推進枠(?:[・･]?要望額)?|(?<![一-鿿])推進枠|(?:重点)?要望額?",
        "priority",
    ),
    (
        rf"(?:[.．]?第?[ 　]*{_NTH}[ 　]*)?補正[ 　]*(?:予算)?(?:額?[（(]案[)）]|案)?(?:追加)?額?"
        rf"(?:[ 　]*[（(]?第?[ 　]*{_NTH}[)）]?)?",
        "supplementary",
    ),
    (
        r"(?:新型コロナウイルス感染症|新型コロナ|コロナ|原油価格|ウクライナ情勢|物価|高騰|経済|緊急|対応|対策|一般|促進|[・･])*"
        r"予備費(?:予算額|使用額)?",
        "reserve",
    ),
    (
        r"契約ベース|後年度負担(?:額|行為)?|国庫債務負担行為等?|国庫債務負担|債務負担行為(?:の?設定)?額?|国債行為|継続費(?:の)?(?:総額)?",
        "commitment",
    ),
    (r"(?<![一-鿿ァ-ヶー])総額", "commitment"),
    (rf"(?:(?:翌|次)年度(?:への?|に)?|(?:前|昨)年度(?:から)?の?|事故|からの?)?繰り?越{_CARRIED}", "carried"),
    (
        r"(?:歳[出入])?決算(?:見込み?)?(?:額|[（(]見込み?[)）])?|(?:予算)?執行(?:済み?|見込み?|実績)?額|執行(?:見込|実績)"
        r"|支出(?:済|負担行為)(?:歳出)?額|支出実績額?|実績額",
        "executed",
    ),
    (r"財政投融資(?:計画)?額?|不用額", None),
    (rf"(?:当初|政府|本|暫定|骨格)?[ 　]*予算(?:計上)?(?:額[ 　]*)?{_DRAFT}額?|政府案|(?:当初|政府)原案", "draft"),
    (r"(?:当初|政府|本|暫定|骨格)[ 　]*予算(?:計上)?額?|当初", "initial"),
    (r"予算[ 　]*(?:現額|計上)?額?", "initial"),
)
"""What a word beside a sum says of its stage; earlier rows win. 「2024年度予算額」 (white paper) is initial.

「令和6年度予算額（案）」 (文部科学省), 「令和6年度予算案」 (厚生労働省), 「概算決定額」 (農林水産省): the draft of
the government; 「補正予算案」 is an amendment before all. 「翌年度繰越額」, 「執行額」 「支出済額」 (review sheets,
municipal accounts): what became of a budget.
"""

STAGE_FIRST = (
    ".．契後コ不継推補概要予見新優重第0-9０-９一二三四五六七八九十ウ原物高経緊対"
    "般促国債総決執支実財当政本暫繰翌次前昨事骨歳か"
)
"""The characters that words of a stage begin with."""

BOUND_WORDS: Words = (
    (r"上限額?|限度額|(?<!過去)(?<!世界)(?<!国内)(?<!史上)最大で?|以内", "ceiling"),
    (
        r"(?<![一-鿿])約|(?<=[額費用算計度分金等間年枠約大均])約|およそ|おおむね|概ね"
        r"|(?<![一-鿿])(?:程度|推計額?|見込み?額?)|(?<=[のは])見込み?額?",
        "about",
    ),
)
"""「農地の集約」 and 「人口推計」 are words of their own.

What a word in front of a sum, or a bracket behind it, says of its bound; の内数 behind it is a portion."""

SUFFIX = re.compile(
    r"[ 　]*(?P<portion>の?内数(?:等)?|の一部(?![一-鿿]))"
    r"|[ 　]*(?P<about>程度|前後|規模|余り?|強(?![靱靭化い])|弱(?![い者])|超(?!え|過)|を?超(?:え|過)|以上"
    r"|台(?![風帳数湾場])|近く|ほど|内外)"
    r"|[ 　]*(?P<unit>(?:十億|百万|千|兆|億|万)円)"
    r"|[ 　]*(?P<ceiling>以内|以下|未満|を上限|が上限|を限度|まで)"
)
"""What stands directly behind a sum: 「15億円の内数」 (white paper, line 31), 「3億円の一部」, 「7,000億円規模」.

「3（2）億円」 has its unit there.
"""

FLAG_WORDS: Words = (
    (r"新規|新設|皆増|新規要求|新規計上", "new"),
    (r"(?:一部)?再掲|参考", "repeated"),
    (r"後掲", "later"),
)
"""What a bracket that says only this marks the amount as; 「（参考）」 adds up what stands elsewhere."""

FLAG_AHEAD = re.compile(
    r"[ 　]*(?:[(（【［\[〔<＜〈][ 　]*(?P<inside>(?:一部)?再掲|後掲|参考)[ 　]*[)）】］\]〕>＞〉]"
    r"|(?P<bare>(?:一部)?再掲|後掲|参考)[ 　]*[：:]|(?P<note>※))[ 　]*"
)
"""「（再掲）防災事業」 「【再掲】…」 「再掲：…」 「（参考）GX関連」: a flag before the name; 「※GX関連」 in a row."""

FLAG_LAST = re.compile(r"(?!一部|うち|この)[^。]{1,20}[のにでりら](?P<flag>再掲|後掲)")
"""「（1．の再掲）」 「（第2章に後掲）」: a flag that says of where."""

FLAG_BEFORE = re.compile(r"(?:(?P<new>新規|新設|皆増)|拡充|継続)(?=[ 　]*(?:[：:][ 　]*)?$)")
"""「スポーツ振興　新規 150百万円」 「【新規：4億円】」: a mark set apart in front of the sum."""

STATUS = re.compile(
    r"[ 　]*(?P<open>[(（【［\[〔<＜〈])?[ 　]*"
    r"(?P<words>(?:新規|新|拡充|拡|継続|継|改善|改|見直し?|重点|重|一部|[・･/／、 　])+)"
    r"(?(open)[ 　]*[)）】］\]〕>＞〉]|(?<=[新拡継改重])(?=[ 　]))[ 　]*"
)
"""A mark in front of a name: 「【新規】」 「(拡)」 「（新・一部）」 「新 …」; only 新 says that nothing came before."""

NEW_BEHIND = re.compile(r"新規(?:に)?(?:要求|計上|要望)")
"""「…を新規要求」 behind a sum (request paper, line 14) says that there was none before."""

PART = re.compile(
    r"[、, 　]*(?P<what>(?:の?(?:この|その)?うち(?!わ)|一部|の?内(?=[、, 　0-9０-９]|訳)(?:訳[：:]?)?)[、,]?[ 　]*)"
)
"""「うち、GX：2,806億円」 「一部GX1,576億円」 (white paper, lines 52 and 564): part of the amount before it."""

INCLUDED = re.compile(r"[ 　]*(?:の?内数)?(?:を|も)?(?:含む|含み|含んだ)")
"""「（R5補正 5億円を含む）」: part of the amount in front of the brackets."""


BESIDES = re.compile(r"別途|(?:この|その)?(?:ほか|他)に?(?:[、，, 　]|(?=令和|平成|[0-9０-９RＲ]))|別に|外数")
"""「（別途、復興特会 5億円）」: besides the amount in front of the brackets, and no part of it."""

SOURCE = re.compile(r"(?P<label>[^。]+?)の(?:内数(?:等)?|一部)$")
"""「…運営費交付金の内数」 (white paper, line 108), 「…交付金の一部」: what a sum is taken from."""

LABEL_WORDS = re.compile(
    r"国費|(?:全体|総)?事業費|公費|国庫(?:支出金|補助金|負担金)?|[都道府県市区町村]{1,3}(?:費|支出金|補助金|債)"
    r"|(?:うち)?一般財源|特定財源|地方債|地方負担額?|繰入金|歳入|歳出|支出限度額|委託費|補助金"
    r"|(?:[国県市町村道府都]|その他)(?=[ 　]*$)"
)
"""Words that say which side of a programme's money a sum is: 「国費 500億円」."""

PROGRAMME_END = re.compile(
    r"(?:事業|整備|支援|推進|対策|強化|促進|育成|確保|開発|活用|創出|改革|実証|構築|拡充|充実|振興|導入|調査|研究|保全|改修|建設|更新"
    r"|補修|運営|管理|対応|向上|高度化|無償化|プロジェクト|プログラム|プラン)$"
)
"""What names of programmes end with."""

WHOLE_LIFE = re.compile(r"(?:総|全体|概算)事業費")
"""「総事業費 80億円」: what a programme costs in all its years."""

FUNDING_SIDE = re.compile(
    r"(?:うち)?一般財源|特定財源|地方債|[都道府県市区町村]{1,3}(?:債|支出金)|国庫支出金|国県支出金|その他"
)
"""What says that the sums beside it are what a programme is paid from."""

OTHERS = re.compile(r"その他(?=[ 　\t…‥]+[約▲△]?[0-9０-９一二三四五六七八九十百千])")
"""「その他　5億円」 at the beginning of a line is an entry, unless what stands before it is paid from it."""

ESTIMATE = re.compile(r"推計額?|見込み?額?")

OVER = re.compile(
    r"[（(][ 　]*(?P<years>[0-9０-９]{1,2})[ 　]*(?:[かヵヶカ箇ケ]|か所)?年(?:間|度)?[ 　]*[)）]"
    r"|(?P<long>[0-9０-９]{1,2}|[二三四五六七八九十]{1,2})[ 　]*"
    r"(?:[かヵヶカ箇ケ]年(?:間|度)?|年間|年(?=総額|合計|累計))[ 　]*"
    r"(?:(?:で|に(?:わた|渡)り|の)?[ 　]*(?:支援|事業)?(?:総額|合計|累計)|で(?=[ 　約]*(?:$|[0-9０-９])))"
    r"|(?P<plain>[0-9０-９]{1,2})[ 　]*[かヵヶカ箇ケ]年"
)
"""「国庫債務負担行為(5年) : 1,925億円」 (request paper, line 49): the years that a commitment runs over."""

YEARLY = re.compile(r"年割額|単年度分?|初年度分?|当年度分|本年度分")
"""「継続費総額 2,638億円（年割額 12億円）」: what falls to this year."""

FUND = re.compile(r"基金(?:事業)?(?:[（(][^（()）]*[)）])?$")
COMMITMENT_NAME = re.compile(r"債務負担行為")
NO_SUM = re.compile(r"事項(?:のみの?)?(?:要求|要望|計上)|(?:^|(?<=[ 　\t：:【（(〔]))億円未満(?=$|[ 　）)】（(〔])")
"""「事項要求」 is a request without a sum, 「億円未満」 a sum too small to be printed."""

NOTHING = re.compile(r"(?:^|(?<=[ 　：:】）]))(?:[―－—–‐−ー-]{1,2}|皆減|廃止)[ 　]*$")
"""「【―（409億円）】」 「皆減（409億円）」: nothing this year, so that the brackets hold the year before."""

REMARK = re.compile(r"(?:として|により|において|にて)(?:実施|措置|計上|対応)(?:予定)?$|^別途計上$")
"""A last bracket that says who carries an item out is no part of its name (white paper, line 599)."""

PREVIOUS = re.compile(r"前年度?|昨年度|前回")
"""Words of the year before, known to be earlier even where the paper's own year is not."""


LEGEND = re.compile(
    r"(?:[（(〔＜<\[［][ 　]*[)）〕＞>\]］]|括弧|カッコ|かっこ)[ 　]*(?:書き?)?(?:内)?(?:の)?"
    r"(?:数字|金額|数値|計数|額)?[ 　]*"
    r"(?:に|には|は|内は)[、，：: 　]*(?P<what>[^。、]{0,40}?(?:予算|年度|補正|当初)[^。、]{0,20})"
)
"""What the paper says of a bare sum in brackets: 「（ ）に令和5年度当初予算額を記載」 (request paper, line 32)."""

PLAIN_NUMBER = r"[▲△\-－−]?[ 　]*[0-9０-９][0-9０-９,，.．]*"
_MARK_BEHIND = r"(?:一部)?再掲|後掲|新規|新設|の?内数(?:等)?|上限|限度|推計|見込み?|概数|約"
DECORATED = re.compile(
    rf"(?P<before>(?:(?:約|およそ|おおむね|概ね|最大で?|上限|うち)[ 　]*)?)"
    rf"(?!(?:19|20)[0-9]{{2}}[ 　]*[〜～~])(?P<number>{PLAIN_NUMBER})"
    rf"(?:[ 　]*(?:[〜～~]|[\-－−](?=[ 　]*[0-9０-９]))[ 　]*約?(?P<upper>[0-9０-９][0-9０-９,，.．]*))?"
    rf"(?:(?P<part>[ 　]*[(（【\[][ 　]*うち[^0-9０-９()（）]{{0,20}})(?P<inner>{PLAIN_NUMBER})(?=[ 　]*[)）】\]]))?"
    rf"(?P<behind>[ 　]*(?(part)[)）】\]])(?:の?内数(?:等)?|程度|規模|前後|以内|を?上限|再掲|後掲)?"
    rf"(?:[ 　]*[(（【\[][ 　]*(?:{_MARK_BEHIND})[ 　]*[)）】\]]|[ 　]*[+＋][ 　]*事項要求)*"
    rf"(?:[ 　]*(?:[※＊*]|注)[0-9０-９]{{0,2}}[)）]?)?)"
)
"""A plain number in a cell with what says how far it goes: 「約1,000」 「1,200の内数」 「500（再掲）」."""

NUMBERED = re.compile(
    r"第?[ 　]*(?P<number>[0-9０-９]{1,2}|[一二三四五六七八九十])[ 　]*(?P<kind>[号次月])"
    r"(?=[^0-9]{0,3}補正|[^補]{0,3}$)"
)
"""「第1号補正」 「補正（第2号）」 「9月補正」: which of the amendments of one year, told apart by nothing else."""

PART_NAMED = re.compile(r"[（(][ 　]*うち(?!わ)[^（()）]*[)）]$|(?<=[^ 　、。])のうち(?!わ)[^。]{1,40}$")
"""「道路事業（うち防災分）」 「道路事業のうち耐震化」: the name of a part."""

NO_MONEY_ROW = re.compile(
    r"(?<![税利])率(?:[ 　]*[（(][^（()）]{1,6}[)）])?$|[（(][ 　]*(?:[%％人件校館台㎡]|か所|箇所|世帯)[ 　]*[)）]$"
)
"""「執行率（％）」, 「参加者（人）」: a row of rates or counts, whatever the unit of its table."""

STATUS_CELL = re.compile(r"(?:新規?|拡充?|継続?|改善|見直し?|重点|一部|[・･/／（）() 　])+")
"""A cell that says only this names no programme, whatever its column: 「継続」 below 区分."""

BRACKETED = re.compile(r"[(（＜<〈\[【][ 　]*[▲△]?[ 　]*[0-9０-９][0-9０-９,，.．]+[ 　]*[)）＞>〉\]】]")
"""A number in brackets alone: a part, the year before or a repetition, and none says which."""

CELL_NUMBER = re.compile(
    r"(?<![A-Za-zＡ-Ｚａ-ｚ第0-9０-９,，.．※])[▲△]?[0-9０-９][0-9０-９,，.．]*"
    r"(?![0-9０-９,，.．]|[ 　]*[人件箇か所年月日%％回戸世校台名社者カヵヶケ号次位点条項章節])"
    r"(?![ 　]*[割倍本基隻機棟室頭羽品市町村区])"
    r"(?![ 　]*[億兆万円A-Za-z])"
)
"""A number that may be a sum, and counts nothing: 「うち重要政策推進枠 80,000」, but not 「2人分」."""

REMARK_NUMBER = re.compile(r"うち|要望|推進枠|補正|当初|予算|基金|国費")
"""In a column of remarks a number without thousands is a sum only beside words of the budget."""

ACCOUNT_BUDGET = re.compile(
    r"(?P<account>[^ 　、。（）()【】]{0,20}?会計)[ 　]*(?:歳[出入])?(?:当初|補正)?予算(?:案|額|総額)?"
    r"[ 　]*(?:[：:][ 　]*)?$"
)
"""「一般会計当初予算額　523億円」: the account is the name."""
