"""Local numbers in the head of every page, and bodies as a filter: values read off the plans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from asking import assistant

from assistant.plans import Plans
from assistant.web.layout import bodies_held
from assistant.web.own_lines import own_lines, own_lines_html

#: Which plan gives which number of its own.
OWN = [("khanh-hoa-2020", "0258.3883.040")]


def test_each_number_is_the_plan_s_and_stands_in_its_words(index_folder: Path) -> None:
    documents = assistant(index_folder).documents
    found = list(own_lines(documents.values()))
    assert [(document.id, number) for document, number, _ in found] == OWN
    for document, number, span in found:
        assert number in document.shown(span)


def test_no_list_without_a_number(index_folder: Path) -> None:
    index = assistant(index_folder).plans.index
    held = {"lang-son-2023": index.documents["lang-son-2023"]}
    assert own_lines_html(Plans(replace(index, documents=held))) == ""


@pytest.mark.parametrize("path", ["/", "/plans", "/source/lang-son-2023", "/source/khong-co", "/khong-co"])
def test_the_number_is_in_the_head_of_every_page(address: str, path: str) -> None:
    try:
        html = urlopen(address + path).read().decode()
    except HTTPError as error:
        html = error.read().decode()
    head = html.partition("</header>")[0]
    assert 'href="tel:02583883040"' in head
    assert '<span lang="vi">Khánh Hòa (2020)</span>' in head


def test_a_body_that_is_picked_is_asked_about(index_folder: Path) -> None:
    plans = assistant(index_folder)
    assert {"Sở Y tế", "Công an tỉnh"} <= set(bodies_held(plans))
    picked = plans.ask("Ở Khánh Hòa phải làm gì?", agencies=["Sở Y tế"])
    assert picked.scope.agencies == ("Sở Y tế",)
    assert picked.citations == plans.ask("Sở Y tế Khánh Hòa phải làm gì?").citations


def test_a_body_that_is_named_is_meant_before_one_picked(index_folder: Path) -> None:
    answer = assistant(index_folder).ask("Công an tỉnh Khánh Hòa phải làm gì?", agencies=["Sở Y tế"])
    assert answer.scope.agencies == ("Công an tỉnh",)
    assert "Bộ lọc cơ quan (Sở Y tế) không áp dụng" in answer.text
