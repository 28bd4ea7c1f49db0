"""The command line of the index: `python -m index build`, `python -m index show`."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from corpus.document import Document
from index import generation, show
from index.arguments import REFUSED, Parser
from index.build import Built, NothingToIndex
from index.embedding import EMBEDDERS, EmbedderError, open_embedder
from index.errors import IndexDamaged, IndexMissing
from index.keeping import Keeper
from index.opening import Index, open_index
from index.settings import documents_folder, embedder_name, index_folder, store_name
from index.vectors import STORES, StoreError, open_store

READ, FAILED, PARTLY, STOPPED = 0, 1, 3, 130

_EPILOG = """Kết quả trả về khi tạo chỉ mục / exit status of build:
  0  mọi tệp đều đọc được / every file was read
  3  có tệp không đọc được (mỗi tệp một dòng), các tệp còn lại vẫn được đưa vào / some files were not read
  2  tham số sai / bad arguments
  1  không ghi được, chỉ mục cũ vẫn dùng được / writing failed, the index that was there still serves"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    asked = _parser().parse_args(arguments)
    try:
        return _build(asked) if asked.command == "build" else _show(asked)
    except NothingToIndex as error:
        return _said(*error.unread, str(error))
    except (EmbedderError, StoreError, IndexMissing, IndexDamaged, _UsageError) as error:
        return _said(str(error))
    except KeyboardInterrupt:
        _said("Đã dừng, chỉ mục cũ giữ nguyên / stopped, the index is as it was")
        return STOPPED
    except BrokenPipeError:  # the reader of a long text had enough
        sys.stderr.close()
        return READ
    except OSError as error:
        _said(f"Lỗi đọc, ghi tệp / reading or writing failed: {error}. Chỉ mục cũ giữ nguyên / the index is as it was.")
        return FAILED


class _UsageError(ValueError):
    pass


def _build(asked: argparse.Namespace) -> int:
    root = index_folder(asked.index)
    before = generation.recipe(root)
    folder = documents_folder(asked.documents, before.documents if before else "")
    if not folder.is_dir():
        raise _UsageError(
            f"Không có thư mục {folder}; hãy chọn bằng --documents / there is no folder {folder}; "
            "give one with --documents"
        )
    if root.exists() and not root.is_dir():
        raise _UsageError(f"{root} không phải là thư mục / is not a folder")
    store = store_name(asked.store, before.store if before else "")
    open_store(store)
    embedder = open_embedder(embedder_name(asked.embedder, before.embedder if before else ""))
    keeper = Keeper(folder, root, embedder, store)
    try:
        status = _say(keeper.build())
        if asked.watch:
            print("Đang theo dõi thư mục; dừng bằng Ctrl+C / watching the folder; stop with Ctrl+C", flush=True)
            keeper.watch(threading.Event(), lambda outcome: print(*_lines(outcome), sep="\n", flush=True))
    finally:
        keeper.close()
    return status


def _say(built: Built) -> int:
    """Print what a build did, what could not be read on the error stream; the exit status."""
    for line in built.unread:
        print(line, file=sys.stderr)
    print(_summary(built), flush=True)
    return PARTLY if built.unread else READ


def _lines(outcome: Built | Exception) -> Sequence[str]:
    """What a build did, or why it could do nothing, with what could not be read."""
    if isinstance(outcome, Built):
        return (*outcome.unread, _summary(outcome))
    return (*(outcome.unread if isinstance(outcome, NothingToIndex) else ()), str(outcome))


def _summary(built: Built) -> str:
    if built.published:
        done = (
            f"Đã đọc {built.read} tệp, giữ nguyên {built.reused}, bỏ {built.removed}; "
            f"{built.passages} đoạn, {built.seconds:.1f} giây / "
            f"files read {built.read}, reused {built.reused}, removed {built.removed}; "
            f"{built.passages} passages, {built.seconds:.1f} s"
        )
    else:
        done = (
            f"Không có gì thay đổi ({built.reused} tệp, {built.passages} đoạn), chỉ mục giữ nguyên / "
            f"nothing to do: {built.reused} files, {built.passages} passages unchanged"
        )
    unread = len(built.unread)
    copies = f"; {built.copies} bản trùng chỉ tính một lần / {built.copies} copies counted once" if built.copies else ""
    return f"{done}{copies}; không đọc được {unread} tệp / {unread} not read" if unread else done + copies


def _show(asked: argparse.Namespace) -> int:
    index = open_index(Path(asked.index) if asked.index else None)
    if asked.text:
        sys.stdout.write(_document(index, asked.text).text)
    elif asked.outline:
        print("\n".join(show.outline(_document(index, asked.outline))))
    else:
        print("\n".join(show.table(index)))
    return READ


def _document(index: Index, id: str) -> Document:
    document = index.documents.get(id)
    if document is None:
        known = ", ".join(index.documents)
        raise _UsageError(f"Không có văn bản “{id}”; hãy chọn / no such document; choose one of: {known}")
    return document


def _said(*lines: str) -> int:
    for line in lines:
        print(" / ".join(line.splitlines()), file=sys.stderr)
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="python -m index",
        description="Tạo và xem chỉ mục tìm kiếm của các kế hoạch. / Build and look into the search index.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH", title="lệnh / commands")
    _build_options(_command(commands, "build", "đọc các kế hoạch và tạo chỉ mục / read the plans, build", _EPILOG))
    _show_options(_command(commands, "show", "xem chỉ mục đang có / show what the index holds", ""))
    return parser


def _command(
    commands: argparse._SubParsersAction[Parser], name: str, about: str, epilog: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=about,
        description=about,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--index",
        metavar="DIR",
        help="thư mục của chỉ mục; mặc định: ASSISTANT_INDEX, nếu không thì .index / folder of the index",
    )
    return parser


def _build_options(parser: argparse.ArgumentParser) -> None:
    rows = "; ".join(f"{name}: {row.about}" for name, row in EMBEDDERS.items())
    stores = "; ".join(f"{name}: {row.about}" for name, row in STORES.items())
    parser.add_argument(
        "--documents",
        metavar="DIR",
        help="thư mục chứa các kế hoạch; mặc định: ASSISTANT_DOCUMENTS, nếu không thì như lần trước, lần đầu là "
        "corpus/documents / folder of the plans; the one of the last build",
    )
    parser.add_argument(
        "--embedder",
        metavar="NAME",
        help=f"mô hình nhúng, mặc định: ASSISTANT_EMBEDDER, nếu không thì như lần trước, lần đầu là default / "
        f"embedding model; the one of the last build. {rows}",
    )
    parser.add_argument(
        "--store",
        metavar="NAME",
        help=f"kho véc-tơ, mặc định: ASSISTANT_STORE, nếu không thì như lần trước, lần đầu là faiss / "
        f"vector store; the one of the last build. {stores}",
    )

    parser.add_argument(
        "--watch",
        action="store_true",
        help="theo dõi thư mục, cập nhật chỉ mục khi có tệp mới, tệp đổi hay tệp bị xóa; dừng bằng Ctrl+C / "
        "watch the folder and update the index whenever a file comes, changes or goes, until Ctrl+C",
    )


def _show_options(parser: argparse.ArgumentParser) -> None:
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--text",
        metavar="DOC",
        help="in nguyên văn một văn bản như đã đọc; DOC là tên tệp không có đuôi / print a document's text as read",
    )
    one.add_argument(
        "--outline",
        metavar="DOC",
        help="in các mục của một văn bản / print the sections of a document",
    )


if __name__ == "__main__":
    sys.exit(main())
