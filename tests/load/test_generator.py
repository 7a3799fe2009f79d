"""Locust sends what was prepared: once, at its planned time, with the network's patience, and says what it did not send."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.catalogue.findings import ConfigurationError
from harness.processes.process import Process
from load import LOOPBACK
from load.prepare.prepared import SOUTH
from load.send.collecting import BEGUN, LATENCY, read_latency
from load.send.generator import Follower, Generator, Workers, free_port, new_rows
from load.send.latency import Series
from load.send.sent import STOPPED
from tests.bench.bench_run import ROOT
from tests.bench.waiting import until
from tests.load.sink import Answer, dropped, order, requests, sent_by_locust, sink

pytestmark = pytest.mark.slow
LOCUST = [sys.executable, "-P", "-m", "locust", "-f", "load/locustfile.py"]


@pytest.mark.parametrize("workers", [1, 2])
def test_every_request_is_sent_once_at_its_time(tmp_path: Path, workers: int) -> None:
    with sink() as there:
        sent = sent_by_locust(order(tmp_path, there.url, requests(60)), workers)
    assert sorted(map(int, there.came)) == [one.index for one in sent] == list(range(60))
    assert all(one.accepted and one.attempts == 1 for one in sent)
    begin_ns = json.loads((tmp_path / BEGUN).read_text())["begin_ns"]
    apart = [(one.planned_ns - begin_ns) / 1e9 - (one.index + 0.5) / 60 for one in sent]
    # Each worker begins a second after it was told to: on one machine they heard it within milliseconds.
    assert max(map(abs, apart)) < 0.5
    assert all(one.planned_ns <= one.sent_ns < one.done_ns for one in sent)
    assert {name: one.count for name, one in read_latency(tmp_path).items()} == dict.fromkeys(
        (Series.ACCEPTANCE, Series.SERVICE, Series.LAG), 60
    )


def failing_twice(time: int, body: str) -> Answer:
    return (503, b"") if time < 3 else (202, b"{}")


def test_a_message_of_the_north_is_handed_over_until_there_is_an_answer(tmp_path: Path) -> None:
    with sink(failing_twice) as there:
        sent = sent_by_locust(order(tmp_path, there.url, requests(3)))
    assert [(one.status, one.attempts) for one in sent] == [(202, 3)] * 3
    assert sorted(there.came) == sorted(["0", "1", "2"] * 3)


def test_a_request_of_the_south_is_not_made_again(tmp_path: Path) -> None:
    with sink(failing_twice) as there:
        sent = sent_by_locust(order(tmp_path, there.url, requests(3, SOUTH)))
    assert [(one.status, one.attempts, one.failed) for one in sent] == [(503, 1, True)] * 3
    assert sorted(there.came) == ["0", "1", "2"]


def test_replayed_after_a_failure_says_that_it_had_arrived_and_is_a_refusal_otherwise(tmp_path: Path) -> None:
    def act(time: int, body: str) -> Answer:
        replayed = 409, json.dumps({"code": "REPLAYED"}).encode()
        return (500, b"") if time == 1 and body == "0" else replayed

    with sink(act) as there:
        sent = sent_by_locust(order(tmp_path, there.url, requests(2)))
    assert [(one.status, one.attempts) for one in sent] == [(202, 2), (409, 1)]


@pytest.mark.parametrize(
    ("answer", "status", "problem"),
    [((202, b"x" * 70_000), 0, "TOO_LARGE"), ((302, b""), 302, ""), ((404, b"no"), 404, "")],
)
def test_whatever_a_gateway_answers_is_bounded_and_followed_nowhere(
    tmp_path: Path, answer: Answer, status: int, problem: str
) -> None:
    with sink(lambda time, body: answer) as there:
        [sent] = sent_by_locust(order(tmp_path, there.url, requests(1), retries=0))
    assert (sent.status, sent.problem, sent.failed) == (status, problem, True)
    assert there.came == ["0"]


def test_ids_that_the_gateway_gave_are_noted(tmp_path: Path) -> None:
    said = {"correlation_id": "c", "enquiry_id": "e"}
    answers = {"0": said, "1": {"correlation_id": 7}, "2": ["no object"]}
    with sink(lambda time, body: (202, json.dumps(answers[body]).encode())) as there:
        sent = sent_by_locust(order(tmp_path, there.url, requests(3, SOUTH)))
    assert [(one.correlation_id, one.enquiry_id) for one in sent] == [("c", "e"), ("", ""), ("", "")]


TOLD_TO_LOCUST = """
from types import SimpleNamespace
from load.locustfile import BusinessAndNetwork
from load.prepare.prepared import Prepared
from load.send.sent import Sent
fired = []
request = SimpleNamespace(fire=lambda **about: fired.append(about["request_type"]))
user = SimpleNamespace(environment=SimpleNamespace(events=SimpleNamespace(request=request)))
for method in ("POST", "GET", "PUT"):
    prepared = Prepared(0, "n", "south", method, "/v1/records", {}, "", "", "")
    BusinessAndNetwork._noted(user, prepared, Sent(0, 0, 0, 1, 202))
