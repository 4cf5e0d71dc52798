"""An item and what the sections that stand in it add to it."""

from collections.abc import Iterable
from dataclasses import replace

from index.document import Amount, Item
from index.notation import LABEL_WORDS


class Longer:
    """The text and the amounts of an item, while sections are added: many of them, so that nothing is copied.

    `sums` are the sums that it has.
    """

    def __init__(self, item: Item) -> None:
        self.texts = [item.text]
        self.amounts = list(item.amounts)
        self.end_line = item.place.end_line
        self.sums = {each.yen for each in item.amounts}
        self._last = item.text
        self._most = {(each.years, each.stage): each.yen for each in item.amounts if each.role == "own"}

    def add(self, end_line: int, text: str, amounts: Iterable[Amount]) -> None:
        """Add the text and amounts of a section that ends on `end_line`."""
        self.end_line = end_line
        self.texts.append(f" {text}" if self._last and text and not self._last.endswith("。") else text)
        self._last = text or self._last
        for each in amounts:
            self.amounts.append(each)
            self.sums.add(each.yen)
            if each.role == "own":
                self._most[each.years, each.stage] = each.yen

    def shares(self, amounts: Iterable[Amount]) -> list[Amount]:
        """Return sums without a name below an entry; shares are part of it: 「・国費 3千円」 「・その他 7千円」."""
        return [replace(each, role="part") if self._is_share(each) else each for each in amounts]

    def _is_share(self, amount: Amount) -> bool:
        most = self._most.get((amount.years, amount.stage), -1)
        return amount.role == "own" and amount.yen <= most and LABEL_WORDS.fullmatch(amount.label or "") is not None

    def whole(self, item: Item) -> Item:
        """Return the item with all that was added."""
        place = replace(item.place, end_line=self.end_line)
        return replace(item, place=place, text="".join(self.texts), amounts=tuple(self.amounts))
