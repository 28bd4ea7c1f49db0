"""Our reader of tokenizer.json is held to the library's, id by id, on texts of every kind the project has."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from index.embedding.rows import SHIPPED, shipped_words
from index.embedding.segmenting import RAREST, Segmenter, words_of
from index.embedding.static import TOKENIZER

ROOT = Path(__file__).resolve().parent.parent
ODD = [
    "",
    " ",
    "!!! … —",
    "Hoà bình, uỷ ban, thuỷ lợi, quỳ gối, quý, hoà1 1hoà hoàn khoẻ khoẻn",
    "SỞ Y TẾ TỈNH ĐẮK LẮK",
    "So\u031b\u0309 Y te\u0302\u0301",  # decomposed
    "Ðảm bảo, ðường",  # the Icelandic letter
    "ẢẠẶ ǅ İstanbul ﬁn ß Ω ς Σ",
    "tre em duong pho bi xam hai goi 111",
    "What must the Department of Health do about child abuse in 2025?",
    "107/KH-UBND ngày 15/11/2020; 9,8%; 18.670 triệu; 0258.3883.040",
    "snake_case_word a_b",
    "xyzzyqwk thuexyz trẻemkhôngdấucách ươngươngươngương",
    "漢字 漢 字 emoji 🙂 ไทย हिन्दी русский",
    "vi rút SARS-CoV-2 e\u0301\u0323\u0301 ặ́",
    "½ ² ③ Ⅳ ٣",
    "trẻ emÿÿ Hà Nội서울 서울Hà Nội trẻ em서",
    "ΟΔΟΣ οδος ΣΣ Σ",
    "x" * 5000,
    "trẻ " + "emtrẻ" * 300,
    "trẻ em " * 400,
]


@pytest.fixture(scope="module")
def library() -> Tokenizer:
    return Tokenizer.from_file(str(SHIPPED / TOKENIZER))


def plans() -> list[str]:
    files = [*(ROOT / "corpus/documents").glob("*.txt"), *(ROOT / "tests/texts").iterdir()]
    return [line for file in sorted(files) for line in file.read_text(encoding="utf-8").splitlines()]


def test_same_ids_as_the_library(library):
    ours = shipped_words()
    texts = ODD + plans()
    assert len(texts) > 1000
    for text in texts:
        assert ours.ids(text) == library.encode(text, add_special_tokens=False).ids, text


def test_same_ids_as_the_library_for_words_cut_and_joined_at_random(library):
    ours, rng = shipped_words(), random.Random(1)
    letters = sorted(set("".join(plans()))) + list("ÿς서漢ไ🙂")
    words = " ".join(plans()).split()
    for _ in range(3000):
        joined = "".join(rng.choices(words, k=rng.randint(1, 3)))
        odd = joined[: rng.randint(1, 12)] + "".join(rng.choices(letters, k=3))
        text = f"{rng.choice(words)} {odd} {rng.choice(words)}"
        assert ours.ids(text) == library.encode(text, add_special_tokens=False).ids, text


def test_the_likeliest_reading_by_hand():
    singles = [["<unk>", -50.0], ["▁a", -1.0], ["▁b", -2.0], ["▁c", -1.0]]
    vocab = [*singles, ["▁a▁b", -2.5], ["▁b▁c", -1.0], ["x", -5.0], ["▁", -9.0]]
    segmenter = Segmenter(json.dumps({"model": {"type": "Unigram", "unk_id": 0, "vocab": vocab}}))
    assert len(segmenter) == 8
    assert segmenter.ids("a b") == [4]  # -2.5 beats -1 - 2
    assert segmenter.ids("a b c") == [1, 5]  # -1 - 1 beats -2.5 - 1
    assert segmenter.ids("b a") == [2, 1]
    assert segmenter.ids("axx") == [1, 6, 6]  # a known word, then pieces
    assert segmenter.ids("a zz b") == [1, 7, 0, 2]  # unknown letters in a row are one


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hoà Bình, ngày 5/6", ["hòa", "bình", "ngày", "5", "6"]),
        ("quà QUÝ", ["quà", "quý"]),
        ("a_b", ["a", "b"]),
        ("", []),
    ],
)
def test_words(text: str, words: list[str]):
    assert words_of(text) == words


def test_information_is_of_words_in_general():
    said = shipped_words().information
    assert said("và") < said("trẻ") < said("đuối") < said("xyzzyqwk") == RAREST
    assert said("uỷ") == said("ủy") == said("ỦY")
    assert said("tre") < said("trẻ")  # stands for trẻ, tre, trễ …


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        '{"model": {"type": "BPE", "vocab": {}}}',
        '{"model": {"type": "Unigram", "vocab": [], "unk_id": 0}}',
    ],
)
def test_what_is_no_such_tokenizer(content: str):
    with pytest.raises((ValueError, LookupError, TypeError)):
        Segmenter(content)
