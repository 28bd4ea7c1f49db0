"""Where persons are named in a question: by a surname, or behind a word that introduces a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from assistant.private.names import blocked, borne, clean, given, given_end, known, name_end, never, pair
from assistant.private.words import UPPER, Typed, Word, entries, namely, touched, united, word_list
from corpus.document import Span
from corpus.words import fold

_PEOPLES = r"(?i:niê|nie|[êe]ban|ml[ôo]|ayun|by[ăa]|knul|kbu[ôo]r|kp[ăa]|ksor|rmah|siu)\b"
_MARK = "['’‘ʼ]"
_RAISED = rf"[{UPPER}][^\W\d_{UPPER}]+"
#: H'Hen Niê, K'Sor; not the H'Mông, the K'Ho and the H'rê.
_HIGHLAND = re.compile(rf"\b[HhKk]{_MARK} ?(?!(?i:m[oô]ng|hor?|r[eê])\b)[^\W\d_]+(?: (?:{_RAISED}|{_PEOPLES}))?")
_NO_Y = r"(?!(?i:t[eế]|s[iỹĩy]|t[aá]|b[aáạ]|d[uư][oợ]c|h[oọ]c|khoa|c[oô]ng|l[aà]|n[oó]i)\b)"
#: Y Moan, Y Bhrao Ayun; not Sở Y tế, Y sĩ, Y học. And the same in small letters.
_Y_NAME = re.compile(rf"(?<![\w'])Y {_NO_Y}{_RAISED}(?: {_RAISED})?")
_Y_SMALL = re.compile(
    rf"(?:^|(?<=\bem )|(?<=\bcháu )|(?<=\bchau )|(?<=\bbé )|(?<=\bbe ))y {_NO_Y}[^\W\d_]{{3,}}(?: {_PEOPLES})?",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s*,\s*|\s+(?:và|với|va|and|&)\s+")
_NEAR_AGE = 20  # characters
_AGED = re.compile(r"\s*\(?\s*(?:\d{1,2} tuoi|lop \d)\b")  # "Lan 9 tuổi", "Hùng (lớp 6)"
_OWNER = re.compile(r"(?<![\w'’])[^\W\d_]+(?=['’]s\b)")
_FROM_TITLE, _TO_NAME = 4, 3  # words around "tên" among which the person stands
_BETWEEN = 3  # words that may stand between a word that introduces and the name


def persons_in(typed: Typed) -> list[Span]:
    """The names of persons in a text, left to right, none overlapping."""
    found = [*_highlanders(typed), *_with_surnames(typed), *_alone(typed)]
    found += _english(typed) if typed.english else _introduced(typed)
    return list(united([*found, *_listed(typed, found)]))


def given_names(name: str) -> Iterator[tuple[str, ...]]:
    """What somebody of this name is called for short: the last word, the last two, as keys and without accents."""
    words = Typed(name).words
    for length in range(1, min(2, len(words)) + 1):
        yield tuple(word.key for word in words[-length:])
        yield tuple(word.plain for word in words[-length:])


def mentions(typed: Typed, names: frozenset[tuple[str, ...]]) -> Iterator[Span]:
    """Where somebody named elsewhere is named for short; in small letters only by what is seldom another word."""
    for i in range(len(typed.words)):
        for words in (typed.row(i, 2), typed.row(i, 1)):
            if _is_mention(typed, i, words, names):
                yield typed.span(i, i + len(words))
                break


def _is_mention(typed: Typed, at: int, words: list[Word], names: frozenset[tuple[str, ...]]) -> bool:
    loosely = all(word.loose for word in words) and tuple(word.plain for word in words) in names
    if not loosely and tuple(word.key for word in words) not in names:
        return False
    if borne(typed, at) or any(touched([*typed.bodies, *typed.districts], word) for word in words):
        return False
    if (
        at
        and typed.follows(at)
        and typed.words[at - 1].raised
        and word_list("surnames", "strong").exactly(typed.words[at - 1])
    ):
        return False  # somebody else's, or a street's
    return all(word.raised for word in words) or (not words[0].raised and all(clean(typed, word) for word in words))


def _highlanders(typed: Typed) -> Iterator[Span]:
    for pattern in (_HIGHLAND, _Y_NAME, _Y_SMALL):
        for match in pattern.finditer(typed.text):
            if not touched(typed.bodies, typed.words[typed.index_at(match.start())]):
                yield Span(*match.span())


def _with_surnames(typed: Typed) -> Iterator[Span]:
    at = 0
    while at < len(typed.words):
        end = name_end(typed, at)
        if end:
            yield typed.span(at, end)
        elif _ends_name(typed, at):
            yield typed.span(at - 1, at + 1)
        at = end or at + 1


def _ends_name(typed: Typed, at: int) -> bool:
    """Whether a surname stands behind the given name: Lan Nguyen."""
    if not typed.follows(at) or blocked(typed, at) or blocked(typed, at - 1):
        return False
    first, last = typed.words[at - 1 : at + 1]
    return first.raised and last.raised and word_list("surnames", "behind").has(last) and given(first) and namely(first)


def _alone(typed: Typed) -> Iterator[Span]:
    """Given names without a word that introduces them: "Tuấn Anh", "Lan bị bố đánh", "(Hằng)"."""
    for i, word in enumerate(typed.words):
        if typed.english and not word.raised:
            continue
        if pair(typed, i) and (word.raised or _begins(typed, i, i + 2)):
            yield typed.span(i, i + 2)
        elif _heads_list(typed, i) or (
            clean(typed, word) and not blocked(typed, i) and (_is_bracketed(typed, word) or _begins(typed, i, i + 1))
        ):
            yield typed.span(i, i + 1)


def _heads_list(typed: Typed, i: int) -> bool:
    """Whether a given name in capitals is the first of several: "Lan, Hoa và Minh"; one of two is seldom another
    word."""
    joint = _LIST.match(typed.text, typed.words[i].end)
    then = typed.index_at(joint.end()) if joint else 0
    if not 0 < then < len(typed.words) or (typed.follows(i) and typed.words[i - 1].raised):
        return False
    free = all(
        typed.words[at].raised and given(typed.words[at]) and namely(typed.words[at]) and not blocked(typed, at)
        for at in (i, then)
    )
    return free and not borne(typed, i) and any(clean(typed, typed.words[at]) for at in (i, then))


def _is_bracketed(typed: Typed, word: Word) -> bool:
    return typed.text[max(0, word.start - 1) : word.end + 1] == f"({word.text})"


def _begins(typed: Typed, i: int, end: int) -> bool:
    """Whether words begin a sentence that tells of a person."""
    begins = i == 0 or typed.text[typed.words[i - 1].end : typed.words[i].start].strip() in (".", "!", "?", "…")
    told = typed.follows(end) and word_list("introducing", "behind_alone").has(typed.words[end])
    return begins and (told or bool(_AGED.match(fold(typed.text[typed.words[end - 1].end :][:_NEAR_AGE]))))


def _introduced(typed: Typed) -> Iterator[Span]:
    for i, word in enumerate(typed.words):
        start, end = 0, 0
        if word_list("introducing", "named").has(word):
            start, end = _called(typed, i)
        elif _introduces(typed, i):
            start, end = _behind(typed, i)
        if end:
            yield typed.span(start, end)


def _introduces(typed: Typed, i: int) -> bool:
    """Whether a word tells that a person's name may follow; "là" only of oneself: "em là Lan"."""
    word = typed.words[i]
    if word.plain == "la":
        return typed.follows(i) and word_list("introducing", "oneself").has(typed.words[i - 1])
    if len(word.text) == 1 and typed.follows(i) and typed.words[i - 1].raised:  # "Vừ A Dính" is no "anh Dính"
        return False
    if not typed.accented and word.plain in word_list("introducing", "accents_needed").plain:
        return False
    return any(word_list("introducing", name).has(word) for name in ("persons", "families"))


