"""Imports run one way; light things stay light; no file names the machine it was written on."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
#: A room may import from itself, from those named here, and from libraries.
MAY_IMPORT = {
    "prompts": set[str](),
    "corpus": set[str](),
    "index": {"corpus"},
    "assistant": {"corpus", "index", "prompts"},
    "eval": {"corpus", "index", "assistant", "prompts"},
    "app": {"corpus", "index", "assistant", "eval", "prompts"},
}
HEAVY = ("torch", "faiss", "gradio", "langchain", "langchain_core", "sentence_transformers", "transformers", "fastapi")
#: What takes seconds to import; no package brings it in before the row that needs it is asked for.
SLOW = ("torch", "gradio", "sentence_transformers", "transformers")
SOURCES = sorted(
    path for room in MAY_IMPORT for path in [*(ROOT / room).rglob("*.py"), ROOT / f"{room}.py"] if path.is_file()
)
#: What names a machine rather than the project.
MACHINE = re.compile(r"/tmp/|/home/\w|/Users/\w|/root/|[A-Z]:\\")  # a path of somebody's machine
TEXT = {".py", ".toml", ".md", ".txt", ".css", ".js", ".html", ".cfg", ".yaml", ".yml", ""}
_SKIP = {".git", ".venv", ".index", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__", "node_modules"}


def _room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _imported(path: Path) -> set[str]:
    """Top-level packages that a file imports, wherever in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def _upwards(path: Path) -> set[str]:
    room = _room(path)
    return _imported(path) & set(MAY_IMPORT) - MAY_IMPORT[room] - {room}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    assert _upwards(path) == set(), f"{path.relative_to(ROOT)} imports from a room above it"


def test_an_import_against_the_way_would_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "wrong.py"
    file.write_text("def late():\n    from assistant.answer import Answer\n    return Answer\n", encoding="utf-8")
    assert _imported(file) & set(MAY_IMPORT) - MAY_IMPORT["corpus"] == {"assistant"}


@pytest.mark.parametrize(
    ("module", "heavy"),
    [("corpus", HEAVY), ("corpus.reading", HEAVY), ("index", SLOW), ("assistant", SLOW), ("eval", SLOW)],
)
def test_a_light_import_stays_light(module: str, heavy: tuple[str, ...]) -> None:
    code = f"import {module}, sys, json; print(json.dumps([name for name in {heavy!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("package", ["corpus", "index", "assistant", "eval"])
def test_a_package_is_a_sentence_and_a_short_list(package: str) -> None:
    tree = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    lists = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"]
    assert all(len(ast.literal_eval(node.value)) <= 6 for node in lists)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name for node in functions if (node.end_lineno or 0) - node.lineno + 1 > 50}
    assert long == set()


def test_no_file_names_a_machine() -> None:
    named = [f"{path.relative_to(ROOT)}: {found[0]}" for path in _files() if (found := _machine(path))]
    assert named == []


def _files() -> list[Path]:
    own = {Path(__file__)}
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and path.suffix in TEXT and path not in own and not _SKIP & set(path.relative_to(ROOT).parts)
    ]


def _machine(path: Path) -> list[str]:
    return MACHINE.findall(path.read_text(encoding="utf-8", errors="replace"))
