"""The lines of a text or Markdown file, in whichever encoding Japanese text comes in."""

import codecs
import re
import stat
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from index.document import Line
from index.errors import PaperError, reason, shown

MAX_BYTES = 64 * 1024 * 1024
MAX_LINE = 200_000
MAX_LINES = 1_000_000

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like that of UTF-16, so it is asked for first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Excel・Word・PowerPoint などの ZIP 形式"),
    (b"PK\x05\x06", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "古い形式の Excel・Word・一太郎"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG 画像"),
    (b"\xff\xd8\xff", "JPEG 画像"),
    (b"GIF8", "GIF 画像"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"SQLite format 3\x00", "SQLite"),
)
ADVICE = {
    b"%PDF-": "拡張子を .pdf にして",
    b"PK\x03\x04": "拡張子を .docx・.xlsx・.pptx のうち中身に合うものにして",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "新しい形式（.docx・.xlsx・.pptx）で保存し直して",
}
"""What to do with a file that is no text, where that is not to make it text."""

# Only these end a line: U+2028, \x0b or \x1c inside a line do not. A form feed beside a line end
# makes no line of its own, so that the numbers stay those that an editor shows.
LINE_END = re.compile(r"(\r\n?\f*|\n\f*|\f+(?:\r\n?|\n)?\f*)")
LEGACY = ("cp932", "euc_jp")
SAMPLE = 65_536


def read(path: Path) -> tuple[Line, ...]:
    """Return the lines of the text at `path`; pages are counted where there is a form feed."""
    text = decode(path, read_bytes(path))
    if not text.strip().strip("\ufeff"):
        raise PaperError(f"{shown(path)} には文字がありませんので、本文のある資料を指定してください")
    if sum(map(text.count, "\n\r\f")) - text.count("\r\n") > MAX_LINES:
        raise PaperError(f"{shown(path)} は{MAX_LINES:,}行を超えていますので、分けてから指定してください")
    lines = split(text)
    for line in lines:
        if len(line.text) > MAX_LINE:
            raise PaperError(
                f"{shown(path)} の{line.number}行目は{MAX_LINE:,}字を超えていますので、改行で区切ってください"
            )
    return lines


