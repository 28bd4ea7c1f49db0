"""The doors for programs: the contract's JSON, problems instead of pages, a description that is true."""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from html import unescape
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import jsonschema
import pytest
from conftest import ROOT
from fastapi import FastAPI
from fastapi.testclient import TestClient
from test_web import PLANS, call, serving

from assistant import Answer, Assistant, open_assistant
from assistant.steps import Request as Asked
from assistant.web.api_models import AnswerOut
from assistant.web.holdings import documents_json, sections_json
from assistant.web.middleware import LARGE_BODY
from assistant.web.refused import add_handlers
from assistant.web.routes import api

JSON = {"Content-Type": "application/json"}
SECRET = "tên em là Nguyễn Văn Bí Mật"
#: The answer of Sở Y tế in the plan of Khánh Hòa: four duties under "IV › 4. Sở Y tế".
ASKED = {"question": "Sở Y tế phải làm gì?", "provinces": ["Khánh Hòa"], "years": [2020], "id": "cau-1"}


@pytest.fixture(scope="module")
def assistant(index_folder: Path) -> Assistant:
    return open_assistant(index_folder)


def post(address: str, body: object, **headers: str) -> tuple[HTTPResponse, Any]:
    response, text = call(address, "POST", "/api/ask", json.dumps(body).encode(), {**JSON, **headers})
    return response, json.loads(text)


def get(address: str, path: str) -> Any:
    response, text = call(address, "GET", path)
    assert response.status == 200, text
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(text)


def test_an_answer_is_the_one_of_every_other_door(address: str, assistant: Assistant) -> None:
    response, answer = post(address, ASKED)
    assert (response.status, response.headers["Content-Type"]) == (200, "application/json")
    same = assistant.ask("Sở Y tế phải làm gì?", provinces=["Khánh Hòa"], years=[2020]).to_json("cau-1")
    assert list(answer) == list(same)
    assert answer | {"latency_ms": 0} == same | {"latency_ms": 0}
    assert [one["section"] for one in answer["citations"]] == ["IV › 4. Sở Y tế"] * 4
    text = (ROOT / "corpus" / "documents" / "khanh-hoa-2020.txt").read_text(encoding="utf-8")
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in answer["citations"])


def test_a_body_can_be_named_beside_the_question(address: str, assistant: Assistant) -> None:
    _, answer = post(address, {"question": "Phải làm gì?", "provinces": ["Khánh Hòa"], "agencies": ["sở y tế"]})
    assert answer["citations"] == assistant.ask("Sở Y tế Khánh Hòa phải làm gì?").to_json()["citations"]
    assert answer["scope"]["agencies"] == ["Sở Y tế"]
    response, problem = post(address, {"question": "Phải làm gì?", "agencies": ["Hội Trồng Răng"]})
    assert response.status == 422
    assert "Hội Trồng Răng" in problem["detail"]
    assert "111" in problem["detail"]


@pytest.mark.parametrize("path", ["/", "/plans", "/source/khanh-hoa-2020", "/healthz", "/web/base.css", "/api/docs"])
def test_what_can_be_read_can_be_looked_at(address: str, path: str) -> None:
    response, text = call(address, "HEAD", path)
    assert (response.status, text) == (200, "")


@pytest.mark.parametrize("name", ["cau-1", 7, 7.5, True, None, "", 12345678901234567890])
def test_an_id_comes_back_as_it_was(address: str, name: object) -> None:
    _, answer = post(address, {"question": "Xin chào", "id": name})
    assert (answer["id"], type(answer["id"])) == (name, type(name))


def test_what_was_said_before_counts(address: str) -> None:
    before = [{"role": "user", "content": "Sở Y tế tỉnh Khánh Hòa phải làm gì?"}, {"role": "assistant", "content": "…"}]
    _, answer = post(address, {"question": "còn Sở Tài chính?", "history": before})
    assert answer["scope"]["provinces"] == ["Khánh Hòa"]
    assert answer["scope"]["agencies"] == ["Sở Tài chính"]


def test_who_needs_help_is_told_so(address: str) -> None:
    _, answer = post(address, {"question": "bố em đánh em", "provinces": ["Khánh Hòa"]})
    assert answer["emergency"] is True
    assert "111" in answer["answer"].splitlines()[0]


@pytest.mark.parametrize(
    ("provinces", "held"),
    [(["khanh hoa"], ["Khánh Hòa"]), (["Kiên Giang", "Lạng Sơn"], ["Kiên Giang", "Lạng Sơn"])],
)
def test_a_filter_in_any_spelling(address: str, provinces: list[str], held: list[str]) -> None:
    _, answer = post(address, {"question": "Sở Y tế phải làm gì?", "provinces": provinces})
    assert answer["scope"]["provinces"] == held


