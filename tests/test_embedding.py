"""The shipped embedder is held to sentence-transformers' own numbers and to tables of texts that belong together."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Span
from corpus.vocabulary import abbreviations
from index.embedding import EMBEDDERS, Embedder, EmbedderError, open_embedder
from index.embedding.bench import bench
from index.embedding.rows import SHIPPED
from index.embedding.static import StaticEmbedder
from index.embedding.vocabulary import plain
from index.passages import Passage
from index.search import Searcher

PASSAGES = [
    "Tổ chức tiêm chủng mở rộng, khám sức khỏe định kỳ và phục hồi chức năng cho trẻ em khuyết tật.",
    "Đẩy mạnh công tác phòng, chống đuối nước, dạy bơi an toàn cho trẻ em trong dịp hè.",
    "Kịp thời phát hiện, tố giác hành vi bạo lực, xâm hại trẻ em; điều tra, xử lý nghiêm người vi phạm.",
    "Bố trí kinh phí từ ngân sách địa phương để thực hiện kế hoạch theo phân cấp quản lý ngân sách.",
    "Tuyên truyền trên báo chí, phát thanh, truyền hình về Tổng đài điện thoại quốc gia bảo vệ trẻ em 111.",
    "Vận động học sinh bỏ học trở lại trường, xây dựng trường học an toàn, thân thiện.",
    "Hỗ trợ trẻ em mồ côi không nơi nương tựa được nhận nuôi hoặc chăm sóc thay thế.",
    "Giảm tỷ lệ trẻ em lao động trái quy định của pháp luật ở các làng nghề và khu công nghiệp.",
    "Ngăn chặn tình trạng tảo hôn và hôn nhân cận huyết thống trong đồng bào dân tộc thiểu số.",
    "Báo cáo kết quả thực hiện gửi về Sở Lao động - Thương binh và Xã hội trước ngày 15 tháng 11.",
    "Cấp thẻ bảo hiểm y tế miễn phí cho trẻ em dưới 6 tuổi.",
    "Xây dựng nhà văn hóa, khu vui chơi, giải trí cho thiếu nhi ở xã, phường, thị trấn.",
    "Nâng cao năng lực đội ngũ cộng tác viên làm công tác bảo vệ trẻ em ở thôn, bản.",
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedder()


@pytest.fixture(scope="module")
def searcher(embedder: Embedder) -> Searcher:
    return Searcher.build([Passage(str(n), 0, Span(0, 0), "", text) for n, text in enumerate(PASSAGES)], embedder)


def nearest(searcher: Searcher, question: str) -> int:
    return int(searcher.search(question, words=False)[0].passage.doc)


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("tiem chung cho tre em khuyet tat", 0),
        ("day boi phong chong duoi nuoc", 1),
        ("xu ly nguoi xam hai tre em", 2),
        ("kinh phi lay tu ngan sach nao", 3),
        ("tong dai quoc gia bao ve tre em", 4),
        ("van dong hoc sinh bo hoc tro lai truong", 5),
        ("tre em mo coi duoc nhan nuoi", 6),
        ("lao dong tre em trai quy dinh", 7),
        ("ngan chan tao hon", 8),
        ("bao cao ket qua truoc ngay nao", 9),
        ("the bao hiem y te cho tre em duoi 6 tuoi", 10),
        ("khu vui choi giai tri cho thieu nhi", 11),
        ("cong tac vien bao ve tre em o thon ban", 12),
    ],
)
def test_an_unaccented_question_finds_the_accented_passage(searcher, question, place):
    assert nearest(searcher, question) == place


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("học bơi cho khỏi chết đuối", 1),
        ("ai điều tra vụ bạo lực với trẻ", 2),
        ("tiền lấy từ ngân sách cấp nào", 3),
        ("cưới sớm khi chưa đủ tuổi kết hôn", 8),
        ("vaccination and health care for disabled children", 0),
        ("budget and funding", 3),
        ("health insurance for children under 6 years old", 10),
        ("students return to school", 5),
    ],
)
def test_other_words_and_english_find_the_passage(searcher, question, place):
    assert nearest(searcher, question) == place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SỞ Y TẾ", "sở y tế"),
        ("Hoà bình, uỷ ban, thuỷ lợi", "hòa bình, ủy ban, thủy lợi"),
        ("Sở Y tế", "Sở Y tế"),
        ("bảo vệ — trẻ em!", "bảo vệ trẻ em"),
    ],
)
def test_ways_of_writing_the_same(embedder, one, other):
    left, right = embedder.encode([one, other])
    assert left == pytest.approx(right, abs=1e-6)


@pytest.mark.parametrize(("short", "long"), abbreviations().items())
def test_an_abbreviation_means_what_it_stands_for(embedder, short, long):
    assert [len(ids) for ids in embedder.token_ids([short, plain(short)])] == [1, 1]
    left, bare, right = embedder.encode([short.upper(), plain(short), long])
    assert min(float(left @ right), float(bare @ right)) > 0.99


def test_shape_type_and_length(embedder):
    vectors = embedder.encode([*PASSAGES, "", "!!!", "漢"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(PASSAGES) + 3, embedder.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1] * len(PASSAGES) + [0, 0, 1], abs=1e-5)
    assert embedder.encode([]).shape == (0, embedder.dimensions)


def test_langchain_verbs_give_the_same_vectors(embedder):
    vectors = embedder.encode(PASSAGES[:2])
    assert embedder.embed_documents(PASSAGES[:2]) == vectors.tolist()
    assert embedder.embed_query(PASSAGES[0]) == vectors[0].tolist()


def test_one_text_for_a_list_is_refused(embedder):
    with pytest.raises(TypeError, match=r"encode\(\[text\]\)"):
        embedder.encode("Sở Y tế")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_same_numbers_as_sentence_transformers(embedder):
    texts = [*PASSAGES, "", "tre em duong pho", "What must the Department of Health do?", "xyzzyq 107/KH-UBND 9,8%"]
    other = open_embedder(str(SHIPPED))
    assert type(other) is not type(embedder)
    assert (other.dimensions, other.name) == (embedder.dimensions, str(SHIPPED))
    assert np.abs(other.encode(texts) - embedder.encode(texts)).max() < 1e-5
    assert np.abs(other.encode_questions(texts) - embedder.encode(texts)).max() < 1e-5
    assert other.identity.startswith(f"{SHIPPED}@")


def test_the_default_needs_no_torch():
    code = (
        "import sys; from index.embedding import open_embedder; open_embedder().embed_query('Sở Y tế');"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'faiss'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_token_vectors_add_up_to_the_texts(embedder):
    texts = ["Sở Y tế", "trẻ em bị xâm hại gọi 111", "!!!"]
    ids = embedder.token_ids(texts)
    assert len(ids[2]) == 0
    for text, row in zip(texts[:2], ids, strict=False):
        total = embedder.token_vectors(row).sum(axis=0)
        assert total / np.linalg.norm(total) == pytest.approx(embedder.encode([text])[0], abs=1e-5)


def test_identity_follows_the_weights(tmp_path: Path):
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    same = StaticEmbedder(folder, "default").identity
    assert same == open_embedder("default").identity == open_embedder("").identity
    weights = folder / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert StaticEmbedder(folder, "default").identity != same


@pytest.mark.parametrize(
    ("name", "vietnamese", "english"),
    [
        ("/no/such/folder", "không có thư mục này", "there is no such folder"),
        ("./none", "không có thư mục này", "there is no such folder"),
        ("nobody/no-such-model-1", "HF_HUB_OFFLINE=1", "not on this machine"),
        ("no such model!", "không phải tên mô hình", "not a model's name"),
    ],
)
def test_a_model_that_is_not_to_be_had(monkeypatch, name, vietnamese, english):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbedderError) as caught:
        open_embedder(name)
    assert all(part in str(caught.value) for part in (name, vietnamese, english, "default"))


def test_a_folder_that_is_no_model(tmp_path: Path):
    with pytest.raises(EmbedderError, match=r"modules\.json"):
        open_embedder(str(tmp_path))


@pytest.mark.parametrize(
    ("part", "content"),
    [("model.safetensors", None), ("model.safetensors", b"broken"), ("tokenizer.json", None), ("tokenizer.json", b"{")],
)
def test_a_damaged_model_says_which_file(tmp_path: Path, part: str, content: bytes | None):
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    (folder / part).unlink()
    if content is not None:
        (folder / part).write_bytes(content)
    with pytest.raises(EmbedderError, match=part):
        StaticEmbedder(folder, "default")


def test_the_table_says_what_each_row_is():
    assert {"default", "sentence-transformers"} <= set(EMBEDDERS)
    assert all(" / " in row.about for row in EMBEDDERS.values())


def test_ndcg_by_hand(tmp_path: Path, embedder):
    folder = tmp_path / "set"
    folder.mkdir()
    rows = [{"_id": f"d{n}", "title": "", "text": text} for n, text in enumerate(PASSAGES)]
    asked = ["ngan chan tao hon", "dạy bơi phòng chống đuối nước", "không ai chấm câu này"]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "queries.jsonl").write_text(
        "".join(json.dumps({"_id": f"q{n}", "text": text}) + "\n" for n, text in enumerate(asked)), encoding="utf-8"
    )
    # q0 finds its passage first: 1. q1 wants two passages, one comes first, one is not in the corpus.
    (folder / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq0\td8\t1\nq1\td1\t1\nq1\tabsent\t1\nq2\td0\t0\n", encoding="utf-8"
    )
    ideal = 1 + 1 / math.log2(3)
    assert bench(embedder, tmp_path) == {"set": pytest.approx((1 + 1 / ideal) / 2)}