def split(text: str) -> tuple[Line, ...]:
    """Return the lines of `text`, without their ends and without form feeds."""
    pieces = LINE_END.split(text.lstrip("\f"))
    page = 1 + len(text) - len(text.lstrip("\f"))
    paged = "\f" in text
    lines = []
    for at in range(0, len(pieces), 2):
        if at + 1 < len(pieces) or pieces[at]:
            lines.append(Line(at // 2 + 1, pieces[at], page if paged else None))
        if paged and at + 1 < len(pieces):
            page += pieces[at + 1].count("\f")
    return tuple(lines)


def read_bytes(path: Path) -> bytes:
    """Return what is in the file at `path`, which must be an ordinary file within MAX_BYTES."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise PaperError(f"{shown(path)} はフォルダーですので、その中の資料ファイルを指定してください")
        if not stat.S_ISREG(mode):  # opening a pipe would wait, reading a device may never end
            raise PaperError(f"{shown(path)} は通常のファイルではありませんので、資料ファイルを指定してください")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as fault:
        raise PaperError(f"{shown(path)} が見つかりませんので、資料ファイルの場所を確かめてください") from fault
    except PermissionError as fault:
        raise PaperError(f"{shown(path)} を読む権限がありませんので、ファイルの権限を確かめてください") from fault
    except (OSError, ValueError) as fault:
        why = reason(fault) if isinstance(fault, OSError) else "名前が正しくありません"
        raise PaperError(f"{shown(path)} を読めません（{why}）ので、ファイルを確かめてください") from fault
    if len(data) > MAX_BYTES:
        raise PaperError(f"{shown(path)} は{MAX_BYTES // 1024**2} MiB を超えていますので、分けてから指定してください")
    return data


@dataclass(frozen=True, slots=True)
class Reading:
    """What some bytes say in one encoding, up to the first byte that it cannot read."""

    text: str
    fault: UnicodeDecodeError | None

    @property
    def cut(self) -> bool:
        """Whether all is well but for a last character that is not whole."""
        return self.fault is not None and bool(re.search("incomplete|unexpected end|truncated", self.fault.reason))


def decode(path: Path, data: bytes) -> str:
    """Return `data` as text, without a byte order mark; `path` is for the message."""
    for magic, name in MAGIC:
        if data.startswith(magic):
            advice = ADVICE.get(magic, "テキストにして")
            raise PaperError(f"{shown(path)} は{name}のようで、まだ読めませんので、{advice}から指定してください")
    reading = _reading(data)
    if "\0" in reading.text or (reading.fault and not reading.cut and b"\0" in data):
        raise PaperError(f"{shown(path)} は文字だけのファイルではないようですので、テキストにしてから指定してください")
    if reading.cut:
        raise PaperError(f"{shown(path)} の末尾が文字の途中で切れていますので、元のファイルを取り直してください")
    if reading.fault:
        line = len(split(reading.text + "|"))
        raise PaperError(f"{shown(path)} の{line}行目に読めない文字がありますので、UTF-8 で保存し直してください")
    return reading.text


def _reading(data: bytes) -> Reading:
    """Return the best reading of `data`; it has a fault when there is no good one."""
    for bom, codec in BOMS:
        if data.startswith(bom):
            return _attempt(data[len(bom) :], codec)
    if data.isascii() and (b"\x1b$B" in data or b"\x1b$@" in data):
        return _attempt(data, "iso2022_jp_ext")
    utf8 = _attempt(data, "utf-8")
    if not utf8.fault and not (data.isascii() and b"\0" in data):
        return utf8
    if utf16 := _utf16(data):
        return utf16
    readings = {codec: _attempt(data, codec) for codec in LEGACY}
    whole = [codec for codec, each in readings.items() if not each.fault and "\0" not in each.text]
    if len(whole) == 1:
        return readings[whole[0]]
    if whole:
        # Without the characters of Windows, for which EUC-JP has no place
        return readings[_likelier(readings["euc_jp"].text.encode("euc_jp", "ignore"))]
    return max((utf8, *readings.values()), key=lambda each: (each.cut, len(each.text)))


def _likelier(data: bytes) -> str:
    """Return which of LEGACY `data` more likely is, where it reads in each: kanji in one may be kana in another."""
    from charset_normalizer import from_bytes

    start = data[: data.find(b"\n", SAMPLE) + 1 or None] if len(data) > SAMPLE else data
    best = from_bytes(start, cp_isolation=list(LEGACY)).best()
    return best.encoding if best and best.encoding in LEGACY else LEGACY[0]


def _utf16(data: bytes) -> Reading | None:
    """Return `data` as UTF-16 without its mark, if every line end has a NUL, or half of it 0x30 as kana has it.

    Read the wrong way round, most characters are none that Japanese text has.
    """
    found: list[tuple[int, Reading]] = []
    for start, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
        if b"\0" in data or data[start::2].count(0x30) * 8 >= len(data):
            reading = _attempt(data, codec)
            known = len(reading.text[:SAMPLE].encode("cp932", "ignore").decode("cp932"))
            if (not reading.fault or reading.cut) and known >= 0.8 * len(reading.text[:SAMPLE]):
                found.append((known, reading))
    return max(found, key=itemgetter(0))[1] if found else None


def _attempt(data: bytes, codec: str) -> Reading:
    """Return `data` read in `codec`."""
    errors = VENDOR if codec in ("euc_jp", "iso2022_jp_ext") else "strict"
    try:
        text = data.decode(codec, errors)
        if codec == "cp932" and (stray := re.search("[\x80\uf8f0-\uf8f3]", text)):
            # Python reads the bytes 80, A0, FD, FE and FF, which stand for nothing.
            start = len(text[: stray.start()].encode(codec))
            raise UnicodeDecodeError(codec, data, start, start + 1, "illegal byte")
    except UnicodeDecodeError as fault:
        return Reading(data[: fault.start].decode(codec, "replace"), fault)
    return Reading(text, None)


def _vendor_character(fault: UnicodeError) -> tuple[str, int]:
    """Return a character such as ① or 髙, which JIS X 0208 leaves out and Windows writes all the same."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    pair = fault.object[fault.start : fault.start + 2]
    row, cell = (each & 0x7F for each in pair) if len(pair) == 2 else (0, 0)
    if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E) or (pair[0] ^ pair[1]) & 0x80:
        raise fault
    # The same row and cell in Shift_JIS, where two rows share a lead byte.
    lead = (row - 0x21) // 2 + 0x81
    trail = cell + (0x7E if row % 2 == 0 else 0x20 if cell >= 0x60 else 0x1F)
    try:
        return bytes((lead + 0x40 if lead > 0x9F else lead, trail)).decode("cp932"), fault.start + 2
    except UnicodeDecodeError:
        raise fault from None


VENDOR = "seisaku-vendor-character"
codecs.register_error(VENDOR, _vendor_character)
