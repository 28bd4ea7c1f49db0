"""The way from a question to an answer: understand, scope, find, weigh, compose."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from langchain_core.runnables import Runnable, RunnableLambda
from langsmith import tracing_context

from assistant.answer import Answer, AnswerScope
from assistant.citations import escaped
from assistant.compose import Reply, Task, compose, item
from assistant.evidence import weigh
from assistant.follow_up import understand
from assistant.generate.grounds import Grounds, grounds
from assistant.harm import Need
from assistant.lacks import unheld
from assistant.matching import matter, search_text
from assistant.narrowing import MOST, narrowed
from assistant.numbered import others_than
from assistant.numbering import letter
from assistant.plans import Plans, province_of
from assistant.question import TURNS, Question, Turn
from assistant.question_log import FAILED, HELP, new_ref, note
from assistant.retrieve import PlanRetriever
from assistant.safety import asks_of_plans, fixed_text, need, safe_answer
from assistant.scope import resolve
from assistant.steps import Found, Request, Trail, Understood
from assistant.succession import full_name
from assistant.typing_slips import Typing
from corpus.document import Document, Section
from index import open_index
from index.relations import Tie

if TYPE_CHECKING:
    from assistant.generate.writer import Writer

_LOG = logging.getLogger(__name__)
#: What is asked to open all that a question needs.
FIRST = "Sở Y tế phải làm gì?"
_MISTYPED = ("Sở Y tếe phải làm gì?", "so y tee phai lam gi?")
_RECENT = 2  # questions before this one that may have told of harm
_CANDIDATES = 60
_UNBROKEN = re.compile(r"(\S{80})\S+")  # an address at the longest; what reads words takes a square of their length
_LONGEST = 4000  # characters of a question that are read; what follows is no question


@dataclass(frozen=True)
class Assistant:
    """Answers questions from the plans of one index."""

    plans: Plans
    retriever: PlanRetriever
    typing: Typing
    writer: Writer | None = field(default=None, kw_only=True)  # None: every answer is composed by rules

    @property
    def documents(self) -> Mapping[str, Document]:
        """The plans by id."""
        return self.plans.documents

    @property
    def chain(self) -> Runnable[Request, Answer]:
        """The steps as one LangChain runnable: question -> scope -> hits -> evidence -> answer. `answered` takes the
        same steps without it, which spends a tenth of an answer's time on runs that nobody watches."""
        return (
            RunnableLambda(self.understand)
            | RunnableLambda(self.find)
            | RunnableLambda(self.weigh)
            | RunnableLambda(self.answer)
        )

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        provinces: Collection[str] = (),
        years: Collection[int] = (),
        agencies: Collection[str] = (),
    ) -> Answer:
        """The answer to a question. Raises ValueError for an empty one."""
        *_, answer = self.asking(question, history, provinces, years, agencies)
        return answer

    def asking(
        self,
        question: str,
        history: Sequence[Turn] = (),
        provinces: Collection[str] = (),
        years: Collection[int] = (),
        agencies: Collection[str] = (),
    ) -> Iterator[Answer]:
        """The answer as it comes to be: parts of it where a model writes it, then the whole, which `ask` gives alone.

        Raises ValueError for an empty question.
        """
        question = question.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # half a character is none
        if not question.strip():
            raise ValueError("Câu hỏi trống; hãy viết câu hỏi / the question is empty; write one")
        started = time.perf_counter()
        asked = tuple(turn for turn in history if turn.role == "user")[-TURNS:]  # no more of a conversation is read
        request = Request(question, asked, tuple(provinces), tuple(years), tuple(agencies))
        ref, answer = new_ref(), None
        try:
            for answer in self._growing(request):
                if answer.is_part:
                    yield answer
        finally:
            spent = (time.perf_counter() - started) * 1000
            model = answer.trace.line if answer and answer.trace else ""
            note(ref, answer.kind if answer else FAILED, answer is not None and answer.abstained, spent, model)
        if answer is not None:
            yield replace(answer, latency_ms=spent, ref=ref)

    def _growing(self, request: Request) -> Iterator[Answer]:
        if self.writer is None:
            yield self.answered(request)
        else:
            yield from self.writer.answers(request, self)

    def tells(self, *texts: str) -> Need:
        """What some texts tell of harm, as typed and with slips taken out: the gravest of it."""
        return need(*(reading for text in texts for reading in (text, self._mended(text))))

    def trail(self, question: str, history: Sequence[Turn] = ()) -> Trail:
        """How a question comes to its answer, step by step: for whoever looks into why."""
        understood = self.understand(Request(question, tuple(turn for turn in history if turn.role == "user")))
        found = self.find(understood)
        task = self.weigh(found)
        return Trail(found.understood, found, task, compose(task).composer)

    @property
    def at_once(self) -> int:
        """How many questions are worth handing in at the same time; more take turns at one processor."""
        return 1

    def warm(self) -> None:
        """Open what the first question would otherwise wait for: the model, which not every question needs, too."""
        self.retriever.hits(FIRST)
        self.answered(Request(FIRST))
        for mistyped in _MISTYPED:
            self.typing.mended(mistyped)

    def answered(self, request: Request) -> Answer:
        """The composed answer."""
        return self.grounded(request, given=False).answer

    def grounded(self, request: Request, given: bool = True) -> Grounds:
        """The composed answer; given: with what a model may write it from. Somebody who tells of harm gets the fixed
        words even where everything else fails."""
        try:
            with tracing_context(enabled=False):  # nothing of a question leaves the machine, whatever is set outside
                task = self.weigh(self.find(self.understand(request)))
                reply, told = self.reply(task)
                answer = _answer(task, reply, told)
                told_before = given and self.tells(*(turn.content for turn in request.history)) is not Need.NONE
                return grounds(task, reply, answer) if given and not told_before else Grounds(answer)
        except Exception as error:
            if need(request.question) is Need.NONE:
                raise
            _LOG.error("answering failed with %s; the fixed words were given", type(error).__name__)
            return Grounds(Answer(request.question, fixed_text(english=False), emergency=True, kind=HELP))

    def understand(self, request: Request) -> Understood:
        """Step 1: what is asked, and which plans it is about."""
        history = [replace(turn, content=self._mended(turn.content)) for turn in request.history]
        question = understand(request.question, self._mended(request.question), history, self.plans.known)
        if request.agencies and (not question.agencies or "agencies" in question.carried):  # one named is meant first
            picked = tuple(found.value for name in request.agencies for found in self.plans.bodies.find(name))
            question = replace(question, agencies=picked)
        question = replace(question, english=question.english or request.english)
        scope = resolve(question, self.plans, request.provinces, request.years)
        question = replace(question, agencies=self.plans.without_issuer(question.agencies, scope.documents))
        if scope.numbered:  # their numbers say which plans are meant, and nothing of what is asked
            question = replace(question, references=others_than(scope.documents, question.references))
        about = matter(question, self.plans.index.count, len(self.plans.index.passages))
        return Understood(request, question, scope, about, self._pointed(request, question))

    def find(self, understood: Understood) -> Found:
        """Step 2: the passages in scope that may hold it; of very many plans only the nearest stay in scope."""
        question, scope = understood.question, understood.scope
        asks = bool(question.has_content or question.values or question.context)
        query = search_text(question) if asks else ""
        nearest = scope
        if len(scope.documents) > MOST:
            roughly = self.plans.index.search(query, scope.ids, _CANDIDATES, tokens=False) if asks else []
            nearest = narrowed(scope, question.provinces, roughly)
        hits = self.retriever.hits(query, nearest.ids, _CANDIDATES) if asks and nearest.documents else []
        about = replace(understood.matter, unheld=unheld(question, nearest.documents, self.plans))
        return Found(replace(understood, scope=nearest, matter=about), tuple(hits))

    def weigh(self, found: Found) -> Task:
        """Step 3: how much of the question each passage holds."""
        asked = found.understood
        evidence = weigh(asked.question, asked.matter, found.hits, self.plans)
        recent = tuple(turn.content for turn in asked.request.history[-_RECENT:])
        years, pointed = asked.request.years, asked.pointed
        named = {agency.name for agency in asked.question.agencies}
        others = () if named & set(asked.request.agencies) or not named else asked.request.agencies
        return Task(asked.question, asked.scope, self.plans, asked.matter, evidence, years, pointed, recent, others)

    def answer(self, task: Task) -> Answer:
        """Step 4: the plans' own words, or what keeps them from answering; help first where someone needs it."""
        return _answer(task, *self.reply(task))

    def reply(self, task: Task) -> tuple[Reply, Need]:
        """The composed answer with the lines around it, and what was told of harm."""
        told = need(task.question.asked, task.question.text)
        reply = compose(task) if told is Need.NONE else safe_answer(task, told)
        if reply.abstained or task.question.context is not None:  # "giờ em phải làm sao?" after telling
            earlier = self.tells(*task.recent)
            if told.value < min(earlier.value, Need.OPEN.value):
                told = Need.MAYBE if earlier is Need.MAYBE or asks_of_plans(task.question) else Need.TOLD
                reply = safe_answer(task, told)
        if task.passed_over and told is Need.NONE:
            names = escaped(", ".join(task.passed_over))
            vi = f"*Bộ lọc cơ quan ({names}) không áp dụng: câu hỏi nêu cơ quan khác.*"
            reply.draft.note(
                task.say(vi, f"*The filter of bodies ({names}) does not apply: the question names another.*")
            )
        if task.scope.among and told is Need.NONE and not reply.abstained:
            reply.draft.note(_nearest(task))
        for line in _superseded(task, reply) if told is Need.NONE and reply.composer != "force" else ():
            reply.draft.note(line)
        return reply, told

    def _pointed(self, request: Request, question: Question) -> tuple[Document, Section] | None:
        """The item of the answer before that a question points at: "nói rõ hơn ý 2"."""
        if (question.ordinal is None and not letter(question.text)) or not request.history:
            return None
        shown = request.before or compose(self.weigh(self.find(self.understand(request.earlier)))).draft
        return item(shown, self.plans, letter(question.text) or question.ordinal or 1)

    def _mended(self, text: str) -> str:
        """A text with the slips of keyboard and spelling taken out, and runs that are no words cut short."""
        return self.typing.mended(_UNBROKEN.sub(r"\1", " ".join(text[:_LONGEST].split())))


