"""The values an answer may have to hold, as they are printed in plans."""

from __future__ import annotations

import re

from assistant.cues import Value

#: A number as printed: 0258.3883.040, (0238) 3844 126, 0912 345 678, 1900 54 55 59.
PHONE = re.compile(r"\(?0\d{2,3}\)?[ .-]?\d{3,4}[ .-]?\d{3,4}(?![\d/])|\b1[89]00[ .]?\d{2,4}(?:[ .]?\d{2,4})?(?![\d/])")

_DATE = (
    r"(?:ngày\s+)?\d{1,2}\s*/\s*\d{1,2}(?:\s*/\s*\d{4})?|ngày\s+\d{1,2}|tháng\s+\d{1,2}\b"
    r"|(?:hết|trước|đến|vào|từ|cuối|đầu|trong)\s+năm\s+(?:19|20)\d\d|(?:19|20)\d\d\s*[-–]"
)
_PATTERNS = {
    Value.MONEY: re.compile(r"\d[\d.,]*\s*(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng)", re.IGNORECASE),
    Value.PERCENT: re.compile(r"\d[\d.,]*\s*%|\d[\d.,]*\s*/\s*\d{3,}[\d.]*"),
    Value.DATE: re.compile(_DATE, re.IGNORECASE),
    Value.DOCUMENT: re.compile(
        r"\d+(?:/\d{4})?/[A-ZĐ][\wĐđ&/-]+|Điều\s+\d+|(?:Luật|Bộ luật|Công ước)\s+[A-ZĐ]\w+"
        r"|(?:Đề án|Nghị quyết|Quyết định)\s+\d+"
    ),
    Value.PHONE: PHONE,
    Value.NUMBER: re.compile(
        r"\d|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+(?:lần|tỉnh|huyện|đợt)|tất cả|toàn bộ"
    ),
}


#: Digits that count nothing: numbers of documents and articles, dates, years.
_NO_COUNT = re.compile(rf"\d+(?:/\d{{4}})?/[A-ZĐ][\wĐđ&/-]+|(?:Điều|khoản|điểm|Đề án|mục)\s+\d+|{_DATE}", re.IGNORECASE)


def holds(value: Value, text: str) -> bool:
    """Whether a text holds a value of the kind; a unit is read off tables alone."""
    if value is Value.NUMBER:
        text = _NO_COUNT.sub(" ", text)
    pattern = _PATTERNS.get(value)
    return pattern is not None and pattern.search(text) is not None
