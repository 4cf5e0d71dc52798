"""The keys of programmes, most of which are how the name of an item begins: they are kept as where that stands."""

from itertools import accumulate, pairwise

from index.store.columns import Column, Flat, Loose, Strings, smallest


def shared(columns: Flat) -> dict[str, Column]:
    """Return, for each key of `columns`, where it stands in the text of the stretches, or behind it, and its length.

    Behind it, in `programme.text`, are those that the name of the last item of their programme does not begin with.
    """
    text, names = bytes(columns.data("stretch.text")), columns.numbers("stretch.starts")
    kept = bytes(columns.data("programme.text"))
    keys = [kept[start:end] for start, end in pairwise(columns.numbers("programme.starts").tolist())]
    items = [0] * len(keys)
    for programme, item in zip(columns.numbers("record.programme"), columns.numbers("record.item"), strict=True):
        items[programme] = item
    places, own, end = list(map(names.__getitem__, items)), [], len(text)
    for number, begins in enumerate(map(text.startswith, keys, places)):
        if not begins:
            own.append(keys[number])
            places[number], end = end, end + len(keys[number])
    return {
        "programme.at": smallest(places),
        "programme.length": smallest(list(map(len, keys))),
        "programme.text": b"".join(own),
    }


class Keys:
    """The keys of programmes by their numbers, of columns that have them as `shared` keeps them."""

    def __init__(self, columns: Flat) -> None:
        self._texts = columns.data("stretch.text"), columns.data("programme.text")
        self._places, self._lengths = columns.numbers("programme.at"), columns.numbers("programme.length")
        self._behind = len(self._texts[0])

    def __getitem__(self, number: int) -> str:
        place, length = self._places[number], self._lengths[number]
        own = place >= self._behind
        place -= self._behind * own
        return str(self._texts[own][place : place + length], "utf-8", "surrogatepass")

    def encoded(self) -> list[bytes]:
        """Return all as UTF-8."""
        text, places = b"".join(self._texts), zip(self._places.tolist(), self._lengths, strict=True)
        return [text[place : place + length] for place, length in places]

    def all(self) -> list[str]:
        """Return all, in order of their numbers."""
        return [str(each, "utf-8", "surrogatepass") for each in self.encoded()]

    def strings(self) -> Strings:
        """Return all one behind the other, as `shared` was given them."""
        starts = smallest([0, *accumulate(self._lengths)])
        return Loose({"programme.starts": starts, "programme.text": b"".join(self.encoded())}).strings("programme")
