"""Installed versions against the floors below which a known flaw is open.

An audit without a network skips every package and reports nothing, hence this table of our own, with a canary.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest
from packaging.version import Version

#: package -> lowest safe version. Source: the projects' security advisories as of 2026.
FLOORS = {
    "gradio": "6.25",
    "langchain-core": "1.3.3",
    "langchain-openai": "1.1.14",
    "langchain-text-splitters": "1.1.2",
    "sentence-transformers": "6.0",
    "transformers": "5.3",
    "torch": "2.10",
    "faiss-cpu": "1.15",
    "pypdf": "6.16.1",
    "pdfminer.six": "20251230",
    "lxml": "6.1",
    "starlette": "1.3.1",
    "python-multipart": "0.0.31",
    "pillow": "12.2",
    "urllib3": "2.7",
    "requests": "2.33",
    "orjson": "3.11.6",
    "h11": "0.16",
    "jinja2": "3.1.6",
}
#: Only there when an extra is installed; held to their floor then.
OPTIONAL = {"langchain-openai", "pdfminer.six"}


def installed(package: str) -> Version | None:
    """The installed version; None when the package is not there."""
    try:
        return Version(version(package))
    except PackageNotFoundError:
        return None


def broken(floors: dict[str, str]) -> dict[str, str]:
    """Packages below their floor, and those that must be there and are not: name -> what was found."""
    found = {package: installed(package) for package in floors}
    low = {name: str(one) for name, one in found.items() if one is not None and one < Version(floors[name])}
    return low | {name: "missing" for name, one in found.items() if one is None and name not in OPTIONAL}


def test_nothing_is_below_its_floor() -> None:
    assert broken(FLOORS) == {}


@pytest.mark.parametrize("package", sorted(set(FLOORS) - OPTIONAL))
def test_canary_a_floor_too_high_is_reported(package: str) -> None:
    assert broken({package: "99999999"}) == {package: version(package)}


def test_canary_a_missing_package_is_reported() -> None:
    assert broken({"no-such-package-of-ours": "1.0"}) == {"no-such-package-of-ours": "missing"}


def test_versions_are_compared_as_numbers() -> None:
    assert Version("6.9") < Version("6.25")
