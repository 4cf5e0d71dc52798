"""The notation of budget papers as tables: what each word and mark beside a sum means."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from index.text import fold

Words = Sequence[tuple[str, str | None]]

_NTH = "[0-9０-９一二三四五六七八九十]+[ 　]*[次号]"
STAGE_WORDS: Words = (
    (r"補正[前後](?:の)?(?:予算)?額?", None),
    (r"概算決定額?", "initial"),
    (r"概算[ 　]*要求[ 　]*(?:[・･][ 　]*要望[ 　]*)?額?|(?:予算)?要求(?:[・･]要望)?額?|(?:予算)?見積額", "request"),
    (
        r"(?:新しい日本のための)?(?:優先課題|重要政策)推進枠(?:[・･]?要望額)?|(?<![一-鿿])推進枠|(?:重点)?要望額?",
        "priority",
    ),
    (
        rf"(?:第?[ 　]*{_NTH}[ 　]*)?補正[ 　]*(?:予算)?(?:[（(]?案[)）]?)?(?:追加)?額?"
        rf"(?:[ 　]*[（(]?第?[ 　]*{_NTH}[)）]?)?",
        "supplementary",
    ),
    (
        r"(?:新型コロナウイルス感染症|原油価格|ウクライナ情勢|物価|高騰|経済|緊急|対応|対策|一般|促進|[・･])*"
        r"予備費(?:予算額|使用額)?",
        "reserve",
    ),
    (r"国庫債務負担行為等?|国庫債務負担|債務負担行為|国債行為|継続費(?:の)?(?:総額)?", "commitment"),
    (r"(?<![一-鿿ァ-ヶー])総額", "commitment"),
    (r"決算(?:見込)?額?|執行額|支出済額|実績額|財政投融資(?:計画)?額?", None),
    (r"(?:当初|政府|本|暫定)[ 　]*予算(?:[ 　]*[（(]?(?:政府)?案[)）]?)?額?|当初|政府案", "initial"),
    (r"予算[ 　]*(?:[（(]?(?:政府)?案[)）]?|現額|計上)?額?", "initial"),
)
"""What a word beside a sum says of its stage; earlier rows win. 「2024年度予算額」 (white paper) is initial."""

STAGE_FIRST = "継推補概要予見新優重第0-9０-９一二三四五六七八九十ウ原物高経緊対般促国債総決執支実財当政本暫"
"""The characters that words of a stage begin with."""

BOUND_WORDS: Words = (
    (r"上限額?|限度額|(?<!過去)(?<!世界)(?<!国内)(?<!史上)最大で?|以内", "ceiling"),
    (
        r"(?<![一-鿿])約|(?<=[額費用算計度分金等間年枠約])約|およそ|おおむね|概ね"
        r"|(?<![一-鿿])(?:程度|推計額?|見込み?額?)|(?<=[のは])見込み?額?",
        "about",
    ),
)
"""「農地の集約」 and 「人口推計」 are words of their own.

