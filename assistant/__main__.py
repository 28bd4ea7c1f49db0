"""Ask from the command line: one question, or a file of them."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from assistant.filters import Filters, NotHeld, ask_within
from assistant.generate.models import ModelMissing
from assistant.generate.opening import writer
from assistant.generate.settings import BadModelSetting
from assistant.harm import Need
from assistant.pipeline import Assistant, open_assistant
from assistant.question import Turn
from assistant.staff import command
from assistant.staff.people import StaffFileError
from index import IndexDamaged, IndexMissing
from index.arguments import REFUSED, Parser
from index.embedding import EmbedderError
from index.settings import index_folder
from index.vectors import StoreError


class BadInput(Exception):
    """Something in the call is wrong; the message says what, in both languages."""


#: What cannot be had or used, each with a line that says what to do.
REFUSALS = (
    BadInput,
    BadModelSetting,
    EmbedderError,
    IndexDamaged,
    IndexMissing,
    ModelMissing,
    NotHeld,
    StaffFileError,
    StoreError,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a file of questions."""

    id: Any  # as it stands in the file
    question: str
    history: tuple[Turn, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # a Windows pipe has another, without Vietnamese
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except REFUSALS as error:
        print(" / ".join(line.strip() for line in str(error).splitlines()), file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m assistant",
        description="Hỏi các kế hoạch, được trả lời kèm trích dẫn. / Ask the plans, get cited answers.",
    )
    commands = parser.add_subparsers(title="lệnh / commands", required=True, metavar="LỆNH")
    ask = commands.add_parser(
        "ask",
        help="hỏi một câu / ask one question",
        description='Hỏi một câu. Ví dụ: python -m assistant ask "Sở Y tế phải làm gì?" / Ask one question.',
    )
    ask.add_argument("question", metavar="CÂU_HỎI", help="câu hỏi, đặt trong ngoặc kép / the question, in quotes")
    ask.add_argument("--json", action="store_true", help="in ra JSON cho chương trình khác đọc / print JSON")
    ask.add_argument(
        "--province", action="append", default=[], metavar="TỈNH", help="chỉ hỏi tỉnh này / this province only"
    )
    ask.add_argument(
        "--year", action="append", default=[], type=int, metavar="NĂM", help="chỉ hỏi năm này / this year only"
    )
    ask.set_defaults(run=_ask)
    every = commands.add_parser(
        "answer-all",
        help="trả lời cả tệp câu hỏi / answer a file of questions",
        description="Trả lời mọi câu trong tệp JSONL (mỗi dòng: id, question, history) và ghi ra tệp JSONL. / "
        "Answer every line of a JSONL file into another.",
    )
    every.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl", help="tệp câu hỏi / file of questions")
    every.add_argument("answers", type=Path, metavar="ANSWERS.jsonl", help="tệp trả lời sẽ ghi / file to write")
    every.set_defaults(run=_answer_all)
    for one in (ask, every):
        one.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục / folder of the index")
        about = "mô hình ngôn ngữ; bỏ trống: ASSISTANT_LLM, mặc định không dùng / language model (none)"
        one.add_argument("--llm", metavar="PROVIDER:MODEL", help=about)
    staff = commands.add_parser(
        "staff",
        help="ai được đưa kế hoạch lên ở /staff / who may bring plans in at /staff",
        description="Thêm hay bỏ một cán bộ; mật khẩu được hỏi hai lần. / Add or remove somebody of the staff.",
    )
    command.add_options(staff)
    staff.set_defaults(run=command.run)
    return parser


def _ask(options: argparse.Namespace) -> int:
    if not options.question.strip():
        raise BadInput("Câu hỏi trống; hãy viết câu hỏi trong ngoặc kép / The question is empty; write one in quotes")
    assistant = _opened(options)
    answer = ask_within(assistant, options.question, (), Filters(options.province, options.year))
    if options.json:
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=1))
        return 0
    print(_for_the_eye(answer.text))
    if answer.citations:
        print("\nTrích dẫn / Sources:")
    for one in answer.citations:
        print(f"  [{one.n}] {one.title} — {one.section} ({one.doc}:{one.start}–{one.end})")
    if answer.notice:
        print(f"\n({answer.notice})", file=sys.stderr)
    return 0


def _opened(options: argparse.Namespace) -> Assistant:
    """The assistant, with the language model that is set, if any."""
    assistant = open_assistant(options.index)
    try:
        writing = writer(options.llm, index_folder(options.index))
    except (BadModelSetting, ModelMissing):
        if assistant.tells(getattr(options, "question", "")) is Need.NONE:
            raise
        return assistant  # no setting keeps whom to call from somebody in danger
    if writing and sys.stderr.isatty():
        name = writing.line.settings.name
        print(f"Có thể hỏi mô hình / a language model may be asked: {name} …", file=sys.stderr)
    return replace(assistant, writer=writing)


def _for_the_eye(markdown: str) -> str:
    """An answer without the marks that only a page shows."""
    return re.sub(r"\\([\\`*_<>#\[\]|~])", r"\1", re.sub(r"(?<!\\)\*+", "", markdown))


def _answer_all(options: argparse.Namespace) -> int:
    asked = list(_questions(options.questions))
    assistant = _opened(options)
    outcomes: Counter[str] = Counter()
    _write(options.answers, (_answered(assistant, one, outcomes) for one in asked))
    print(f"Đã trả lời {len(asked)} câu / answered {len(asked)}: {options.answers}", file=sys.stderr)
    if outcomes:
        listed = ", ".join(f"{name}: {count}" for name, count in outcomes.most_common())
        print(f"Mô hình ngôn ngữ / language model: {listed}", file=sys.stderr)
    return 0


def _answered(assistant: Assistant, asked: Asked, outcomes: Counter[str]) -> dict[str, Any]:
    answer = assistant.ask(asked.question, asked.history)
    outcomes.update([answer.trace.outcome] if answer.trace else [])
    return answer.to_json(asked.id)


def _questions(path: Path) -> Iterator[Asked]:
    """The lines of a file of questions. Raises BadInput naming the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: không đọc được tệp câu hỏi / the questions cannot be read ({error})") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _question(path, number, line)


def _question(path: Path, number: int, line: str) -> Asked:
    try:
        entry = json.loads(line)
        turns = tuple(Turn(str(turn["role"]), str(turn["content"])) for turn in entry.get("history") or ())
        if not isinstance(entry["question"], str):
            raise TypeError(f"question: {entry['question']!r}")
        asked = Asked(entry.get("id", ""), entry["question"], turns)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            f"{path}: dòng {number} không phải JSON có “question” / line {number} is no JSON with “question” ({error})"
        ) from error
    if not asked.question.strip():
        raise BadInput(f"{path}: dòng {number} có câu hỏi trống / line {number} has an empty question")
    return asked


def _write(path: Path, answers: Iterator[dict[str, Any]]) -> None:
    """Writes beside the file, then takes its place: a crash or a full disk leaves what was there."""
    path = path.resolve()  # a link stays a link
    written: Path | None = None
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            written = Path(file.name)
            _write_lines(file, answers)
        written.chmod(mode)
        written.replace(path)
        written = None
    except OSError as error:
        raise BadInput(f"{path}: không ghi được / cannot be written ({error.strerror or error})") from error
    finally:
        if written is not None:
            written.unlink(missing_ok=True)


def _write_lines(file: IO[str], answers: Iterator[dict[str, Any]]) -> None:
    for answer in answers:
        file.write(json.dumps(answer, ensure_ascii=False) + "\n")
    file.flush()
    os.fsync(file.fileno())


if __name__ == "__main__":
    sys.exit(main())
