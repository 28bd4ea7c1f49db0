"""The plans as a LangChain retriever: words and vectors inside a scope, passages with their exact places."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as Page
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index import Hit, Index


class PlanRetriever(BaseRetriever):
    """Finds passages for a question. docs: ids of the plans to search, None for all; k: how many to find.

    Each page's metadata holds doc, title, section (its path), start, end (characters of the plan's text) and score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Index
    docs: tuple[str, ...] | None = None
    k: int = 10

    def hits(self, query: str, docs: Collection[str] | None = None, k: int | None = None) -> list[Hit]:
        """The passages with their scores, best first."""
        return self.index.search(query, self.docs if docs is None else docs, k or self.k)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Page]:
        del run_manager  # nothing to report while searching
        return [self._page(hit) for hit in self.hits(query)]

    def _page(self, hit: Hit) -> Page:
        document = self.index.documents[hit.passage.doc]
        section = document.sections[hit.passage.section]
        metadata: dict[str, Any] = {
            "doc": document.id,
            "title": document.title,
            "section": document.path(section),
            "start": hit.passage.span.start,
            "end": hit.passage.span.end,
            "score": hit.score,
        }
        return Page(page_content=hit.passage.text, metadata=metadata)
