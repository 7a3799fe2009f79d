"""`renkei load run` as its users type it: exit codes, one sentence for what cannot be, nothing lost and nothing left behind."""

import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx
import psutil
import pytest
from jsonschema_rs import Draft202012Validator

from harness.contract.journal import FILE_NAME
from harness.processes.process import Process
from harness.record.fields import mapping
from harness.record.load_run import LoadRun, number, read_load_run
from load import LOOPBACK
from load.send.generator import free_port
from reports.load import json_view as load_json
from tests.bench.bench_run import INTERRUPTIBLE, RENKEI, ROOT
from tests.bench.test_bench_kinds import TOKENS, statement
from tests.bench.waiting import LONGEST_SECONDS, gone, until

pytestmark = pytest.mark.slow
GATES = "error_ratio = 0\nachieved_rate = 0.9\ndropped = 0"
SCHEMA = Path(load_json.__file__).with_name("load.schema.json")


def profile(folder: Path, gates: str = GATES, seconds: int = 3, more: str = "") -> str:
    """20 arrivals a second, asked of the gateway and by it."""
    path = folder / "mine.toml"
    shares = "".join(
        f'[[mix]]\nface = "{face}"\ninformation = "地方税関係情報"\n' for face in ("north", "south")
    )
    text = f'summary = "試験"\nper_second = 20\nspacing = "even"\n{more}[[phase]]\nseconds = {seconds}\ntimes = 1\n'
    path.write_text(f"{text}{shares}[gates]\n{gates}\n", encoding="utf-8")
    return str(path)


