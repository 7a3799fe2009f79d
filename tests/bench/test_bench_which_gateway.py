"""The gateway that is tested is the one that was named: nobody else who listens there, none that ended, none that went
away; and an argument that names none is a sentence."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from harness.bench import preflight, presence
from harness.bench.bench import Target, open_bench
from harness.bench.presence import Presence
from harness.bench.run_folder import GATEWAY, keep_gateway, kept_gateway
from harness.catalogue.findings import ConfigurationError
from harness.contract.statement import Statement
from harness.gateways.kinds import Setting, find, shown
from harness.processes.listeners import answers, must_be_free, stranger
from harness.processes.output import Output
from harness.processes.process import ENDED, Process
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_run import renkei
from tests.bench.bench_statements import document, write
from tests.bench.waiting import until

OWN = [
    card.address
    for cards in psutil.net_if_addrs().values()
    for card in cards
    if card.family == socket.AF_INET and not card.address.startswith("127.")
]
LISTENS = "import socket,time; s=socket.create_server(('127.0.0.1',{port})); time.sleep(600)"


def declared(port: int) -> Statement:
    """A statement of a gateway on a port."""
    return Statement.from_document(document(f"http://{LOOPBACK}:{port}"))


@contextmanager
def listening(port: int = 0) -> Iterator[int]:
    """Somebody who takes connections, in this process."""
    with socket.create_server((LOOPBACK, port)) as server:
        yield server.getsockname()[1]


def named(gateway: str) -> None:
    """As a run begins."""
    kind, params = find(gateway)
    kind.network_listen(params, declared(9))


@pytest.mark.parametrize(
    "gateway",
    [
        "http:127.0.0.1:9101/south",
        "http:http://127.0.0.1:99999/south",
        "http:http://[::1",
        "http:http://127.0.0.1 /south",
        "http:http://local host/south",
        "http:http://user:geheim@127.0.0.1:9101/south",
        "command:./gateway --password 'geheim",
        "command:",
        "command:''",
        "comand:./gateway --password geheim",
        "",
    ],
)
def test_an_argument_that_names_no_gateway_is_one_sentence_without_its_password(gateway: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        named(gateway)
    assert "\n" not in str(error.value)
    assert "geheim" not in str(error.value)


@pytest.mark.parametrize(
    "gateway", ["reference+", "reference:", "reference: ", "reference+\u3000", "null:", "refuses-everything+"]
)
def test_a_part_of_the_argument_that_a_variable_left_empty_names_no_clean_gateway(gateway: str) -> None:
    with pytest.raises(ConfigurationError, match="値が空である"):
        named(gateway)


@pytest.mark.parametrize("gateway", ["null:x", "refuses-everything+x"])
def test_what_is_asked_of_a_miniature_beside_its_name_is_refused(gateway: str, tmp_path: Path) -> None:
    kind, params = find(gateway)
    with pytest.raises(ConfigurationError, match="その後に書けるものはない（x）"):
        kind.start(params, Setting("http://127.0.0.1:9", None, tmp_path))


def test_such_an_argument_ends_the_command_with_2(tmp_path: Path) -> None:
    statement = str(write(tmp_path / "gateway.toml", document()))
    ended = renkei(tmp_path, "--gateway", "http:http://127.0.0.1:99999/south", "--statement", statement)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended.err


@pytest.mark.parametrize(
    ("gateway", "seen"),
    [
        ("reference+accepts-replay", "reference+accepts-replay"),
        ("http:http://127.0.0.1:9101/south", "http:http://127.0.0.1:9101/south"),
        ("command:./gateway", "command:./gateway"),
        ("command:./gateway --password geheim", "command:./gateway …（2）"),
        ("command:./gateway --token=geheim", "command:./gateway …（1）"),
        ("command:PASSWORD=geheim ./gateway", "command:PASSWORD=… …（1）"),
        ("command:env PASSWORD=geheim ./gateway", "command:env …（2）"),
        ("command:sh -c 'geheim", "command:sh …（2）"),
        ("vendor:http://user:geheim@127.0.0.1/x", "vendor:http://…@127.0.0.1/x"),
        ("vendor:password=geheim", "vendor:password=…"),
    ],
)
def test_what_is_shown_of_a_gateway_holds_no_password(gateway: str, seen: str) -> None:
    assert shown(gateway) == shown(shown(gateway)) == seen


def test_the_whole_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    keep_gateway(tmp_path, "command:./gateway --password geheim")
    assert (tmp_path / GATEWAY).stat().st_mode & 0o777 == 0o600
    assert kept_gateway(tmp_path) == "command:./gateway --password geheim"
    assert kept_gateway(tmp_path / "elsewhere") is None


def test_bytes_that_are_no_text_are_kept_as_they_are(tmp_path: Path) -> None:
    keep_gateway(tmp_path, "command:./g\udcff")
    assert kept_gateway(tmp_path) == "command:./g\udcff"


def opened(gateway: str, port: int, folder: Path) -> None:
    """Opens a bench that must not open."""
    with open_bench(Target(gateway, declared(port), folder)):
        pytest.fail("it must not open")


@pytest.mark.parametrize("command", ["./nope", "false", "sleep 100"])
def test_whoever_listened_before_the_command_is_no_gateway_of_this_run(command: str, tmp_path: Path) -> None:
    with listening() as port, pytest.raises(ConfigurationError, match=f"起動する前から.*PID {os.getpid()}"):
        opened(f"command:{command}", port, tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.2", "localhost", *OWN])
def test_at_any_address_of_this_machine_it_is_known_who_listens(host: str, tmp_path: Path) -> None:
    other = Process.start("起動した命令", ["sleep", "600"], tmp_path / "other", {}, announces=False)
    try:
        with socket.create_server(("", 0)) as server:
            url = f"http://{host}:{server.getsockname()[1]}/south"
            with pytest.raises(ConfigurationError, match=f"起動する前から.*PID {os.getpid()}"):
                must_be_free([url])
            assert f"PID {os.getpid()}" in str(stranger(other, [url]))
    finally:
        other.stop()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("./nope", r"終了コード 127。最後の記録: \./nope: 起動できない"),
        ("PASSWORD=geheim ./nope", "PASSWORD: 起動できない"),
        ("sh -c 'echo one; echo two >&2; exit 3'", "終了コード 3。最後の記録: one / two"),
        ("sh -c 'kill -KILL $$'", "シグナル 9 SIGKILL。何も記録していない"),
    ],
)
def test_a_command_that_ends_is_said_at_once(
    command: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight, "STARTING_SECONDS", 86_400.0)  # who waits for it is not done today
    with pytest.raises(ConfigurationError, match=says):
        opened(f"command:{command}", free_port(LOOPBACK), tmp_path)


def test_whoever_listens_must_belong_to_the_command(tmp_path: Path) -> None:
    port = free_port(LOOPBACK)
    url = f"http://{LOOPBACK}:{port}/south"
    must_be_free([url])
    code = LISTENS.format(port=port)
    # What puts itself into the background, in a session of its own, is the command all the same.
    command = ["sh", "-c", f'(setsid {sys.executable} -c "{code}" &)']
    own = Process.start("起動した命令", command, tmp_path / "log", {}, announces=False, to_the_last=True)
    other = Process.start("起動した命令", ["sleep", "600"], tmp_path / "other", {}, announces=False)
    try:
        assert until(lambda: answers(url))
        assert stranger(own, [url]) is None
        assert "待ち受けているのは起動した命令ではなく" in str(stranger(other, [url]))
    finally:
        own.stop()
        other.stop()
    must_be_free([url])


def test_a_gateway_that_comes_back_is_still_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "GONE_SECONDS", 86_400.0)
    port = free_port(LOOPBACK)
    refused = threading.Event()

    def looking(url: str) -> bool:
        there = answers(url)
        refused.set()
        return there

    monkeypatch.setattr(presence, "answers", looking)
    found: list[object] = []
    asking = threading.Thread(target=lambda: found.append(Presence.of(declared(port), tmp_path).gone()))
    asking.start()
    assert refused.wait(120)
    with listening(port):
        asking.join(120)
    assert found == [None]


def test_a_gateway_that_stays_away_is_said_by_one_of_those_who_find_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "GONE_SECONDS", 0.0)
    there = Presence.of(declared(free_port(LOOPBACK)), tmp_path)
    first, second = there.gone(), there.gone()
    assert first
    assert second
    assert (first["first"], second["first"]) == (True, False)
    assert "接続を受け付けない" in first["how"]
    presence.forget(tmp_path)
    again = there.gone()
    assert again
    assert again["first"]


def test_how_a_process_ended_is_noted_where_nobody_asked_for_it(tmp_path: Path) -> None:
    asked, unasked = (
        Process.start("起動した命令", ["sleep", "600"], tmp_path / "log", {}, announces=False)
        for _ in range(2)
    )
    asked.note_end(tmp_path)
    asked.stop()
    assert not (tmp_path / ENDED).exists()
    unasked.note_end(tmp_path)
    unasked.leash.kill()
    assert until((tmp_path / ENDED).exists)
    assert "SIGKILL" in (tmp_path / ENDED).read_text(encoding="utf-8")
    unasked.stop()


def test_a_log_has_a_bound_and_ends_with_the_last_words(tmp_path: Path) -> None:
    code = "print('first'); print('x' * 100_000); print('last')"
    output = Output(tmp_path / "log", longest=1_000)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout
    output.follow(process.stdout)
    process.wait()
    output.close()
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert text.startswith("first\n")
    assert text.endswith("last\n")
    assert "バイトを省いた" in text
    assert len(text) < 20_000
    assert output.last_lines(1) == ["last"]
