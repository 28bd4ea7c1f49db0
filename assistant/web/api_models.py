"""What goes in and out, described once: the API, its reference, the tools, downloads and feedback read it here."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.filters import Filters

#: Bounds of one call. Every character may come as six bytes ("\u1ea1"), see LARGE_BODY of the door.
QUESTION_LIMIT = 1000
TURN_LIMIT = 20_000
TURNS_LIMIT = 16


def whole(text: str) -> str:
    """A text without control characters and halves of characters, which no file and no database takes.

    >>> whole("a\\x00b\\nc\\ud800")
    'ab\\nc�'
    """
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(char for char in text if char in "\n\r\t" or (char >= " " and char not in "\x7f\ufffe\uffff"))


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "blank")
    return text


#: A string that can be written anywhere.
Words = Annotated[str, BeforeValidator(lambda text: whole(text) if isinstance(text, str) else text)]
Scalar = Annotated[Words | int | Annotated[float, Field(allow_inf_nan=False)] | bool | None, Field()]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Said(_Closed):
    """Một lượt đã nói / One earlier message."""

    role: Literal["user", "assistant"] = Field(description="ai nói / who said it")
    content: Words = Field(
        max_length=TURN_LIMIT, description="lời đã nói; chỉ câu hỏi được đọc lại / only questions are read"
    )


class Ask(_Closed):
    """Một câu hỏi / A question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": "Sở Y tế phải làm gì?", "provinces": ["Khánh Hòa"], "years": [2020]}]
        }
    )
    question: Annotated[Words, AfterValidator(_not_blank)] = Field(
        max_length=QUESTION_LIMIT,
        description="câu hỏi, tiếng Việt hay tiếng Anh / the question, in Vietnamese or English",
        examples=["Sở Y tế phải làm gì?"],
    )
    history: list[Said] = Field(
        default=[], max_length=TURNS_LIMIT, description="các lượt trước, cũ trước / earlier messages, oldest first"
    )
    provinces: list[Annotated[Words, Field(max_length=100)]] = Field(
        default=[],
        max_length=64,
        description="chỉ hỏi các tỉnh này; rỗng: tất cả / these provinces only; empty: all",
        examples=[["Khánh Hòa"]],
    )
    years: list[Annotated[int, Field(ge=1900, le=2200)]] = Field(
        default=[],
        max_length=50,
        description="chỉ hỏi các năm này; rỗng: tất cả / these years only; empty: all",
        examples=[[2020]],
    )
    agencies: list[Annotated[Words, Field(max_length=200)]] = Field(
        default=[],
        max_length=64,
        description="hỏi cho các cơ quan này, khi câu hỏi không nêu / of these bodies, where the question names none",
        examples=[["Sở Y tế"]],
    )
    id: Scalar = Field(default="", description="trả lại y nguyên / given back as it is", examples=["cau-1"])

    @property
    def filters(self) -> Filters:
        """What the question is limited to, as it was sent."""
        return Filters(self.provinces, self.years, self.agencies)


class Where(_Closed):
    """Phần nào của văn bản / Which part of a text."""

    model_config = ConfigDict(strict=False)  # an address holds words only
    section: int | None = Field(
        default=None, ge=0, description="id của mục, cùng mọi mục con / one node and all below it"
    )
    at: int | None = Field(
        default=None,
        ge=0,
        description="vị trí ký tự, ví dụ start của một trích dẫn: mục có đề mục chứa nó / a position, such as a "
        "citation's start: the headed section that holds it",
    )


class Cited(BaseModel):
    """Trích dẫn: `text[start:end] == quote` / A citation, proved by its place in the text."""

    n: int = Field(description="số trong câu trả lời: [1] / its mark in the answer", examples=[1])
    doc: str = Field(description="id của văn bản / id of the document", examples=["khanh-hoa-2020"])
    title: str = Field(description="tên văn bản / title of the document")
    section: str = Field(description="đường dẫn mục / path of the section", examples=["IV › 4. Sở Y tế"])
    quote: str = Field(description="nguyên văn / verbatim words")
    start: int = Field(description="ký tự đầu, từ 0 / first character, from 0")
    end: int = Field(description="sau ký tự cuối / after the last character")


