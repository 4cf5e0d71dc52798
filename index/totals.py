"""How papers name totals, and how they say that the parts are not all there; data for reading and for checking."""

import re

from index.words import Words

WHOLE_COST = re.compile(r"(?:全体|総)?事業費$")
"""The whole cost is more than the State's share of it, so that the two are never added."""

_LETTERED = r"(?:[A-ZＡ-Ｚ①-⑳0-9０-９]|[（(][A-ZＡ-Ｚ①-⑳0-9０-９][)）])"
_TOTAL_TAIL = (
    r"(?:[ 　]*(?:[（(〔\[【][^（()）]{0,20}[)）〕\]】]|[A-ZＡ-Ｚ①-⑳1-9１-９](?![a-zA-Z0-9])))*"
    r"[ 　]*[)）〕＞>〉】\]]?$"
)
TOTAL_NAME = re.compile(
    r"(?:^|関連|所管|会計|歳[出入]|予算(?:額|総額)?|施策|事業|[ 　省庁府院局部課費])[ 　]*"
    rf"(?:合[ 　]*計|総[ 　]*計|小[ 　]*計|累[ 　]*計|計)(?:額)?{_TOTAL_TAIL}"
    r"|^(?:総合計|[合総小][ 　]*計)(?![一-鿿ァ-ヶー])|要求(?:・要望)?(?:の)?総額$"
    r"|予算(?:[（(][^（()）]*[)）])?の規模$|予算の?総額$"
    r"|(?:^|会計|予算)(?:予算|歳出|歳入)(?:予算)?総額$"
    r"|^[（(【〔＜<〈\[][ 　]*(?:合|総|小|純)?[ 　]*計[ 　]*[）)】〕＞>〉\]]$"
    rf"|(?:^|[をの出入体除くき）)])[ 　]*(?:純|再|実質)[ 　]*計{_TOTAL_TAIL}|除(?:[くき]|いた)[ 　]*計{_TOTAL_TAIL}"
    rf"|^{_LETTERED}(?:[ 　]*[＋+][ 　]*{_LETTERED})+(?:[ 　]*計)?$|^{_LETTERED}[ 　]*計$"
    r"|^総[ 　]*額$|^総事業費$|^全[ 　]*体(?:額|計)?$|^予算規模$|^差[ 　]*引(?:[き残]?額?|計)?$"
    r"|^(?i:(?:grand[ ]*|sub[ -]*)?total)$"
    r"|^(?:特別|普通|全|(?:地方)?(?:公営)?企業)会計(?:等|予算)?$"
)
"""「計（A+B）」 「計①」 「Ａ計」 「①＋②」 「純計」 「公債費を除く計」 「Total」 「特別会計」: the name of a total."""

TOTAL_REACH: Words = (
    (r"総[ 　]*合[ 　]*計|総[ 　]*計", "4"),
    (r"小[ 　]*計", "1"),
    (r"合[ 　]*計|総額|規模", "3"),
    (r"計", "2"),
)
"""How far a total reaches back: 合計 over 計, 計 over 小計, and each over the rows that no other has taken."""

_LISTED = r"(?:列挙|記載|掲載|掲示|抜粋|抽出|例示|紹介|表示|掲げ|挙げ|示し)"
_MAIN = r"(?:主な|主要な?|代表的な)[ 　]*(?:予算)?(?:もの|事業|施策|項目|取組|取り組み|経費|内訳)"
PARTIAL_NOTE = re.compile(
    rf"{_MAIN}(?:等)?(?:のみ|だけ)?[ 　]*(?:を|について)?[、]?[ 　]*{_LISTED}"
    rf"|{_MAIN}(?:は|を)?[、]?[ 　]*(?:次|以下|下記)の(?:とおり|通り)"
    rf"|一部(?:の(?:予算)?(?:事業|施策|もの|項目|経費))?(?:のみ|だけ)[ 　]*を?[ 　]*{_LISTED}"
    rf"|一部(?:の(?:予算)?(?:事業|施策|もの|項目|経費))?を[ 　]*{_LISTED}"
    rf"|(?:すべて|全て|全部|全事業)[^。]{{0,12}}(?:{_LISTED}|網羅)[^。]{{0,10}}(?:ない|ません)"
    r"|網羅(?:的|し|する)[^。]{0,12}(?:ない|ません)|抜粋"
)
"""「各項目に関連する事業のうち主なものを列挙」 (request paper, line 37): what stands below a total is not all of it."""

PARTIAL_TITLE = re.compile(rf"^[^。]{{0,20}}{_MAIN}[^。]{{0,6}}$")
"""「主な事業」 as a heading: what stands below it is not all there is."""
