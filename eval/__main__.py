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
    "model": "mô hình ngôn ngữ nói dối, viết tốt, tắt: thấy gì / what is shown when a model lies or fails",
    "robustness": "hỏi lại khi gõ không dấu, gõ sai, viết tắt / ask again without accents, with typos, abbreviated",
    "compare": "so hai kết quả của answers --json / compare two results of answers --json",
    "floors": "kiểm tra số đo có dưới ngưỡng không / check that no figure fell below its floor",
    "wording": "đo lời câu hỏi xa lời kế hoạch đến đâu / how far the questions are worded from the plans",
    "fit": "tính lại trọng số của bằng chứng / fit the weights of evidence anew",
    "feedback": "in góp ý, ghi thành câu nháp để duyệt / print feedback, write drafts of cases to review",
    "retrieval": "đo bộ tìm kiếm trên một thư mục BEIR / measure the retriever on a BEIR folder",
    "weights": "đo từng trọng số của bộ tìm kiếm / measure each weight of the search",
    "safety": "người kể bị hại có thấy số điện thoại trước không / is help shown first to whoever tells of harm",
    "harm": "học lại cách nhận ra người kể bị hại / learn anew how people tell of harm",
    "formats": "kế hoạch viết ra DOCX, PDF, bản quét … đọc lại có giống / do plans read the same from every format",
    "scale": "chịu được hàng nghìn kế hoạch đến đâu / how it bears thousands of plans",
    "speed": "đo thời gian / measure how long things take",
    "browser": "đo thời gian chờ trong trình duyệt thật / how long one waits in a real browser",
    "visitors": "nhiều người cùng hỏi trang / many visitors asking the page at once",
}
MORE = {
    "answers": "Mỗi số đo kèm khoảng tin cậy 95 %, cho cả tệp, từng loại câu và từng ngôn ngữ; eval/README.md nói rõ "
    "từng số đo. Của tệp giữ riêng chỉ in tổng. / Every measure with its 95 % interval, over the file, by kind and by "
    "language; eval/README.md defines each. Of a file that is kept aside totals only.",
    "robustness": "In tỷ lệ đúng của câu như đã viết và của từng cách gõ, mức chênh kèm khoảng 95 % theo cặp câu. / "
    "Prints the share right as written and for each way of typing, and the difference with its paired 95 % interval.",
    "model": "Mô hình giả, chạy trên máy này, nói những câu trong eval/cases/model; trả về 1 khi điều sai được hiện, "
    "hay khi mô hình tắt mà câu trả lời khác đi. / A scripted model on this machine says them; ends "
    "with 1 where anything false is shown, or a model that is down changes an answer.",
    "compare": "Ghép câu theo mã; khoảng 95 % của mức chênh cho biết chênh lệch nào lớn hơn ngẫu nhiên. / Pairs cases "
    "by id; the 95 % interval of a difference tells which differences are beyond chance.",
    "floors": "So với eval/floors.toml; trả về 1 và nêu tên số đo khi có số dưới ngưỡng. / Against eval/floors.toml; "
    "ends with 1 and names each figure that fell.",
    "wording": "Câu hỏi xa lời khi dưới một phần năm số cặp tiếng liền nhau đứng trong dòng trả lời; --against nêu câu "
    "đặt giống một bộ khác. / A question is far when under a fifth of its pairs of neighbouring syllables stand in the "
    "lines that answer it; --against names those worded as another set's.",
    "fit": "In trọng số như trong assistant/signs.py, tính từ tuned.jsonl, far.jsonl; không ghi tệp nào. / Prints the "
    "weights as they stand in assistant/signs.py, fitted on tuned.jsonl and far.jsonl; writes nothing.",
    "feedback": "In từng góp ý trong tệp của app.py --feedback; có OUT.jsonl thì ghi câu nháp, người duyệt bỏ "
    '"review": true rồi mới dùng được. / Prints the feedback in a file of app.py --feedback; OUT.jsonl takes drafts, '
    'of no use until somebody has reviewed them and taken "review": true away.',
    "retrieval": "In nDCG@10, MRR@10, Recall@10 (0 đến 1) của từ ngữ, véc-tơ và cả hai; thêm của một véc-tơ mỗi đoạn "
    "và của câu hỏi không dấu. / Prints nDCG@10, MRR@10 and Recall@10 (0 to 1) of words alone, vectors alone and both; "
    "then of one vector a passage, and of both for questions without accents.",
    "weights": "In nDCG@10 trên từng thư mục BEIR khi mỗi trọng số giảm nửa rồi tăng đôi. / Prints nDCG@10 on each "
    "BEIR folder with half and with twice of each weight.",
    "safety": "Tin nhắn trong eval/cases/safety; trả về 1 khi có số ngoài ngưỡng. Của tệp giữ riêng chỉ in tổng. / The "
    "messages of eval/cases/safety; ends with 1 where a figure is out of bounds. Of a file kept aside totals only.",
    "harm": "Học từ assistant/harm/messages.jsonl và câu hỏi thường; --write ghi assistant/harm/weights.npz. / Learns "
    "from assistant/harm/messages.jsonl and ordinary questions; --write replaces assistant/harm/weights.npz.",
    "browser": "Tự mở trang; cần Chromium. Đo đến khi trang nhận câu hỏi và từ Enter đến chữ đầu của câu trả lời. / "
    "With a site of its own, in Chromium: until the page takes a question, and from Enter to an answer's first words.",
    "formats": "Viết từng kế hoạch ra mọi định dạng, đọc lại, so mục, tiếng, số, ô bảng, rồi hỏi lại mọi câu; trả về 1 "
    "khi danh mục khác hay lời đáp kém hơn mức cho phép (0,01; bản quét 0,05). / Writes each plan out in every format, "
    "reads it back, compares sections, words, figures and cells, and asks all cases again; ends with 1 where a list of "
    "sections differs or answers lose more than they may (0.01; of scans 0.05).",
    "scale": "Tạo hàng nghìn kế hoạch bằng cách đổi kế hoạch thật; đo thời gian, bộ nhớ khi tạo chỉ mục, thêm một kế "
    "hoạch, trả lời; trả về 1 khi quá mức (600 giây, 2 GB, 2 giây, 60 mili giây). / Makes thousands of plans by "
    "varying real ones; measures indexing, its memory, adding one, answering; ends with 1 over a bound (600 s, 2 GB, "
    "2 s, 60 ms).",
    "speed": "Trung vị và phân vị, tính bằng mili giây: trả lời, khởi động lạnh, tạo chỉ mục, nạp và chạy mô hình "
    "nhúng. / Medians and percentiles in milliseconds: answering, a cold start, building the index, loading and "
    "running the embedding model.",
    "visitors": "Mỗi người hỏi hết câu này đến câu khác qua cửa của trang; trả về 1 khi có lỗi. / Each asks one "
    "question after another through the page's own door; ends with 1 when an error occurred.",
}


