"""Whether words of a text are somebody's name: where a full name ends, and where a given name does."""

from __future__ import annotations

from functools import cache

from assistant.private.words import Typed, Word, entries, namely, touched, word_list
from corpus.document import Span
from corpus.words import fold, key

_LONGEST = 5  # words of a full name
_MOST_GIVEN = 3  # words of a given name
_FAR = 8  # words between a thing and the name it bears: "trường Tiểu học và THCS Lý Tự Trọng"


def name_end(typed: Typed, at: int) -> int:
    """The index behind a full name whose surname stands at an index; 0 where there is none."""
    word = typed.words[at]
    strong = word_list("surnames", "strong").has(word)
    if not is_surname(word) or borne(typed, at) or _introduces_surname(typed, at):
        return 0
    return _raised_end(typed, at, strong) if word.raised else _small_end(typed, at, strong)


def given_end(typed: Typed, at: int, anyone: bool, alone: bool, told: bool = False) -> int:
    """The index behind a given name at an index, 0 for none.

    anyone: a name in capitals need not be known. alone: one person is told of. told: and that this is the name.
    """
    word = typed.words[at]
    if not namely(word) or borne(typed, at) or blocked(typed, at, word.start if alone else None):
        return 0
    if not word.raised:
        return _small_given_end(typed, at, told) if alone else 0
    if never(word) or (word.text.isupper() and len(word.text) < 2):
        return 0
    if not known(word) and (not anyone or is_surname(word) or word.text.isupper()):
        return 0
    end = at + 1
    while end < at + _MOST_GIVEN and typed.follows(end) and _goes_on(typed, end, word.start if alone else None):
        end += 1
    return end


def known(word: Word) -> bool:
    """Whether a word is a name that people are called by."""
    return given(word) or word_list("names", "nicknames").has(word)


def given(word: Word) -> bool:
    """Whether a word is a given name; a single capital stands for one: Trần Minh A."""
    return word_list("names", "given").has(word) or (len(word.text) == 1 and word.raised)


def is_surname(word: Word) -> bool:
    """Whether a word is a surname, one that may be another word too."""
    return any(word_list("surnames", name).has(word) for name in ("strong", "weak"))


def never(word: Word) -> bool:
    """Whether a word is no name whatever its first letter."""
    return word_list("introducing", "never").has(word) and not (word.raised and word_list("names", "given").has(word))


def clean(typed: Typed, word: Word) -> bool:
    """Whether a word is a given name and seldom another word, in small letters too."""
    return word_list("names", "clean" if typed.accented else "clean_plain").has(word)


def blocked(typed: Typed, at: int, since: int | None = None) -> bool:
    """Whether a word names a body or a place.

    since: the offset at which a name begins that is surely one person's; then it may be a district's too: bé Thanh Hà.
    """
    word = typed.words[at]
    if touched(typed.bodies, word):
        return True
    place = touched(typed.districts, word)
    return place is not None and (since is None or place.start < since or not _all_parts(typed, place))


def borne(typed: Typed, at: int) -> bool:
    """Whether the name at an index is that of a street, a school, a fund: "trường Tiểu học Nguyễn Du"."""
    bearers = word_list("introducing", "bearers" if typed.accented else "bearers_plain")
    more = word_list("introducing", "bearers_more")
    for i in range(at, max(0, at - _FAR), -1):
        word = typed.words[i - 1]
        if not typed.follows(i):
            return False
        if bearers.has(word):
            return True
        if not more.has(word):
            return False
    return False


def _introduces_surname(typed: Typed, at: int) -> bool:
    """Whether a word that may be a surname without its accents introduces one: "Chau Tran Van Nam"."""
    word, *rest = typed.row(at, 2)
    if not word.loose or not rest or not word_list("introducing", "persons").has(word):
        return False
    middle = typed.row(at + 1, 2)[1:]
    sure = bool(middle) and word_list("names", "middle_sure").has(middle[0])
    return word_list("surnames", "strong").has(rest[0]) or (is_surname(rest[0]) and sure)


