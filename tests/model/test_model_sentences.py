"""Every sentence of the guide that asks something of a gateway has a rule, or says why it has none."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.findings import findings
from harness.model.rules import rules
from tests.model.guide import headings, rows, sentences, words

EN, JA = (Path(f"docs/gateway-guide.{language}.md") for language in ("en", "ja"))
SAYS, SAID = 0.7, 0.8  # share of the words of a rule in a sentence, or of a sentence in a rule
GROUPS = ("held_by", "looked_for", "not_on_the_wire", "of_the_bench", "free", "explains", "not_begun")


@cache
def listed() -> dict[str, Any]:
    return tomllib.loads(files("harness.model").joinpath("sentences.toml").read_text(encoding="utf-8"))


def asked() -> list[tuple[str, str]]:
    """Sentences outside of the sections that are listed whole."""
    whole = tuple(listed()["sections"])
    return [(heading, said) for heading, said in sentences(EN) if not heading.startswith(whole)]


def begins(said: str) -> list[tuple[str, str]]:
    """Groups and rows that are about this sentence."""
    plain = (said, said.removeprefix("| "))
    return [(g, row) for g in GROUPS for row in listed()[g] if any(p.startswith(row) for p in plain)]


def has_rule(said: str) -> bool:
    own = words(said)
    found = (words(rule.en) for rule in rules().values())
    shared = ((len(their & own), len(their)) for their in found)
    return bool(own) and any(n >= SAYS * of or n >= SAID * len(own) for n, of in shared)


@pytest.mark.parametrize(("heading", "said"), asked())
def test_every_sentence_has_a_rule_or_a_reason(heading: str, said: str) -> None:
    assert begins(said) or has_rule(said), f"{heading}: {said}"


@pytest.mark.parametrize(("group", "row"), [(g, row) for g in GROUPS for row in listed()[g]])
def test_what_is_listed_stands_in_the_guide(group: str, row: str) -> None:
    assert any((group, row) in begins(said) for _, said in asked())


def test_the_rules_that_are_named_are_rules() -> None:
    named = {id_ for ids in listed()["held_by"].values() for id_ in ids}
    assert named <= rules().keys()
    assert all(ids for ids in listed()["held_by"].values())


def test_every_code_of_a_rule_is_one_of_findings() -> None:
    """A breach whose code has no words ends a run with 3, and no verdict."""
    assert {rule.id: rule.code for rule in rules().values() if rule.code not in findings()} == {}


def test_every_reason_is_one() -> None:
    assert all(why.strip() for g in ("sections", *GROUPS[1:]) for why in listed()[g].values())


def test_every_section_that_is_listed_is_there() -> None:
    there = {heading for heading, _ in sentences(EN)}
    assert all(any(heading.startswith(row) for heading in there) for row in listed()["sections"])


def test_every_row_of_contract_2_has_a_rule_or_is_listed() -> None:
    text = EN.read_text(encoding="utf-8")
    ids = set(re.findall(r"^\| `([a-z0-9-]+)` \|", text[text.index("## 12.") :], re.MULTILINE))
    held = {rule.see.removeprefix("§12 ") for rule in rules().values() if rule.see.startswith("§12 ")}
    by_others, unseen = (listed()[f"contract_2_{group}"] for group in ("held_by", "not_on_the_wire"))
    assert by_others.keys() | unseen.keys() == ids - held
    assert by_others.keys().isdisjoint(unseen)
    assert {rule for named in by_others.values() for rule in named} <= rules().keys()
    assert all(by_others.values())
    assert all(why.strip() for why in unseen.values())


def test_both_languages_have_the_same_places() -> None:
    """So that a sentence that comes into one of them is missed in the other, and is asked for in English."""
    assert headings(EN) == headings(JA)
    assert rows(EN) == rows(JA)
