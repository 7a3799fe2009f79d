"""Sentences say, verbs do: no sentence module leans on another, no verb is a sentence, and every sentence file is a step
module."""

import ast
from pathlib import Path

import pytest

from harness.steps import STEP_MODULES

STEPS = Path(__file__).parents[2] / "harness" / "steps"
SENTENCES, VERBS = (
    sorted(path for path in (STEPS / room).glob("*.py") if path.stem != "__init__")
    for room in ("sentences", "verbs")
)
_SENTENCES = "harness.steps.sentences"


def imported(source: str) -> list[str]:
    """The modules that a source imports, and what it imports from them, in dotted names."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{'.' * node.level}{node.module or ''}.{name.name}" for name in node.names]
    return found


def of_sentences(source: str) -> list[str]:
    """What a source imports of a sentence module."""
    return [name for name in imported(source) if name.startswith((_SENTENCES, "."))]


def of_gherkin(source: str) -> list[str]:
    """What a source imports of pytest-bdd: without it there is no @given, @when or @then."""
    return [name for name in imported(source) if name.startswith("pytest_bdd")]


def test_there_are_sentences_and_verbs() -> None:
    assert len(SENTENCES) > 20
    assert len(VERBS) > 10


@pytest.mark.parametrize("path", [*SENTENCES, *VERBS], ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_nothing_imports_a_sentence(path: Path) -> None:
    assert of_sentences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", VERBS, ids=lambda p: p.stem)
def test_no_verb_is_a_sentence(path: Path) -> None:
    assert of_gherkin(path.read_text(encoding="utf-8")) == []


def test_every_sentence_file_is_a_step_module() -> None:
    assert {module.__name__ for module in STEP_MODULES} == {f"{_SENTENCES}.{p.stem}" for p in SENTENCES}


@pytest.mark.parametrize(
    "line",
    [
        "from harness.steps.sentences.linkage import STAFF",
        "from harness.steps.sentences import linkage",
        "import harness.steps.sentences.linkage",
        "from .linkage import STAFF",
        "from . import linkage",
    ],
)
def test_the_lint_sees_a_sentence_that_is_imported(line: str) -> None:
    assert of_sentences(line) != []


@pytest.mark.parametrize("line", ["from pytest_bdd import given", "import pytest_bdd.steps"])
def test_the_lint_sees_gherkin_in_a_verb(line: str) -> None:
    assert of_gherkin(line) != []
