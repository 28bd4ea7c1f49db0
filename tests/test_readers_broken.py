"""Files that no program would write: read, or refused in one line, soon, and with nothing else raised."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from word_file import in_list, level, lists, num, p, r, table, tc, tr, word_file

import corpus
from corpus.document import Document
from corpus.reading import parse
from eval.writing.docx import write_docx, write_numbered
from eval.writing.html import write_html
from eval.writing.legacy import write_tcvn3, write_utf16
from eval.writing.plan import plan_of

TEXT = (Path(__file__).parent / "texts" / "soc-trang-2022.txt").read_text(encoding="utf-8")
SECONDS, OFFICE_SECONDS = 5.0, 60.0  # LibreOffice begins slowly where others work too
MANY, SOME = 10_000, 2_000
SWITCH = '<w:r><w:footnoteReference w:id="1"/></w:r>'
WORD = "Công tác trẻ em "


def outcome(path: Path) -> Document | str:
    """What a file is read as, or what is said of it."""
    began = time.monotonic()
    try:
        read: Document | str = corpus.read(path)
    except corpus.UnreadableFile as error:
        read = str(error)
        assert "\n" not in read
        assert " / " in read
        read.encode()
    slow = path.suffix in {".doc", ".odt", ".rtf"}
    assert time.monotonic() - began < (OFFICE_SECONDS if slow else SECONDS)
    return read


def nested(deep: int) -> str:
    inner = p(WORD)
    for _ in range(deep):
        inner = table(tr(tc(inner + p("x")), "y"), tr("a", "b"))
    return inner


def styles(*pairs: tuple[str, str]) -> str:
    """Styles by what each is based on."""
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:basedOn w:val="{base}"/></w:style>' for own, base in pairs
    )


def styled(name: str) -> str:
    return p(WORD, f'<w:pStyle w:val="{name}"/>')


LINKED = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>'
LISTED = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
#: A list that is a style's, which has that list.
OWN_LIST = {"numbering": lists(level(0, "decimal", "%1%1%2.")) + LINKED + num(9, 9), "styles": LISTED}
#: kind, body, further parts, whether it can be read
WORD_FILES: list[tuple[str, str, dict[str, str], bool]] = [
    ("tables within each other", nested(50), {}, True),
    ("tables deeper than any text needs", nested(80), {}, False),
    ("empty paragraphs", p() * MANY + p(WORD), {}, True),
    ("merged cells that go on from nothing", table(tr(tc("a", down="continue"), "b"), tr(tc("c", 70), "d")), {}, True),
    (
        "merged cells that overlap",
        table(tr(tc("a", 2, "restart"), "b"), tr("x", tc("c", 3, "continue")), tr(tc("d", 1, "continue"), tc("e", 63))),
        {},
        True,
    ),
    (
        "a cell over a thousand rows",
        table(tr(tc(WORD * 500, down="restart"), "1", "2"), *[tr(tc("", down="continue"), "1", "2")] * 1000),
        {},
        True,
    ),
    (
        "rows that hold one cell each in its own column",
        table(*(f'<w:tr><w:trPr><w:gridBefore w:val="{at % 60}"/></w:trPr>{tc("a")}</w:tr>' for at in range(1000))),
        {},
        True,
    ),
    ("a wide row above many", table(tr(*["a"] * 2000), *[tr("b")] * 2000), {}, True),
    ("a list of itself", p(WORD, in_list(1)) + p(WORD, in_list(9)), OWN_LIST, True),
    (
        "numbers that are none",
        p(WORD, in_list(1))
        + p(WORD, '<w:numPr><w:ilvl w:val="²"/><w:numId w:val="1"/></w:numPr>')
        + p(WORD, '<w:numPr><w:ilvl w:val="-4"/><w:numId w:val="1"/></w:numPr>'),
        {"numbering": lists(level(0, "decimal", "%1.").replace('w:val="1"', 'w:val="٣"'))},
        True,
    ),
    (
        "letters without end",
        p(WORD, in_list(1)) * 2,
        {"numbering": lists(level(0, "upperLetter", "%1.", start=9**18) + level(1, "upperRoman", "%2.", start=9**18))},
        True,
    ),
    (
        "a number's words without end",
        p(WORD, in_list(1)) * SOME,
        {"numbering": lists(level(0, "decimal", WORD * 20_000 + "%1."))},
        True,
    ),
    ("styles based on each other", styled("a"), {"styles": styles(("a", "b"), ("b", "c"), ("c", "a"))}, True),
    ("a style based on itself", styled("a"), {"styles": styles(("a", "a"))}, True),
    (
        "styles on styles on styles",
        styled("1") * SOME,
        {"styles": styles(*((str(at), str(at + 1)) for at in range(SOME)))},
        True,
    ),
    ("a heading of no level", p(WORD, '<w:outlineLvl w:val="x"/>'), {}, True),
    (
        "one note for all",
        p(WORD) + p(SWITCH) * 2000,
        {"footnotes": f'<w:footnote w:id="1">{p(WORD * 5000)}</w:footnote>'},
        True,
    ),
    (
        "a note of itself",
        p(WORD + "") + p(SWITCH),
        {"footnotes": f'<w:footnote w:id="1">{p(SWITCH)}</w:footnote>'},
        True,
    ),
    ("paragraphs whose ends were deleted", p(WORD, "<w:rPr><w:del/></w:rPr>") * SOME + p("x"), {}, True),
    ("fields that never end", p(r(WORD) + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>') * SOME, {}, True),
    ("text without a space", p("a" * 2_000_000), {}, True),
    (
        "bold in every letter",
        p("".join(r(letter, "<w:b/>" if at % 2 else "") for at, letter in enumerate(WORD * 1000))),
        {},
        True,
    ),
    ("an entity", "&x;", {}, False),
    ("no words", p() * 3, {}, False),
    ("a tag that is not closed", "<w:p><w:r>", {}, False),
]


@pytest.mark.parametrize(("kind", "body", "parts", "sound"), WORD_FILES, ids=[kind for kind, *_ in WORD_FILES])
def test_word_files_that_no_program_writes(
    kind: str, body: str, parts: dict[str, str], sound: bool, tmp_path: Path
) -> None:
    read = outcome(word_file(tmp_path / "a.docx", body, **parts))
    assert isinstance(read, Document) is sound, kind
    assert not isinstance(read, Document) or len(read.text) < 20 * len(body) + SOME * 200


BOMB = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
LOL = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "lol">{BOMB}]>'
#: kind, page, whether it can be read
PAGES = [
    ("tables within each other", "<table><tr><td>x<td>" * 50 + WORD, True),
    ("rows over rows within each other", "<table><tr><td rowspan=2>" * 50 + WORD + "<td>x<tr><td>y</table>" * 50, True),
    ("elements within each other", "<div>" * 10_000 + WORD, True),
    ("elements deeper than can be parsed", "<div>" * 100_000 + WORD, False),
    ("bold within bold", "<b>" * 5000 + WORD, True),
    (
        "cells over all the page",
        '<table><tr><td colspan="99999999" rowspan="99999999">a<td>b' + "<tr><td>c" * 500,
        True,
    ),
    (
        "cells over each other",
        "<table>" + '<tr><td rowspan=9 colspan=9>a<td rowspan="-1">b<td colspan="x">c' * 300,
        True,
    ),
    ("a row that all reach down from", "<table><tr>" + "<td rowspan=9999>a" * 3000 + "<tr><td>b" * 1000, True),
    ("empty paragraphs", "<p></p>" * MANY + WORD, True),
    ("breaks", "<br>" * 30_000 + WORD, True),
    ("lists in lists", "<ul><li>a" * 3000, True),
    ("a number from nowhere", f'<ol start="²"><li value="99999999999">{WORD}<li value="-7">b</ol>', True),
    ("an entity bomb", f"{LOL}<html><body><p>&e9;</p><p>{WORD}</p></body></html>", True),
    (
        "links upon links",
        "<div><ul>" * 100 + f"<li><a href=x>{WORD}</a>" * 3000 + "</ul></div>" * 100 + f"<p>{WORD}",
        True,
    ),
    ("links in boxes in boxes", "<div>" * 150 + f"<a href=x>{WORD}</a> " * 8000 + "</div>" * 150 + f"<p>{WORD}", True),
    ("tags that are none", "< " * 100_000 + WORD, True),
    ("an attribute without end", f'<p style="{"font-weight:" * 20_000}">{WORD}', True),
    ("marks of bold", f"<p>{WORD}\x02 \x02<b>\x02x</b></p>", True),
    ("no words", "<script>1</script>", False),
]


@pytest.mark.parametrize(("kind", "page", "sound"), PAGES, ids=[kind for kind, *_ in PAGES])
def test_pages_that_no_program_writes(kind: str, page: str, sound: bool, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(page if page.startswith("<?xml") else f"<html><body>{page}", encoding="utf-8")
    read = outcome(file)
    assert isinstance(read, Document) is sound, kind
    assert not isinstance(read, Document) or ("Công tác trẻ em" in read.text) is ("Công" in page)
    assert not isinstance(read, Document) or len(read.text) < 100 * len(page)


def _archive(**parts: bytes) -> bytes:
    with zipfile.ZipFile(whole := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return whole.getvalue()


DEEP = b"<a>" * 100_000
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF__manifest.xml": b"opendocument.text"}
RTF = rb"{\rtf1 "
#: name, bytes; none of them can be read
REFUSED: list[tuple[str, bytes]] = [
    ("bom-thực-thể.docx", _archive(**{"word__document.xml": LOL.encode() + b"<a>&e9;</a>"})),
    ("sau.docx", _archive(**{"word__document.xml": DEEP})),
    ("to.docx", _archive(**{"word__document.xml": b"<a>" + b" " * 2**26 + b"</a>"})),
    ("nhiều phần.docx", _archive(**{f"word__{at}.xml": b"" for at in range(6000)})),
    ("dài\nhai dòng.docx", b"PK\x03\x04" + b"\x00" * 100),
    ("\udcff\udcfe.docx", b"PK\x03\x04"),
    (f"{'a' * 250}.txt", b"\x00\x01\x02" * 100),
    ("bom.odt", _archive(**ODT, **{"content.xml": LOL.encode() + b"<a>&e9;</a>"})),
    ("cụt.odt", _archive(**ODT, **{"content.xml": b"<office:document-content"})[:-30]),
    ("cụt.rtf", RTF + rb"\trowd\cell" * 3),
    ("lồng.rtf", b"{\\rtf1" + b"{" * 20_000),
    ("rác.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 40 + "WordDocument".encode("utf-16-le")),
    ("nửa chữ.txt", TEXT.encode("utf-16")[:-1] + b"\x00\xd8"),
    ("không chữ.md", b"\xef\xbb\xbf \n\n"),
]


@pytest.mark.parametrize(("name", "data"), REFUSED, ids=[ascii(name)[-20:] for name, _ in REFUSED])
def test_what_cannot_be_read_is_refused(name: str, data: bytes, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    read = outcome(file)
    assert isinstance(read, str)
    assert read.startswith(" ".join(name.encode(errors="replace").decode().split()))


Mutation = Callable[[bytes, random.Random], bytes]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 5, 40, 400))):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _spliced(data: bytes, chance: random.Random) -> bytes:
    first, last = sorted(chance.randrange(len(data)) for _ in range(2))
    at = chance.randrange(len(data))
    return data[:at] + data[first:last] + data[at:]


def _inside(data: bytes, chance: random.Random) -> bytes:
    """An archive with a part changed, its check sums right."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name.replace("/", "__"): archive.read(name) for name in archive.namelist()}
    name = chance.choice(["word__document.xml", "word__numbering.xml", "word__styles.xml"])
    said = [b'w:val="1"', b'w:val="0"', b"<w:tc>", b"</w:tc>", b"<w:tr>", b"</w:p>", b"w:numId", b"w:ilvl", b"<w:t>"]
    new = [b'w:val="\xc2\xb2"', b'w:val="-1"', b'w:val="99999999999"', b"", b"<w:p>", b"<w:tbl>", b"w:x", b"<w:t/>"]
    parts[name] = parts.get(name, b"").replace(chance.choice(said), chance.choice(new), chance.choice((1, 3, -1)))
    return _archive(**parts)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A plan as files of several formats."""
    folder = tmp_path_factory.mktemp("sound")
    document = parse("x", "x.txt", "", TEXT)
    write_docx(plan_of(document), folder / "typed.docx")
    write_numbered(plan_of(document), folder / "numbered.docx")
    write_html(plan_of(document), folder / "page.html")
    write_tcvn3(TEXT, folder / "tcvn3.txt")
    write_utf16(TEXT, folder / "utf16.txt")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("mutation", [_flipped, _cut, _spliced, _inside], ids=lambda one: one.__name__.strip("_"))
@pytest.mark.parametrize("name", ["typed.docx", "numbered.docx", "page.html", "tcvn3.txt", "utf16.txt"])
def test_damaged_files_are_read_or_refused(
    mutation: Mutation, name: str, sources: dict[str, bytes], tmp_path: Path
) -> None:
    if mutation is _inside and not name.endswith(".docx"):
        mutation = _spliced
    for seed in range(12):
        file = tmp_path / name
        file.write_bytes(mutation(sources[name], random.Random(seed)))
        outcome(file)
