"""The values an answer may have to hold, as they are printed in plans."""

from __future__ import annotations

import re

from assistant.cues import Value
from corpus.document import Span
from corpus.words import fold

#: A number as printed, nine to eleven digits: 0258.3883.040, (0238) 3844 126, 0912 345 678, 0290 3 831 111,
#: +84 912 345 678; 1900 54 55 59.
PHONE = re.compile(
    r"(?<![\d.,/])(?:\(?0\d{2,3}\)?|\(?\+84\)?[ .-]?\d{1,3})(?:[ .-]?\d){6,8}(?![\w/]|[.,]\d)"
    r"|\b1[89]00(?:[ .-]?\d{2,4}){1,3}(?![\w/])"
)

_DATE = (
    r"(?:ngày\s+)?(?<![\d/.,])\d{1,2}\s*/\s*(?:0?[1-9]|1[0-2])(?:\s*/\s*\d{4})?(?![\d/]|[.,]\d)|ngày\s+\d{1,2}|tháng\s+\d{1,2}\b"
    r"|(?:hết|trước|đến|vào|từ|cuối|đầu|trong)\s+năm\s+(?:19|20)\d\d|(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d"
    r"|(?:trong(?:\s+vòng|\s+thời\s+hạn)?|sau|chậm nhất|không quá)\s+\d{1,3}\s+(?:giờ|ngày|tuần|tháng)\b(?!\s*tuổi)"
)
_PATTERNS = {
    Value.MONEY: re.compile(r"\d[\d.,]*\s*(?:(?:triệu|tỷ|tỉ|nghìn|ngàn)(?:\s*đồng)?|đồng)", re.IGNORECASE),
    Value.PERCENT: re.compile(  # a share of a hundred or of a number, no date and no document of a year
        r"\d[\d.,]*\s*%|(?<![\d/])\d[\d.,]*\s*/\s*(?!(?:19|20)\d\d(?!\d|\.\d))\d{3,}(?:\.\d{3})*(?![\d/])"
        r"|(?<![\d/])\d[\d.,]*\s*/\s*\d{1,3}(?:\.\d{3})+(?![\d/])"
    ),
    Value.DATE: re.compile(_DATE, re.IGNORECASE),
    Value.DOCUMENT: re.compile(
        r"\d+(?:/\d{4})?/[A-ZĐ][\wĐđ&/-]+|Điều\s+\d+|(?:Luật|Bộ luật|Công ước)\s+[A-ZĐ]\w+"
        r"|(?:Đề án|Nghị quyết|Quyết định)\s+\d+"
    ),
    Value.PHONE: PHONE,
    Value.RESULT: re.compile(
        r"\d+\s*/\s*\d+\s+chỉ tiêu|(?:chưa|không) đạt|đạt và vượt|vượt \d|hoàn thành \d", re.IGNORECASE
    ),
    Value.NUMBER: re.compile(
        r"\d|(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:cấp|mức|nhóm|loại|lĩnh vực|trụ cột|bước)\b"
        r"|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:lần|tỉnh|huyện|đợt)|tất cả|toàn bộ"
    ),
}


#: Digits that count nothing: numbers of documents and articles, dates, years, numbers to call.
_NO_COUNT = re.compile(
    rf"\d+(?:/\d{{4}})?/[A-ZĐ][\wĐđ&/-]+|(?:Điều|khoản|điểm|Đề án|mục)\s+\d+|{_DATE}|{PHONE.pattern}"
    r"|(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?|(?:số|[Tt]ổng đài|em|gọi)\s+11[135]\b|Covid-19",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d[\d.,/]*\d|\d")
_COUNTED = re.compile(r"\b(?:bao nhieu|may)\s+(?:cai\s+)?(be boi|cai|chiec|lop|cuoc|buoi|suat|dot)\b(?!\s+(?:tao|ket))")
#: Kinds of documents, without accents, and how English names them.
_CITED = {
    "nghi dinh": "decree",
    "quyet dinh": "decision",
    "cong van": "official letter|dispatch",
    "thong tu": "circular",
    "chi thi": "directive|instruction",
    "nghi quyet": "resolution",
    "luat": "law",
    "thong bao": "notice",
    "de an": "scheme",
    "cong uoc": "convention",
}


def document_kinds(text: str) -> frozenset[str]:
    """The kinds of documents that a question asks for, without accents.

    >>> sorted(document_kinds("Theo nghị định, thông tư nào?")), document_kinds("Which decree?")
    (['nghi dinh', 'thong tu'], frozenset({'nghi dinh'}))
    """
    words = fold(text)
    return frozenset(kind for kind, english in _CITED.items() if re.search(rf"\b(?:{kind}|{english})s?\b", words))


def thing_counted(text: str) -> str:
    """What is counted one by one in a question ("mấy lớp tập huấn"), without accents; "" for none.

    >>> thing_counted("định mở mấy lớp tập huấn?"), thing_counted("bao nhiêu phần trăm xã?")
    ('lop', '')
    """
    match = _COUNTED.search(fold(text))
    return match[1] if match else ""


def counts(text: str, thing: str) -> bool:
    """Whether a text gives the number of a thing: "01 cuộc thanh tra"."""
    return bool(re.search(rf"\d+\s+(?:\w+\s+){{0,2}}{thing}\b", fold(text)))


def cites(text: str, kinds: frozenset[str]) -> bool:
    """Whether a text cites a document of one of some kinds by its number, a law by its name."""
    words = fold(text)
    return any(re.search(rf"\b{kind}\b" if kind in _NAMED else rf"\b{kind}\b[^;.]{{0,25}}\d", words) for kind in kinds)


def places_of(value: Value, text: str) -> list[Span]:
    """Where values of a kind stand in a text; of numbers the shares, or else what counts something.

    >>> text = "Ngày 15/5: 90% của 1.200 em"
    >>> [text[one.start : one.end] for one in places_of(Value.NUMBER, text)]
    ['90%']
    """
    if value is Value.NUMBER and (shares := places_of(Value.PERCENT, text)):
        return shares
    pattern = _COUNT if value is Value.NUMBER else _PATTERNS.get(value)
    taken = [Span(*match.span()) for match in _NO_COUNT.finditer(text)] if value is Value.NUMBER else []
    found = [Span(*match.span()) for match in pattern.finditer(text)] if pattern else []
    return [one for one in found if not any(one in other for other in taken)]


def holds(value: Value, text: str) -> bool:
    """Whether a text holds a value of the kind; a unit is read off tables alone."""
    if value is Value.NUMBER:
        text = _NO_COUNT.sub(" ", text)
    pattern = _PATTERNS.get(value)
    return pattern is not None and pattern.search(text) is not None


_NAMED = ("luat", "cong uoc")  # are cited by name
