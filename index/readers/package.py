"""An Office file as a library may see it: its parts of text alone, each seen to do no harm."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from posixpath import join, normpath
from typing import NamedTuple
from xml.etree import ElementTree as ET

from index.errors import PaperError, shown
from index.readers.text import read_bytes

MAX_PARTS = 20_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_TREE = 96 * 1024 * 1024
CHUNK = 1024 * 1024

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
XML_SUFFIXES = (".xml", ".rels", ".vml")

REPAIRS = (
    (re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)"), rb"http://schemas.openxmlformats.org/\1/2006/\2"),
    (re.compile(rb"<(\w+:)?fill ?/>"), rb"<\1fill><\1patternFill/></\1fill>"),
    (re.compile(rb"(<(\w+:)?worksheet\b[^>]*(?<!/)>)"), rb'\1<\2dimension ref="A1"/>'),
)
"""ISO 29500 has two sets of names for the same things; the strict ones become the usual ones. A fill of cells that is
no fill, as some programs write it, is one without a pattern: openpyxl would refuse the workbook. A sheet says how
large it is, for openpyxl would read all of one that does not; its reader here believes neither."""

DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
"""Office files have none, and only a document type declares entities that grow or lead outside."""

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NOWHERE = {
    "Type": "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
    "TargetMode": "External",
}
_STREAMED = ("worksheet", "sharedStrings")


class Family(NamedTuple):
    """A kind of Office file: what it is called, what its first part begins with and is, which others say something."""

    name: str
    root: str
    main: str
    kinds: tuple[str, ...]


@contextmanager
def opened(path: Path, family: Family) -> Iterator[BytesIO]:
    """Give the Office file at `path` with nothing in it but what the readers of its family need.

    What cannot be read, whatever breaks on the way, is a PaperError: the libraries raise as many kinds of
    exceptions as a file can have faults.
    """
    data = read_bytes(path)
    _refuse_other(path, data, family)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse_harm(path, archive)
            harmless = _needed(path, archive, family)
        yield harmless
    except (PaperError, MemoryError):
        raise
    except Exception as fault:
        if isinstance(fault, RecursionError) or "depth" in str(fault):
            raise _refused(path, "は入れ子が深すぎますので、作り直したファイルを指定して") from fault
        raise _refused(path, f"は{family.name}として壊れていますので、元のファイルを取り直して") from fault


def _needed(path: Path, archive: zipfile.ZipFile, family: Family) -> BytesIO:
    """Return a package of the parts that `family` needs, under the types that its libraries look for.

    So a paper with macros is one without, and what nothing reads (pictures, charts, properties) can break nothing.
    """
    parts, relations = _reached(archive, family)
    main = next((name for name, kind in parts.items() if kind == "officeDocument"), None)
    if main is None or _root(archive.read(main)) != family.root:
        raise _other(path, family)
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("[Content_Types].xml", _typed(parts, family))
        for name, data in relations.items():
            package.writestr(name, data)
        for name, kind in parts.items():
            if archive.getinfo(name).file_size > MAX_TREE and kind not in _STREAMED:
                raise _refused(path, f"の本文が{MAX_TREE // 1024**2} MiB を超えていますので、分けてから指定して")
            package.writestr(name, _usual(archive.read(name)))
    return made


def _reached(archive: zipfile.ZipFile, family: Family) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return the parts that lead from one to the next, each with its kind, and their lists of relations.

    A relation to anything else stays in its list as a link to nowhere, which no library follows; it is the same for
    the same picture.
    """
    names = {each.lower(): each for each in archive.namelist() if each.lower().endswith(XML_SUFFIXES)}
    parts: dict[str, str] = {}
    relations: dict[str, bytes] = {}
    waiting = [""]
    for source in waiting:
        folder, _, file = source.rpartition("/")
        listed = f"{folder}/_rels/{file}.rels".lstrip("/")
        if listed.lower() not in names:
            continue
        tree = ET.fromstring(_usual(archive.read(names[listed.lower()])))
        for each in tree:
            kind = each.get("Type", "").rpartition("/")[2]
            name = names.get(normpath(join("/", folder, each.get("Target", ""))).lstrip("/").lower())
            if name is None or kind not in ("officeDocument", *family.kinds) or each.get("TargetMode") == "External":
                each.attrib.update(_NOWHERE, Target=f"about:blank#{each.get('Target', '')}")
                continue
            each.set("Target", f"/{name}")
            waiting += [name] if name not in parts else []
            parts.setdefault(name, kind)
        relations[listed] = ET.tostring(tree)
    return parts, relations