def _superseded(task: Task, reply: Reply) -> Iterator[str]:
    """That a plan cited was replaced or amended since, and by which that is held."""
    plans = task.plans
    for doc in dict.fromkeys(citation.doc for citation in reply.draft.citations):
        for relation in plans.index.later(doc):
            later = plans.documents.get(plans.index.manifest.copies.get(relation.doc, relation.doc))
            if later is None:
                continue
            english = task.question.english
            old, new = full_name(plans.documents[doc], english), f"{full_name(later, english)}, {later.title}"
            replaced = relation.tie is Tie.REPLACES
            vi = "đã bị thay thế bởi" if replaced else "đã được sửa đổi, bổ sung bởi"
            en = "was replaced by" if replaced else "was amended by"
            yield escaped(task.say(f"Lưu ý: kế hoạch {old} {vi} {new}.", f"Note: the plan {old} {en} {new}."))


def _nearest(task: Task) -> str:
    """That an answer speaks of some plans of many, and how to come to the others."""
    among, held = f"{task.scope.among:,}".replace(",", "."), len(task.documents)
    vi = f"Trong {among} kế hoạch thuộc phạm vi câu hỏi, trên đây là {held} kế hoạch gần câu hỏi nhất"
    en = f"Of {task.scope.among:,} plans that the question may mean, these are the {held} nearest"
    how = task.say("hãy nêu tỉnh, năm để hỏi kế hoạch khác", "name a province or a year to ask about others")
    return f"*{task.say(vi, en)}; {how}.*"


def _answer(task: Task, reply: Reply, told: Need) -> Answer:
    emergency = told in {Need.OPEN, Need.TOLD}
    scope = AnswerScope(
        tuple(dict.fromkeys(map(province_of, task.documents))) if task.scope.named else (),
        task.question.years or task.filter_years,
        tuple(agency.name for agency in task.question.agencies),
    )
    draft = reply.draft
    kind = HELP if told is not Need.NONE else reply.composer  # which composer took a cry for help is nobody's business
    return Answer(task.question.asked, draft.text, draft.citations, scope, reply.abstained, emergency, kind=kind)


def open_assistant(index_folder: Path | None = None) -> Assistant:
    """The assistant over the index in a folder (None: ASSISTANT_INDEX, else .index).

    Raises IndexMissing and IndexDamaged, which say the command that builds it.
    """
    return assistant_of(Plans(open_index(index_folder)))


def assistant_of(plans: Plans) -> Assistant:
    """The assistant over some plans."""
    index = plans.index
    return Assistant(plans, PlanRetriever(index=index), Typing(index.count, lambda: plans.words))