What a word in front of a sum, or a bracket behind it, says of its bound; の内数 behind it is a portion."""

SUFFIX = re.compile(
    r"[ 　]*(?P<portion>の?内数(?:等)?)"
    r"|[ 　]*(?P<about>程度|前後|規模|余り?|強(?![靱靭化い])|弱(?![い者])|超(?!え|過)|を?超(?:え|過)|以上)"
    r"|[ 　]*(?P<unit>(?:十億|百万|千|兆|億|万)円)"
    r"|[ 　]*(?P<ceiling>以内|以下|未満|を上限|が上限|を限度|まで)"
)
"""What stands directly behind a sum: 「15億円の内数」 (white paper, line 31), 「7,000億円規模」, 「3（2）億円」."""

FLAG_WORDS: Words = (
    (r"新規|新設|皆増|新規要求|新規計上", "new"),
    (r"(?:一部)?再掲", "repeated"),
    (r"後掲", "later"),
)
"""What a bracket that says only this marks the amount as."""

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

EXCLUDED = re.compile(r"[ 　]*(?:の?内数)?(?:[はを]|分を)?(?:除[くきい]|含まな|含まず|含めな)")
"""「（他省庁計上分 5億円を除く）」: no money of the item."""

BESIDES = re.compile(r"別途|(?:この|その)?(?:ほか|他)に?[、，, 　]|別に|外数")
"""「（別途、復興特会 5億円）」: besides the amount in front of the brackets, and no part of it."""

SOURCE = re.compile(r"(?P<label>[^。]+?)の内数(?:等)?$")
"""「…運営費交付金の内数」 without a sum of its own names what the money is taken from (white paper, line 108)."""

LABEL_WORDS = re.compile(
    r"国費|(?:全体|総)?事業費|公費|国庫(?:支出金|補助金|負担金)?|[都道府県市区町村]{1,3}(?:費|支出金|補助金|債)"
    r"|(?:うち)?一般財源|特定財源|地方債|地方負担額?|繰入金|歳入|歳出|支出限度額|委託費|補助金"
)
"""Words that say which side of a programme's money a sum is: 「国費 500億円」."""

WHOLE_COST = re.compile(r"(?:全体|総)?事業費$")
"""The whole cost is more than the State's share of it, so that the two are never added."""

DIFFERENCE_BEFORE = re.compile(
    r"(?:対?前年度?(?:当初)?(?:予算)?(?:額)?比|対前年度?|対当初|増減額?|増加額?|減少額?|差引額?|差額|比較(?:増減)?)"
    r"[ 　]*[：:]?[ 　]*[+＋\-－−±]?[ 　]*$|[+＋±][ 　]*$"
)
DIFFERENCE_BEHIND = re.compile(
    r"[ 　]*(?:の|を)?[ 　]*(?:増(?!設|強|進|殖|員)|減(?!災|税|免|塩|農|容)|上回|下回|増額|減額)"
)
"""What was added or taken away since another year is no amount: 「対前年度＋134千円」 「134千円増」."""

UNIT_COST = re.compile(
    r"(?:当たり|あたり|につき|ごとに|月額|日額|時給|単価|自己負担額?|補助(?:上限|基準)額?|助成上限額?|手当額?"
    r"|資本金|年収|所得|[1１一][人件戸世帯社者回日])(?:の)?"
    r"(?:上限額?|最大)?[ 　:：]*(?:月額|日額|年額|最大|上限)?[ 　]*約?$"
)
OTHER_MONEY = re.compile(
    r"(?:(?:発行|販売|投資|融資|貸付|保証|契約|資産|取引|売上|被害|損失|寄[附付]|目標|出資|支援規模|事業規模)"
    r"(?:総)?[額枠]?|(?:輸出|輸入|消費|生産|出荷|産出|販売|調達|支出|貯蓄|負債|債務|納税|税収)(?:総)?額|売り?上げ?高?"
    r"|(?:市場|経済|産業)規模|ＧＤＰ|GDP|国内総生産|国民所得|所得|残高|時価総額|経済損失|経済効果|損失|赤字額?|黒字額?"
    r"|収支|利益|負債|税収)(?:は|が|も|を|で|の|の[^、。（(]{1,8}が)?[ 　:：]*(?:[約計]|総額|およそ|年間)?$"
)
"""Money that moves without being a budget, where it stands directly in front of a sum: 「輸出額は3,600億円」."""

STATEMENT = re.compile(
    r"[ 　]*(?:程度|規模|余り?)?"
    r"(?:を(?:超え|上回|突破)|に(?:達|上[るっりま]|及[びぶん]|の?ぼ)|と(?:見込|推計|試算|言われ|され))"
)
TOPIC = re.compile(r"[^、。，（(]*[はがも][ 　]*約?$")
"""「市場規模は3兆円と見込まれる」: what a sentence says of the world is a budget only where it says so."""