def test_half_a_character_is_none(address: str) -> None:
    response, answer = post(address, {"question": "Sở Y tế \ud83d", "id": "\ud83d"})
    assert (response.status, answer["question"], answer["id"]) == (200, "Sở Y tế \ufffd", "\ufffd")


def test_a_whole_conversation_goes_in(address: str) -> None:
    """Sixteen turns, escaped letter by letter as Python does: more than a page may send."""
    history = [{"role": "user", "content": "Sở Y tế phải làm gì? " * 100}] * 16
    response, _ = post(address, {"question": "ế" * 1000, "history": history})
    assert response.status == 200


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/question"]),
        ({"question": "  "}, ["/question"]),
        ({"question": "x" * 1001}, ["/question"]),
        ({"question": 5}, ["/question"]),
        ({"question": "x", "llm": "gpt"}, ["/llm"]),
        ({"question": "x", "years": ["2020"]}, ["/years/0"]),
        ({"question": "x", "years": [0]}, ["/years/0"]),
        ({"question": "x", "provinces": "Khánh Hòa"}, ["/provinces"]),
        ({"question": "x", "id": [1]}, ["/id"]),
        ({"question": "x", "id": float("nan")}, ["/id"]),
        ({"question": "x", "history": [{"role": "system", "content": "x"}]}, ["/history/0/role"]),
        ({"question": "x", "history": [{"role": "user"}]}, ["/history/0/content"]),
        ({"question": "x", "history": [{"role": "user", "content": "x"}] * 17}, ["/history"]),
        ({"question": "x", "history": [{"role": "user", "content": "x" * 20_001}]}, ["/history/0/content"]),
        ({"question": "x", "provinces": ["x"] * 65}, ["/provinces"]),
        ([], [""]),
    ],
)
def test_what_is_wrong_is_pointed_at(address: str, body: object, pointers: list[str]) -> None:
    response, told = post(address, body)
    assert response.status == 422
    assert [one["pointer"] for one in told["errors"]] == pointers
    assert all(" / " in one["detail"] for one in told["errors"])


@pytest.mark.parametrize(
    ("request_line", "headers", "body", "status"),
    [
        ("POST /api/ask", JSON, b"{", 422),
        ("POST /api/ask", JSON, b'{"question": "\xff"}', 422),
        ("POST /api/ask", JSON, b"[" * 100_000, 422),
        ("POST /api/ask", JSON, json.dumps({"question": SECRET, "provinces": ["Hà Nội"]}).encode(), 422),
        ("POST /api/ask", JSON, json.dumps({"question": SECRET, "years": [1999]}).encode(), 422),
        ("POST /api/ask", JSON, json.dumps({"question": [SECRET]}).encode(), 422),
        ("POST /api/ask", {}, b'{"question": "x"}', 415),
        ("POST /api/ask", {"Content-Type": "text/plain"}, b'{"question": "x"}', 415),
        ("POST /api/ask", {"Content-Type": "application/x-www-form-urlencoded"}, b"question=x", 415),
        ("POST /api/ask", {**JSON, "Origin": "http://evil.example"}, b'{"question": "x"}', 403),
        ("POST /api/ask", JSON, b" " * (LARGE_BODY + 1), 413),
        ("GET /api/ask", {}, None, 405),
        ("DELETE /api/ask", {}, None, 405),
        ("POST /api/documents", JSON, b"{}", 405),
        ("GET /api/documents", {"Host": "evil.example"}, None, 400),
        ("GET /api/documents/khong-co/sections", {}, None, 404),
        ("GET /api/documents/khanh-hoa-2020/sections?section=138", {}, None, 404),
        ("GET /api/documents/khanh-hoa-2020/sections?at=30134", {}, None, 404),
        ("GET /api/documents/khanh-hoa-2020/sections?section=x", {}, None, 422),
        ("GET /api/documents/khanh-hoa-2020/sections?section=-1", {}, None, 422),
        ("GET /api/documents/khanh-hoa-2020/sections?x=1", {}, None, 422),
        ("GET /api/documents/..%2f..%2fapp/sections", {}, None, 404),
        ("GET /api", {}, None, 404),
        ("GET /api/x", {}, None, 404),
        ("GET /mcp", {}, None, 404),
        ("POST /mcp", JSON, b"{}", 404),
    ],
)
def test_programs_are_told_a_problem(
    address: str, request_line: str, headers: dict[str, str], body: bytes | None, status: int
) -> None:
    method, _, path = request_line.partition(" ")
    response, text = call(address, method, path, body, headers)
    told = json.loads(text)
    assert (response.status, told["status"], told["type"]) == (status, status, "about:blank")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Content-Security-Policy"]
    assert " / " in told["title"]
    assert re.search(r"\w.* / \w", told["detail"]), "in both languages"
    assert "Traceback" not in text
    assert "Bí Mật" not in text
    if status == 405:
        assert response.headers["Allow"] in {"POST", "GET, HEAD"}