def _behind(typed: Typed, i: int) -> tuple[int, int]:
    """The name behind a word that introduces a person, as indexes of words; (0, 0) for none."""
    several = typed.follows(i) and word_list("introducing", "several").has(typed.words[i - 1])
    anyone = word_list("introducing", "persons").has(typed.words[i]) and not several
    for at in range(i + 1, i + 2 + _BETWEEN):
        if not typed.follows(at):
            break
        small = not typed.words[at].raised and not _small_may_follow(typed, i, at)
        end = 0 if small else given_end(typed, at, anyone, alone=not several, told=_is_pair(typed, i, at))
        if end:
            return at, end
        if not word_list("introducing", "between").has(typed.words[at]):
            break
    return 0, 0


def _small_may_follow(typed: Typed, i: int, at: int) -> bool:
    """Whether a word introduces a name in small letters too: without accents few do."""
    if len(typed.words[i].text) == 1:  # "a Tuấn", "c Lan"
        return False
    if typed.accented or word_list("introducing", "plain").has(typed.words[i]):
        return True
    return _is_pair(typed, i, at)


def _is_pair(typed: Typed, i: int, at: int) -> bool:
    """Whether two words introduce a name so that it is one even without accents: "co giao", "con gai"."""
    return at in (i + 2, i + 3) and f"{typed.words[i].plain} {typed.words[i + 1].plain}" in _plain_introductions()