MONEY_NAME = re.compile(r"(?<=[一-鿿ァ-ヶー・])(?:手当|保証|融資|出資|貸付|契約)[ 　\t…・]+$")
LEAST_BUDGET = 10**6
"""「児童手当　1,486億円」: a name ends in such a word where its sums, set apart and large, end the entry."""

THRESHOLD = re.compile(
    r"[ 　]*(?:以上|超|以下|未満|を超える)の(?:[^、。，0-9０-９]{0,20}?)(?:企業|事業者|世帯|法人|者|団体)"
)
"""「1億円以上の投資を行う企業」: whom something is for, in the midst of a name."""

UNIT_COST_BEHIND = re.compile(
    r"[ 　]*(?:[/／](?:人|件|戸|月|日|年|回|世帯|社|kW|ｋＷ|t|㎡)|ずつ"
    r"|(?:以上|超|以下|未満)?(?:の|を)(?:企業|世帯|法人|者|方))"
)
"""A price, a grant for one household, the size of a firm: no budget."""

ESTIMATE = re.compile(r"推計額?|見込み?額?")
SEVERAL_YEARS = re.compile(
    r"[0-9０-９一二三四五六七八九十]+[ 　]*[かヵヶカ箇ケ]?年(?:間|度)?[ 　]*(?:で|の|に|累計|合計|総額|にわたり)"
)
"""「五年間で四十三兆円」 in a speech is no year's budget."""

OVER = re.compile(
    r"[（(][ 　]*(?P<years>[0-9０-９]{1,2})[ 　]*(?:[かヵヶカ箇ケ]|か所)?年(?:間|度)?[ 　]*[)）]"
    r"|(?P<long>[0-9０-９]{1,2}|[二三四五六七八九十]{1,2})[ 　]*(?:[かヵヶカ箇ケ]年(?:間|度)?|年間)[ 　]*"
    r"(?:(?:で|に(?:わた|渡)り|の)?[ 　]*(?:支援|事業)?(?:総額|合計|累計)|で(?=[ 　約]*(?:$|[0-9０-９])))"
    r"|(?P<plain>[0-9０-９]{1,2})[ 　]*[かヵヶカ箇ケ]年"
)
"""「国庫債務負担行為(5年) : 1,925億円」 (request paper, line 49): the years that a commitment runs over."""

YEARLY = re.compile(r"年割額|単年度分?|初年度分?|当年度分|本年度分")
"""「継続費総額 2,638億円（年割額 12億円）」: what falls to this year."""

FUND = re.compile(r"基金(?:事業)?(?:[（(][^（()）]*[)）])?$")
COMMITMENT_NAME = re.compile(r"債務負担行為")
NO_SUM = re.compile(r"事項(?:のみの?)?(?:要求|要望|計上)")
"""「事項要求」 is a request without a sum."""

NOTHING = re.compile(r"(?:^|(?<=[ 　：:】）]))(?:[―－—–‐−ー-]{1,2}|皆減|廃止)[ 　]*$")
"""「【―（409億円）】」 「皆減（409億円）」: nothing this year, so that the brackets hold the year before."""

TOTAL_NAME = re.compile(
    r"(?:^|関連|所管|会計|歳[出入]|予算(?:額|総額)?|施策|事業|[ 　省庁府院局部課費])[ 　]*"
    r"(?:合[ 　]*計|総[ 　]*計|小[ 　]*計|累[ 　]*計|計)(?:額)?$"
    r"|^(?:総合計|[合総小][ 　]*計)(?![一-鿿ァ-ヶー])|要求(?:・要望)?(?:の)?総額$"
    r"|予算(?:[（(][^（()）]*[)）])?の規模$|予算の?総額$"
    r"|(?:^|会計|予算)(?:予算|歳出|歳入)(?:予算)?総額$"
    r"|^[（(【]?(?:合|総|小)?計[）)】]?$"
)
REMARK = re.compile(r"(?:として|により|において|にて)(?:実施|措置|計上|対応)(?:予定)?$|^別途計上$")
"""A last bracket that says who carries an item out is no part of its name (white paper, line 599)."""

