"""Defects that show after a restart: the first start finds nothing to lose, and a later one loses something."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.contract.keys import bench_keys
from harness.contract.statement import Tokens
from mocks.defects import defect, defects
from mocks.defects.at_restart import restart_names
from mocks.gateway.functions import TABLES, Functions, assemble
from mocks.gateway.settings import DEFAULT_ORGANISATION, Settings
from mocks.gateway.storage import Storage

_OPEN = ("送信済", "応答済", "エラー")
_HEADER = json.dumps({"kind": "照会応答", "message_id": "a"})


def gateway(place: Path) -> Functions:
    tokens = Tokens("business", "staff", "audit")
    settings = Settings("http://127.0.0.1:1", DEFAULT_ORGANISATION, bench_keys(DEFAULT_ORGANISATION), tokens)
    return assemble(settings, Storage.open(place / "gateway.sqlite", TABLES))


def content(functions: Functions) -> list[str]:
    """Of every table but those in which a defect notes what it needs."""
    rows = functions.storage.connection.iterdump()
    noted = tuple(f'INSERT INTO "{table}"' for table in ("gone", "former", "came"))
    return sorted(row for row in rows if not row.startswith(noted))


def fill(functions: Functions) -> None:
    """Something in every table and state; one record replaced and one deleted."""
    run = functions.storage.run
    run("INSERT INTO handling VALUES ('subject', '1', '手動', 'r')")
    for number in range(40):
        run("INSERT INTO subjects VALUES (?, ?, ?, 'n', 'k', 'b', 's', 'a')", *[str(number)] * 3)
    for number, state in enumerate((None, None, "承認")):
        run("INSERT INTO pending VALUES (NULL, ?, 'h', 'k', '1', 'x', 1, ?)", str(number), state)
    for number, status in enumerate(_OPEN):
        ids = (f"e{number}", f"c{number}")
        run("INSERT INTO enquiries VALUES (?, ?, '1', 'h', ?, '{}', '{\"a\":1}', NULL, 1)", *ids, status)
        run("INSERT INTO notices VALUES (?, ?, '1', 'h', 'i', ?, NULL, 5, 9)", *ids, status)
        run("INSERT INTO outward VALUES (NULL, ?, ?, 'c', 't', 'l', 'waiting')", str(number), _HEADER)
        run("INSERT INTO inward VALUES (NULL, ?, 'h', 'c', ?)", str(number), ("waiting", "done")[number % 2])
        run("INSERT INTO received_notices VALUES (NULL, ?, 's', 'h', 'i', '1', 'x')", str(number))
        run("INSERT INTO portal_sessions VALUES (?, '1', 9)", str(number))
    for number in range(4):
        run("INSERT INTO records VALUES (NULL, ?, 'i', '{}', 'first', '{}', 2)", str(number))
        run("INSERT INTO access_log VALUES (NULL, 'x', 'm', 'c', 'e', 's')")
        run("INSERT INTO audit_log VALUES (NULL, 'x', 'm', 'c', 'p', 'e', 's')")
        run("INSERT INTO business_log VALUES (NULL, 'x', 'c', '1', 'a', 'd')")
    run("DELETE FROM records WHERE local_id IN ('0', '1')")
    run("INSERT INTO records VALUES (NULL, '0', 'i', '{}', 'second', '{}', 3)")


@pytest.mark.parametrize("name", restart_names())
def test_what_was_there_is_not_as_it_was(tmp_path: Path, name: str) -> None:
    functions = gateway(tmp_path)
    broken = defect(name)
    assert broken.requirement == ""
    empty = content(functions)
    broken.break_it(functions)
    assert [row for row in content(functions) if row.startswith("INSERT")] == [
        row for row in empty if row.startswith("INSERT")
    ]
    fill(functions)
    before = content(functions)
    broken.break_it(functions)
    assert content(functions) != before
    functions.storage.close()


# What it sends has new numbers, and they are UUIDs (guide §3): they differ, and that it did is what is found.
ANEW = ("sends-anew-at-restart",)


@pytest.mark.parametrize("name", [name for name in restart_names() if name not in ANEW])
def test_what_is_lost_once_is_lost_again(tmp_path: Path, name: str) -> None:
    left = []
    for folder in (tmp_path / "found", tmp_path / "again"):
        folder.mkdir()
        functions = defect(name).break_it(gateway(folder))
        fill(functions)
        left.append(content(defect(name).break_it(functions)))
        functions.storage.close()
    assert left[0] == left[1]


def test_of_residents_the_newest_and_every_third_before_is_lost(tmp_path: Path) -> None:
    broken = defect("loses-subjects-at-restart")
    functions = broken.break_it(gateway(tmp_path))
    fill(functions)
    broken.break_it(functions)
    rows = functions.storage.rows("SELECT local_id FROM subjects")
    lost = {str(number) for number in range(40)} - {row["local_id"] for row in rows}
    assert lost == {str(number) for number in range(0, 40, 3)}
    functions.storage.close()


def test_the_kill_matrix_does_not_know_them() -> None:
    command = [sys.executable, "-m", "mocks.defects"]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert {one["name"] for one in listed} == set(defects())
    assert not any("at-restart" in one["name"] for one in listed)
