"""renkei doctor: all that would keep a run from beginning, at once, and nothing where there is nothing."""

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness.bench import preflight
from harness.bench.doctor import FACES, INTRODUCTION, KEYS, diagnose
from harness.catalogue.findings import ConfigurationError
from harness.cli.command_line import carry_out
from harness.contract.statement import Statement, faults_in
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_statements import document, write
from tests.bench.test_bench_kinds import started_by_the_bench


def test_of_a_statement_all_faults_are_told_at_once() -> None:
    wrong = document(contract="3")
    wrong["declares"]["modes"] = ["オンラン", "バチ"]
    wrong["south"]["tokens"]["audit"] = "x"
    del wrong["north"]
    faults = list(faults_in(wrong, "gateway.toml"))
    for part in (
        "契約の版 3",
        "declares.modes の オンラン",
        "declares.modes の バチ",
        "south/tokens/audit",
        "north",
    ):
        assert sum(part in fault for fault in faults) == 1, part
    assert len(faults) == 5


def test_of_a_statement_of_the_right_form_all_else_is_told_too() -> None:
    wrong = document(organisation={"code": "999997"}, north={"url": "ftp://x"})
    wrong["keys"]["signature"]["x"] = "A" * 43
    faults = list(faults_in(wrong, "gateway.toml"))
    assert [part in fault for fault, part in zip(faults, ("999997", "[keys]", "ftp://x"), strict=True)] == [
        True
    ] * 3


def test_a_good_statement_has_no_fault() -> None:
    assert list(faults_in(document(), "gateway.toml")) == []


def test_of_what_a_gateway_says_of_itself_each_difference_is_told() -> None:
    now, statement = datetime.now(UTC), Statement.from_document(document())
    health: Any = {
        "organisation": "011002",
        "contract": "2",
        "keys": {"signature": "other", "encryption": statement.keys.encryption.kid},
        "time": (now - timedelta(minutes=5)).isoformat(),
    }
    told: list[ConfigurationError] = []
    for check in preflight._introduction_checks(statement, health, (now, now), 5.0):
        preflight.look(check, told.append)
    parts = ("団体コードが違う", "契約の版が違う", "鍵が一致しない: signature", "時計が 300.0 秒ずれている")
    assert [part in str(error) for error, part in zip(told, parts, strict=True)] == [True] * len(parts)


def test_a_clean_gateway_has_no_fault(tmp_path: Path) -> None:
    found = diagnose("reference", None, tmp_path, ())
    assert (found.faults, found.left) == ([], [])
    assert {INTRODUCTION, FACES, KEYS} <= set(found.looked)


def test_faults_of_a_gateway_that_runs_are_told_together(tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    at = document(f"http://{LOOPBACK}:{port}", network={"listen": f"{LOOPBACK}:{network}"}, contract="2")
    at["south"]["tokens"]["audit"] = "of-somebody-else"
    at["keys"]["signature"]["kid"] = "another"
    at["declares"]["modes"] = ["オンライン", "バチ"]
    line = started_by_the_bench(port, f"http://{LOOPBACK}:{network}")
    found = diagnose(line, write(tmp_path / "gateway.toml", at), tmp_path, ())
    parts = ("declares.modes の バチ", "契約の版が違う", "鍵が一致しない: signature", "south.tokens.audit")
    assert [part in fault for fault, part in zip(found.faults, parts, strict=True)] == [True] * 4
    assert found.left == [KEYS]


def test_nobody_is_asked_who_may_not_be(tmp_path: Path) -> None:
    away = document("http://gateway.example")
    found = diagnose("http", write(tmp_path / "gateway.toml", away), tmp_path, ())
    assert [fault.count("--allow-host gateway.example") for fault in found.faults] == [1, 1]
    assert INTRODUCTION in found.left


def test_the_command_ends_with_2_and_a_line_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(preflight, "STARTING_SECONDS", 0.0)
    port = free_port(LOOPBACK)
    write(tmp_path / "gateway.toml", document(f"http://{LOOPBACK}:{port}"))
    assert carry_out(["doctor"]) == 2
    said = capsys.readouterr()
    assert [line.partition("http")[0] for line in said.out.splitlines()].count(
        "誤り: "
    ) == 2  # health and inbox
    assert said.err == "誤りが 2件ある。直して、もう一度 renkei doctor を行う。\n"


def test_a_port_that_is_taken_is_told_beside_the_rest(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        at = document("http://gateway.example", network={"listen": f"{LOOPBACK}:{taken.getsockname()[1]}"})
        found = diagnose("http", write(tmp_path / "gateway.toml", at), tmp_path, ())
    assert "そのポートを使えない" in found.faults[0]
    assert len(found.faults) == 3
