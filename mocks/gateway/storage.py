"""One SQLite database: what must survive the process. Each function of the gateway owns its tables."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

# synchronous=NORMAL in WAL mode: a commit is in the kernel's hands when it returns, so kill -9 loses nothing;
# only a power failure can lose the last commits, never consistency (sqlite.org/pragma.html#pragma_synchronous).
_PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 2000;
"""


@dataclass(frozen=True)
class Storage:
    """One connection, used by the event loop's thread only. A transaction contains no await."""

    connection: sqlite3.Connection

    @classmethod
    def open(cls, path: Path, tables: str) -> Self:
        """Opens the database and creates those of these tables (SQL) that are missing. Raises sqlite3.Error where that is
        impossible."""
        connection = sqlite3.connect(path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.executescript(_PRAGMAS + tables)
        return cls(connection)

    def run(self, statement: str, *values: Any) -> int:
        """Executes one statement; the number of rows that it changed."""
        return self.connection.execute(statement, values).rowcount

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self.connection.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        found: sqlite3.Row | None = self.connection.execute(query, values).fetchone()
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another transaction, part of it."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def close(self) -> None:
        """Closes the database."""
        self.connection.close()


def dump(value: Any) -> str:
    """JSON for a column, everything in the order in which it came."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_key(key: dict[str, str]) -> str:
    """An enquiry key for a column, members in a fixed order so that equal keys are equal texts."""
    return dump(dict(sorted(key.items())))
