"""A text in the codes that Vietnamese offices wrote before Unicode, and in UTF-16 as some editors save it.

Source of the codes: TCVN 5712:1993, character set VN3, that of the "ABC" fonts. It has no capital vowels with tones:
the fonts for capitals print the small letters' codes as capitals, so such a capital is written as the small letter.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

#: Letters in the order of their codes, and the codes, in hexadecimal.
_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_CODES = (
    "a1a2a3a4a5a6a7 a8a9aaabacadae b5b6b7b8b9 bbbcbdbec6 c7c8c9cacb cccecfd0d1 d2d3d4d5d6 d7d8dcddde dfe1e2e3e4 "
    "e5e6e7e8e9 eaebecedee eff1f2f3f4 f5f6f7f8f9 fafbfcfdfe"
)
_TCVN3 = dict(zip(_LETTERS, bytes.fromhex(_CODES), strict=True))
_FIRST_LETTER = 0xA0  # below it Windows keeps its quotation marks and dashes in these fonts too


def write_utf16(text: str, path: Path) -> None:
    """A text in UTF-16 with its mark in front."""
    path.write_bytes(text.encode("utf-16"))


def write_tcvn3(text: str, path: Path) -> None:
    """A text in TCVN3, a byte a letter; what it cannot say is a question mark."""
    path.write_bytes(b"".join(map(_byte, unicodedata.normalize("NFC", text))))


def _byte(letter: str) -> bytes:
    """The byte of a letter.

    >>> b"".join(map(_byte, "Kế hoạch “Ề”")).hex(" ")
    '4b d5 20 68 6f b9 63 68 20 93 d2 94'
    """
    if letter.isascii():
        return letter.encode()
    if code := _TCVN3.get(letter) or _TCVN3.get(letter.lower()):
        return bytes([code])
    if letter.isspace():
        return b" "
    sign = letter.encode("cp1252", errors="replace")
    return sign if sign[0] < _FIRST_LETTER else b"?"
