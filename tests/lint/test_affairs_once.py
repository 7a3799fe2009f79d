"""The words of an affair stand once, and an item (項) of 別表第二 is looked up: no program and no feature types either."""

import ast
import re
from pathlib import Path

import pytest

from harness.contract.affairs import affairs

ROOT = Path(__file__).parents[2]
TOPS = ("harness", "mocks", "load", "reports", "features")
PROGRAMS = sorted(p for top in TOPS for p in (ROOT / top).rglob("*.py"))
FEATURES = sorted((ROOT / "features").rglob("*.feature"))
DATA = sorted(p for top in TOPS for p in (ROOT / top).rglob("*.toml"))
WORDINGS = [wording for affair in affairs().values() for wording in affair.wordings]
_ITEM_IN_WORDS = re.compile(r"\d+(?:の\d+)?の項")


def typed_items(program: str) -> list[str]:
    """Constants that stand where a legal basis has its item: in a Basis, or as "item" of a dict or a call."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Call):
            found += [k.value for k in node.keywords if k.arg == "item"]
            found += node.args[1:2] if isinstance(node.func, ast.Name) and node.func.id == "Basis" else []
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            found += [v for k, v in pairs if isinstance(k, ast.Constant) and k.value == "item"]
    return [one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def test_there_is_something_to_check() -> None:
    assert min(len(PROGRAMS), len(FEATURES), len(DATA), len(WORDINGS)) > 10


@pytest.mark.parametrize("wording", WORDINGS)
def test_the_words_of_an_affair_stand_once(wording: str) -> None:
    """Apart from the tables of the law itself, and what is derived from them."""
    typed = [p.name for p in (*PROGRAMS, *FEATURES) if wording in p.read_text(encoding="utf-8")]
    stated = sum(p.read_text(encoding="utf-8").count(f'"{wording}"') for p in DATA)
    assert (typed, stated) == ([], 1)


def test_no_program_types_an_item() -> None:
    typed = {str(p): typed_items(p.read_text(encoding="utf-8")) for p in PROGRAMS}
    assert {name: items for name, items in typed.items() if items} == {}


def test_no_feature_names_an_item_by_its_number() -> None:
    named = {str(p): _ITEM_IN_WORDS.findall(p.read_text(encoding="utf-8")) for p in FEATURES}
    assert {name: items for name, items in named.items() if items} == {}


@pytest.mark.parametrize(
    "program", ['Basis("2015-09-09", "57")', '{"table": table, "item": "56の2"}', 'Basis(table, item="57")']
)
def test_a_typed_item_is_found(program: str) -> None:
    assert typed_items(program)
