"""What is known is a type. Nothing is looked up in a dictionary of anything where the entry, the exchange or the document has
a form; and nobody but one reader takes lines of a journal apart."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(p for top in ("harness", "mocks", "load", "reports") for p in (ROOT / top).rglob("*.py"))
MOST_ANYTHING = 130  # lines; where there are fewer, this is to become as few
READER, SPELLING = "harness/record/reader.py", "harness/contract/journal_text.py"


def names_in(path: Path) -> set[str]:
    """Names that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}


def test_dictionaries_of_anything_become_fewer() -> None:
    lines = (line for path in SOURCES for line in path.read_text(encoding="utf-8").splitlines())
    assert sum("dict[str, Any]" in line for line in lines) <= MOST_ANYTHING


def test_the_reader_of_journals_is_where_it_is_looked_for() -> None:
    assert "from_line" in names_in(ROOT / READER)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_one_reader_takes_lines_of_a_journal_apart(path: Path) -> None:
    if str(path.relative_to(ROOT)) not in {READER, SPELLING}:
        assert "from_line" not in names_in(path)
