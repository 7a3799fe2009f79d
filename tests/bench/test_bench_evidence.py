"""What stands in the journal is what the bench has written, or there is no verdict."""

import json
import sys
from pathlib import Path

import pytest

from harness.bench.network import Address
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.plugin.evidence import Before, Evidence
from harness.record.tampering import altered_by_others
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_run import ROOT, renkei, without_progress
from tests.bench.test_bench_kinds import TOKENS, statement

ENOUGH = [
    "--brief",
    *(part for id_ in ("NET-02", "STO-05", "SIG-01", "SIG-04") for part in ("--requirement", id_)),
]


@pytest.mark.parametrize(("how", "workers"), [("better", ("-n", "1")), ("shorter", ())])
def test_a_gateway_that_mends_its_record_is_not_believed(
    how: str, workers: tuple[str, ...], tmp_path: Path
) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    path = str(statement(tmp_path, port, network))
    tokens = TOKENS.replace('"', '\\"')
    own = [sys.executable, "-m", "tests.bench.rewriting_gateway", how, str(tmp_path / "run" / FILE_NAME)]
    own += ["--network", "$RENKEI_NETWORK_URL", "--port", str(port), "--defect", "accepts-replay"]
    line = f"command:sh -c \"cd {ROOT} && RENKEI_GATEWAY_TOKENS='{tokens}' exec {' '.join(own)}\""
    ended = renkei(tmp_path, "--gateway", line, "--statement", path, *ENOUGH, *workers)
    assert (ended.code, len(without_progress(ended.err))) == (3, 1), ended.err
    assert "記録が書き換えられた" in ended.err
    end = json.loads((ended.folder / FILE_NAME).read_bytes().splitlines()[-1])
    assert (end["type"], end["exit_code"], end["complete"]) == ("end", 3, False)
    assert ended.results()["verdict"] != "適合"


@pytest.fixture
def writers(tmp_path: Path) -> tuple[Evidence, Journal]:
    """A bench and a worker that have written three lines each, and what the bench knows of it."""
    bench, worker = (Journal.open(tmp_path / FILE_NAME, by) for by in ("bench", "gw0"))
    evidence = Evidence(tmp_path, bench, Address("", ""), Before(), {"gw0"})
    for number in range(3):
        bench.write(Entry.STEP, text=f"b{number}")
        worker.write(Entry.STEP, text=f"w{number}")
    evidence.heads["gw0"] = worker.head()
    return evidence, worker


def test_what_nobody_touched_is_the_record(writers: tuple[Evidence, Journal]) -> None:
    record = writers[0].record()
    assert (record.altered, record.silent, record.content.count(b"\n")) == (None, frozenset(), 6)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"text":"w1"', b'"text":"w9"'),
        (b'"by":"gw0"', b'"by":"gw1"'),
        (b'{"v":1', b'{ "v":1'),
        (b"\n", b"\nx\n"),
        (b'"b0"}\n', b'"b0"}\n{"by":"network"}\n'),
    ],
)
def test_whatever_is_changed_is_found(writers: tuple[Evidence, Journal], old: bytes, new: bytes) -> None:
    path = writers[0].folder / FILE_NAME
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    assert writers[0].record().altered


def test_lines_taken_out_and_a_file_taken_away_are_found(writers: tuple[Evidence, Journal]) -> None:
    evidence, path = writers[0], writers[0].folder / FILE_NAME
    lines = path.read_bytes().splitlines(keepends=True)
    for number in range(len(lines)):
        path.write_bytes(b"".join(lines[:number] + lines[number + 1 :]))
        assert evidence.record().altered
    path.unlink()
    assert evidence.record().altered


def test_whoever_was_killed_leaves_lines_that_prove_nothing(writers: tuple[Evidence, Journal]) -> None:
    """They are no forgery, and no conformance either."""
    evidence = writers[0]
    evidence.heads.clear()
    record = evidence.record()
    assert (record.altered, record.silent) == (None, frozenset({"gw0"}))


def test_what_was_there_before_must_stay(writers: tuple[Evidence, Journal], tmp_path: Path) -> None:
    """A run that is taken up again rests on the record as it was found."""
    path = tmp_path / FILE_NAME
    again = Evidence(tmp_path, Journal.open(path, "bench"), Address("", ""), Before.of(path))
    again.journal.write(Entry.RUN)
    assert again.record().altered is None
    path.write_bytes(path.read_bytes().replace(b'"b1"', b'"b7"'))
    assert again.record().altered == "続ける前の部分が変わっている"


def test_a_file_of_one_writer_is_held_against_it(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    journal = Journal.open(path, "load")
    for number in range(3):
        journal.write(Entry.GATE, name=f"g{number}")
    written = path.read_bytes()
    assert altered_by_others(written, journal.head()) is None
    lines = written.splitlines(keepends=True)
    for changed in (
        written.replace(b"g1", b"g9"),
        written + lines[0],
        written + b'{"by":"network"}\n',
        b"".join(lines[:2]),
        b"".join(reversed(lines)),
        b"",
    ):
        assert altered_by_others(changed, journal.head())
    journal.close()
