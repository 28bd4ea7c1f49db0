"""The tokenizer of the static model: syllables, frequent pairs of syllables, both also without accents.

A `tokenizers` Unigram over the normalised text picks the likeliest reading, so "trẻ em" is one token wherever the
pair is frequent; a word it has not seen is spelt from pieces. It serialises to a plain tokenizer.json.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from index.embedding.segmenting import SPACE, TONES, UNKNOWN, words_of

#: Log-probability a spelt piece pays, so that a known word is never spelt.
SPELLING_PENALTY = 20.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many tokens of each kind; pieces are what an unseen word is spelt from."""

    words: int = 26_000
    pairs: int = 30_000
    plain_pairs: int = 12_000
    pieces: int = 2_500


@dataclass(frozen=True)
class Vocabulary:
    """tokens: with their log-probability; the place is the id.  parts: ids whose vectors make up each token's own.

    "▁trẻ▁em" has itself, "▁trẻ" and "▁em" and, through them, the plain "▁tre" and "▁em": what is learnt of a word
    with its accents serves the word without them, and what is learnt of a syllable serves its pairs.
    """

    tokens: list[tuple[str, float]]
    parts: list[list[int]]


def normalizer() -> normalizers.Normalizer:
    """NFC, lower case, letters and digits only, one way to write a tone, the crossed d of any keyboard."""
    steps: list[normalizers.Normalizer] = [
        normalizers.NFC(),
        normalizers.Lowercase(),
        normalizers.Replace("ð", "đ"),
        normalizers.Replace(Regex(r"[^\p{L}\p{N}]+"), " "),
        normalizers.Strip(),
    ]
    for kept, others in TONES.items():
        for new, old in zip(kept.split(), others.split(), strict=True):
            steps.append(normalizers.Replace(Regex(rf"(?<!q){old}(?![\p{{L}}\p{{N}}])"), new))
    return normalizers.Sequence(steps)


def plain(text: str) -> str:
    """A text without its accents, as it is typed in a hurry.

    >>> plain("Trẻ em đường phố")
    'Tre em duong pho'
    """
    marks_apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in marks_apart if not unicodedata.combining(letter))


def count(texts: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Words and pairs of neighbours over texts."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        found = words_of(text)
        words.update(found)
        pairs.update(pairwise(found))
    return words, pairs


def choose(words: Counter[str], pairs: Counter[tuple[str, str]], must: Iterable[str], sizes: Sizes) -> Vocabulary:
    """The tokens worth a vector. `must` are words kept however rare: those of the small English half."""
    kept = dict(words.most_common(sizes.words)) | {word: words[word] for word in must}
    bare_words = Counter[str]()
    for word, n in words.items():
        bare_words[plain(word)] += n
    kept |= {plain(word): bare_words[plain(word)] for word in kept}  # as often as all that it may stand for
    best = _coherent(words, {pair: n for pair, n in pairs.items() if set(pair) <= kept.keys()}, sizes.pairs)
    bare = Counter[tuple[str, str]]()
    for (first, second), n in best.items():
        bare[plain(first), plain(second)] += n
    extra = {pair: n for pair, n in bare.most_common(sizes.plain_pairs) if pair not in best}
    spelt = _pieces(words, set(kept), sizes.pieces)
    return _assembled(kept, best | extra, spelt, sum(words.values()))


def _coherent(words: Counter[str], pairs: dict[tuple[str, str], int], size: int) -> dict[tuple[str, str], int]:
    """Pairs that occur far more often together than by chance, by log-likelihood; numbers are left alone."""
    total = sum(words.values())

    def gain(pair: tuple[str, str]) -> float:
        return pairs[pair] * math.log(pairs[pair] * total / (words[pair[0]] * words[pair[1]]))

    fit = [pair for pair, n in pairs.items() if n >= 20 and pair[0].isalpha() and pair[1].isalpha()]
    return {pair: pairs[pair] for pair in sorted(fit, key=gain, reverse=True)[:size] if gain(pair) > pairs[pair]}


def _pieces(words: Counter[str], kept: set[str], size: int) -> list[tuple[str, float]]:
    """What rare words are spelt from: a small Unigram trained on them."""
    rare = [word for word, n in words.items() if word not in kept and n > 1]
    small = Tokenizer(models.Unigram())
    small.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    trainer = trainers.UnigramTrainer(
        vocab_size=size, show_progress=False, special_tokens=[UNKNOWN], unk_token=UNKNOWN, max_piece_length=6
    )
    small.train_from_iterator(rare, trainer)
    return [(piece, -SPELLING_PENALTY) for piece in sorted(small.get_vocab()) if piece != UNKNOWN]


def _assembled(
    words: dict[str, int], pairs: dict[tuple[str, str], int], spelt: Sequence[tuple[str, float]], total: int
) -> Vocabulary:
    tokens = {UNKNOWN: -100.0}
    tokens |= {SPACE + word: math.log(max(n, 1) / total) for word, n in words.items() if word}
    parts = {token: [token] for token in tokens}
    for word in words:
        if plain(word) != word:
            parts[SPACE + word].append(SPACE + plain(word))
    for (first, second), n in pairs.items():
        token, bare = SPACE + first + SPACE + second, SPACE + plain(first) + SPACE + plain(second)
        tokens[token] = math.log(n / total)
        parts[token] = [token, *parts.get(SPACE + first, []), *parts.get(SPACE + second, [])]
        parts[token] += [bare] if bare != token and (plain(first), plain(second)) in pairs else []
    for piece, score in spelt:
        tokens.setdefault(piece, score)
        parts.setdefault(piece, [piece])
    ids = {token: place for place, token in enumerate(tokens)}
    return Vocabulary(list(tokens.items()), [[ids[part] for part in parts[token]] for token in tokens])


def tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """The vocabulary as a `tokenizers` tokenizer; id 0 is the unknown token."""
    made = Tokenizer(models.Unigram(vocabulary.tokens, unk_id=0, byte_fallback=False))
    made.normalizer = normalizer()
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always", split=False)
    return made
