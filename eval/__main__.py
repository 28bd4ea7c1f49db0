"""`python -m eval`: what the project reaches, measured on cases, on BEIR folders and by the clock."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from index.arguments import REFUSED, Parser

ABOUT = "Đo chất lượng và tốc độ của chương trình. / Measures the quality and the speed of the program."
HELP = {
    "answers": "hỏi từng câu trong tệp và chấm câu trả lời / ask every case and judge its answer",
    "retrieval": "đo bộ tìm kiếm trên một thư mục BEIR / measure the retriever on a BEIR folder",
    "weights": "đo từng trọng số của bộ tìm kiếm / measure each weight of the search",
    "speed": "đo thời gian / measure how long things take",
}
MORE = {
    "answers": "Câu có lời đáp là đúng khi câu trả lời chứa mọi ý bắt buộc và không chứa điều cấm; câu không có lời "
    "đáp là đúng khi chương trình từ chối. / An answerable case is right when every vital nugget stands in the answer "
    "and nothing forbidden does, an unanswerable one when the program abstains. Của tệp / of heldout.jsonl: chỉ in "
    "tổng / totals only.",
    "retrieval": "In nDCG@10, MRR@10, Recall@10 (0 đến 1) của từ ngữ, véc-tơ và cả hai; thêm của một véc-tơ mỗi đoạn "
    "và của câu hỏi không dấu. / Prints nDCG@10, MRR@10 and Recall@10 (0 to 1) of words alone, vectors alone and both; "
    "then of one vector a passage, and of both for questions without accents.",
    "weights": "In nDCG@10 trên từng thư mục BEIR khi mỗi trọng số giảm nửa rồi tăng đôi. / Prints nDCG@10 on each "
    "BEIR folder with half and with twice of each weight.",
    "speed": "Trung vị và phân vị, tính bằng mili giây: trả lời, khởi động lạnh, tạo chỉ mục, nạp và chạy mô hình "
    "nhúng. / Medians and percentiles in milliseconds: answering, a cold start, building the index, loading and "
    "running the embedding model.",
}


def parser() -> Parser:
    """What can be asked of `python -m eval`."""
    top = Parser(prog="python -m eval", description=ABOUT)
    commands = top.add_subparsers(dest="command", metavar="LỆNH / COMMAND")
    parts = {name: commands.add_parser(name, help=about, description=MORE[name]) for name, about in HELP.items()}
    _answers_arguments(parts["answers"])
    _retrieval_arguments(parts["retrieval"])
    about = "các thư mục BEIR / BEIR folders"
    parts["weights"].add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help=about)
    _index_argument(parts["speed"])
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; without one, the help goes to stderr. The exit status. What is heavy is imported when needed."""
    arguments = parser().parse_args(argv)
    if arguments.command is None:
        parser().print_help(sys.stderr)
        return REFUSED
    status: int = import_module("eval.commands").perform(arguments)
    return status


def _answers_arguments(command: argparse.ArgumentParser) -> None:
    about = "tệp JSONL; bỏ trống: ba tệp trong eval/cases / JSONL files; none: the three in eval/cases"
    command.add_argument("cases", nargs="*", type=Path, metavar="CASES.jsonl", help=about)
    _index_argument(command)
    _json_argument(command)
    about = "in các câu không đạt và vì sao / print what was answered wrongly and why"
    command.add_argument("--failures", action="store_true", help=about)


def _retrieval_arguments(command: argparse.ArgumentParser) -> None:
    about = "thư mục có / folder with corpus.jsonl, queries.jsonl, qrels.tsv"
    command.add_argument("folder", type=Path, metavar="FOLDER", help=about)
    _json_argument(command)
    about = "mô hình nhúng (mặc định: kèm theo) / embedding model (default: the shipped one)"
    command.add_argument("--embedder", metavar="NAME", help=about)


def _json_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="in JSON / print JSON")


def _index_argument(command: argparse.ArgumentParser) -> None:
    about = "thư mục chỉ mục (mặc định: .index) / folder of the index (default: .index)"
    command.add_argument("--index", type=Path, metavar="DIR", help=about)


if __name__ == "__main__":
    sys.exit(main())