@pytest.mark.parametrize("path", ["/api/ask", "/download/docx", "/feedback"])
def test_a_body_of_unstated_length_is_cut_off(address: str, path: str) -> None:
    chunks: Iterator[bytes] = (b" " * 8192 for _ in range(LARGE_BODY // 8192 + 2))
    response, text = call(address, "POST", path, chunks, JSON)  # type: ignore[arg-type]
    assert response.status == 413
    assert "111" in text


def test_pages_keep_their_pages(address: str) -> None:
    response, text = call(address, "GET", "/apiary")
    assert response.status == 404
    assert 'href="tel:111"' in text


def test_the_documents_held(address: str) -> None:
    held = {one.pop("id"): one for one in get(address, "/api/documents")["documents"]}
    assert list(held) == sorted(path.stem for path in PLANS)
    kien_giang = held["kien-giang-2021-2030"]
    assert kien_giang["title"].startswith("KẾ HOẠCH ")
    del kien_giang["title"]
    assert kien_giang == {
        "kind": "kế hoạch",
        "number": "107/KH-UBND",
        "date": "2021-05-18",
        "province": "Kiên Giang",
        "period": [2021, 2030],
        "over": date.today().year > 2030,
        "issuer": "Ủy ban nhân dân tỉnh Kiên Giang",
        "sections": 158,
        "tables": 1,
    }
    assert held["khanh-hoa-2020"]["number"] is None  # none is printed
    assert held["khanh-hoa-2020"]["over"] is True
    assert held["bac-kan-2023"]["kind"] is None  # a news item


@pytest.mark.parametrize(("today", "over"), [(date(2030, 12, 31), False), (date(2031, 1, 1), True)])
def test_a_period_is_over_after_its_last_day(assistant: Assistant, today: date, over: bool) -> None:
    held = {one["id"]: one["over"] for one in documents_json(assistant.documents, today)["documents"]}
    assert held["kien-giang-2021-2030"] is over
    assert held["lang-son-2023"] is True


def test_every_node_is_given_where_it_stands(address: str) -> None:
    for document in get(address, "/api/documents")["documents"]:
        outline = get(address, f"/api/documents/{document['id']}/sections")
        text = (ROOT / "corpus" / "documents" / f"{document['id']}.txt").read_text(encoding="utf-8")
        nodes = outline["sections"]
        assert [node["id"] for node in nodes] == list(range(document["sections"] + 1))
        assert nodes[0]["parent"] is None
        assert all(text[node["start"] : node["end"]] == node["text"] for node in nodes)
        for node in nodes[1:]:
            above = nodes[node["parent"]]
            assert above["id"] < node["id"]
            assert above["start"] <= node["start"] <= node["until"] <= above["until"]


@pytest.mark.parametrize("part", ["section=68", "at=17376", "at=18211"])
def test_one_section_with_all_below_it(address: str, part: str) -> None:
    nodes = get(address, f"/api/documents/khanh-hoa-2020/sections?{part}")["sections"]
    assert [(node["parent"], node["label"]) for node in nodes] == [(39, "4"), *[(68, "-")] * 4]
    assert (nodes[0]["path"], nodes[0]["text"]) == ("IV › 4. Sở Y tế", "4. Sở Y tế")
    assert nodes[-1]["until"] == nodes[0]["until"]


def test_the_head_is_given_without_its_body(address: str) -> None:
    response, text = call(address, "HEAD", "/api/documents")
    assert (response.status, text) == (200, "")


def test_the_models_are_the_contract(assistant: Assistant) -> None:
    """The shape that is described is the one that `Answer.to_json` gives, name by name."""
    answer = assistant.ask("Sở Y tế phải làm gì?").to_json()
    assert AnswerOut.model_validate(answer, strict=True, extra="forbid").model_dump() == answer


def test_the_description_is_true(address: str, assistant: Assistant) -> None:
    described = get(address, "/api/openapi.json")
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": address}]
    assert set(described["paths"]) == {"/api/ask", "/api/documents", "/api/documents/{doc}/sections"}
    for found in re.findall(r'"#/components/schemas/(\w+)"', json.dumps(described)):
        jsonschema.Draft202012Validator.check_schema(described["components"]["schemas"][found])
    answers = {
        "/api/ask": post(address, ASKED)[1],
        "/api/documents": documents_json(assistant.documents),
        "/api/documents/{doc}/sections": sections_json(assistant.documents, "kien-giang-2021-2030"),
    }
    for path, row in described["paths"].items():
        [operation] = row.values()
        given = operation["responses"]["200"]["content"]["application/json"]["schema"]
        jsonschema.validate(answers[path], {**given, "components": described["components"]})
        assert {"400", "405", "500"} <= set(operation["responses"])
    problem = {"$ref": "#/components/schemas/Problem", "components": described["components"]}
    jsonschema.validate(post(address, {"question": 1})[1], problem)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"question": "x" * 1001}, described["components"]["schemas"]["Ask"])


