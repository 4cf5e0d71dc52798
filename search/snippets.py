"""The stretch of text worth showing, the marks in it, and the reason why a hit is where it is."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from index import analysis
from index.document import Amount, Item
from index.text import fold, fold_with_offsets
from search.plan import Account, Beginning, Change, Money, Plan, Words, conditions, on_amounts, sought
from search.results import Marked, Snippet

_WINDOW = 30
_SOURCES = {
    "name": "名称",
    "label": "内訳名",
    "other": "別の金額の内訳名",
    "text": "本文",
    "passage": "本文",
    "heading": "見出し",
    "lead": "上の政策文",
}
"""Where a word stands; `other` is the label of an amount that did not answer."""
_OWN = ("name", "label", "other", "text", "passage")
_OPEN = {"portion": "内数のため、印字額のうちの額が分からない", "ceiling": "上限のため、実際の額が分からない"}

Word = Words | Beginning

_MANY = 8
"""Of more words than so many, as a rule few stand in any one item: the others are set aside first."""

# headings and policy paragraphs come again with hit after hit
_fold = lru_cache(2048)(fold)
_offsets = lru_cache(512)(fold_with_offsets)


def standing(item: Item, words: Iterable[Word]) -> list[Word]:
    """Return those of `words`, each once, that may stand in an item; of a few that is all of them."""
    some = list(dict.fromkeys(words))
    if len(some) <= _MANY:
        return some
    texts = list(_stretches(item, range(len(item.amounts))))
    return [word for word in some if any(_looks(word, source) and _found(word, text) for source, text in texts)]


def mark(text: str, words: Iterable[Word], source: str = "name") -> Marked:
    """Return `text` with the characters marked that `words` say; what stands in `source` must be theirs to find."""
    spans: list[tuple[int, int]] = []
    found = {each for word in words if _looks(word, source) for each in _found(word, text)}
    for wanted in found:
        folded, offsets = _offsets(text, wanted in _fold(text))
        at = folded.find(wanted)
        while at >= 0:
            spans.append((offsets[at], _end(offsets, at + len(wanted))))
            at = folded.find(wanted, at + 1)
    return Marked(text, tuple(_joined(spans)))


def snippet(item: Item, matched: Sequence[int], words: Sequence[Word]) -> Snippet | None:
    """Return the stretch of an item that says what its name does not, cut to what stands around the first mark.

    A label says which of the amounts it is that answers: it is worth showing whatever the name says.
    """
    named = "" if item.kind == "passage" else item.name
    missing = [word for word in words if not (_looks(word, "name") and _found(word, named))]
    for source, text in _stretches(item, matched):
        if source == "name":
            continue
        wanted = words if source == "label" else missing
        if any(_looks(word, source) and _found(word, text) for word in wanted):
            shown = {"other": "label", "passage": "text"}.get(source, source)
            return Snippet(shown, _cut(mark(text, words, source)))
    return None


def reason(
    item: Item, matched: Sequence[int], group: str, plan: Plan, own: Collection[Word], words: Iterable[Word]
) -> str:
    """Return in Japanese why an item is in `group`.

    `own` are the words of the plan that it says itself, at whatever amount, `words` those that stand in it.
    """
    if group == "related" and len(item.amounts) > 1 and _in_parts(plan, own):
        return "言葉が別々の金額の内訳名に分かれている"
    texts = list(_stretches(item, matched))
    reasons = [_word_reason(each, texts, each in own or group != "related") for each in words]
    if group == "possible":
        opened = _open([item.amounts[each] for each in matched], plan)
        reasons = [opened, *(each for each in reasons if each.endswith("）"))]
    whole = "、".join(dict.fromkeys(each for each in reasons if each))
    return whole or ("金額が条件に当てはまる" if on_amounts(plan) else "条件に当てはまる")


def _in_parts(plan: Plan, own: Collection[Word]) -> bool:
    """Say whether an item says all of several words itself, though no amount of it does."""
    words = set(sought(plan))
    return len(words) > 1 and all(each in own for each in words)


def _word_reason(word: Word, texts: Iterable[tuple[str, str]], own: bool) -> str:
    """Return where an item says a word: 「名称に「電気自動車」（「EV」と同義）」, 「名称の長い語の一部に「京都」」."""
    typed = f"{word.folded}*" if isinstance(word, Beginning) else word.text
    for source, text in texts:
        found = _found(word, text) if _looks(word, source) else []
        if found and not isinstance(word, Beginning) and found[0] in [each.folded for each in word.kin]:
            return f"{_SOURCES[source]}に「{found[0]}」（「{typed}」に近い言葉）"
        if found and not own and source in _OWN:
            return f"{_SOURCES[source]}の長い語の一部に「{found[0]}」"
        if found and not isinstance(word, Beginning) and found[0] != word.spellings[0].folded:
            same = "と同義" if found[0] in [each.folded for each in word.spellings] else "の別表記"
            return f"{_SOURCES[source]}に「{found[0]}」（「{typed}」{same}）"
        if found:
            return f"{_SOURCES[source]}に「{typed}」"
    return ""


def _open(amounts: Sequence[Amount], plan: Plan) -> str:
    """Return what the paper leaves open of the amounts that may answer."""
    asked, reasons = conditions(plan), []
    if any(isinstance(each, Money | Change) for each in asked):
        reasons += [_OPEN[each.bound] for each in amounts if each.bound in _OPEN]
    if any(isinstance(each, Account) for each in asked):
        accounts = [each.account for each in amounts if each.account and each.account.startswith("一部")]
        reasons += [f"{each}のため、会計ごとの額が分からない" for each in accounts]
    return "、".join(dict.fromkeys(reasons)) or "前年度の額が内数または上限のため、増減が分からない"


def _stretches(item: Item, matched: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Yield the texts of an item, nearest first: those of the amounts that answered before the others."""
    if item.kind != "passage":
        yield "name", item.name
    mine = dict.fromkeys(item.amounts[each].label for each in matched)
    for label in (*mine, *(dict.fromkeys(each.label for each in item.amounts if each.label not in mine))):
        if label:
            yield "label" if label in mine else "other", label
    if item.text:
        yield "passage" if item.kind == "passage" and not item.amounts else "text", item.text
    for heading in reversed(item.heading_path):
        yield "heading", heading
    if item.lead:
        yield "lead", item.lead


