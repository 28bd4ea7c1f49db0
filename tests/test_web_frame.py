"""The frame of every page without a browser: the way out as a plain link, the table of words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import ClassVar
from urllib.parse import urlsplit

import gradio as gr
import pytest

from assistant.answer import Answer
from assistant.harm import Need
from assistant.web.frame import leave_address
from assistant.web.layout import answer_steps
from assistant.web.render import listed
from assistant.web.strings import examples, phrase
from corpus.document import Document

PAGES = ["/", "/source/khanh-hoa-2020", "/source/khong-co", "/healthz/x", "/source/khanh-hoa-2020?start=x"]


def get(address: str, path: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    text = response.read().decode("utf-8")
    connection.close()
    return response, text


@pytest.mark.parametrize("path", PAGES)
def test_the_way_out_is_a_plain_link_before_all_else(address: str, path: str) -> None:
    _, text = get(address, path)
    link = re.search(r'<a id="leave" href="([^"]+)" rel="([^"]+)">', text)
    assert link
    assert link[1] == leave_address()
    assert set(link[2].split()) == {"noopener", "noreferrer"}
    assert text.index("<body") < link.start() < text.index('href="tel:111"')


def test_the_neutral_place_is_one_secure_address_without_words_of_ours() -> None:
    place = urlsplit(leave_address())
    assert place.scheme == "https"
    assert not place.query
    assert not place.fragment


@pytest.mark.parametrize("path", PAGES)
def test_what_needs_a_script_is_hidden_until_there_is_one(address: str, path: str) -> None:
    _, text = get(address, path)
    assert re.search(r'<button type="button" id="language" hidden>', text)
    assert re.search(r'<button type="button" id="keys" [^>]*\bhidden>', text)
    assert "<dialog " in text
    assert not re.search(r"<dialog [^>]*\bopen\b", text)
    assert '<p id="waiting" role="status"></p>' in text


def test_the_table_of_words_is_whole(address: str) -> None:
    response, text = get(address, "/strings.json")
    rows = json.loads(text)
    assert response.headers["Content-Type"].startswith("application/json")
    assert [phrase("send").vi, phrase("send").en] in rows
    assert ["Nguồn {n}: {where}", "Source {n}: {where}"] in rows
    assert all([one.vi, one.en] in rows for one in examples())


def test_names_are_the_same_in_both_languages(address: str) -> None:
    for vi, en in json.loads(get(address, "/strings.json")[1]):
        assert set(re.findall(r"\{\w+\}", en)) <= set(re.findall(r"\{\w+\}", vi)), vi


class Ready:
    """An assistant whose answer comes in two parts."""

    def asking(self, question: str, *_: object) -> Iterator[Answer]:
        yield Answer(question, "một", is_part=True)
        yield Answer(question, "một\n\nhai")

    documents: ClassVar[dict[str, Document]] = {}

    def tells(self, *_: str) -> Need:
        return Need.NONE


def test_what_is_typed_while_an_answer_grows_stays() -> None:
    asked, *growing = answer_steps(Ready(), "Sở Y tế?", [])  # type: ignore[arg-type]
    assert asked[2] == ""
    assert growing
    assert all(box == gr.skip() for _, _, box in growing)


def test_only_a_question_without_harm_is_listed() -> None:
    assert 'class="listed"' in listed(Answer("?", "x"))
    assert listed(Answer("?", "x", emergency=True)) == ""
