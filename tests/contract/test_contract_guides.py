"""The guides and the glossary: they name all that exists, and both languages have the same shape."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from harness.contract.law import versions
from harness.contract.publish import CONTRACT
from harness.contract.refusals import refusals
from harness.contract.schemas import schema_names
from harness.contract.statement import accepted

ROOT = CONTRACT.parents[2]
GUIDES = ("en", "ja")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@cache
def guide(language: str) -> str:
    return (ROOT / "docs" / f"gateway-guide.{language}.md").read_text(encoding="utf-8")


def prose(language: str) -> list[str]:
    return _FENCED.sub("", guide(language)).splitlines()


def headings(language: str) -> list[str]:
    """Level of each heading with its number, if it has one."""
    found = (re.match(r"(#+) (\d+\.)?", line) for line in prose(language))
    return [match.group() for match in found if match]


def tables(language: str) -> list[str]:
    """The first cell of each row, where it is a number or code, and the number of columns."""
    rows = [line for line in prose(language) if line.startswith("|")]
    return [f"{row.count('|')} {' '.join(re.findall(r'^[|] (`[^`]+`|[0-9]+) ', row))}" for row in rows]


@pytest.mark.parametrize("language", GUIDES)
@pytest.mark.parametrize("face", ["south", "north"])
def test_every_path_is_named_with_its_method(language: str, face: str) -> None:
    paths = json.loads((CONTRACT / f"{face}.openapi.json").read_text(encoding="utf-8"))["paths"]
    for path, item in paths.items():
        for method in item.keys() & {"get", "put", "post"}:
            prefix = "" if face == "south" else "{network}"
            assert f"{method.upper()} {prefix}{path}`" in guide(language)


@pytest.mark.parametrize("language", GUIDES)
def test_every_refusal_and_its_status_is_named(language: str) -> None:
    for refusal in refusals().values():
        with_status = f"`{refusal.code}` {refusal.status}" if refusal.status else f"`{refusal.code}`"
        assert with_status in guide(language)


@pytest.mark.parametrize("language", GUIDES)
def test_no_code_is_named_that_does_not_exist(language: str) -> None:
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+|[A-Z]{6,})` \d{3}", guide(language)))
    assert named == {r.code for r in refusals().values() if r.status}


@pytest.mark.parametrize("language", GUIDES)
@pytest.mark.parametrize("name", schema_names())
def test_every_schema_is_named(language: str, name: str) -> None:
    assert f"`{name}`" in guide(language)


@pytest.mark.parametrize("language", GUIDES)
@pytest.mark.parametrize("name", accepted())
def test_every_name_that_a_statement_may_declare_is_named(language: str, name: str) -> None:
    (row,) = re.findall(rf"^\| `{name}` \| ([^|]+) \|$", guide(language), re.MULTILINE)
    words = tuple(re.split(r"[,、] ?", row))
    if name == "tables":  # versions are added as files: the guide says where they stand
        assert "`regimes.json`" in words[0]
        words = (*versions(), *words[1:])
    assert words == accepted()[name]


@pytest.mark.parametrize("language", GUIDES)
def test_every_file_of_the_contract_is_named(language: str) -> None:
    files = {f.name for f in CONTRACT.iterdir() if f.suffix == ".json"}
    assert {f for f in files if f"`{f}`" not in guide(language)} == set()


@pytest.mark.parametrize("language", GUIDES)
def test_links_lead_somewhere(language: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)", guide(language)):
        assert (ROOT / "docs" / target).exists(), target


def test_both_languages_have_the_same_shape() -> None:
    assert headings("en") == headings("ja")
    assert tables("en") == tables("ja")
    assert guide("en").count("```") == guide("ja").count("```")


def test_both_languages_mark_the_same_number_of_own_decisions() -> None:
    counts = [len(re.findall(r"[（(](?:\*\*)?own", guide(language))) for language in GUIDES]
    assert counts[0] == counts[1]


def test_both_languages_use_the_same_names() -> None:
    """Every code-like word of one is in the other."""
    words = [set(re.findall(r"`([A-Za-z][\w./{}-]*)`", guide(language))) for language in GUIDES]
    assert words[0] == words[1]


@cache
def sources() -> str:
    kinds = {".py", ".json", ".toml"}
    folders = [ROOT / room for room in ("harness", "mocks", "reports", "load")]
    files = [f for folder in folders for f in folder.rglob("*") if f.suffix in kinds]
    return "\n".join(f.read_text(encoding="utf-8") for f in files)


def glossary() -> list[list[str]]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows[1:]]


@pytest.mark.parametrize("row", glossary(), ids=lambda row: row[1].strip("`"))
def test_a_term_of_the_glossary_exists(row: list[str]) -> None:
    _, english, where, source = row
    assert re.search(rf"(?<![a-z]){re.escape(english.strip('`'))}(?![a-z])", sources())
    assert re.search(r"§|法|\(own\)", source)
    for place in re.findall(r"`((?:harness|mocks)/[^`]+)`", where):
        assert Path(ROOT / place).exists(), place
    for path in re.findall(r"`(/v1/[^`]+)`", where):
        assert path in guide("en")


def test_the_glossary_names_each_term_once() -> None:
    for column in (0, 1):
        terms = [row[column] for row in glossary()]
        assert len(terms) == len(set(terms))
