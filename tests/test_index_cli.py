"""The command line of the index: what it prints, where, and how it ends."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import letters
import pytest

from corpus import READERS
from index.__main__ import main
from index.generation import current, recipe

HERE = Path(__file__).parent
PLANS = HERE.parent / "corpus" / "documents"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two of the plans, to be changed."""
    plans = tmp_path / "plans"
    plans.mkdir()
    for name in ("lang-son-2023.txt", "bac-kan-2023.txt"):
        shutil.copy(PLANS / name, plans)
    return plans


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("cli") / "index"
    assert main(["build", "--documents", str(PLANS), "--index", str(root), "--embedder", letters.Letters.name]) == 0
    return root


def build(folder: Path, *more: str) -> int:
    root = folder.parent / "index"
    return main(["build", "--documents", str(folder), "--index", str(root), "--embedder", "letters", *more])


def test_build_says_what_it_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(folder) == 0
    said = capsys.readouterr()
    assert said.out.count("\n") == 1
    assert "Đã đọc 2 tệp, giữ nguyên 0, bỏ 0" in said.out
    assert "files read 2, reused 0, removed 0" in said.out
    assert said.err == ""

    assert build(folder) == 0
    assert "nothing to do: 2 files" in capsys.readouterr().out

    (folder / "bac-kan-2023.txt").unlink()
    assert build(folder) == 0
    assert "files read 0, reused 1, removed 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bang.xlsx", b"PK", "bang.xlsx"),
        ("rong.txt", b" \n", "rong.txt"),
        ("hong.docx", b"PK\x03\x04 cut short", "hong.docx"),
        ("nhi-phan.txt", b"KE HOACH\x00\x01", "nhi-phan.txt"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, said: str
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    for outcome in ("files read 2", "nothing to do"):
        assert build(folder) == 3
        heard = capsys.readouterr()
        assert heard.err.count("\n") == 1
        assert heard.err.startswith(said)
        assert outcome in heard.out
        assert "1 not read" in heard.out


@pytest.mark.parametrize("name", ["documents.toml", ".hidden.txt", ".git/x.txt", ".DS_Store"])
def test_what_is_no_plan_is_passed_over(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("")
    assert build(folder) == 0
    assert "files read 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--help"),
        (["biuld"], "LỆNH không nhận 'biuld'; hãy chọn: 'build', 'show'"),
        (["build", "--store"], "--store cần một giá trị"),
        (["show", "--text", "a", "--outline", "b"], "--outline không đi cùng --text"),
        (["build", "một\nhai"], "không có tham số một hai"),
        (["build", "--documents", "/no/such/folder"], "/no/such/folder"),
        (["build", "--documents", __file__], __file__),
        (["build", "--index", __file__], __file__),
        (["build", "--store", "oracle"], "oracle"),
        (["build", "--embedder", "./no-such-model"], "no-such-model"),
        (["build", "--documents", str(HERE / "texts"), "--frobnicate"], "--frobnicate"),
        (["show", "--index", "/no/such/index"], "python -m index build"),
    ],
)
def test_bad_arguments(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", str(tmp_path / "index"))
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(stop.code or 0)
    heard = capsys.readouterr()
    assert status == 2
    assert heard.out == ""
    assert heard.err.count("\n") == 1
    assert said in heard.err
    assert " / " in heard.err
    assert not (tmp_path / "index").exists()


def test_a_folder_without_a_readable_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.xlsx").write_text("x")
    assert build(tmp_path / "empty") == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("a.xlsx")
    assert all(suffix in lines[1] for suffix in READERS)


def test_settings_come_from_the_environment(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder.parent / "elsewhere"
    for name, value in {"DOCUMENTS": folder, "INDEX": root, "EMBEDDER": "letters", "STORE": "exact"}.items():
        monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
    assert main(["build"]) == 0
    assert main(["show"]) == 0
    out = capsys.readouterr().out
    assert "letters@1" in out
    assert "exact" in out
    assert (root / "CURRENT").is_file()


def test_an_index_is_rebuilt_as_it_was_made(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new plan does not undo the model, the store or the folder that were once chosen."""
    for name in ("DOCUMENTS", "EMBEDDER", "STORE"):
        monkeypatch.delenv(f"ASSISTANT_{name}", raising=False)
    root = folder.parent / "index"
    assert build(folder, "--store", "exact") == 0
    (folder / "bac-kan-2023.txt").unlink()
    assert main(["build", "--index", str(root)]) == 0
    assert "files read 0, reused 1, removed 1" in capsys.readouterr().out
    assert made(root) == (str(folder.resolve()), "letters", "exact")

    monkeypatch.setenv("ASSISTANT_STORE", "faiss")
    assert main(["build", "--index", str(root), "--documents", str(PLANS)]) == 0
    assert made(root) == ("corpus/documents", "letters", "faiss")
    assert main(["build", "--index", str(root), "--embedder", "default"]) == 0
    assert made(root) == ("corpus/documents", "default", "faiss")


def made(root: Path) -> tuple[str, str, str]:
    held = recipe(root)
    assert held is not None
    return held.documents, held.embedder, held.store


def test_a_damaged_index_is_rebuilt_as_it_was_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = folder.parent / "index"
    assert build(folder) == 0
    next(current(root).glob("parts/*/vectors.npy")).unlink()
    assert main(["build", "--index", str(root)]) == 0
    assert "built from nothing" in capsys.readouterr().err
    assert made(root)[:2] == (str(folder.resolve()), "letters")


def test_the_folder_of_an_index_that_is_gone_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(folder) == 0
    gone = folder.rename(folder.parent / "moved")
    capsys.readouterr()
    assert main(["build", "--index", str(folder.parent / "index")]) == 2
    heard = capsys.readouterr().err
    assert str(folder) in heard
    assert "--documents" in heard
    assert heard.count("\n") == 1
    assert build(gone) == 0


def test_the_table(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--index", str(built)]) == 0
    out = capsys.readouterr().out
    head, *rows = out.split("\n\n")[0].splitlines()
    assert all(name in head for name in ("tệp/file", "tỉnh/province", "mục/sections", "lưu ý/warnings"))
    assert [row.split()[0] for row in rows] == [path.name for path in sorted(PLANS.glob("*.txt"))]
    for row, stated in zip(
        rows,
        [("Bắc Kạn", "2023"), ("Khánh Hòa", "2020"), ("Kiên Giang", "107/KH-UBND"), ("Lạng Sơn", "2023"),
         ("Thừa Thiên Huế", "2020")],
        strict=True,
    ):  # fmt: skip
        assert all(value in row for value in stated), row
    assert "5 văn bản/documents" in out


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_text_is_the_file(built: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--index", str(built), "--text", path.stem]) == 0
    assert capsys.readouterr().out == path.read_text(encoding="utf-8")


def test_the_outline(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--index", str(built), "--outline", "khanh-hoa-2020"]) == 0
    out = capsys.readouterr().out
    assert "heading" in out
    assert "Sở Y tế" in out


def test_an_unknown_document(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--index", str(built), "--text", "ha-noi"]) == 2
    heard = capsys.readouterr().err
    assert "ha-noi" in heard
    assert "khanh-hoa-2020" in heard


@pytest.mark.parametrize("command", [[], ["build"], ["show"]])
def test_help_is_in_vietnamese_and_english(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert "kế hoạch" in out or "chỉ mục" in out
    assert " / " in out


def test_a_second_build_waits_for_the_first(folder: Path) -> None:
    root = folder.parent / "index"
    root.mkdir()
    command = [sys.executable, HERE / "letters.py", "build", "--documents", folder, "--index", root]
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [*command, "--embedder", "letters"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert second.stderr is not None
        assert "waiting for another build" in second.stderr.readline()
        assert not (root / "CURRENT").exists()
    out, err = second.communicate()
    assert (second.returncode, err) == (0, "")
    assert "files read 2" in out


def test_importing_the_index_is_light() -> None:
    """A question on the command line has 2.5 s from a cold start: nothing heavy before it is needed."""
    heavy = "{'torch', 'sentence_transformers', 'transformers', 'gradio', 'scipy', 'sklearn'}"
    script = f"import sys, index, index.__main__; print(*{heavy} & set(sys.modules))"
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