def test_the_examples_of_the_page_run(address: str) -> None:
    _, text = call(address, "GET", "/api/docs")
    codes = re.findall(r'<code data-lang="(\w+)">(.*?)</code>', text, re.DOTALL)
    assert [language for language, _ in codes] == ["sh", "python"] * 3
    printed = [ran(language, unescape(code)) for language, code in codes]
    assert all(json.loads(one) for one in printed if one)


def test_the_page_names_every_field(address: str) -> None:
    _, text = call(address, "GET", "/api/docs")
    shown = set(re.findall(r'<th scope="row"><code>([^<]+)</code>', text))
    schemas = get(address, "/api/openapi.json")["components"]["schemas"]
    named = {name for schema in schemas.values() for name in schema["properties"]}
    assert named <= {one.rpartition(".")[2] for one in shown}
    assert {"history[].role", "scope.years", "citations[].quote", "sections[].until", "at"} <= shown


def ran(language: str, code: str) -> str:
    """What an example prints; "" for curl where there is none."""
    if language == "sh" and shutil.which("curl") is None:
        return ""
    command = ["bash", "-ec", code] if language == "sh" else [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def examples() -> list[tuple[str, str]]:
    """The examples of the section API of the README."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text[text.index("\n## API\n") :]
    return re.findall(r"```(sh|python)\n(.*?)```", section[: section.index("\n## ", 5)], re.DOTALL)


def test_the_examples_of_the_readme_run(index_folder: Path) -> None:
    [curl, python, mcp] = examples()
    with serving("--index", str(index_folder), "--mcp") as (process, said):
        address = re.search(r"http://[\d.]+:\d+", said)
        assert address
        printed = [
            ran(language, code.replace("http://127.0.0.1:7860", address[0])) for language, code in (curl, python, mcp)
        ]
        process.terminate()
        _, complaints = process.communicate()
    assert complaints == ""
    if printed[0]:
        answer, documents, sections = _values(printed[0])
        assert len(answer["citations"]) == 4
        assert len(documents["documents"]) == 5
        assert sections["sections"][0]["title"] == "Sở Y tế"
    assert printed[1].startswith("**Khánh Hòa (2020)** — IV › 4. Sở Y tế: 4 nhiệm vụ")
    assert "\nIV › 4. Sở Y tế Triển khai" in printed[1]
    assert printed[2].startswith("**Khánh Hòa (2020)**")


def _values(text: str) -> list[Any]:
    """JSON values one after the other."""
    values, at = [], 0
    while at < len(text):
        value, at = json.JSONDecoder().raw_decode(text, at)
        values.append(value)
    return values


class Broken(Assistant):
    """An assistant that fails and says what it was asked."""

    def answered(self, request: Asked) -> Answer:
        raise RuntimeError(f"index: {request.question}")


def broken(assistant: Assistant) -> Broken:
    return Broken(assistant.plans, assistant.retriever, assistant.typing)


def test_a_failure_names_the_line_to_call_and_no_word_of_the_question(
    caplog: pytest.LogCaptureFixture, assistant: Assistant
) -> None:
    app = FastAPI(openapi_url=None)
    app.include_router(api.router(broken(assistant)))
    add_handlers(app)
    response = TestClient(app).post("/api/ask", json={"question": SECRET})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "111" in response.json()["detail"]
    assert "Bí Mật" not in response.text
    written = [logging.Formatter().format(record) for record in caplog.records if record.name.startswith("assistant")]
    assert len(written) == 1
    assert "RuntimeError at desk.py:" in written[0]
    assert "Bí Mật" not in written[0]


@pytest.mark.parametrize(
    "sent",
    [
        {"question": "Bố em đánh em, em sợ quá", "provinces": ["Atlantis"]},
        {
            "question": "giờ em phải làm sao?",
            "history": [{"role": "user", "content": "bố em đánh em"}],
            "agencies": ["Atlantis"],
        },
    ],
)
def test_no_filter_keeps_anybody_from_help(address: str, sent: dict[str, Any]) -> None:
    request = Request(f"{address}/api/ask", json.dumps(sent).encode(), {"Content-Type": "application/json"})
    with urlopen(request) as response:
        answer = json.load(response)
    assert answer["emergency"]
    assert "111" in answer["answer"][:160]
