"""What a file really is, by its first bytes, held against its suffix: a file named wrongly is told so at once."""

from __future__ import annotations

import mmap
import re
import zipfile
from pathlib import Path

from corpus.readers.archives import BROKEN
from corpus.readers.errors import UnreadableFile

#: Format -> its name in Vietnamese and in English, and the suffix it should have.
_NAMES = {
    "pdf": ("tệp PDF", "a PDF", ".pdf"),
    "docx": ("tệp Word (.docx)", "a Word file", ".docx"),
    "doc": ("tệp Word cũ (.doc)", "an old Word file", ".doc"),
    "odt": ("tệp OpenDocument (.odt)", "an OpenDocument text", ".odt"),
    "rtf": ("tệp RTF", "an RTF file", ".rtf"),
    "html": ("trang web (.html)", "a web page", ".html"),
    "text": ("văn bản thuần (.txt)", "plain text", ".txt"),
    "mht": ("trang web lưu một tệp (.mht)", "a web archive", ""),
    "sheet": ("bảng tính", "a spreadsheet", ""),
    "slides": ("tệp trình chiếu", "a presentation", ""),
    "image": ("ảnh", "a picture", ""),
    "print": ("tệp PostScript", "PostScript", ""),
    "zip": ("tệp nén", "an archive", ""),
}
#: Suffix -> the formats it may hold. "" is what nothing is known of: its reader says what is wrong with it.
_HELD = {
    ".pdf": {"pdf"},
    ".docx": {"docx"},
    ".docm": {"docx"},
    ".doc": {"doc"},
    ".odt": {"odt"},
    ".rtf": {"rtf"},
    ".html": {"html", "text"},
    ".htm": {"html", "text"},
    ".txt": {"text"},
    ".md": {"text"},
    **{suffix: {"image"} for suffix in (".png", ".jpg", ".jpeg", ".tif", ".tiff")},
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"%!PS", "print"),
    (b"MIME-Version:", "mht"),
    (b"From: <Saved by", "mht"),
    (b"Rar!\x1a", "zip"),
    (b"7z\xbc\xaf", "zip"),
    (b"\x1f\x8b", "zip"),
)
_STREAMS = (("EncryptedPackage", "locked"), ("WordDocument", "doc"), ("Workbook", "sheet"), ("PowerPoint", "slides"))
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_FIRST = 4096  # bytes that are looked at


def check(path: Path) -> None:
    """Raises UnreadableFile for a file that is empty, locked by a password, or not what its suffix says."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            first = file.read(_FIRST)
        if size == 0:
            raise UnreadableFile(f"{path.name}: tệp rỗng / the file is empty")
        found = _format(path, first)
    except OSError as error:
        raise UnreadableFile(f"{path.name}: không đọc được / cannot be read ({error.strerror})") from error
    if found == "locked":
        raise UnreadableFile(
            f"{path.name}: tệp có mật khẩu; hãy mở, bỏ mật khẩu rồi lưu lại / "
            f"protected by a password; open it, remove the password, save it again"
        )
    held = _HELD.get(path.suffix.lower())
    if held and found and found not in held:
        raise UnreadableFile(_mislabelled(path.name, found))


def _mislabelled(name: str, found: str) -> str:
    vietnamese, english, suffix = _NAMES[found]
    what = f"hãy đổi đuôi tệp thành {suffix}" if suffix else "hãy lưu lại thành .docx hoặc .pdf"
    do = f"rename it to {suffix}" if suffix else "save it as .docx or .pdf"
    return f"{name}: thực ra là {vietnamese}; {what} / is really {english}; {do}"


def _format(path: Path, first: bytes) -> str:
    """The format of a file: a key of _NAMES, "locked", or "" where it cannot be told."""
    if first.startswith(_OLE):
        return _in_ole(path)
    if first.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(path)
    if b"%PDF-" in first[:1024]:
        return "pdf"
    return next((name for start, name in _MAGIC if first.startswith(start)), "") or _in_text(first)


def _in_text(first: bytes) -> str:
    """Whether text is a web page; "" for bytes that are no text."""
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "html" if _PAGE.match(first.decode("utf-16", errors="ignore").encode()) else "text"
    if b"\x00" in first:
        return ""
    if b"mso-application" in first and b"Word.Document" in first:  # Word 2003's XML, which LibreOffice opens
        return "doc"
    return "html" if _PAGE.match(first.removeprefix(b"\xef\xbb\xbf")) else "text"


def _in_zip(path: Path) -> str:
    """What an archive is by the names in it; "" where it is damaged, "locked" where its texts are encrypted."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "META-INF/manifest.xml" in names and "content.xml" in names:
                return _in_open_document(archive)
    except BROKEN:
        return ""
    for folder, found in (("word/", "docx"), ("xl/", "sheet"), ("ppt/", "slides")):
        if any(name.startswith(folder) for name in names):
            return found
    return "docx" if "[Content_Types].xml" in names else "zip"


def _in_open_document(archive: zipfile.ZipFile) -> str:
    with archive.open("META-INF/manifest.xml") as file:
        manifest = file.read(2**20)
    if b"encryption-data" in manifest:
        return "locked"
    for kind, found in ((b"opendocument.text", "odt"), (b".spreadsheet", "sheet"), (b".presentation", "slides")):
        if kind in manifest:
            return found
    return "zip"


def _in_ole(path: Path) -> str:
    """What a container of Microsoft's is by the names of its streams."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for name, found in _STREAMS:
            if data.find(name.encode("utf-16-le")) >= 0:
                return found
    return ""
