"""The page that describes the API to people, made here from its OpenAPI description: nothing is fetched for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from assistant.web.shell import page_html
from assistant.web.strings import Phrase, phrase

_JSON = "application/json"
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One value that goes in or out: "history[].role"."""

    name: str
    kind: str
    required: bool
    about: str
    default: str = ""


def reference_html(described: Schema) -> str:
    """The page for an OpenAPI description."""
    calls = [(path, method, row) for path, rows in described["paths"].items() for method, row in rows.items()]
    index = "".join(
        f'<li><a href="#{_anchor(method, path)}"><code>{method.upper()} {escape(path)}</code></a></li>'
        for path, method, _ in calls
    )
    body = "".join(_call_html(described, path, method, row) for path, method, row in calls)
    return page_html(
        phrase("api").vi,
        f'<article class="api"><h1>{phrase("api").html}</h1><p>{phrase("api_more").html}</p>'
        f'<p>{phrase("api_schema").html} <a href="/api/openapi.json">/api/openapi.json</a></p>'
        f'<nav aria-label="{escape(phrase("api_calls").both)}"><ul>{index}</ul></nav>'
        f"{body}{_problem_html(described)}</article>",
    )


def _call_html(described: Schema, path: str, method: str, row: Schema) -> str:
    taken = [*_parameters(described, row), *_fields(described, _body(row))]
    given = list(_fields(described, row["responses"]["200"]["content"][_JSON]["schema"]))
    refused = "".join(
        f"<li><b>{status}</b> {_both(one['description'])}</li>"
        for status, one in row["responses"].items()
        if status != "200"
    )
    curl, python = examples_of(described, path, row)
    return (
        f'<section id="{_anchor(method, path)}"><h2><code>{method.upper()} {escape(path)}</code></h2>'
        f"<p><b>{_both(row['summary'])}</b></p><p>{_both(' '.join(row.get('description', '').split()))}</p>"
        f"{_table_html('api_takes', taken)}{_table_html('api_gives', given)}"
        f"<h3>{phrase('api_refuses').html}</h3><ul>{refused}</ul>"
        f"{_code_html('curl', 'sh', curl)}{_code_html('Python', 'python', python)}</section>"
    )


def _problem_html(described: Schema) -> str:
    fields = list(_fields(described, described["components"]["schemas"]["Problem"]))
    return (
        f'<section id="problem"><h2><code>application/problem+json</code></h2><p>{phrase("api_problem").html}</p>'
        f"{_table_html('api_gives', fields)}</section>"
        f'<section id="mcp"><h2>MCP</h2><p>{phrase("api_mcp").html}</p></section>'
    )


def _both(text: str) -> str:
    """ "Vietnamese / English" with each marked as what it is; `words` between accents as code."""
    vietnamese, _, english = text.partition(" / ")
    marked = Phrase(vietnamese, english).html if english else escape(vietnamese)
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", marked)


def _anchor(method: str, path: str) -> str:
    return "-".join([method, *(part.strip("{}") for part in path.split("/") if part)])


def _table_html(title: str, fields: list[Field]) -> str:
    if not fields:
        return ""
    rows = "".join(_row_html(one, title == "api_takes") for one in fields)
    head = "".join(f'<th scope="col">{phrase(key).html}</th>' for key in ("api_field", "api_kind", "api_about"))
    return (
        f'<h3>{phrase(title).html}</h3><div class="wide" tabindex="0" role="group" '
        f'aria-label="{escape(phrase(title).both)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row_html(field: Field, taken: bool) -> str:
    required = f" <b>{phrase('api_required').html}</b>" if field.required and taken else ""
    default = f" <code>= {escape(field.default)}</code>" if field.default else ""
    return (
        f'<tr><th scope="row"><code>{escape(field.name)}</code></th><td>{escape(field.kind)}{required}</td>'
        f"<td>{_both(field.about)}{default}</td></tr>"
    )


def _code_html(name: str, language: str, code: str) -> str:
    label = escape(phrase("api_example", name=name).both)
    return (
        f"<h3>{escape(name)}</h3>"
        f'<pre tabindex="0" role="group" aria-label="{label}"><code data-lang="{language}">{escape(code)}</code></pre>'
    )


def _resolved(described: Schema, schema: Schema) -> Schema:
    name = schema.get("$ref", "").rpartition("/")[2]
    return described["components"]["schemas"][name] if name else schema


def _body(row: Schema) -> Schema:
    content: Schema = row.get("requestBody", {}).get("content", {})
    return content.get(_JSON, {}).get("schema", {})  # type: ignore[no-any-return]


def _parameters(described: Schema, row: Schema) -> Iterator[Field]:
    for one in row.get("parameters", ()):
        kind = _kind(described, one["schema"])
        yield Field(one["name"], f"{one['in']}: {kind}", one["required"], one.get("description", ""))


def _fields(described: Schema, schema: Schema, before: str = "") -> Iterator[Field]:
    """The values of an object and of the objects in it, each by its path."""
    schema = _resolved(described, schema)
    for name, one in schema.get("properties", {}).items():
        path = f"{before}{name}"
        default = json.dumps(one["default"], ensure_ascii=False) if "default" in one else ""
        whole = _resolved(described, one)
        about = one.get("description") or whole.get("description", "")
        yield Field(path, _kind(described, one), name in schema.get("required", ()), about, default)
        inner = one.get("items", {}) if one.get("type") == "array" else one
        yield from (
            _fields(described, inner, f"{path}[]." if inner is not one else f"{path}.") if "$ref" in inner else ()
        )


def _kind(described: Schema, schema: Schema) -> str:
    """ "string ≤ 1000", "[integer] ≤ 50", "string | null"."""
    schema = _resolved(described, schema)
    if choices := schema.get("anyOf"):
        return " | ".join(_kind(described, one) for one in choices)
    if values := schema.get("enum"):
        return " | ".join(json.dumps(one, ensure_ascii=False) for one in values)
    most = schema.get("maxLength") or schema.get("maxItems")
    kind = f"[{_kind(described, schema['items'])}]" if schema.get("type") == "array" else schema.get("type", "")
    return f"{kind} ≤ {most}" if most else str(kind)


def examples_of(described: Schema, path: str, row: Schema) -> tuple[str, str]:
    """The call as one types it for curl, and in Python with what Python brings along."""
    address = described["servers"][0]["url"]
    for one in row.get("parameters", ()):
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", quote(str(one["schema"]["examples"][0])))
    body = _resolved(described, _body(row)).get("examples", [None])[0]
    if body is None:
        return f"curl -s {address}{path}", _python(f'"{address}{path}"')
    body = {name: body[name] for name in _resolved(described, _body(row))["properties"] if name in body}
    sent = json.dumps(body, ensure_ascii=False)
    curl = f"curl -s {address}{path} \\\n  -H 'Content-Type: application/json' \\\n  -d '{sent}'"
    request = (
        f'urllib.request.Request(\n    "{address}{path}",\n    json.dumps({body!r}).encode(),\n'
        '    {"Content-Type": "application/json"},\n)'
    )
    return curl, _python("request", f"request = {request}\n")


def _python(opened: str, before: str = "") -> str:
    return (
        f"import json\nimport urllib.request\n\n{before}with urllib.request.urlopen({opened}) as response:\n"
        "    print(json.dumps(json.load(response), ensure_ascii=False, indent=1))"
    )
