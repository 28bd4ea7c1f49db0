"""What a question takes to be in the plans: a title in quotation marks, a sum of money. A plan may hold neither."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.cues import Cue, asks_whether, says
from assistant.plans import Plans
from assistant.question import Question, told_and_asked
from corpus.document import Document
from corpus.sums import sums
from corpus.words import is_accented

#: A title of two words or more in quotation marks, behind what it is the title of; other quotes may be paraphrases.
_TITLED = re.compile(
    r"\b(?:phong trào|chương trình|mô hình|chủ đề|câu lạc bộ|đề án|dự án|chiến dịch|cuộc thi|diễn đàn|quỹ|ngày hội"
    r"|phong trao|chuong trinh|mo hinh|chu de|cau lac bo|de an|du an|chien dich|cuoc thi|dien dan|quy|ngay hoi)"
    r"\s+(?:“([^“”]+)”|\"([^\"]+)\"|'([^']+)')",
    re.IGNORECASE,
)


def supposed(question: Question, documents: Sequence[Document], plans: Plans) -> Iterator[str]:
    """The titles and sums that a question takes to be in some plans, and that none of them gives.

    Those told before the question, or asked to be confirmed, are not taken to be there.
    """
    _, asked = told_and_asked(question.text)
    if says(asked, Cue.CONFIRM) or asks_whether(asked):
        return
    for match in _TITLED.finditer(asked):
        title = next(filter(None, match.groups()))
        foreign = question.english and not is_accented(title)
        if len(title.split()) > 1 and not foreign and not any(plans.holds(one, (title,)) for one in documents):
            yield title
    for one in sums(asked):
        if not any(one.is_same(amount) for document in documents for amount in plans.amounts(document)):
            yield asked[one.span.start : one.span.end]