def _raised_end(typed: Typed, at: int, strong: bool) -> int:
    """Of a full name in capitals: Trần Quốc Toản."""
    run = _run(typed, at, strong)
    if len(run) > 2:
        part = _is_part(run[1])
        if _is_sure(run[0], run[1]):
            return at + len(run)
        if part and (strong or given(run[2])):
            more = next((i for i, word in enumerate(run[3:]) if not _is_part(word)), len(run) - 3)
            return at + 3 + more
    introduced = typed.follows(at) and word_list("introducing", "persons").has(typed.words[at - 1])
    return at + 2 if len(run) > 1 and given(run[1]) and (strong or introduced) else 0


def _run(typed: Typed, at: int, strong: bool) -> list[Word]:
    """The words of a name in capitals from its surname on; a place may stand in it: Trần Thái Bình."""
    run: list[Word] = []
    for i in range(at, min(at + _LONGEST, len(typed.words))):
        word = typed.words[i]
        if not word.raised or not namely(word) or (i > at and (never(word) or not typed.follows(i))):
            break
        block = touched(typed.bodies, word) or touched(typed.districts, word)
        sure = strong and (typed.accented or word_list("surnames", "plain").has(typed.words[at]))
        if block and not (sure and block.start > typed.words[at].start and _all_parts(typed, block)):
            break
        run.append(word)
    return run


def _small_end(typed: Typed, at: int, strong: bool) -> int:
    """Of a full name in small letters, or in capitals throughout: nguyen van a."""
    words = typed.row(at, 4)
    if len(words) < 2 or touched(typed.bodies, words[0]):
        return 0
    if len(words) > 2 and _is_small_name(typed, at, strong):
        place = touched(typed.bodies, words[2])
        end = typed.index_at(place.end - 1) + 1 if place else at + 3
        return end + int(not place and len(words) > 3 and _pair(typed, words[2], words[3]))
    return at + 2 if _is_short_name(typed, at) else 0


def _is_small_name(typed: Typed, at: int, strong: bool) -> bool:
    """Whether three words are a name in small letters: by the middle one, the last one and what stands before."""
    first, middle, last = typed.words[at : at + 3]
    told = _told(typed, at)
    sure, a_name = _is_sure(first, middle), given(last) or len(last.text) == 1
    place, small = touched(typed.bodies, last), word_list("names", "never_small").has(last)
    if not namely(last) or (
        place
        and not (strong and (sure or (told and typed.accented) or _introduced(typed, at)) and _all_parts(typed, place))
    ):
        return False
    if typed.accented:
        part = _is_part(middle) if first.key == _ONLY_SURNAME else word_list("names", "middle").has(middle)
        return (sure and (a_name or not never(last))) or (part and a_name and (strong or (told and not small)))
    if word_list("surnames", "plain").has(first):
        free = told and not never(last)
        return (sure and (a_name or free)) or (told and _is_part(middle) and a_name) or _pair(typed, middle, last)
    if sure or (strong and _pair(typed, middle, last)):
        return told and a_name
    return strong and _introduced(typed, at) and _is_part(middle) and a_name and not small and not never(last)


def _is_sure(first: Word, middle: Word) -> bool:
    """Whether a middle name is one that hardly is another word: Thị, Văn; of the Hmong A, Seo."""
    hmong = word_list("surnames", "hmong").has(first) and word_list("names", "middle_hmong").has(middle)
    if hmong or word_list("names", "middle_sure").has(middle):
        return True
    return first.plain == first.text.lower() == "nguyen" and middle.plain == middle.text.lower() in ("van", "thi")


def _is_short_name(typed: Typed, at: int) -> bool:
    """Whether two words are a name in small letters: nguyễn lan, cháu vũ duy."""
    first, last = typed.words[at : at + 2]
    if not given(last) or not _free(typed, last):
        return False
    if not typed.accented:
        return _told(typed, at) and word_list("surnames", "plain").has(first) and clean(typed, last)
    return first.key == _ONLY_SURNAME or (
        typed.follows(at)
        and word_list("introducing", "persons").has(typed.words[at - 1])
        and word_list("surnames", "two").has(first)
        and not word_list("names", "never_small").has(last)
    )