def _root(data: bytes) -> str:
    """Return the tag that a part begins with."""
    return str(next(ET.iterparse(BytesIO(data), ("start",)))[1].tag).rpartition("}")[2]


def _typed(parts: dict[str, str], family: Family) -> bytes:
    """Return the list of types: that of the first part, and for the others the same with their kinds in its place."""
    tree = ET.Element("Types", xmlns=_TYPES)
    for kind, suffix in (("application/vnd.openxmlformats-package.relationships+xml", "rels"), ("text/xml", "xml")):
        ET.SubElement(tree, "Default", Extension=suffix, ContentType=kind)
    for name, kind in parts.items():
        which = f"{family.main}.main" if kind == "officeDocument" else f"{family.main.partition('.')[0]}.{kind}"
        full = f"application/vnd.openxmlformats-officedocument.{which}+xml"
        ET.SubElement(tree, "Override", PartName=f"/{name}", ContentType=full)
    return ET.tostring(tree)


def _refused(path: Path, sentence: str) -> PaperError:
    """Return the refusal of a file: what is wrong, and what to do, to which the last word is added here."""
    return PaperError(f"{shown(path)} {sentence}ください")


def _other(path: Path, family: Family) -> PaperError:
    return _refused(path, f"は{family.name}ではないようですので、中身に合った拡張子を付けて指定して")


def _refuse_other(path: Path, data: bytes, family: Family) -> None:
    """Refuse what is no ZIP: an empty file, one with a password, one of the formats before 2007."""
    if not data:
        raise _refused(path, "には何も入っていませんので、本文のある資料を指定して")
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise _refused(path, "はパスワードで保護されていますので、パスワードを外して保存してから指定して")
        raise _refused(path, "は古い形式（.doc・.xls・.ppt）ですので、新しい形式（.docx・.xlsx・.pptx）で保存し直して")
    if not data.startswith(b"PK"):
        raise _other(path, family)


def _refuse_harm(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to more than anyone writes, what has a password, names that climb out, document types."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise _refused(path, f"は部品が{MAX_PARTS:,}個を超えていますので、作り直したファイルを指定して")
    size = 0
    for info in parts:
        if info.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", info.filename):
            raise _refused(path, "に外のフォルダーを指す部品がありますので、作り直したファイルを指定して")
        if info.flag_bits & 1:
            raise _refused(path, "はパスワードで保護されていますので、パスワードを外して保存してから指定して")
        if info.filename.lower().endswith(XML_SUFFIXES):
            size += _unpacked(path, archive, info, MAX_UNPACKED - size)


def _unpacked(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> int:
    """Return how large a part really is, whatever the ZIP claims, once it is seen to declare nothing."""
    size, before = 0, b""
    with archive.open(info) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise _refused(path, f"は展開すると{MAX_UNPACKED // 1024**2} MiB を超えますので、分けてから指定して")
            if any(each in before + chunk for each in DOCTYPES):
                raise _refused(path, "の XML に文書型宣言がありますので、Office で保存し直してから指定して")
            before = chunk[-20:]
    return size


def _usual(data: bytes) -> bytes:
    for pattern, usual in REPAIRS:
        data = pattern.sub(usual, data)
    return data
