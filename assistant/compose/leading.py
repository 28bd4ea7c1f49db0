"""What an item hangs on, said before it: alone it might say the opposite."""

from __future__ import annotations

from collections.abc import Collection

from assistant.citations import Draft
from assistant.leads import leads
from corpus.document import Document, Kind, Section


def led(draft: Draft, document: Document, section: Section, shown: Collection[int] = ()) -> str:
    """The words that lead on to an item, quoted, with a blank behind them; "" for none.

    shown: ids of what stands above it in the answer already.
    """
    before = (one for one in leads(document, section) if one.id not in shown)
    spans = (one.head if one.kind is Kind.HEADING else document.words(one) for one in before)
    return "".join(f"{draft.quote(document, span)} " for span in spans)