def _introduced(typed: Typed, at: int) -> bool:
    """Whether a word stands before that hardly does without a person's name, even without accents."""
    if not typed.follows(at):
        return False
    before = typed.words[at - 1]
    called = at > 1 and typed.words[at - 2].plain == "ten" and before.plain == "la"
    return called or word_list("introducing", "plainest").has(before)


def _told(typed: Typed, at: int) -> bool:
    """Whether a full name may begin at an index: behind a word before which names stand, or behind a sign."""
    return not typed.follows(at) or word_list("introducing", "before_surname").has(typed.words[at - 1])


def _free(typed: Typed, word: Word) -> bool:
    return namely(word) and not never(word) and not touched(typed.bodies, word)


def _goes_on(typed: Typed, i: int, since: int | None) -> bool:
    word = typed.words[i]
    return word.raised and namely(word) and _is_part(word) and not never(word) and not blocked(typed, i, since)


def _small_given_end(typed: Typed, at: int, told: bool) -> int:
    """Of a given name in small letters: known to be one, and what follows lets it be one."""
    word, *rest = typed.row(at, 2)
    then = rest[0] if rest else None
    if then and not touched(typed.bodies, then) and (_pair(typed, word, then) or _sure_pair(typed, at)):
        return at + 2
    if not known(word) or never(word):
        return 0
    if clean(typed, word) or (told and typed.accented):
        return at + 1
    if word_list("names", "never_small").has(word):
        return 0
    behind = word_list("introducing", "behind" if typed.accented else "behind_sure")
    ends = typed.accented and (then is None or then.text[0].isdigit())
    return at + 1 if told or ends or (then is not None and behind.has(then)) else 0


def _sure_pair(typed: Typed, at: int) -> bool:
    """Whether two words without accents are a given name, as what follows lets them be: be thanh ha bi om."""
    row = typed.row(at, 3)
    if typed.accented or len(row) < 3 or not word_list("introducing", "behind_sure").has(row[2]):
        return False
    return (row[0].plain, row[1].plain) in _all_plain_pairs()


def _all_parts(typed: Typed, span: Span) -> bool:
    words = typed.words[typed.index_at(span.start) : typed.index_at(span.end - 1) + 1]
    return all(map(_is_part, words))


def _is_part(word: Word) -> bool:
    return given(word) or is_surname(word) or word_list("names", "middle").has(word)


def pair(typed: Typed, at: int) -> bool:
    """Whether two words in capitals at an index are a given name, and no part of a longer one: "Tuấn Anh"."""
    row = typed.row(at, 3)
    if len(row) < 2 or row[0].raised != row[1].raised or (len(row) > 2 and row[2].raised):
        return False
    free = not blocked(typed, at) and not blocked(typed, at + 1) and not borne(typed, at)
    alone = not typed.follows(at) or not typed.words[at - 1].raised
    return free and alone and _pair(typed, row[0], row[1])


def _pair(typed: Typed, word: Word, then: Word) -> bool:
    """Whether two words are a given name together."""
    if clean(typed, word) and clean(typed, then):
        return True
    if typed.accented:
        return (word.key, then.key) in _pairs()
    return (word.plain, then.plain) in _plain_pairs()


@cache
def _pairs() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(key, pair.split())) for pair in entries("names")["pairs"])


@cache
def _plain_pairs() -> frozenset[tuple[str, ...]]:
    """Of the pairs without accents those that hold a name which is seldom another word, or begin as hardly any do."""
    sure = word_list("names", "clean_plain").plain | word_list("names", "pairs_begin").plain
    return frozenset(pair for pair in _all_plain_pairs() if sure.intersection(pair))


@cache
def _all_plain_pairs() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(pair).split()) for pair in entries("names")["pairs"])


_ONLY_SURNAME = key("nguyễn")  # is no other word