class ScopeOut(BaseModel):
    """Câu hỏi được hiểu là về đâu, rỗng: không nêu / What the question is about; empty: not named."""

    provinces: list[str] = Field(description="tỉnh / provinces")
    years: list[int] = Field(description="năm / years")
    agencies: list[str] = Field(description="cơ quan / bodies")


class AnswerOut(BaseModel):
    """Câu trả lời có trích dẫn / An answer with its citations."""

    id: Scalar = Field(description="như đã gửi / as it was sent")
    question: str = Field(description="câu hỏi / the question")
    answer: str = Field(description="Markdown có dấu [1] / Markdown with [1] marks")
    abstained: bool = Field(description="các kế hoạch không nêu / the plans do not hold it")
    emergency: bool = Field(description="có người cần giúp ngay: hãy cho thấy nguyên văn / show it whole and unchanged")
    scope: ScopeOut
    citations: list[Cited] = Field(description="mỗi dấu một trích dẫn / one a mark")
    latency_ms: float = Field(description="mili giây / milliseconds")


class DocumentOut(BaseModel):
    """Một văn bản; null: văn bản không ghi / A document; null: not stated in it."""

    id: str = Field(description="tên tệp, bỏ đuôi / the file's stem", examples=["khanh-hoa-2020"])
    title: str = Field(description="tên / title")
    kind: str | None = Field(description="loại / kind: kế hoạch, công văn …")
    number: str | None = Field(description="số / number", examples=["107/KH-UBND"])
    date: str | None = Field(description="ngày ban hành / date, ISO 8601", examples=["2021-05-18"])
    province: str | None = Field(description="tỉnh / province")
    period: list[int] | None = Field(description="năm đầu và năm cuối / first and last year", examples=[[2021, 2030]])
    over: bool | None = Field(description="thời kỳ đã qua tính đến hôm nay / the period is over today")
    issuer: str | None = Field(description="nơi ban hành / issuer")
    sections: int = Field(description="số mục / nodes of the outline")
    tables: int = Field(description="số bảng / tables")


class DocumentsOut(BaseModel):
    """Các văn bản đang giữ / The documents held."""

    documents: list[DocumentOut]


class SectionOut(BaseModel):
    """Một mục: `text` là nguyên văn start–end, phần riêng của mục / A node; `text` is its own words, verbatim."""

    id: int = Field(description="thứ tự đọc, gốc là 0 / position in reading order, the root is 0")
    parent: int | None = Field(description="mục cha / the node above")
    kind: str = Field(description="document, heading, item, paragraph, table, row")
    label: str = Field(description="ký hiệu in / printed marker", examples=["IV", "4", "đ"])
    title: str = Field(description="đề mục / heading")
    path: str = Field(description="đường dẫn như trong trích dẫn / path as in citations", examples=["IV › 4. Sở Y tế"])
    start: int = Field(description="ký tự đầu / first character")
    end: int = Field(description="sau ký tự cuối / after the last character")
    until: int = Field(description="nơi hết cả các mục con / where the last node below it ends")
    text: str = Field(description="nguyên văn start–end / verbatim words")


class SectionsOut(BaseModel):
    """Mục của một văn bản theo thứ tự đọc / The nodes of a document in reading order."""

    doc: str = Field(description="id của văn bản / id of the document")
    title: str = Field(description="tên văn bản / its title")
    sections: list[SectionOut]


class FieldProblem(BaseModel):
    """Một chỗ sai / One thing wrong."""

    pointer: str = Field(description="JSON pointer (RFC 6901)", examples=["/history/0/role"])
    detail: str = Field(description="sai gì / what is wrong")


class Problem(BaseModel):
    """Vì sao không được, theo RFC 9457 / Why not."""

    type: str = Field(description="luôn about:blank / always", examples=["about:blank"])
    title: str = Field(description="tên của mã / name of the status")
    status: int = Field(description="mã HTTP / HTTP status", examples=[422])
    detail: str = Field(description="điều gì, làm gì / what is wrong, what to do")
    errors: list[FieldProblem] = Field(default=[], description="các chỗ sai trong lời gọi / what is wrong in the call")
