"""The chat: filters, conversation, question on the left; the plans and the opened source on the right."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypedDict

import gradio as gr

from assistant.answer import Answer
from assistant.filters import NO_FILTERS, Filters
from assistant.live import Live
from assistant.pipeline import Assistant
from assistant.plans import Plans
from assistant.question import Turn
from assistant.web.actions import handle
from assistant.web.api_models import QUESTION_LIMIT, whole
from assistant.web.failures import where
from assistant.web.frame import visit_html
from assistant.web.render import answer_markdown, chunks, growing_markdown, listed, noticed, plain_markdown
from assistant.web.shell import plans_html
from assistant.web.strings import examples, phrase
from corpus.document import Document
from corpus.vocabulary import child_line

#: Visits whose conversation is remembered, the latest; Gradio keeps a fifth of a megabyte for each.
VISITS = 1000
_NEVER = 86_400.0  # seconds
_log = logging.getLogger(__name__)


class Message(TypedDict):
    """One entry of the conversation as Gradio shows it."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what was answered; `shown` is the answer's Markdown, made once.  is_private: it tells of harm.
    is_whole: no more of the answer is to come."""

    question: str
    answer: str
    shown: str
    is_private: bool = False
    is_whole: bool = True


#: What a step of an answer puts on the page: the messages, the exchanges so far once it is whole, the question box,
#: which is left as it is while an answer grows: the next question may be in it.
Step = tuple[list[Message], list[Exchange] | dict[str, Any], str | dict[str, Any]]


def blocks(assistant: Assistant, at_once: int) -> gr.Blocks:
    """The page's Gradio part; at most `at_once` questions wait. A conversation is in memory only, and gone an hour
    after its page was closed; what tells of harm, at once."""
    page: gr.Blocks
    with gr.Blocks(title=phrase("site").vi, analytics_enabled=False, fill_width=True) as page:
        with gr.Row(elem_id="desk"):
            with gr.Column(elem_id="left", scale=6, min_width=300):
                filters, again = _filters(assistant)
                gr.HTML(visit_html(), elem_id="visit-box", js_on_load=None, apply_default_css=False)
                chat = _chat()
                question = _question()
            with gr.Column(elem_id="right", scale=5, min_width=300):
                held = _sources_html(assistant.plans)
                sources = gr.HTML(held, elem_id="sources", js_on_load=None, apply_default_css=False)
        said = _wire(assistant, chat, question, filters, again)
        page.unload(_forgetting(page, said))
    # As many at a time as the processors are worth: threads that take turns at one are all slower. Nobody is told his
    # place in the queue (Gradio would tell all who wait at every change): it lasts a second or two.
    page.queue(max_size=at_once, default_concurrency_limit=assistant.at_once, status_update_rate=_NEVER)
    page.state_session_capacity = VISITS
    if isinstance(assistant, Live):
        assistant.when_renewed(partial(_show_held, page, assistant, filters, sources))
    return page


def theme() -> gr.themes.Base:
    """Calm colours, the visitor's own fonts: none is fetched."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="slate",
        radius_size="md",
        font=["system-ui", "DejaVu Sans", "sans-serif"],
        font_mono=["ui-monospace", "DejaVu Sans Mono", "monospace"],
    )


def held(documents: Mapping[str, Document]) -> tuple[list[str], list[int]]:
    """The provinces and the years that some plan is about: what can be filtered by."""
    stated = [document.metadata for document in documents.values()]
    provinces = {data.province.value for data in stated if data.province}
    years = {year for data in stated if data.period for year in range(data.period[0], data.period[1] + 1)}
    return sorted(provinces), sorted(years)


def bodies_held(assistant: Assistant) -> list[str]:
    """The names of the bodies that some plan gives duties to, by themselves."""
    duties = (duty for document in assistant.documents.values() for duty in assistant.plans.duties(document))
    return sorted({one.name for duty in duties for one in duty.agencies if one.level != "all"})


def _choices(assistant: Assistant) -> dict[str, Sequence[str | int]]:
    provinces, years = held(assistant.documents)
    return {"province": provinces, "year": years, "agency": bodies_held(assistant)}


def _show_held(page: gr.Blocks, assistant: Assistant, filters: Sequence[gr.Dropdown], sources: gr.HTML) -> None:
    """Have the page, for whoever opens it from now on, show the plans that are held now."""
    for box, some in zip(filters, _choices(assistant).values(), strict=True):
        box.choices = [(str(one), one) for one in some]
    sources.value = _sources_html(assistant.plans)
    page.config = page.get_config_file()


def _filters(assistant: Assistant) -> tuple[list[gr.Dropdown], gr.Button]:
    with gr.Row(elem_id="filters"):
        picked = [
            gr.Dropdown(some, multiselect=True, label=phrase(name).both, elem_id=name, value=[])
            for name, some in _choices(assistant).items()
        ]
        return picked, gr.Button(phrase("again").both, elem_id="again", scale=0)


