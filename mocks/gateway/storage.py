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

_TABLES = """
CREATE TABLE IF NOT EXISTS inward (
  seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL, header TEXT NOT NULL, content TEXT,
  state TEXT NOT NULL DEFAULT 'waiting');
CREATE INDEX IF NOT EXISTS inward_id ON inward (message_id);
CREATE INDEX IF NOT EXISTS inward_waiting ON inward (seq) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS outward (
  seq INTEGER PRIMARY KEY, message_id TEXT NOT NULL UNIQUE, header TEXT NOT NULL, content TEXT,
  token TEXT, lane TEXT, state TEXT NOT NULL DEFAULT 'waiting');
CREATE INDEX IF NOT EXISTS outward_waiting ON outward (seq) WHERE state = 'waiting';

CREATE TABLE IF NOT EXISTS directory (id INTEGER PRIMARY KEY CHECK (id = 1), document TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS subjects (
  local_id TEXT PRIMARY KEY, link_code TEXT NOT NULL UNIQUE, enrolment_token TEXT NOT NULL,
  name TEXT NOT NULL, kana TEXT NOT NULL,
  birth_date TEXT NOT NULL, sex TEXT NOT NULL, address TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS records (
  seq INTEGER PRIMARY KEY, local_id TEXT NOT NULL, information TEXT NOT NULL, key TEXT NOT NULL,
  items TEXT NOT NULL, reasons TEXT NOT NULL, version INTEGER, UNIQUE (local_id, information, key));

CREATE TABLE IF NOT EXISTS handling (
  scope TEXT NOT NULL, key TEXT NOT NULL, mode TEXT NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (scope, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending (
  seq INTEGER PRIMARY KEY, correlation_id TEXT NOT NULL, header TEXT NOT NULL, key TEXT NOT NULL,
  local_id TEXT NOT NULL, received_at TEXT NOT NULL, expires REAL NOT NULL, decision TEXT);
CREATE INDEX IF NOT EXISTS pending_open ON pending (correlation_id) WHERE decision IS NULL;
CREATE TABLE IF NOT EXISTS enquiries (
  enquiry_id TEXT PRIMARY KEY, correlation_id TEXT NOT NULL UNIQUE, local_id TEXT NOT NULL,
  header TEXT NOT NULL, status TEXT NOT NULL, error TEXT, items TEXT, reasons TEXT,
  expires REAL NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS enquiries_open ON enquiries (status, expires);

CREATE TABLE IF NOT EXISTS batch_rows (
  batch_id TEXT NOT NULL, number INTEGER NOT NULL, wish TEXT NOT NULL, enquiry_id TEXT, error TEXT,
  PRIMARY KEY (batch_id, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notices (
  notice_id TEXT PRIMARY KEY, correlation_id TEXT NOT NULL UNIQUE, local_id TEXT NOT NULL,
  header TEXT NOT NULL, items TEXT NOT NULL, status TEXT NOT NULL, error TEXT,
  redeliver_at REAL NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS received_notices (
  seq INTEGER PRIMARY KEY, correlation_id TEXT NOT NULL, sender TEXT NOT NULL, header TEXT NOT NULL,
  items TEXT NOT NULL, local_id TEXT NOT NULL, received_at TEXT NOT NULL, UNIQUE (correlation_id, sender));

CREATE TABLE IF NOT EXISTS portal_sessions (
  session TEXT PRIMARY KEY, local_id TEXT NOT NULL, expires REAL NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS access_log (
  seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, message_id TEXT NOT NULL, correlation_id TEXT NOT NULL,
  entry TEXT NOT NULL, seal TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS access_message ON access_log (message_id);
CREATE INDEX IF NOT EXISTS access_correlation ON access_log (correlation_id);
CREATE TABLE IF NOT EXISTS audit_log (
  seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, message_id TEXT, correlation_id TEXT, staff_id TEXT,
  entry TEXT NOT NULL, seal TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS audit_message ON audit_log (message_id);
CREATE INDEX IF NOT EXISTS audit_correlation ON audit_log (correlation_id);
CREATE INDEX IF NOT EXISTS audit_staff ON audit_log (staff_id);
CREATE TABLE IF NOT EXISTS business_log (
  seq INTEGER PRIMARY KEY, recorded_at TEXT NOT NULL, correlation_id TEXT, local_id TEXT,
  action TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS business_correlation ON business_log (correlation_id);
"""


@dataclass(frozen=True)
class Storage:
    """One connection, used by the event loop's thread only. A transaction contains no await."""

    connection: sqlite3.Connection

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens or creates the database. Raises sqlite3.Error where that is impossible."""
        connection = sqlite3.connect(path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.executescript(_PRAGMAS + _TABLES)
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
