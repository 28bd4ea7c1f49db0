"""Who is given a matter, and which plans speak of it: the sentences that say so."""

from __future__ import annotations

from dataclasses import replace

from assistant.compose.facts import ALL_OF_IT, facts
from assistant.compose.indicators import owners_of_target
from assistant.compose.leading import led
from assistant.compose.refusal import refuse_unknown
from assistant.compose.task import Reply, Task
from assistant.evidence import Evidence, telling
from assistant.plans import label_of
from corpus.names import agency_names


def owners(task: Task) -> Reply:
    """Who is given a matter: the bodies whose sections hold it, and the sentence."""
    if (reply := owners_of_target(task)) is not None:
        return reply
    held = [one for one in task.evidence if task.plans.duty_of(one.document, one.section) or _names_a_body(one)]
    if not held:
        return facts(task)
    return facts(replace(task, evidence=held))


def provinces(task: Task) -> Reply:
    """Which plans speak of a matter, each with a sentence, and which do not."""
    evidence = [one for one in task.evidence if one.coverage >= ALL_OF_IT]
    if not evidence:
        return refuse_unknown(task)
    draft = task.draft()
    having: set[str] = set()
    for one in evidence:
        if one.document.id not in having:
            having.add(one.document.id)
            span = telling(task.question, task.matter, one)[0]
            before = led(draft, one.document, one.section)
            draft.line(f"- **{label_of(one.document)}**: {before}{draft.quote(one.document, span)}")
    if silent := task.others(having):
        draft.note(task.say(f"Không thấy nêu: {silent}.", f"Not mentioned: {silent}."))
    return Reply(draft)


def _names_a_body(one: Evidence) -> bool:
    words = one.document.shown(one.section.head)
    return any(found.span.start < 40 for found in agency_names().find(words))
