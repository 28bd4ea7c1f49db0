"""Footnotes of a web page, which stand below its text: given back where they are called, as every reader does."""

from __future__ import annotations

import re

from corpus.readers.html_tree import Element

#: The element that a call is made into: `shown` is its mark, `said` the words of the note.
NOTE = "note"
_MARK = re.compile(r"[\[(]?(\d{1,3}|\*{1,3})[\])]?\.?")
_BEGINS = re.compile(r"[\[(]?(\d{1,3}|\*{1,3})[\])]?[.:]?\s+")
_BACK = re.compile(r"[\s↑↩︎^]+$")
_BLOCKS = frozenset({"p", "div", "li", "dd", "aside"})
_MOST_WORDS = 400  # of a note


def noted(root: Element) -> Element:
    """The page with each call of a note made into an element NOTE, and the notes themselves taken out."""
    above = {id(child): element for element in root.walk() for child in element.elements}
    targets: dict[str, Element] = {}
    for element in root.walk():
        for name in (element.attributes.get("id"), element.attributes.get("name") if element.tag == "a" else None):
            if name:
                targets.setdefault(name, element)
    order = {id(element): at for at, element in enumerate(root.walk())}
    for call in [one for one in root.walk() if one.tag == "a" and _MARK.fullmatch(one.text())]:
        name = call.attributes.get("href", "").partition("#")[2]
        target = targets.get(name)
        if target is None or order[id(target)] < order[id(call)]:
            continue
        mark = _MARK.sub(r"\1", call.text())
        block, words = _note(target, above, mark)
        if block is None or not words or any(one is call for one in block.walk()):
            continue
        home = above[id(block)]
        home.children = [child for child in home.children if child is not block]
        call.tag, call.attributes, call.children = NOTE, {"shown": mark, "said": words}, []
        del targets[name]
    return root


def _note(target: Element, above: dict[int, Element], mark: str) -> tuple[Element | None, str]:
    """The block that a note stands in and its words, None where nothing there is one."""
    block: Element | None = target
    while block is not None and (block.tag not in _BLOCKS or _MARK.fullmatch(block.text())):
        block = above.get(id(block))
    if block is None or id(block) not in above:
        return None, ""
    words = block.text()
    begun = _BEGINS.match(words)
    if len(words.split()) > _MOST_WORDS or not (block.tag == "li" or (begun and begun[1] == mark)):
        return None, ""
    return block, _BACK.sub("", words[begun.end() if begun and begun[1] == mark else 0 :])
