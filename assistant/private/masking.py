"""Takes what is private out of a question before it goes to a language model, and puts it back into the answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from assistant.private.addresses import addresses_in
from assistant.private.numbers import numbers_in
from assistant.private.persons import given_names, mentions, persons_in
from assistant.private.words import Sort, Typed
from corpus.document import Span
from corpus.names import Found
from corpus.words import fold, is_accented, key, nfc, tokens

_LABELS = "|".join(re.escape(fold(sort)) for sort in Sort)
_LIKE_OURS = re.compile(rf"(?:{_LABELS})\s*_\s*0*(\d{{1,9}})")
#: A placeholder, also one that a model wrote without its marks or its accents.
_OURS = re.compile(rf"«\s*((?:{_LABELS})_\d+[a-z]*)\s*»|(?<!\w)((?:{_LABELS})_\d+[a-z]*)(?!\w)")


@dataclass(frozen=True, slots=True, repr=False)
class Masked:
    """Texts without what is private in them.

    texts: in the order they were given, NFC. kept: placeholders ("«TÊN_1»") to what stood there. Somebody's second
    spelling or short name has a letter ("«TÊN_1B»"), so that what is put back is what was typed.
    """

    texts: tuple[str, ...]
    kept: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def restored(self, text: str) -> str:
        """A text with the originals in place of their placeholders; whatever else looks like one stays.

        >>> Masked(("Bé «TÊN_1»?",), {"«TÊN_1»": "Lan"}).restored("Bé «TÊN_1» và «TÊN_7»")
        'Bé Lan và «TÊN_7»'
        """
        text = nfc(text)
        originals = {fold(placeholder.strip("«»")): original for placeholder, original in self.kept.items()}
        out, end = [], 0
        for match in _OURS.finditer(fold(text)):
            original = originals.get(match[1] or match[2])
            if original is not None:
                out += [text[end : match.start()], original]
                end = match.end()
        return "".join([*out, text[end:]])

    def __repr__(self) -> str:
        return f"Masked({len(self.texts)} texts, {len(self.kept)} kept)"


def masked(*texts: str, public: Collection[str] = ()) -> Masked:
    """Texts of one conversation, with placeholders for persons, numbers and addresses; the same in all of them.

    public: names and numbers that documents print ("Đàm Văn Chính", "0258.3883.040"); these stay.

    >>> masked("Bé Lan, sđt 0912 345 678, được hỗ trợ gì?").texts[0]
    'Bé «TÊN_1», sđt «SỐ_1», được hỗ trợ gì?'
    """
    read = [nfc(text) for text in texts]
    found = _found_in_all(read, frozenset(map(_bare, public)))
    labels = _Labels(read, found)
    out = tuple(_replaced(text, spans, labels) for text, spans in zip(read, found, strict=True))
    return Masked(out, MappingProxyType(labels.kept))


def _found_in_all(texts: Sequence[str], public: frozenset[str]) -> list[list[Found[Sort]]]:
    """What is private in each text, left to right, none overlapping."""
    typed = [Typed(text) for text in texts]
    found = [_apart(one, _found(one), public) for one in typed]
    names = frozenset(
        short
        for one, spans in zip(typed, found, strict=True)
        for each in spans
        if each.value is Sort.NAME
        for short in given_names(_slice(one.text, each.span))
    )
    again = [[Found(Sort.NAME, span) for span in mentions(one, names)] if names else [] for one in typed]
    return [_apart(one, [*spans, *more], public) for one, spans, more in zip(typed, found, again, strict=True)]


def _found(typed: Typed) -> Iterator[Found[Sort]]:
    """What is private in a text, the surest first."""
    persons = persons_in(typed)
    yield from numbers_in(typed.text)
    yield from (Found(Sort.ADDRESS, span) for span in addresses_in(typed, bool(persons)))
    yield from (Found(Sort.NAME, span) for span in persons)


def _apart(typed: Typed, found: Iterable[Found[Sort]], public: frozenset[str]) -> list[Found[Sort]]:
    """What was found, one for each stretch: where two overlap, the first takes up the other."""
    taken: list[Found[Sort]] = []
    for one in found:
        if _bare(_slice(typed.text, one.span)) in public:
            continue
        over = [other for other in taken if one.span.start < other.span.end and other.span.start < one.span.end]
        taken = [other for other in taken if other not in over]
        spans = [one.span, *(other.span for other in over)]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        taken.append(Found(over[0].value if over else one.value, whole))
    return sorted(taken, key=lambda one: one.span.start)


class _People:
    """Which of some names are one person's: without accents, or the short name of the only one who may be called so."""

    def __init__(self, named: Sequence[tuple[str, bool]]) -> None:
        self._accented = {_bare(name): _plain(name) for name, accented in named if accented}
        self._all = {self._spelled(*one): _plain(one[0]) for one in named}

    def identity(self, name: str, accented: bool) -> str:
        """What the names of one person share; accented: whether it stands in a text with accents."""
        own = self._spelled(name, accented)
        longer = {
            one
            for one, plain in self._all.items()
            if (one.endswith(f" {own}") if accented else plain.endswith(f" {_plain(name)}"))
        }
        return longer.pop() if len(longer) == 1 else own

    def _spelled(self, name: str, accented: bool) -> str:
        same = [] if accented else [bare for bare, plain in self._accented.items() if plain == _plain(name)]
        return same[0] if len(same) == 1 else _bare(name)


