"""Old and open formats through LibreOffice, and what is said where it is missing or gives up."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from word_file import in_list, level, lists, p, table, tc, tr, word_file

import corpus

OUTLINE = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.")
COLUMN = '<w:gridCol w:w="2000"/>'
NOTE = '<w:footnote w:id="2">' + p("Theo Luật Trẻ em") + "</w:footnote>"


def plan(folder: Path) -> Path:
    """A plan with automatic numbers, a note and a table."""
    body = (
        p("KẾ HOẠCH")
        + p("Thực hiện công tác trẻ em tỉnh Sơn La năm 2024")
        + p("MỤC TIÊU", in_list(1))
        + p('<w:r><w:t>Giảm 5% số vụ</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>', in_list(1, 1))
        + p("TỔ CHỨC THỰC HIỆN", in_list(1))
        + p("Sở Y tế: Chủ trì, phối hợp với các sở.", in_list(1, 1))
        + table(tr("TT", "Nội dung", "Số"), tr("1", tc("Bể bơi"), "5"), tr("2", "Tập huấn", "7")).replace(
            "</w:tblPr>", f"</w:tblPr><w:tblGrid>{COLUMN * 3}</w:tblGrid>"
        )
        + p("Hết.")
    )
    return word_file(folder / "son-la-2024.docx", body, numbering=lists(OUTLINE), footnotes=NOTE)


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plan as .docx, .doc, .odt and .rtf."""
    folder = tmp_path_factory.mktemp("office")
    source = plan(folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for suffix in ("doc", "odt", "rtf"):
        command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(source)]
        subprocess.run(command, capture_output=True, check=True, timeout=120)
    return folder


@pytest.mark.parametrize("suffix", [".doc", ".odt", ".rtf"])
def test_the_same_plan_in_another_format_is_the_same(converted: Path, suffix: str) -> None:
    source = corpus.read(converted / "son-la-2024.docx")
    other = corpus.read(converted / f"son-la-2024{suffix}")
    assert [(node.kind, node.label, node.title) for node in other.sections] == [
        (node.kind, node.label, node.title) for node in source.sections
    ]
    assert "(Chú thích 1: Theo Luật Trẻ em)" in other.text
    assert [[int(cell.value) for cell in row.cells] for row in other.tables[0].rows] == [[5], [7]]


def test_without_libreoffice_one_line_says_what_to_do(
    converted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        corpus.UnreadableFile, match=r"hãy cài LibreOffice hoặc lưu thành \.docx / .*install it"
    ) as caught:
        corpus.read(converted / "son-la-2024.odt")
    assert "\n" not in str(caught.value)


def test_a_damaged_old_file_is_said_to_be(converted: Path, tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.doc"
    file.write_bytes((converted / "son-la-2024.doc").read_bytes()[:3000])
    with pytest.raises(corpus.UnreadableFile, match=r"^ke-hoach\.doc: "):
        corpus.read(file)


def test_a_name_that_looks_like_an_option_is_a_name(converted: Path, tmp_path: Path) -> None:
    file = tmp_path / "--kế hoạch & “2024”.rtf"
    file.write_bytes((converted / "son-la-2024.rtf").read_bytes())
    assert corpus.read(file).tables
