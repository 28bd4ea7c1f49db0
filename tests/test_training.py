"""What the model learns from and how: texts read, questions drawn, words translated, a run that can be taken up."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from index.embedding.learning import Kind, Learner, Settings
from index.embedding.lexicon import Lexicon, learn_lexicon
from index.embedding.sampling import (
    LEAST,
    QUESTION,
    WINDOW,
    Bags,
    Ragged,
    Source,
    asked_source,
    line_source,
    story_sources,
)
from index.embedding.segmenting import Segmenter
from index.embedding.static import StaticEmbedder
from index.embedding.texts import (
    COMMON_TITLE,
    Asked,
    Lines,
    Story,
    asked_passages,
    asked_terms,
    law_stories,
    parallel_lines,
    wiki_stories,
)
from index.embedding.train import CHECKPOINT, KINDS, main
from index.embedding.vocabulary import Sizes, Vocabulary, choose, count, plain, tokenizer


def test_tokens_of_a_tiny_vocabulary():
    texts = ["trẻ em đường phố"] * 30 + ["trẻ con", "em bé", "phố xá", "Hoà bình"] * 3
    words, pairs = count(texts)
    assert (words["hòa"], words["trẻ"], pairs["trẻ", "em"]) == (3, 33, 30)
    vocabulary = choose(words, pairs, ["hello"], Sizes(words=4, pairs=3, plain_pairs=3, pieces=30))
    tokens = [token for token, _ in vocabulary.tokens]
    named = {token: [tokens[part] for part in row] for token, row in zip(tokens, vocabulary.parts, strict=True)}
    assert named["▁trẻ"] == ["▁trẻ", "▁tre"]
    assert named["▁hello"] == ["▁hello"]
    assert named["▁đường▁phố"] == ["▁đường▁phố", "▁đường", "▁duong", "▁phố", "▁pho", "▁duong▁pho"]
    read = tokenizer(vocabulary)
    assert read.encode("Trẻ em, ĐƯỜNG PHỐ").tokens in (["▁trẻ▁em", "▁đường▁phố"], ["▁trẻ", "▁em▁đường", "▁phố"])
    assert read.encode("phố em hello").tokens == ["▁phố", "▁em", "▁hello"]


def test_a_pair_is_made_of_words_that_are_kept():
    words, pairs = count(["trẻ em đường phố"] * 30 + ["hồng kông"] * 40)
    vocabulary = choose(words, pairs, [], Sizes(words=2, pairs=5, plain_pairs=5, pieces=30))
    assert Segmenter(tokenizer(vocabulary).to_str()).ids("hồng kông trẻ em")


def test_a_bare_word_is_as_frequent_as_all_that_it_may_stand_for():
    words, pairs = count(["trẻ trẻ trẻ tre em"])
    scores = dict(choose(words, pairs, [], Sizes(words=3, pairs=0, plain_pairs=0, pieces=30)).tokens)
    assert scores["▁trẻ"] == pytest.approx(np.log(3 / 5))
    assert scores["▁tre"] == pytest.approx(np.log(4 / 5))


@pytest.mark.parametrize(
    ("text", "bare"), [("Đường phố", "Duong pho"), ("Ủy ban 107/KH-UBND", "Uy ban 107/KH-UBND"), ("ð", "ð")]
)
def test_plain(text, bare):
    assert plain(text) == bare


def write_training(folder: Path) -> None:
    body = (
        "Điều này quy định việc chăm sóc, nuôi dưỡng và bảo vệ trẻ em ở địa phương.\nỦy ban nhân dân cấp tỉnh số {n}."
    )
    law = [
        {"topic": f"Đề mục 8.1 {topic}", "title": title, "text": body.format(n=n), "source": ""}
        for n, (topic, title) in enumerate(
            [("Trẻ em", "Hiệu lực thi hành")] * (COMMON_TITLE + 1)
            + [("Trẻ em", "Nguồn kinh phí")] * 2
            + [("Trẻ em", "Quyền được học"), ("Nhà ở", "Mua nhà ở xã hội"), ("Đất đai", "Giá đất")]
        )
    ]
    wiki = [{"title": f"Bài {n}", "text": "Mở đầu.\n== Lịch sử ==\n" + body.format(n=n) * 4} for n in range(8)]
    lines = [f"talpco\tThe child {n} goes to school\tĐứa trẻ {n} đi đến trường học\n" for n in range(8)]
    for name, text in [
        ("law_articles.jsonl.gz", "".join(json.dumps(row) + "\n" for row in law)),
        ("wiki_vi.jsonl.gz", "".join(json.dumps(row) + "\n" for row in wiki)),
        ("parallel_en_vi.tsv.gz", "".join([*lines, "bible\tonly English\t\n", "bible\tGod\tChúa\n"])),
    ]:
        with gzip.open(folder / name, "wt", encoding="utf-8") as file:
            file.write(text)


def test_what_may_not_be_learnt_is_left_out(tmp_path: Path):
    write_training(tmp_path)
    titles = sorted(story.title for story in law_stories(tmp_path))
    assert titles == [""] * (COMMON_TITLE + 1) + ["Nguồn kinh phí Trẻ em"] * 2 + ["Quyền được học"]
    assert {len(story.parts) for story in law_stories(tmp_path)} == {2}
    assert [story.title for story in wiki_stories(tmp_path)] == [f"Bài {n} Lịch sử" for n in range(8)]
    assert [len(run.english) for run in parallel_lines(tmp_path)] == [8, 1]


def numbers(text: str) -> list[int]:
    return [int(word) for word in text.split()]


STORIES = [
    Story("1 2", tuple(" ".join(str(100 * part + n) for n in range(10)) for part in range(1, 6))),
    Story("", ("900 901 902 903 904", "910 911 912 913 914")),
    Story("3", (" ".join(map(str, range(2000, 2012))),)),
]


def pairs(source: Source, draws: int, **options: bool) -> list[tuple[list[int], list[int]]]:
    batch = source.draw(draws, np.random.default_rng(1), **options)
    return list(zip(split(batch.questions), split(batch.passages), strict=True))


def split(bags: Bags) -> list[list[int]]:
    return [part.tolist() for part in np.split(bags.ids, bags.starts[1:])]


def test_a_title_asks_for_a_passage_that_does_not_hold_it():
    source = story_sources(STORIES, numbers, "law")["law title"]
    assert source.parts.tolist() == [0, 9]  # the untitled story asks nothing
    for question, passage in pairs(source, 200):
        own = STORIES[0] if question == [1, 2] else STORIES[2]
        assert question in ([1, 2], [3])
        whole = numbers(" ".join(own.parts))
        assert passage == whole[: len(passage)]
        assert min(WINDOW[0], len(whole)) <= len(passage) <= WINDOW[1]


def test_a_part_asks_for_what_stands_around_it():
    source = story_sources(STORIES, numbers, "law")["law part"]
    assert source.parts.tolist() == [1, 2, 3, 4, 5, 7, 8]  # a story of one part has nothing around it
    left = 0
    for question, passage in pairs(source, 400):
        story = next(one for one in STORIES if str(question[0]) in " ".join(one.parts).split())
        part = next(numbers(one) for one in story.parts if str(question[0]) in one.split())
        assert part[part.index(question[0]) :][: len(question)] == question
        assert min(QUESTION[0], len(part)) <= len(question) <= QUESTION[1]
        assert passage, "a passage is never empty"
        assert passage == [n for n in numbers(" ".join(story.parts)) if n in set(passage)]
        held = set(part) <= set(passage)
        assert held or (not set(part) & set(passage) and len(passage) >= LEAST)
        left += held
    assert 140 < left < 300


def test_a_line_asks_for_its_translation_alone_or_among_its_neighbours():
    vietnamese = tuple(f"{n}0 {n}1 {n}2" for n in range(1, 9))
    source = line_source([Lines(tuple(f"5{n} 6{n}" for n in range(1, 9)), vietnamese), Lines(("7",), ("8",))], numbers)
    assert source.parts.tolist() == list(range(8))  # one word of English is no question
    alone = 0
    for question, passage in pairs(source, 200):
        place = question[0] - 50
        assert set(numbers(vietnamese[place - 1])) <= set(passage)
        alone += len(passage) == 3
    assert 60 < alone < 140


def test_each_text_stands_once_in_a_batch_beside_one_of_its_own_questions():
    asked = [Asked("1 2 3", ("11 12", "13")), Asked("4 5", ("21",)), Asked("6", ()), Asked("7 8", ("31", "32 33"))]
    source = asked_source(asked, numbers)
    seen = set()
    for seed in range(40):
        batch = source.draw(9, np.random.default_rng(seed))
        drawn = list(zip(split(batch.questions), split(batch.passages), strict=True))
        assert sorted(passage for _, passage in drawn) == [[1, 2, 3], [4, 5], [7, 8]]  # nobody asks for the third
        seen |= {(tuple(question), passage[0]) for question, passage in drawn}
    assert seen == {((11, 12), 1), ((13,), 1), ((21,), 4), ((31,), 7), ((32, 33), 7)}
    assert len(split(source.draw(2, np.random.default_rng(0)).questions)) == 2


def test_questions_and_terms_are_held():
    assert all(one.text and one.questions for one in asked_passages())
    held = asked_terms()
    said = {one.text: one.questions for one in held}
    assert len(said) == len(held)
    assert {"chết đuối", "té mương"} <= set(said["đuối nước"])  # the vocabulary's, and the thesaurus's


def test_ranges_and_what_is_kept_of_them():
    source = np.arange(10, dtype=np.int32)
    first, second = np.array([1, 8, 3]), np.array([5, 9, 3])
    bags = Bags.of_ranges(source, [(first, first + 2), (second, np.array([6, 9, 0]))])
    assert split(bags) == [[1, 2, 5], [8, 9], [3, 4]]
    assert split(bags.only(bags.ids % 2 == 1)) == [[1, 5], [9], [3]]
    assert split(bags.only(bags.ids == 9)) == [[], [9], []]


def test_ragged():
    texts = Ragged.of(["1 2", "", "3"], numbers)
    assert [text.tolist() for text in texts.texts()] == [[1, 2], [], [3]]
    assert texts.lengths().tolist() == [2, 0, 1]


def test_a_lexicon_finds_which_word_is_which():
    """Vietnamese 1, 2, 3 are English 11, 12, 13, in any order, among a word that stands in every line."""
    rng = np.random.default_rng(1)
    lines = [rng.permutation(3)[:2] + 1 for _ in range(60)]
    english = [np.append(line + 10, 19).astype(np.int32) for line in lines]
    copied = np.zeros(20, dtype=bool)
    copied[4] = True
    lexicon = learn_lexicon(english, [line.astype(np.int32) for line in lines], 20, copied)
    assert lexicon.words[[1, 2, 3], 0].tolist() == [11, 12, 13]
    assert (lexicon.shares[[1, 2, 3], 0] > 0.6).all()
    rendered = lexicon.translate(np.array([1, 4, 5], dtype=np.int32), rng)
    assert rendered.tolist() in ([11, 4, -1], [19, 4, -1])


def test_a_question_in_english_is_drawn_word_by_word():
    words = np.full((3000, 1), -1, dtype=np.int32)
    words[1], words[2] = 71, 72
    shares = (words >= 0).astype(np.float32)
    lexicon = Lexicon(words, shares, np.arange(3000) == 3)
    source = story_sources(STORIES, numbers, "law")["law title"]
    batch = source.draw(50, np.random.default_rng(1), lexicon=lexicon)
    assert {tuple(question) for question in split(batch.questions)} == {(71, 72), (3,)}


def tiny_learner(steps: int, share: float = 1.0) -> Learner:
    vocabulary = Vocabulary([(str(n), -4.6) for n in range(40)], [[n] for n in range(40)])
    stories = [Story(str(n), (f"{10 + n} {20 + n} {30 + n} {10 + n}",)) for n in range(10)]
    kinds = {"title": Kind(story_sources(stories, numbers, "x")["x title"], share, 0.05)}
    return Learner(vocabulary, kinds, Settings(dimensions=8, batch=8, steps=steps, drop=0.0))


def test_questions_come_to_lie_by_their_passages(tmp_path: Path):
    table = tiny_learner(150).learn(tmp_path / CHECKPOINT)
    rows = table / np.linalg.norm(table, axis=1, keepdims=True)
    assert (rows[:10] @ rows[10:20].T).argmax(axis=1).tolist() == list(range(10))


def test_a_run_taken_up_is_the_run_that_was_broken_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    torch.set_num_threads(1)
    monkeypatch.setattr("index.embedding.learning.SAVED_EVERY", 5)
    checkpoint = tmp_path / CHECKPOINT
    whole = tiny_learner(12).learn(tmp_path / "other.pt")
    begun = tiny_learner(12)
    steps = iter(range(7))
    one_step = begun.one_step

    def broken_off() -> float:
        next(steps)
        return one_step()

    monkeypatch.setattr(begun, "one_step", broken_off)
    with pytest.raises(StopIteration):
        begun.learn(checkpoint)
    resumed = tiny_learner(12)
    assert resumed.resume(checkpoint)
    assert resumed.step == 5
    assert np.array_equal(resumed.learn(checkpoint), whole)


def test_another_run_is_not_taken_up(tmp_path: Path):
    checkpoint = tmp_path / CHECKPOINT
    tiny_learner(12).save(checkpoint)
    assert tiny_learner(12).resume(checkpoint)
    assert not tiny_learner(13).resume(checkpoint)
    assert not tiny_learner(12, share=2.0).resume(checkpoint)
    assert not tiny_learner(12).resume(tmp_path / "none.pt")
    for content in (b"", b"broken", checkpoint.read_bytes()[:500]):
        checkpoint.write_bytes(content)
        assert not tiny_learner(12).resume(checkpoint)


def test_the_command_takes_up_its_own_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    write_training(tmp_path)
    monkeypatch.setattr("index.embedding.learning.SAVED_EVERY", 3)
    options = ["--data", str(tmp_path), "--out", str(tmp_path / "out"), "--batch", "4", "--threads", "1"]
    with monkeypatch.context() as broken:
        broken.setattr("index.embedding.train.write", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            main([*options, "--steps", "4"])
    assert main([*options, "--steps", "4"]) == 0
    assert "taken up at step 3" in capsys.readouterr().out
    (tmp_path / "out" / CHECKPOINT).write_bytes(b"")
    assert main([*options, "--steps", "4"]) == 0
    assert "begun anew" in capsys.readouterr().out


def test_training_writes_a_model_that_opens(tmp_path: Path, capsys):
    assert main(["--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    write_training(tmp_path)
    assert main(["--data", str(tmp_path), "--bench", str(tmp_path / "none")]) == 2
    options = ["--steps", "12", "--batch", "4", "--threads", "1"]
    for out in ("one", "two"):
        assert main(["--data", str(tmp_path), "--out", str(tmp_path / out), *options]) == 0
    one, two = (StaticEmbedder(tmp_path / out, "tiny") for out in ("one", "two"))
    assert one.dimensions == 256
    assert one.identity == two.identity
    assert not (tmp_path / "one" / CHECKPOINT).exists()
    printed = capsys.readouterr()
    assert "missing" in printed.err
    assert all(f" {name}" in printed.out for name in KINDS)