PREVIOUS = re.compile(r"前年度?|昨年度|前回")
"""Words of the year before, known to be earlier even where the paper's own year is not."""

STRONG_WORDS = re.compile(r"予算|補正|計上|措置|概算要求|要求額|要望額|国費|予備費")
"""Words that make a clause speak of a budget, whatever the rest of the sentence speaks of."""

BUDGET_WORDS = re.compile(
    r"予算|補正|計上|措置|概算要求|要求額|要望額|基金|国費|公費|事業費|補助|交付金|委託費|予備費|盛り込|確保|国庫債務|債務負担|支出|財政投融資|歳出|歳入|一般会計|特別会計|投入"
)
"""A sum in a sentence is an amount only where the sentence speaks of a budget."""

NO_BUDGET_WORDS = re.compile(
    r"売上|売り上げ|目指|目標|ＧＤＰ|GDP|国内総生産|国民所得|資本金|残高|輸出額|輸入額|出荷額|生産額|市場規模|経済効果|時価総額|罰金|賠償|被害額|損失|融資残高"
    r"|産出額|税収額|輸出総額|輸入総額|経済損失|投資額|経済規模"
    r"|黒字|赤字|収支|民間投資|官民投資|見込まれ|試算|年収|賃金|所得|資産|税収|利益|消費額|取引額|保証額|納付|負担軽減|過料|給付額|達し|公債金|国債発行|租税|印紙収入"
)
"""Sentences with these speak of other money as well; what is what there is left to the audit."""

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

_LONGEST_ACCOUNT = 40
FISCAL_ACCOUNT = re.compile(r"[^うち、,。\s（）()【】：:]{2,20}?(?:特別会計|特会)")


def words_pattern(table: Words, first: str = "") -> re.Pattern[str]:
    """Return one pattern for a table of words; the group that matched, ``g0``, ``g1`` …, is the row.

    `first`, the characters that any of them begins with, spares a try at every other.
    """
    ahead = f"(?=[{first}])" if first else ""
    return re.compile(ahead + f"(?:{'|'.join(f'(?P<g{row}>{pattern})' for row, (pattern, _) in enumerate(table))})")


def value_in(table: Words, match: re.Match[str]) -> str | None:
    """Return what the row of `table` that gave `match` says."""
    return table[int((match.lastgroup or "g0")[1:])][1]


@cache
def accounts() -> dict[str, str]:
    """Return every way to write an account, folded, to the mark it is known by (``accounts.tsv``)."""
    table: dict[str, str] = {}
    for row in Path(__file__).with_name("accounts.tsv").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            mark, *spellings = row.split("\t")
            for spelling in (mark, *spellings):
                table.setdefault(fold(spelling), mark)
    return table


@cache
def _account_ends() -> frozenset[str]:
    """Return the characters that accounts end with, in either width and case: most names are none for that alone."""
    ends = {each for spelling in (*accounts(), "特会", "会計") for each in (spelling[-1], spelling[-1].upper())}
    return frozenset(ends | {chr(ord(each) + 0xFEE0) for each in ends if "!" <= each <= "~"})


@lru_cache(maxsize=4096)
def account_of(text: str) -> str | None:
    """Return the account that the whole of `text` names: エネルギー対策特別会計 is エネ特, 一部 G X is 一部GX."""
    if len(text) > _LONGEST_ACCOUNT or text.rstrip()[-1:] not in _account_ends():
        return None
    folded = fold(text)
    known = accounts()
    if folded in known:
        return known[folded]
    if folded.startswith("一部") and (mark := known.get(folded[2:])):
        return f"一部{mark}"
    return "".join(text.split()) if FISCAL_ACCOUNT.fullmatch(text.strip()) else None
