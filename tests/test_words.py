"""Keys of Vietnamese words, and names of the closed vocabularies found in a text."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.metadata import province_named
from corpus.names import agency_names, province_names
from corpus.vocabulary import agencies, hotlines, layout, provinces, slips
from corpus.words import begins, fold, is_accented, is_vietnamese, key, nfc, syllables, tokens

FOLDED = [
    ("Sở Y tế", "so y te"),
    ("ĐỒNG NAI", "dong nai"),
    ("Đắk Lắk", "dak lak"),
    ("ưu, ươm, uơ", "uu, uom, uo"),
    ("So\u031b\u0309 Y te\u0302\u0301", "so y te"),
    ("Ðà Nẵng", "da nang"),
    ("10%", "10%"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(nfc(text))


SAME = [
    ("hoà", "hòa"),
    ("thuỷ", "thủy"),
    ("kỹ", "kĩ"),
    ("quí", "quý"),
    ("lý", "lí"),
    ("SỞ", "sở"),
    ("uỷ", "ủy"),
    ("xoá", "xóa"),
    ("khoẻ", "khỏe"),
    ("mỹ", "mĩ"),
    ("tỷ", "tỉ"),
]
DIFFERENT = [
    ("ma", "mà"),
    ("má", "mạ"),
    ("củng", "cùng"),
    ("bảo", "báo"),
    ("dạy", "đạy"),
    ("lòng", "lồng"),
    ("tại", "tai"),
    ("y", "i"),
    ("tay", "tai"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_word_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other) == key(unicodedata.normalize("NFD", other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


TOKENS = [
    ("107/KH-UBND", ["107/KH-UBND"]),
    ("0258.3883.040", ["0258.3883.040"]),
    ("9,8% và 7,2%", ["9,8%", "và", "7,2%"]),
    ("Số 111.", ["Số", "111"]),
    ("xã,phường,thị trấn", ["xã", "phường", "thị", "trấn"]),
    ("giai đoạn 2021-2030", ["giai", "đoạn", "2021-2030"]),
    ("3,4,5,6 của Kế hoạch", ["3,4,5,6", "của", "Kế", "hoạch"]),
    ("xã,phường(5)", ["xã", "phường", "5"]),
    ("xã,phường,5%", ["xã,phường,5%"]),
    ("", []),
    ("…!?", []),
]


@pytest.mark.parametrize(("text", "words"), TOKENS)
def test_tokens(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in tokens(text)] == words


#: a compound with digits is found whole and by its parts
PARTS = [
    ("107/KH-UBND", {"107/kh-ubnd", "107", "kh", "ubnd"}),
    ("9,8%", {"9,8%", "9,8"}),
    ("2021-2030", {"2021-2030", "2021", "2030"}),
]


@pytest.mark.parametrize(("text", "keys"), PARTS)
def test_syllables_of_a_compound(text: str, keys: set[str]) -> None:
    assert set(syllables(text)) == keys


#: words that no plan holds, and how many tokens they are: each is read in one go
LONG = [
    ("a" * 50_000, 1),
    ("a." * 40_000, 40_000),
    ("a." * 40_000 + "1", 1),
    ("1." * 40_000, 1),
    ("-" * 20_000 + "x", 1),
    (" " * 40_000 + "x", 1),
    ("QUJD+/" * 30_000, 30_000),
]


@pytest.mark.parametrize(("text", "count"), LONG, ids=[text[-6:] for text, _ in LONG])
def test_endless_words_are_read(text: str, count: int) -> None:
    assert len(tokens(text)) == count
    assert not begins(text, ["kế hoạch"])


BEGINNINGS = [
    ("Uỷ ban nhân dân tỉnh", "ủy ban", True),
    ("Số lượng", "sở", False),
    (" " * 40_000 + "Sở Y tế", "sở y tế", True),
    ("a" * 298 + " sở" + "b" * 50, "sở", False),
    ("sở" + "b" * 400, "sở", False),
]


@pytest.mark.parametrize(("text", "phrase", "does"), BEGINNINGS, ids=[text[-12:] for text, *_ in BEGINNINGS])
def test_begins(text: str, phrase: str, does: bool) -> None:
    assert begins(text, [phrase]) is does


@pytest.mark.parametrize(
    "word", ["Nguyễn", "nghiêng", "khuỷu", "quyền", "giường", "ừ", "Huế", "Đặng", "Thuở", "gì", "xoong", "Niê"]
)
def test_syllables_of_vietnamese(word: str) -> None:
    assert is_vietnamese(word)


@pytest.mark.parametrize("word", ["Dore", "Facebook", "zalow", "123", "Internet", "", "tthuy"])
def test_no_syllables_of_vietnamese(word: str) -> None:
    assert not is_vietnamese(word)


@pytest.mark.parametrize(
    ("text", "accented"),
    [("Sở Y tế", True), ("so y te", False), ("đường", True), ("An Giang", False), ("child", False)],
)
def test_is_accented(text: str, accented: bool) -> None:
    assert is_accented(text) is accented


#: text -> the official names found in it, in order
AGENCIES = [
    ("Sở Y tế phải làm gì?", ["Sở Y tế"]),
    ("so y te phai lam gi", ["Sở Y tế"]),
    ("Sở Lao động – Thương binh và Xã hội", ["Sở Lao động - Thương binh và Xã hội"]),
    ("Sở Lao động-Thương binh và Xã hội", ["Sở Lao động - Thương binh và Xã hội"]),
    ("Sở Lao động -Thương binh và Xã hội, các ngành", ["Sở Lao động - Thương binh và Xã hội"]),
    ("Sở LĐTBXH", ["Sở Lao động - Thương binh và Xã hội"]),
    ("Sở LĐ-TB&XH", ["Sở Lao động - Thương binh và Xã hội"]),
    ("Sở Kế hoạch – Đầu tư", ["Sở Kế hoạch và Đầu tư"]),
    ("Sở GD&ĐT, Sở TT&TT", ["Sở Giáo dục và Đào tạo", "Sở Thông tin và Truyền thông"]),
    ("Department of Health", ["Sở Y tế"]),
    ("các cơ sở y tế công lập", []),
    ("trẻ em được bảo vệ", []),
]


@pytest.mark.parametrize(("text", "names"), AGENCIES)
def test_agencies_are_found(text: str, names: list[str]) -> None:
    assert [found.value.name for found in agency_names().find(text)] == names


PROVINCES = [
    ("tỉnh Khánh Hòa", ["Khánh Hòa"]),
    ("tỉnh Khánh Hoà", ["Khánh Hòa"]),
    ("khanh hoa va kien giang", ["Khánh Hòa", "Kiên Giang"]),
    ("Thừa Thiên - Huế", ["Thừa Thiên Huế"]),
    ("TP. Huế", ["Thừa Thiên Huế"]),
    ("Bà Rịa – Vũng Tàu", ["Bà Rịa - Vũng Tàu"]),
    ("Đắc Lắc", ["Đắk Lắk"]),
    ("Lạng Sơn, Bắc Kạn, Bắc Cạn", ["Lạng Sơn", "Bắc Kạn", "Bắc Kạn"]),
    ("Sở Y tế", []),
]


@pytest.mark.parametrize(("text", "names"), PROVINCES)
def test_provinces_are_found(text: str, names: list[str]) -> None:
    assert [found.value.name for found in province_names().find(text)] == names


#: what is given as a province -> the one it names; None where it names none or more than it
GIVEN = [
    ("Lào Cai", "Lào Cai"),
    ("lao cai", "Lào Cai"),
    ("tỉnh Lào Cai", "Lào Cai"),
    ("TỈNH LÀO CAI", "Lào Cai"),
    ("tinh lao cai", "Lào Cai"),
    (" Lào Cai. ", "Lào Cai"),
    ("Khánh Hoà", "Khánh Hòa"),
    ("TP. Huế", "Thừa Thiên Huế"),
    ("TP.HCM", "Hồ Chí Minh"),
    ("Thành phố Hồ Chí Minh", "Hồ Chí Minh"),
    ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
    ("Lào Cai, Huế", None),
    ("Huế, Lào Cai", None),
    ("Lào Cai cũ", None),
    ("huyện Lào Cai", None),
    ("Sở Y tế", None),
    ("tỉnh", None),
    ("", None),
]


@pytest.mark.parametrize(("given", "name"), GIVEN)
def test_a_province_is_named_by_its_name_alone(given: str, name: str | None) -> None:
    place = province_named(given)
    assert (place.name if place else None) == name


def test_a_name_found_stands_where_it_says() -> None:
    text = "Giao Sở Y tế, Công an tỉnh và UBND các huyện."
    assert [text[hit.span.start : hit.span.end] for hit in agency_names().find(text)][:2] == ["Sở Y tế", "Công an tỉnh"]


def test_the_vocabularies_are_whole() -> None:
    names = [place.name for place in provinces()]
    assert len(names) == len(set(names)) == 63
    assert len({place.now or place.name for place in provinces()}) == 34
    assert len({body.name for body in agencies()}) == len(agencies())
    assert [line.number for line in hotlines()][:1] == ["111"]
    assert {line.number for line in hotlines()} == {"111", "113", "115"}
    assert all(line.source and line.date for line in hotlines())
    assert all(slip.seen != slip.right for slip in slips())
    assert layout().recipients == "nơi nhận"
