"""Rules of the house that no linter knows: sizes, imports inside functions, step functions that wait for nobody."""

import ast
import inspect
from pathlib import Path

import pytest

from harness.steps import STEP_MODULES

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    p
    for top in (
        "renkei",
        "renkei_door",
        "harness",
        "mocks",
        "load",
        "reports",
        "features",
        "tests",
        "examples",
    )
    for p in (ROOT / top).rglob("*.py")
)
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def test_there_is_something_to_check() -> None:
    assert len(SOURCES) > 50


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_are_short_and_import_at_the_top(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    functions = [
        n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]
    inner = [f.name for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert (long, inner) == ([], [])


@pytest.mark.parametrize("module", STEP_MODULES, ids=lambda m: m.__name__)
def test_steps_are_not_coroutines(module: object) -> None:
    """pytest-bdd never awaits an async step, and the step passes."""
    steps = [value for _, value in inspect.getmembers(module, inspect.isfunction)]
    assert [s.__name__ for s in steps if inspect.iscoroutinefunction(s)] == []
