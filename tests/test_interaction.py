"""Late interaction against sums worked out by hand over four tokens with vectors one can see."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.embedding import TokenEmbedder
from index.embedding.base import Ids, Vectors
from index.interaction import LENGTH_PENALTY, SHARPNESS, Interaction

#: Token vectors: "a" and "b" stand at a right angle, "c" lies between them at 45°, "d" is as long as two of them.
TABLE = np.array([[1, 0], [0, 1], [1, 1], [-2, 0]], dtype=np.float32)
LETTERS = "abcd"


class Letters(TokenEmbedder):
    """One token a letter; what is none of the four is no token."""

    name, dimensions, identity = "letters", 2, "letters@1"

    def token_ids(self, texts: Sequence[str]) -> list[Ids]:
        return [np.array([LETTERS.index(one) for one in text if one in LETTERS], dtype=np.int32) for text in texts]

    def token_vectors(self, ids: Ids) -> Vectors:
        return TABLE[ids]

    def _rows(self, texts: Sequence[str]) -> Vectors:
        raise NotImplementedError


def rarity(count: int, passages: int) -> float:
    return math.log(1 + (passages - count + 0.5) / (count + 0.5))


@pytest.fixture(params=["memory", "disk"])
def interaction(request: pytest.FixtureRequest, tmp_path: Path) -> Interaction:
    made = Interaction.build(Letters(), ["ab", "c", "", "aab"])
    if request.param == "memory":
        return made
    made.write(tmp_path)
    return Interaction.open(tmp_path)


def test_a_question_in_the_passages_own_words(interaction: Interaction):
    usual = (2 * math.log(2) + math.log(1)) / 3  # two distinct tokens, one, two; the empty passage has no length
    near = math.cos(math.pi / 4) ** SHARPNESS
    two, one = LENGTH_PENALTY * (math.log(2) - usual), LENGTH_PENALTY * (math.log(1) - usual)
    assert interaction.scores(Letters(), "a", [0, 1, 2, 3]) == pytest.approx(
        [1 - two, near - one, 0, 1 - two], abs=1e-6
    )
    assert interaction.scores(Letters(), "a", [3]) == pytest.approx([1 - two], abs=1e-6)


def test_a_question_in_other_words_takes_what_is_near(interaction: Interaction):
    """ "d" stands in no passage: it points away from "a", is at a right angle to "b", and at 135° to "c"."""
    usual = 2 * math.log(2) / 3
    scores = interaction.scores(Letters(), "d", [0, 1])
    assert scores == pytest.approx([-LENGTH_PENALTY * (math.log(2) - usual), LENGTH_PENALTY * usual], abs=1e-6)


def test_tokens_weigh_by_length_and_rarity(interaction: Interaction):
    """Of "cd", "c" is √2 long and stands in one passage, "d" is 2 long and stands in none."""
    c, d = math.sqrt(2) * rarity(1, 4), 2 * rarity(0, 4)
    own = c / (c + d)
    value = own * 1.0  # the cosine of c with itself, whatever its power; d is near nothing
    usual = 2 * math.log(2) / 3
    assert interaction.scores(Letters(), "cd", [1]) == pytest.approx([value + LENGTH_PENALTY * usual], abs=1e-6)


def test_a_token_asked_twice_weighs_twice(interaction: Interaction):
    a, d = rarity(2, 4), 2 * rarity(0, 4)
    own = 2 * a / (2 * a + d)
    usual = 2 * math.log(2) / 3
    expected = own * 1.0 - LENGTH_PENALTY * (math.log(2) - usual)
    assert interaction.scores(Letters(), "ada", [0]) == pytest.approx([expected], abs=1e-6)


def test_of_very_many_tokens_the_heaviest_count(interaction: Interaction, monkeypatch: pytest.MonkeyPatch):
    alone = interaction.scores(Letters(), "cc", [0, 1])
    assert interaction.scores(Letters(), "acc", [0, 1]) != pytest.approx(alone)
    monkeypatch.setattr("index.interaction.MOST", 1)
    assert interaction.scores(Letters(), "acc", [0, 1]) == pytest.approx(alone)


@pytest.mark.parametrize("question", ["", "???"])
def test_a_question_without_tokens(interaction: Interaction, question: str):
    assert interaction.scores(Letters(), question, [0, 1]).tolist() == [0, 0]


def test_no_passages(interaction: Interaction):
    assert interaction.scores(Letters(), "a", []).tolist() == []
    assert Interaction.build(Letters(), []).scores(Letters(), "a", []).tolist() == []
    assert Interaction.build(Letters(), [""]).scores(Letters(), "a", [0]).tolist() == [0]


#: a question, of how many of its tokens is told, a passage's place, what it lacks
LACKING = (
    ("ab", 1, 0, 0.0),  # both stand in the passage
    ("ab", 1, 3, 0.0),
    ("a", 1, 1, 1 - math.cos(math.pi / 4)),  # only "c" stands there, at 45°
    ("bd", 1, 0, 2 * rarity(0, 4) / (rarity(2, 4) + 2 * rarity(0, 4))),  # "d" is near nothing
    ("bd", 2, 1, 1 - rarity(2, 4) * math.cos(math.pi / 4) / (rarity(2, 4) + 2 * rarity(0, 4))),
    ("bd", 1, 2, 0.0),  # an empty passage tells nothing
    ("???", 1, 0, 0.0),
)


@pytest.mark.parametrize("case", LACKING)
def test_what_a_passage_lacks_most_of_a_question(
    interaction: Interaction, monkeypatch: pytest.MonkeyPatch, case: tuple[str, int, int, float]
):
    question, lacked, place, lacking = case
    monkeypatch.setattr("index.interaction.LACKED", lacked)
    assert interaction.lacking(Letters(), question, place) == pytest.approx(lacking, abs=1e-6)
