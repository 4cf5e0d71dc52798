"""A disk that forgets: what may be left of a folder when the power goes, as the file systems promise it.

What is certain after a power cut is what was synced: the bytes of a file that was, the names in a folder that was. All
else may be there or not, each on its own: names without bytes, bytes that are half there, some renamed files and not
others. Nothing is assumed of the order in which a file system writes.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(eq=False, slots=True)
class File:
    """The bytes of a file as they are, and as they were when it was synced last."""

    data: bytes = b""
    synced: bytes = b""


@dataclass(eq=False, slots=True)
class Folder:
    """The names in a folder as they are, and as they were when it was synced last."""

    names: "dict[str, File | Folder]" = field(default_factory=dict)
    synced: "dict[str, File | Folder]" = field(default_factory=dict)


Names = dict[str, File | Folder]
Left = dict[str, bytes | None]
"""What is left of a disk: the files by their paths with their bytes, folders with none."""


class Disk:
    """One thing in a folder, as it changes by the operations of a process."""

    def __init__(self, root: Path, name: str) -> None:
        self.root = root
        self._name = name
        self.top = Folder()

    def fill(self, folder: Path) -> None:
        """Take a folder as it is, and as it is for certain."""
        for each in sorted(folder.rglob("*")):
            parent, name = self._parent(str(self.root / each.relative_to(folder)))
            made = Folder() if each.is_dir() else File(each.read_bytes(), each.read_bytes())
            parent.names[name] = parent.synced[name] = made

    def holds(self, path: str) -> bool:
        """Say whether a path is on this disk."""
        return path in (str(self.root), f"{self.root}/{self._name}") or path.startswith(f"{self.root}/{self._name}/")

    def find(self, path: str) -> "File | Folder | None":
        """Return what is at a path."""
        here: File | Folder | None = self.top
        for name in Path(path).relative_to(self.root).parts:
            here = here.names.get(name) if isinstance(here, Folder) else None
        return here

    def create(self, path: str, *, cut: bool) -> File:
        """Return the file at a path, made if there is none; emptied if it is to be `cut`."""
        parent, name = self._parent(path)
        file = parent.names.setdefault(name, File())
        assert isinstance(file, File)
        if cut:
            file.data = b""
        return file

    def make_folder(self, path: str) -> None:
        parent, name = self._parent(path)
        parent.names[name] = Folder()

    def link(self, old: str, new: str) -> None:
        parent, name = self._parent(new)
        made = self.find(old)
        assert made is not None
        parent.names[name] = made

    def remove(self, path: str) -> None:
        parent, name = self._parent(path)
        del parent.names[name]

    def rename(self, old: str, new: str) -> None:
        self.link(old, new)
        self.remove(old)

    def write(self, file: File, at: int, data: bytes) -> None:
        file.data = file.data[:at].ljust(at, b"\0") + data + file.data[at + len(data) :]

    def sync(self, path: str) -> None:
        """Make certain what is at a path: the bytes of a file, or the names in a folder."""
        match self.find(path):
            case File() as file:
                file.synced = file.data
            case Folder() as folder:
                folder.synced = dict(folder.names)

    def _parent(self, path: str) -> tuple[Folder, str]:
        parent = self.find(str(Path(path).parent))
        assert isinstance(parent, Folder), path
        return parent, Path(path).name

    # -- what may be left

    def certain(self) -> Left:
        """Return what is left where nothing is but what was synced."""
        return _left(self.top, lambda folder: folder.synced, lambda file: file.synced)

    def all(self) -> Left:
        """Return what is left where all is."""
        return _left(self.top, lambda folder: folder.names, lambda file: file.data)

    def names_only(self) -> Left:
        """Return what is left where all names are, but only the bytes that were synced."""
        return _left(self.top, lambda folder: folder.names, lambda file: file.synced)

    def some(self, lots: random.Random) -> Left:
        """Return what is left where chance has decided, for each name and each file."""

        def names(folder: Folder) -> Names:
            found: Names = {}
            for name in folder.synced | folder.names:
                chosen = lots.choice((folder.synced, folder.names)).get(name)
                if chosen is not None:
                    found[name] = chosen
            return found

        def data(file: File) -> bytes:
            if file.data == file.synced:
                return file.data
            part = file.data[: lots.randrange(len(file.data) + 1)]
            return lots.choice((file.synced, file.data, part, part + bytes(len(file.data) - len(part))))

        return _left(self.top, names, data)


def _left(top: Folder, names: Callable[[Folder], Names], data: Callable[[File], bytes], above: str = "") -> Left:
    """Return what is left of a folder, by what is left of the names in each and of the bytes of each file."""
    left: Left = {}
    for name, each in names(top).items():
        path = f"{above}{name}"
        if isinstance(each, Folder):
            left[path] = None
            left |= _left(each, names, data, f"{path}/")
        else:
            left[path] = data(each)
    return left


def lay(left: Left, folder: Path) -> None:
    """Make a folder of what is left."""
    folder.mkdir()
    for path, data in left.items():
        if data is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(data)