def parser() -> Parser:
    """What can be asked of `python -m eval`."""
    top = Parser(prog="python -m eval", description=ABOUT)
    commands = top.add_subparsers(dest="command", metavar="LỆNH / COMMAND")
    parts = {name: commands.add_parser(name, help=about, description=MORE[name]) for name, about in HELP.items()}
    _answers_arguments(parts["answers"])
    _cases_arguments(parts["robustness"])
    _model_arguments(parts["model"])
    _compare_arguments(parts["compare"])
    _index_argument(parts["floors"])
    _wording_arguments(parts["wording"])
    _fit_arguments(parts["fit"])
    _feedback_arguments(parts["feedback"])
    _retrieval_arguments(parts["retrieval"])
    about = "các thư mục BEIR / BEIR folders"
    parts["weights"].add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help=about)
    _safety_arguments(parts["safety"])
    parts["harm"].add_argument("--write", action="store_true", help="ghi trọng số / write the weights")
    _formats_arguments(parts["formats"])
    about = "bao nhiêu kế hoạch / how many plans (2000)"
    parts["scale"].add_argument("--plans", type=int, default=2000, metavar="N", help=about)
    _json_argument(parts["scale"])
    _index_argument(parts["speed"])
    _visitors_arguments(parts["visitors"])
    _index_argument(parts["browser"])
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; without one, the help goes to stderr. The exit status. What is heavy is imported when needed."""
    arguments = parser().parse_args(argv)
    if arguments.command is None:
        parser().print_help(sys.stderr)
        return REFUSED
    status: int = import_module("eval.commands").perform(arguments)
    return status


def _wording_arguments(command: argparse.ArgumentParser) -> None:
    about = "tệp JSONL; bỏ trống: mọi tệp trong eval/cases / JSONL files; none: all in eval/cases"
    command.add_argument("cases", nargs="*", type=Path, metavar="CASES.jsonl", help=about)
    about = "bộ câu hỏi không được giống / a set of questions that none may be worded as"
    command.add_argument("--against", type=Path, metavar="OTHER.jsonl", help=about)
    _index_argument(command)


def _fit_arguments(command: argparse.ArgumentParser) -> None:
    about = "tệp JSONL; bỏ trống: tuned.jsonl, far.jsonl của eval/cases / JSONL files; none: tuned.jsonl, far.jsonl"
    command.add_argument("cases", nargs="*", type=Path, metavar="CASES.jsonl", help=about)
    _index_argument(command)


def _safety_arguments(command: argparse.ArgumentParser) -> None:
    about = "tệp JSONL; bỏ trống: mọi tệp trong eval/cases/safety / JSONL files; none: all in eval/cases/safety"
    command.add_argument("messages", nargs="*", type=Path, metavar="MESSAGES.jsonl", help=about)
    _index_argument(command)
    about = "in các câu không đạt / print what was answered wrongly"
    command.add_argument("--failures", action="store_true", help=about)


def _feedback_arguments(command: argparse.ArgumentParser) -> None:
    about = "tệp của app.py --feedback / the file of app.py --feedback"
    command.add_argument("file", type=Path, metavar="FILE", help=about)
    about = "tệp câu nháp sẽ ghi, chưa được có / file of drafts to write, not there yet"
    command.add_argument("drafts", type=Path, nargs="?", metavar="OUT.jsonl", help=about)


def _formats_arguments(command: argparse.ArgumentParser) -> None:
    about = "định dạng, cách nhau dấu phẩy; bỏ trống: tất cả / formats, between commas; none: all of them"
    command.add_argument("--only", metavar="docx,pdf,scan,…", help=about)
    about = "thư mục kế hoạch dạng văn bản (mặc định: corpus/documents) / folder of plans as text"
    command.add_argument("--documents", type=Path, metavar="DIR", help=about)
    about = "in từng mục đọc khác / print every section that is read otherwise"
    command.add_argument("--changes", action="store_true", help=about)
    _json_argument(command)


def _cases_arguments(command: argparse.ArgumentParser) -> None:
    about = "tệp JSONL; bỏ trống: mọi tệp trong eval/cases / JSONL files; none: all in eval/cases"
    command.add_argument("cases", nargs="*", type=Path, metavar="CASES.jsonl", help=about)
    _index_argument(command)
    _json_argument(command)
    about = "in các câu không đạt và vì sao / print what was answered wrongly and why"
    command.add_argument("--failures", action="store_true", help=about)


def _answers_arguments(command: argparse.ArgumentParser) -> None:
    _cases_arguments(command)
    about = "in từng câu / print every case"
    command.add_argument("--cases", dest="each", action="store_true", help=about)
    about = "ghi thêm một trang web tự chứa / write one self-contained page too"
    command.add_argument("--html", type=Path, metavar="FILE", help=about)
    about = (
        "hỏi thêm với mô hình ngôn ngữ, so từng cặp; có --json hay --html thì chỉ hỏi mô hình / ask with a language "
        "model too, compared case by case; with --json or --html it alone"
    )
    command.add_argument("--llm", metavar="PROVIDER:MODEL", help=about)


def _model_arguments(command: argparse.ArgumentParser) -> None:
    about = (
        "tệp JSONL để hỏi khi mô hình tắt; bỏ trống: mọi tệp trong eval/cases / JSONL files to ask with it down; all"
    )
    command.add_argument("cases", nargs="*", type=Path, metavar="CASES.jsonl", help=about)
    _index_argument(command)


def _compare_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("before", type=Path, metavar="A.json", help="kết quả trước / the result before")
    command.add_argument("after", type=Path, metavar="B.json", help="kết quả sau / the result after")


def _retrieval_arguments(command: argparse.ArgumentParser) -> None:
    about = "thư mục có / folder with corpus.jsonl, queries.jsonl, qrels.tsv"
    command.add_argument("folder", type=Path, metavar="FOLDER", help=about)
    _json_argument(command)
    about = "mô hình nhúng (mặc định: kèm theo) / embedding model (default: the shipped one)"
    command.add_argument("--embedder", metavar="NAME", help=about)


def _visitors_arguments(command: argparse.ArgumentParser) -> None:
    about = "số người / how many (50)"
    command.add_argument("--visitors", type=int, default=50, metavar="N", help=about)
    about = "hỏi trong bao nhiêu giây / for how many seconds (60)"
    command.add_argument("--seconds", type=float, default=60.0, metavar="S", help=about)
    about = "trang đang chạy, với --rate 0; bỏ trống: mở một trang riêng / a running site with --rate 0; none: its own"
    command.add_argument("--url", metavar="URL", help=about)
    _index_argument(command)


def _json_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="in JSON / print JSON")


def _index_argument(command: argparse.ArgumentParser) -> None:
    about = "thư mục chỉ mục (mặc định: .index) / folder of the index (default: .index)"
    command.add_argument("--index", type=Path, metavar="DIR", help=about)


if __name__ == "__main__":
    sys.exit(main())