class _Labels:
    """Gives out placeholders: a number for a person or a thing, a letter more for another way to write it."""

    def __init__(self, texts: Sequence[str], found: Sequence[Sequence[Found[Sort]]]) -> None:
        self.kept: dict[str, str] = {}
        self._typed = {int(match[1]) for text in texts for match in _LIKE_OURS.finditer(fold(text))}
        self._placeholders: dict[tuple[Sort, str], str] = {}
        self._forms: dict[tuple[Sort, int], int] = {}
        self._numbers: dict[tuple[Sort, str], int] = {}
        self._people = _People(
            [
                (_slice(text, one.span), is_accented(text))
                for text, spans in zip(texts, found, strict=True)
                for one in spans
                if one.value is Sort.NAME
            ]
        )

    def of(self, sort: Sort, original: str, accented: bool) -> str:
        """The placeholder of an original; accented: whether it stands in a text with accents."""
        if (sort, original) not in self._placeholders:
            person = sort is Sort.NAME
            number = self._number(sort, self._people.identity(original, accented) if person else _bare(original))
            form = self._forms.get((sort, number), 0)
            self._forms[sort, number] = form + 1
            placeholder = f"«{sort}_{number}{_letter(form)}»"
            self._placeholders[sort, original] = placeholder
            self.kept[placeholder] = original
        return self._placeholders[sort, original]

    def _number(self, sort: Sort, identity: str) -> int:
        if (sort, identity) not in self._numbers:
            taken = self._typed | {number for (other, _), number in self._numbers.items() if other is sort}
            self._numbers[sort, identity] = next(i for i in range(1, len(taken) + 2) if i not in taken)
        return self._numbers[sort, identity]


def _letter(form: int) -> str:
    """What tells the ways to write one thing apart: "" for the first, then B, C … Z, ZB.

    >>> _letter(0), _letter(1), _letter(26)
    ('', 'B', 'ZB')
    """
    return "" if not form else "Z" * (form // 25) + chr(ord("A") + form % 25)


def _replaced(text: str, found: Sequence[Found[Sort]], labels: _Labels) -> str:
    out, end, accented = [], 0, is_accented(text)
    for one in found:
        out += [text[end : one.span.start], labels.of(one.value, _slice(text, one.span), accented)]
        end = one.span.end
    return "".join([*out, text[end:]])


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _bare(original: str) -> str:
    """A name by its words, a number by its digits: what different spellings of it share."""
    digits = re.sub(r"\D", "", original)
    return digits if len(digits) >= 6 else " ".join(key(original[start:end]) for start, end in tokens(original))


def _plain(name: str) -> str:
    return " ".join(fold(name).split())
