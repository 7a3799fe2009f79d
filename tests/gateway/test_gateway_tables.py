"""Each function of the reference gateway owns its tables: no other one reads or writes them."""

import inspect
import re
import sqlite3
from pathlib import Path

import pytest

from mocks.gateway import functions
from mocks.gateway.functions import TABLES

MADE = re.compile(r"CREATE TABLE IF NOT EXISTS (\w+)")
USED = re.compile(r"\b(?:FROM|INTO|UPDATE) ([a-z_]+)\b(?!\()")
FILES = sorted(Path(inspect.getfile(functions)).parent.rglob("*.py"))


def test_every_table_is_made_once() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    made = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    connection.close()
    assert sorted(made) == sorted(MADE.findall(TABLES))
    assert len(set(made)) == len(made) == 16


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nobody_uses_the_tables_of_another(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    statements = "\n".join(line for line in text.splitlines() if not line.startswith(("from ", "import ")))
    assert set(USED.findall(statements)) <= set(MADE.findall(text))