@cache
def _plain_introductions() -> frozenset[str]:
    return frozenset(map(fold, entries("introducing")["plain_pairs"]))


def _called(typed: Typed, i: int) -> tuple[int, int]:
    """The name behind "tên", "tên là", "tên cháu là", "họ tên:", as indexes of words; (0, 0) for none."""
    near = word_list("introducing", "persons_near")
    around = [*typed.words[max(0, i - _FROM_TITLE) : i], *typed.words[i + 1 : i + 1 + _TO_NAME]]
    of_person = any(near.has(word) for word in around)
    told = typed.follows(i) and word_list("introducing", "oneself").has(typed.words[i - 1])
    for at in range(i + 1, min(i + 2 + _TO_NAME, len(typed.words))):
        word = typed.words[at]
        if word.plain in ("la", "that") or (near.has(word) and not word.raised and typed.follows(at + 1)):
            told = told or (of_person and word.plain == "la")
            continue
        told = told or (of_person and ":" in typed.text[typed.words[at - 1].end : word.start])
        end = name_end(typed, at) or given_end(typed, at, anyone=of_person, alone=True, told=told)
        return at, end
    return 0, 0


def _listed(typed: Typed, found: Iterable[Span]) -> Iterator[Span]:
    """Names that go on a list behind one that was found: "chị Lan, Hoa và Mai"."""
    for span in found:
        end = span.end
        while joint := _LIST.match(typed.text, end):
            at = typed.index_at(joint.end())
            stop = _next_of_list(typed, at) if at < len(typed.words) else 0
            if not stop:
                break
            yield typed.span(at, stop)
            end = typed.words[stop - 1].end


def _next_of_list(typed: Typed, at: int) -> int:
    word = typed.words[at]
    if not known(word) or (not word.raised and (not typed.accented or _is_word_too(word))):
        return 0
    if not word.raised:
        return at + 1
    return name_end(typed, at) or given_end(typed, at, anyone=False, alone=False)


def _is_word_too(word: Word) -> bool:
    return never(word) or word_list("names", "never_small").has(word)


def _english(typed: Typed) -> Iterator[Span]:
    """Behind "my daughter", "named", "Mrs"."""
    for match in _introducing_english().finditer(typed.text):
        at = typed.index_at(match.end())
        end = _english_end(typed, at, surely=not match["naming"])
        if end > at:
            yield typed.span(at, end)
    for match in _OWNER.finditer(typed.text):
        word = typed.words[at := typed.index_at(match.start())]
        if word.raised and known(word) and not blocked(typed, at) and not word_list("english", "never").has(word):
            yield Span(*match.span())


def _english_end(typed: Typed, at: int, surely: bool) -> int:
    """The index behind a name in an English text; not `surely` a person's, it has to be known."""
    end = at
    for i in range(at, min(at + _MOST_ENGLISH, len(typed.words))):
        word = typed.words[i]
        if (
            (i > at and not typed.follows(i))
            or blocked(typed, i, typed.words[at].start)
            or word_list("english", "never").has(word)
        ):
            break
        a_name = (surely or known(word)) if word.raised else _is_small_english(word, i == at)
        if not a_name or not namely(word):
            break
        end = i + 1
    return end


def _is_small_english(word: Word, first: bool) -> bool:
    """Whether a word in small letters is a name in an English text: "lan nguyen"."""
    if first:
        return given(word) and not word_list("english", "small").has(word)
    return word_list("surnames", "behind").has(word)


@cache
def _introducing_english() -> re.Pattern[str]:
    words = entries("english")
    kin, titles = ("|".join(words[name].split()) for name in ("kin", "titles"))
    naming, surely = ("|".join(map(re.escape, words[name])) for name in ("naming", "surely"))
    return re.compile(
        rf"\b(?:(?:my|his|her|our|their|the|a) (?:\w+ )?(?:{kin})(?:,| of)?|(?:{titles})\.?"
        rf"|{surely}|(?P<naming>{naming})) ",
        re.IGNORECASE,
    )


_MOST_ENGLISH = 4  # words of a name
