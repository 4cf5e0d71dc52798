"""The stretch of text worth showing, the marks in it, and the reason why a hit is where it is."""

from collections.abc import Collection, Iterable, Sequence

from index.document import Amount, Item
from index.text import fold, fold_with_offsets
from search.plan import Account, Beginning, Plan, Words, conditions, sought
from search.results import Marked, Snippet

_WINDOW = 30
_SOURCES = {"name": "名称", "label": "内訳名", "text": "本文", "heading": "見出し", "lead": "上の政策文"}


def mark(text: str, plan: Plan) -> Marked:
    """Return `text` with the characters marked that the words of `plan` say, longest first where they overlap."""
    folded, offsets = fold_with_offsets(text)
    spans: list[tuple[int, int]] = []
    for wanted in sorted({each for word in sought(plan) for each in _folded(word)}, key=len, reverse=True):
        at = folded.find(wanted)
        while at >= 0:
            spans.append((offsets[at], _end(offsets, at + len(wanted))))
            at = folded.find(wanted, at + len(wanted))
    return Marked(text, tuple(_joined(spans)))


def snippet(item: Item, matched: Sequence[int], plan: Plan) -> Snippet | None:
    """Return the stretch of an item that answers, cut to what stands around the first mark, if its name does not."""
    named = bool(mark(item.name, plan).spans) and item.kind != "passage"
    for source, text in _stretches(item, matched):
        if named and source != "label":
            continue
        if source != "name" and (marked := mark(text, plan)).spans:
            return Snippet(source, _cut(marked))
    return None


def reason(item: Item, matched: Sequence[int], group: str, plan: Plan, own: Collection[Words | Beginning]) -> str:
    """Return in Japanese why an item is in `group`; `own` are the words that it has as its own in some amount."""
    if group == "possible":
        return _open([item.amounts[each] for each in matched], plan)
    texts = [(source, fold(text)) for source, text in _stretches(item, matched)]
    words = sought(plan)
    if group == "related" and len(words) > 1 and all(each in own for each in words):
        return "言葉が別々の金額の内訳名に分かれている"
    reasons = [_word_reason(each, texts, each in own or group == "certain") for each in words]
    return "、".join(dict.fromkeys(each for each in reasons if each))


def _word_reason(word: Words | Beginning, texts: Sequence[tuple[str, str]], own: bool) -> str:
    """Return where an item says a word: 「名称に「電気自動車」（「EV」と同義）」, 「名称の長い語の一部に「京都」」."""
    for source, folded in texts:
        for number, wanted in enumerate(_folded(word)):
            if wanted in folded:
                if not own and source in ("name", "label", "text"):
                    return f"{_SOURCES[source]}の長い語の一部に「{wanted}」"
                where = f"{_SOURCES[source]}に「{wanted if number else _typed(word)}」"
                return f"{where}（「{_typed(word)}」と同義）" if number else where
    return ""


def _open(amounts: Sequence[Amount], plan: Plan) -> str:
    """Return what the paper leaves open of the amounts that may answer."""
    reasons = []
    for amount in amounts:
        if amount.bound == "portion":
            reasons.append("内数のため、印字額のうちの額が分からない")
        elif amount.bound == "ceiling":
            reasons.append("上限のため、実際の額が分からない")
    if any(isinstance(each, Account) for each in conditions(plan)):
        reasons += [
            f"{each.account}のため、会計ごとの額が分からない"
            for each in amounts
            if (each.account or "").startswith("一部")
        ]
    return "、".join(dict.fromkeys(reasons))


def _stretches(item: Item, matched: Sequence[int]) -> Iterable[tuple[str, str]]:
    """Yield the texts of an item, nearest first: those of the amounts that answered before the others."""
    if item.kind != "passage":
        yield "name", item.name
    order = [*matched, *(each for each in range(len(item.amounts)) if each not in matched)]
    for label in dict.fromkeys(item.amounts[each].label for each in order):
        if label:
            yield "label", label
    if item.text:
        yield "text", item.text
    for heading in reversed(item.heading_path):
        yield "heading", heading
    if item.lead:
        yield "lead", item.lead


def _folded(word: Words | Beginning) -> list[str]:
    if isinstance(word, Beginning):
        return [word.folded]
    return [each.folded for each in word.spellings if each.folded]


def _typed(word: Words | Beginning) -> str:
    return f"{word.folded}*" if isinstance(word, Beginning) else word.text


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