def load(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command, small, into folder/run."""
    environment = {**os.environ, "COLUMNS": "100"}
    return subprocess.run(
        command(folder, *arguments),
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
        env=environment,
    )


def command(folder: Path, *arguments: str) -> list[str]:
    small = ["--run-folder", str(folder / "run"), "--residents", "10", "--seed", "1", "-n", "1"]
    return [RENKEI, "load", "run", *small, *arguments]


def run_of(folder: Path) -> LoadRun:
    return read_load_run(folder / "run")


def test_a_clean_gateway_passes_over_a_line_and_every_view_is_there(tmp_path: Path) -> None:
    gates = f"{GATES}\nline_utilisation = 0.9\nlag_p99_ms = 50"
    done = load(tmp_path, "--profile", profile(tmp_path, gates), "--line", "2M", "--sample", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "合格" in done.stdout
    run = run_of(tmp_path)
    assert (run.verdict, run.checked, run.failed, run.faults) == ("合格", 60, (), ())
    assert (run.end or {})["altered"] is None
    assert [run.total(name) for name in ("planned", "sent", "accepted", "answered")] == [60] * 4
    assert 0 < next(gate.observed or 0 for gate in run.gates if gate.name == "line_utilisation") < 0.9
    assert run.calibration is not None
    assert run.calibration["good"] is True
    names = {path.name for path in (tmp_path / "run").iterdir()}
    assert {"load.html", "junit.xml", "load.json", "load-line.svg", "load-latency.png"} <= names
    document = json.loads((tmp_path / "run" / "load.json").read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(document)) == []


def test_a_gateway_that_loses_answers_fails_although_every_gate_is_kept(tmp_path: Path) -> None:
    done = load(
        tmp_path, "--profile", profile(tmp_path), "--gateway", "reference+loses-one-in-20", "--line", "none"
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "NO_ANSWER" in done.stdout
    assert ("応答のない照会", 1) in [(name, count) for name, count, _ in run_of(tmp_path).faults]


def test_a_gate_that_cannot_be_met_any_more_ends_the_run(tmp_path: Path) -> None:
    gates = f"{GATES}\np99_ms = 0.01"
    done = load(tmp_path, "--profile", profile(tmp_path, gates, seconds=60), "--line", "none")
    assert done.returncode == 5, done.stdout + done.stderr
    run = run_of(tmp_path)
    assert (run.code, (run.end or {})["complete"]) == ("GATE_MISSED", False)
    assert run.total("sent") < 1200
    assert {gate.name: gate.met for gate in run.gates if gate.met is not True} == {
        "p99_ms": False,
        "achieved_rate": None,
    }
    case = next(c for c in junit(tmp_path).iter("testcase") if c.get("name", "").startswith("応答の99%"))
    assert case.find("failure") is not None


def junit(folder: Path) -> ET.Element:
    return ET.parse(folder / "run" / "junit.xml").getroot()  # noqa: S314  # written by the code under test, no entities


def started(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """A run of a minute that is sending."""
    wish = ["--profile", profile(folder, seconds=60), "--line", "none", *arguments]
    run = subprocess.Popen(
        [*INTERRUPTIBLE, *command(folder, *wish)], stdout=subprocess.DEVNULL, start_new_session=True
    )
    sent = folder / "run" / "prepared" / "sent-0.csv"
    assert until(lambda: sent.exists() and sent.read_bytes().count(b"\n") > 10)
    return run


def test_an_interrupted_run_gives_no_verdict_keeps_what_it_measured_and_leaves_nothing(
    tmp_path: Path,
) -> None:
    run = started(tmp_path)
    children = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(signal.SIGINT)
    assert run.wait(LONGEST_SECONDS) == 4
    found = run_of(tmp_path)
    assert (found.code, found.verdict) == ("NOT_MEASURED", "判定不能")
    assert 10 < found.total("sent") < 1200
    assert (tmp_path / "run" / "load.html").exists()
    assert until(lambda: gone(children))


def test_a_run_can_be_watched_in_the_web_ui_of_locust_and_ends_by_itself(tmp_path: Path) -> None:
    whole = command(tmp_path, "--profile", profile(tmp_path), "--line", "none", "--web-ui")
    with (tmp_path / "said").open("wb") as said:
        run = subprocess.Popen(whole, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)
    assert until(lambda: "Locust の画面: " in (tmp_path / "said").read_text(encoding="utf-8"))
    [page] = re.findall(r"http://127\.0\.0\.1:\d+", (tmp_path / "said").read_text(encoding="utf-8"))
    assert until(lambda: shown(page) == 60)
    assert run.wait(LONGEST_SECONDS) == 0
    assert run_of(tmp_path).total("answered") == 60


def shown(page: str) -> int:
    """How many requests the page shows."""
    try:
        stats = httpx.get(f"{page}/stats/requests").json()["stats"]
    except httpx.TransportError:
        return 0
    return next(int(one["num_requests"]) for one in stats if one["name"] == "Aggregated")


def gateway_of(run: "subprocess.Popen[bytes]") -> psutil.Process:
    """Its own process, not what holds it on a leash."""
    below = psutil.Process(run.pid).children(recursive=True)
    [found] = [one for one in below if "mocks.gateway" in one.cmdline() and not one.children()]
    return found


def test_a_gateway_that_writes_into_the_record_is_not_believed(tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    path = str(statement(tmp_path, port, network))
    tokens = TOKENS.replace('"', '\\"')
    own = [
        sys.executable,
        "-m",
        "tests.bench.rewriting_gateway",
        "another",
        str(tmp_path / "run" / FILE_NAME),
    ]
    own += ["--network", "$RENKEI_NETWORK_URL", "--port", str(port)]
    line = f"command:sh -c \"cd {ROOT} && RENKEI_GATEWAY_TOKENS='{tokens}' exec {' '.join(own)}\""
    asked = ["--gateway", line, "--statement", path, "--profile", profile(tmp_path), "--line", "none"]
    done = load(tmp_path, *asked)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "判定はできない。記録が書き換えられた（load の記録が違う" in done.stdout
    end = run_of(tmp_path).end or {}
    assert (end["exit_code"], end["complete"], end["verdict"]) == (3, False, "判定不能")
    assert "load の記録が違う" in str(end["altered"])


def test_a_gateway_that_dies_in_mid_run_is_said_and_what_was_measured_is_kept(tmp_path: Path) -> None:
    run = started(tmp_path)
    gateway = gateway_of(run)
    gateway.kill()
    assert run.wait(LONGEST_SECONDS) == 1
    found = run_of(tmp_path)
    assert found.code in {"NO_ANSWER", "NO_CONNECTION"}
    assert 10 < found.total("sent") < 1200
    assert found.total("answered") > 0


def test_a_stalled_gateway_shows_in_the_tail_of_the_response(tmp_path: Path) -> None:
    """Open arrivals: whoever was due in the stall of a second has waited for its rest: a quarter of four seconds."""
    run = started(tmp_path, "--seconds", "4")
    gateway = gateway_of(run)
    gateway.suspend()
    time.sleep(1.0)  # the stall itself
    gateway.resume()
    assert run.wait(LONGEST_SECONDS) == 0
    percentiles = mapping(run_of(tmp_path).histograms["response"]["percentiles"])
    assert (number(percentiles["99"]) or 0.0) > 700
    assert (number(percentiles["50"]) or math.inf) < 700


def test_workers_of_other_machines_carry_out_a_whole_run(tmp_path: Path) -> None:
    """Each with a copy of the folder, begun as the command says."""
    whole = command(tmp_path, "--profile", profile(tmp_path), "--line", "none", "--remote-workers", "2")
    whole.remove("-n")
    whole.pop(whole.index("1", whole.index("--seed") + 2))
    with (tmp_path / "said").open("wb") as said:
        run = subprocess.Popen(whole, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)
    assert until(lambda: "locust -f" in (tmp_path / "said").read_text(encoding="utf-8"))
    [join] = re.findall(r"locust (-f .*order\.json)", (tmp_path / "said").read_text(encoding="utf-8"))
    workers = []
    for name in ("first", "second"):
        shutil.copytree(tmp_path / "run" / "prepared", tmp_path / name / "prepared")
        there = [
            str(tmp_path / name / part) if part.startswith("prepared") else part for part in join.split()
        ]
        begun = [sys.executable, "-P", "-m", "locust", *there]
        workers.append(Process.start("Locust", begun, tmp_path / f"{name}.log", {}, announces=False))
    try:
        assert run.wait(LONGEST_SECONDS) == 0
    finally:
        for worker in workers:
            worker.stop()
    found = run_of(tmp_path)
    assert (found.verdict, found.total("sent"), found.first["workers"]) == ("合格", 60, 2)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--profile", "夏"), "それはない"),
        (("--population", "0", "--line", "10M"), "人口は1人以上"),
        (("--line", "0"), "0より大きい速度"),
        (("--seconds", "0"), "1秒以上"),
        (("--gateway", "http:http://127.0.0.1:9/south"), "--statement"),
        (("--statement", "none.toml"), "none.toml"),
        (("--remote-workers", "2"), "どちらか一方"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = load(tmp_path, *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unknown_gate_is_said_before_anything_starts(tmp_path: Path) -> None:
    done = load(tmp_path, "--profile", profile(tmp_path, "p98_ms = 1"))
    assert (done.returncode, "p98_ms はない" in done.stderr) == (2, True)
    assert not (tmp_path / "run").exists()


def test_the_profiles_are_listed() -> None:
    done = subprocess.run(
        [RENKEI, "load", "run", "--list"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("通常期", "横浜型", "復旧"))
