"""The parts as LangChain knows them: a retriever, an embedder, a chain, usable in somebody else's."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from asking import assistant, plan
from langchain_core.documents import Document as Page
from langchain_core.embeddings import Embeddings
from langchain_core.prompts import PromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough
from langchain_core.vectorstores import InMemoryVectorStore

from assistant.answer import Answer
from assistant.retrieve import PlanRetriever
from assistant.steps import Request
from index.embedding import open_embedder

QUESTION = "tổng đài điện thoại quốc gia bảo vệ trẻ em"


@pytest.fixture
def retriever(index_folder: Path) -> PlanRetriever:
    return assistant(index_folder).retriever


def test_the_retriever_is_one_of_langchains(retriever: PlanRetriever) -> None:
    pages = retriever.invoke(QUESTION)
    assert isinstance(retriever, BaseRetriever)
    assert len(pages) == 10
    assert all(isinstance(page, Page) for page in pages)
    assert "111" in pages[0].page_content


def test_a_page_tells_where_it_stands(retriever: PlanRetriever) -> None:
    for page in retriever.invoke(QUESTION):
        where = page.metadata
        assert set(where) == {"doc", "title", "section", "start", "end", "score"}
        stretch = plan(where["doc"])[where["start"] : where["end"]]
        first, last = page.page_content.split()[0], page.page_content.split()[-1]
        assert first in stretch
        assert last in stretch


def test_scores_fall(retriever: PlanRetriever) -> None:
    scores = [page.metadata["score"] for page in retriever.invoke(QUESTION)]
    assert scores == sorted(scores, reverse=True)


def test_a_retriever_of_some_plans_alone(retriever: PlanRetriever) -> None:
    narrowed = retriever.model_copy(update={"docs": ("lang-son-2023",), "k": 3})
    pages = narrowed.invoke(QUESTION)
    assert len(pages) == 3
    assert {page.metadata["doc"] for page in pages} == {"lang-son-2023"}


def test_the_retriever_in_somebodys_chain(retriever: PlanRetriever) -> None:
    def join(pages: list[Page]) -> str:
        return "\n".join(page.page_content for page in pages)

    prompt = PromptTemplate.from_template("{context}\n\nHỏi: {question}")
    chain = {"context": retriever | RunnableLambda(join), "question": RunnablePassthrough()} | prompt
    assert isinstance(chain, Runnable)
    said = chain.invoke(QUESTION).to_string()
    assert "111" in said
    assert said.endswith(f"Hỏi: {QUESTION}")


def test_the_retriever_in_batches_and_asynchronously(retriever: PlanRetriever) -> None:
    one, other = retriever.batch([QUESTION, "kinh phí thực hiện"])
    assert [page.metadata for page in asyncio.run(retriever.ainvoke(QUESTION))] == [page.metadata for page in one]
    assert one != other


def test_the_assistant_is_a_chain(index_folder: Path) -> None:
    chain = assistant(index_folder).chain
    answer = chain.invoke(Request("Sở Y tế Kiên Giang phải làm gì?"))
    assert isinstance(chain, Runnable)
    assert isinstance(answer, Answer)
    assert len(answer.citations) == 4


def test_the_chain_in_batches_says_what_it_says_one_by_one(index_folder: Path) -> None:
    chain = assistant(index_folder).chain
    asked = [Request("Ai ký kế hoạch Kiên Giang?"), Request("Chỉ tiêu 5 Kiên Giang?"), Request("Bố đánh em")]
    assert chain.batch(asked) == [chain.invoke(request) for request in asked]
    assert [answer.emergency for answer in chain.batch(asked)] == [False, False, True]


def test_the_chain_goes_on_in_somebodys_chain(index_folder: Path) -> None:
    ask = RunnableLambda(Request) | assistant(index_folder).chain | RunnableLambda(lambda answer: answer.to_json("7"))
    answer = ask.invoke("Sở Du lịch Khánh Hòa phải làm gì?")
    assert answer["id"] == "7"
    assert [citation["doc"] for citation in answer["citations"]] == ["khanh-hoa-2020"]


def test_filters_a_person_has_set_hold_in_the_chain(index_folder: Path) -> None:
    chain = assistant(index_folder).chain
    everywhere = chain.invoke(Request("Sở Y tế phải làm gì?"))
    in_hue = chain.invoke(Request("Sở Y tế phải làm gì?", provinces=("Thừa Thiên Huế",)))
    in_2020 = chain.invoke(Request("Sở Y tế phải làm gì?", years=(2020,)))
    assert len({citation.doc for citation in everywhere.citations}) == 3
    assert {citation.doc for citation in in_hue.citations} == {"thua-thien-hue-2020"}
    assert {citation.doc for citation in in_2020.citations} == {"khanh-hoa-2020", "thua-thien-hue-2020"}


def test_the_embedder_is_one_of_langchains() -> None:
    embedder = open_embedder()
    asked, texts = embedder.embed_query("tổng đài"), embedder.embed_documents(["tổng đài 111", "kinh phí"])
    assert isinstance(embedder, Embeddings)
    assert all(isinstance(number, float) for number in asked)
    assert {len(row) for row in (asked, *texts)} == {len(asked)}
    assert all(abs(sum(number * number for number in row) - 1) < 1e-3 for row in (asked, *texts))


def test_the_embedder_in_somebodys_store() -> None:
    store = InMemoryVectorStore(open_embedder())
    store.add_texts(["Ngân sách Trung ương: 360 triệu đồng", "Tổng đài điện thoại quốc gia bảo vệ trẻ em 111"])
    assert "111" in store.similarity_search("tổng đài bảo vệ trẻ em", k=1)[0].page_content