print(*fired)
"""


def test_locust_is_told_the_method_of_each_request() -> None:
    """In a process of its own: Locust changes the one that loads it."""
    command = [sys.executable, "-c", TOLD_TO_LOCUST]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["POST", "GET", "PUT"]


def test_what_comes_while_too_many_are_open_is_dropped_and_counted(tmp_path: Path) -> None:
    def act(time: int, body: str) -> Answer:
        assert until(lambda: len(dropped(tmp_path)) == 15)
        return 202, b"{}"

    with sink(act) as there:
        sent = sent_by_locust(order(tmp_path, there.url, requests(20), in_flight=5, timeout_seconds=20.0))
    assert [one.index for one in sent] == [0, 1, 2, 3, 4]
    assert sorted(dropped(tmp_path)) == list(range(5, 20))


def test_one_that_is_told_to_stop_says_what_was_open(tmp_path: Path) -> None:
    over = threading.Event()

    def act(time: int, body: str) -> Answer:
        over.wait(30)
        return 202, b"{}"

    with sink(act) as there:
        path = order(tmp_path, there.url, requests(600), seconds=60.0, timeout_seconds=30.0, in_flight=600)
        generator = Generator.start(path, Workers(1), tmp_path / "locust.log")
        try:
            assert until(lambda: len(there.came) > 5)
            generator.ask_to_stop()
            assert until(lambda: not generator.process.alive())
        finally:
            over.set()
            generator.process.stop()
    rows = list(new_rows(Follower(tmp_path / "sent-0.csv")))
    assert 5 < len(rows) < 600
    assert {(one.status, one.problem, one.failed) for one in rows} == {(0, STOPPED, False)}


def test_an_order_that_leaves_the_machine_is_refused_unless_it_is_allowed(tmp_path: Path) -> None:
    path = order(tmp_path, "http://192.0.2.1:9", requests(1))
    done = locust("--order", str(path), "--headless")
    assert done.returncode == 2
    assert "http://192.0.2.1:9: この計算機の外のアドレス" in done.stderr
    assert "--allow-host 192.0.2.1" in done.stderr


def test_locust_without_an_order_says_what_it_needs(tmp_path: Path) -> None:
    done = locust("--headless", "--order", str(tmp_path / "none.json"))
    assert done.returncode == 2
    assert "none.json: 読めない" in done.stderr


def test_workers_of_other_machines_share_the_work_by_locusts_own_distribution(tmp_path: Path) -> None:
    """Each with a copy of the folder, as on machines that share nothing."""
    with sink() as there:
        folders = [tmp_path / name for name in ("master", "first", "second")]
        for folder in folders:
            order(folder, there.url, requests(40))
        port = str(free_port(LOOPBACK))
        commands = [[*LOCUST, "--order", str(folder / "order.json")] for folder in folders]
        commands[0] += ["--master", "--headless", "--expect-workers", "2", "--only-summary"]
        commands[0] += ["--master-bind-host", "127.0.0.1", "--master-bind-port", port]
        for command in commands[1:]:
            command += ["--worker", "--master-host", "127.0.0.1", "--master-port", port]
        running = [
            Process.start("Locust", command, folder / "log", {}, announces=False)
            for command, folder in zip(commands, folders, strict=True)
        ]
        try:
            assert until(lambda: not running[0].alive())
        finally:
            for process in running:
                process.stop()
    assert sorted(map(int, there.came)) == list(range(40))
    rows = list(new_rows(Follower(folders[0] / "sent-0.csv")))
    assert sorted(one.index for one in rows) == list(range(40))


def test_the_web_ui_sends_all_once_and_never_again(tmp_path: Path) -> None:
    with sink() as there:
        path = order(tmp_path, there.url, requests(40))
        base = f"http://127.0.0.1:{(port := free_port(LOOPBACK))}"
        command = [*LOCUST, "--order", str(path), "--web-host", "127.0.0.1", "--web-port", str(port)]
        process = Process.start("Locust", command, tmp_path / "log", {}, announces=False)
        try:
            assert until(lambda: answers(base))
            assert httpx.post(f"{base}/swarm", data={}).json()["success"] is True
            assert until((tmp_path / LATENCY).exists)
            [total] = [one for one in shown(base)["stats"] if one["name"] == "Aggregated"]
            assert (total["num_requests"], total["num_failures"]) == (40, 0)
            assert until(lambda: shown(base)["state"] == "stopped")
            httpx.post(f"{base}/swarm", data={})
            assert until(lambda: "一度だけ使える" in (tmp_path / "log").read_text(encoding="utf-8"))
            assert until(lambda: shown(base)["state"] == "stopped")
        finally:
            process.stop()
    assert sorted(map(int, there.came)) == list(range(40))


def answers(base: str) -> bool:
    try:
        return httpx.get(base).status_code == 200
    except httpx.TransportError:
        return False


def shown(base: str) -> dict[str, Any]:
    """What the page of the web UI shows."""
    found: dict[str, Any] = httpx.get(f"{base}/stats/requests").json()
    return found


def locust(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Locust by hand."""
    return subprocess.run([*LOCUST, *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_workers_elsewhere_that_would_send_to_themselves_are_refused() -> None:
    here, elsewhere = ["http://127.0.0.1:9101/north"], ["http://192.0.2.7:9101/north"]
    with pytest.raises(ConfigurationError, match="--line none"):
        Workers(2, "192.0.2.10").must_reach(here)
    Workers(2, "192.0.2.10").must_reach(elsewhere)
    Workers(2, LOOPBACK).must_reach(here)
    Workers(2).must_reach(here)