def _looks(word: Word, source: str) -> bool:
    """Say whether a word is looked for in such a stretch."""
    field = "label" if source == "other" else source
    return field in word.fields or field in word.near


def _found(word: Word, text: str) -> list[str]:
    """Return what of `text`, folded, says a word: it as typed, what means the same, or another way to write it."""
    folded, printed = _fold(text), _fold(text, False)
    return _said(word, folded) or (_said(word, printed) if printed != folded else [])


def _said(word: Word, folded: str) -> list[str]:
    if isinstance(word, Beginning):
        return [word.folded] if word.folded in folded else []
    found = [each.folded for each in word.spellings if each.folded and each.folded in folded]
    found = found or (list(_other_writing(word, folded)) if word.spellings[0].folded[:1] in folded else [])
    return found or [each.folded for each in word.kin if each.folded in folded]


def _other_writing(word: Words, folded: str) -> Iterator[str]:
    """Yield what is read as the same terms, though written otherwise: サーバ for サーバー, 取組 for 取り組み."""
    typed = word.spellings[0]
    if word.exact or not typed.terms or not typed.folded:
        return
    at = folded.find(typed.folded[0])
    while at >= 0:
        for length in range(max(1, len(typed.folded) - 3), len(typed.folded) + 4):
            if _terms(folded[at : at + length]) == typed.terms:
                yield folded[at : at + length]
                return
        at = folded.find(typed.folded[0], at + 1)


@lru_cache(maxsize=4096)
def _terms(text: str) -> tuple[str, ...]:
    return tuple(analysis.terms(text)[0])


def _end(offsets: Sequence[int], behind: int) -> int:
    """Return the offset behind the character that the folded one before `behind` came from."""
    last = offsets[behind - 1]
    while offsets[behind] == last:
        behind += 1
    return offsets[behind]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(marked: Marked) -> Marked:
    """Return what stands around the first mark."""
    start = max(0, marked.spans[0][0] - _WINDOW)
    end = min(len(marked.text), marked.spans[0][1] + _WINDOW)
    before, behind = "…" if start else "", "…" if end < len(marked.text) else ""
    shift = len(before) - start
    spans = tuple((first + shift, last + shift) for first, last in marked.spans if last <= end)
    return Marked(before + marked.text[start:end] + behind, spans)