def _chat() -> gr.Chatbot:
    welcome = f"## {phrase('welcome').vi}\n\n{phrase('welcome_more').vi}\n\n*{phrase('welcome_more').en}*"
    return gr.Chatbot(
        elem_id="chat",
        label=phrase("chat").both,
        show_label=False,
        placeholder=welcome,
        examples=[{"text": example.vi, "display_text": f"{example.vi}\n{example.en}"} for example in examples()],
        sanitize_html=True,
        allow_tags=False,
        latex_delimiters=[],
        allow_file_downloads=False,
        buttons=[],
        feedback_options=None,
        autoscroll=False,
        layout="bubble",
        height="100%",
    )


def _question() -> gr.Textbox:
    return gr.Textbox(
        elem_id="question",
        label=phrase("question").both,
        placeholder=phrase("question_hint").vi,
        show_label=False,
        lines=1,
        max_lines=5,
        max_length=QUESTION_LIMIT,
        submit_btn=phrase("send").vi,
    )


def _sources_html(plans: Plans) -> str:
    return (
        f'<aside aria-label="{phrase("sources").both}" data-all="{phrase("all").both}">'
        '<div id="source-view" hidden><p class="back">'
        f'<button type="button" data-go="plans">‹ {phrase("back_plans").html}</button>'
        f'<button type="button" data-go="answer">{phrase("back_answer").html}</button></p>'
        f'<div id="source-text" data-failed="{phrase("open_failed").both}"></div></div>'
        f"{plans_html(plans)}</aside>"
    )


def _wire(
    assistant: Assistant,
    chat: gr.Chatbot,
    question: gr.Textbox,
    filters: list[gr.Dropdown],
    again: gr.Button,
) -> gr.State:
    """Tie questions to answers; the state that holds the exchanges of a visit."""
    said = gr.State([])

    def ask(asked: str, before: list[Exchange], *filters: Any) -> Iterator[Step]:
        yield from answer_steps(assistant, asked, before, Filters(*filters))

    def ask_example(picked: gr.SelectData, before: list[Exchange], *filters: Any) -> Iterator[Step]:
        yield from answer_steps(assistant, picked.value["text"], before, Filters(*filters))

    outputs = [chat, said, question]
    asking, example = [question, said, *filters], [said, *filters]
    answering: list[Any] = [
        question.submit(
            ask, asking, outputs, show_progress="hidden", api_visibility="private", trigger_mode="always_last"
        ),
        chat.example_select(ask_example, example, outputs, show_progress="hidden", api_visibility="private"),
    ]
    again.click(
        lambda: ([], [], ""), None, outputs, cancels=answering, show_progress="hidden", api_visibility="private"
    )
    return said


def _forgetting(page: gr.Blocks, said: gr.State) -> Callable[[gr.Request], None]:
    """What drops all that tells of harm as soon as its page is closed: Gradio keeps a visit for another hour."""

    def forget(request: gr.Request) -> None:
        name = request.session_hash or ""
        if name in page.state_holder:
            visit = page.state_holder[name]
            visit[said._id] = [one for one in visit[said._id] if not one.is_private]

    return forget


def answer_steps(
    assistant: Assistant, asked: str, before: Sequence[Exchange], filters: Filters = NO_FILTERS
) -> Iterator[Step]:
    """The page while a question is answered: the question at once, then the answer as it grows."""
    asked = whole(asked).strip()[:QUESTION_LIMIT]
    if not asked:
        yield messages(before), gr.skip(), ""
        return
    waiting = [*messages(before), Message(role="user", content=plain_markdown(asked))]
    yield waiting, gr.skip(), ""
    for exchange in _exchanges(assistant, asked, before, filters):
        for part in chunks(exchange.shown):
            done = [*before, exchange] if exchange.is_whole and part == exchange.shown else gr.skip()
            yield [*waiting, Message(role="assistant", content=part)], done, gr.skip()


def messages(exchanges: Sequence[Exchange]) -> list[Message]:
    """The conversation as it is shown."""
    return [
        message
        for exchange in exchanges
        for message in (
            Message(role="user", content=plain_markdown(exchange.question)),
            Message(role="assistant", content=exchange.shown),
        )
    ]


def _exchanges(
    assistant: Assistant,
    asked: str,
    before: Sequence[Exchange],
    filters: Filters,
) -> Iterator[Exchange]:
    """The exchange as the answer grows, the whole one last."""
    history = [
        turn for exchange in before for turn in (Turn("user", exchange.question), Turn("assistant", exchange.answer))
    ]
    try:
        for answer in assistant.asking(asked, history, filters.provinces, filters.years, filters.agencies):
            if answer.is_part:
                yield Exchange(asked, answer.text, growing_markdown(answer), is_whole=False)
            else:
                yield _whole(assistant, answer, before, filters)
    except Exception as error:  # the page must go on and still name the hotline
        _log.error("a question failed: %s", where(error))
        failed = phrase("asking_failed", number=child_line().number)
        answer = Answer(asked, f"{failed.vi}\n\n{failed.en}")
        yield Exchange(asked, answer.text, answer_markdown(answer), is_private=True)  # nobody knows what it told


def _whole(assistant: Assistant, answer: Answer, before: Sequence[Exchange], filters: Filters) -> Exchange:
    shown = answer_markdown(answer) + noticed(answer) + listed(answer)
    calm = [Turn("user", exchange.question) for exchange in before if not exchange.is_private]  # no other goes on
    shown += handle(answer, calm, filters, assistant.documents)
    return Exchange(answer.question, answer.text, shown, answer.is_private)
