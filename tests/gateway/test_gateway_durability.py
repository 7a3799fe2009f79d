"""What was accepted survives kill -9; how a gateway starts and ends."""

import asyncio
import json
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from harness.contract.keys import bench_keys as keys_of
from harness.contract.statement import Tokens
from mocks.gateway.__main__ import main
from mocks.gateway.functions import TABLES, Functions, assemble
from mocks.gateway.reception import receive
from mocks.gateway.settings import Settings
from mocks.gateway.storage import Storage, dump
from tests.gateway.fake_network import SECONDS, FakeNetwork, enquiry, link_code, post, sealed
from tests.gateway.gateway_process import TOKENS, command, gateway, in_thread, until, wish


@pytest.fixture
def database(tmp_path: Path) -> str:
    return str(tmp_path / "gateway.sqlite")


def test_what_was_accepted_and_not_worked_on_is_answered_after_a_restart(
    network: FakeNetwork, database: str
) -> None:
    """The accepting gateway has no workers, so the message is still in the inbox when it ends."""
    asked = enquiry(link_code("t-unworked"))
    with in_thread(network.url, Path(database)) as first:
        first.register("1", "t-unworked")
    storage = Storage.open(Path(database), TABLES)
    tokens = Tokens(**TOKENS)
    functions = assemble(Settings(network.url, "221007", keys_of("221007"), tokens), storage)
    asyncio.run(_accept(functions, sealed(asked)))
    storage.close()
    assert network.of(asked.header.correlation_id) == []
    with in_thread(network.url, Path(database)):
        assert network.answer_to(asked.header.correlation_id).header.kind == "照会応答"


async def _accept(functions: Functions, token: str) -> None:
    await receive(functions, token)


def test_a_burst_that_is_killed_is_answered_once_each(network: FakeNetwork, database: str) -> None:
    messages = [enquiry(link_code("t-burst")) for _ in range(60)]
    ids = {m.header.correlation_id for m in messages}
    with gateway(network.url, "--database", database) as first:
        first.register("1", "t-burst")
        with httpx.Client() as client, ThreadPoolExecutor(4) as threads:
            inbox = f"{first.north}/v1/inbox"
            replies = threads.map(lambda m: client.post(inbox, content=sealed(m)).status_code, messages)
            assert set(replies) == {202}
        first.kill()
    with in_thread(network.url, Path(database)) as second:
        network.wait_for(lambda: ids <= {a.header.correlation_id for a in network.arrived})
        until(
            lambda: len({e["message_id"] for e in second.log("access") if e["event"] == "送信"}) == len(ids)
        )
    by_message = {a.header.message_id for a in network.arrived if a.header.correlation_id in ids}
    assert len(by_message) == len(ids)


def test_a_message_that_could_not_be_sent_leaves_as_the_same_bytes(
    network: FakeNetwork, database: str
) -> None:
    asked = enquiry(link_code("t-retry"))
    with gateway(network.url, "--database", database) as first:
        first.register("1", "t-retry")
        before = len(network.attempts)
        network.script.extend([(503, None)] * 1000)
        assert post(first.north, sealed(asked)).status_code == 202
        network.wait_for(lambda: len(network.attempts) > before)
        first.kill()
    network.script.clear()
    with in_thread(network.url, Path(database)):
        arrived = network.answer_to(asked.header.correlation_id)
    assert network.attempts[before] == arrived.token


def test_pending_and_handling_survive(network: FakeNetwork, database: str) -> None:
    asked = enquiry(link_code("t-pending"))
    with gateway(network.url, "--database", database) as first:
        first.register("1", "t-pending")
        first.handle("subject", "1")
        assert post(first.north, sealed(asked)).status_code == 202
        until(lambda: len(first.pending()) == 1)
        first.kill()
    with in_thread(network.url, Path(database)) as second:
        assert post(second.north, sealed(asked)).json()["code"] == "REPLAYED"
        assert [r["correlation_id"] for r in second.pending()] == [asked.header.correlation_id]
        assert network.of(asked.header.correlation_id) == []
        assert second.decide(asked.header.correlation_id, "approval").status_code == 200
        assert network.answer_to(asked.header.correlation_id).header.kind == "照会応答"


def test_the_directory_is_fetched_on_first_use_and_kept(network: FakeNetwork, database: str) -> None:
    before = network.asked.count("directory")
    with gateway(network.url, "--database", database) as first:
        first.register("1", "t-directory")
        assert network.asked.count("directory") == before
        network.is_out = True
        refused = first.call("POST", "/v1/enquiries", body=wish("1"))
        assert (refused.status_code, refused.json()["code"]) == (502, "UNDELIVERED")
        later = post(first.north, sealed(enquiry(link_code("t-directory"))))
        assert (later.status_code, later.json()["code"]) == (502, "UNDELIVERED")
        network.is_out = False
        first.enquire("1")
        asked = network.asked.count("directory")
        first.enquire("1")
        assert network.asked.count("directory") == asked
        first.kill()
    network.is_out = True
    with in_thread(network.url, Path(database)) as second:
        assert second.enquire("1")["status"] == "受付"


def test_sigterm_ends_it_cleanly_and_takes_the_temporary_database_along(
    network: FakeNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with gateway(network.url) as running:
        assert len(list(tmp_path.iterdir())) == 1
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(SECONDS) == 0
        assert running.process.stderr is not None
        assert running.process.stderr.read() == b""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--network", "nonsense"], "http の URL"),
        (["--network", "http://127.0.0.1:99999"], "http の URL"),
        (["--network", "http://127.0.0.1:9", "--organisation", "000000"], "団体コード"),
        (["--network", "http://127.0.0.1:9", "--port", "70000"], "ポート 70000"),
        (["--network", "http://127.0.0.1:9", "--database", "/"], "データベース"),
        (["--network", "http://127.0.0.1:9", "--defect", "no-such"], "欠陥 no-such"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENKEI_GATEWAY_TOKENS", json.dumps(TOKENS))
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_an_occupied_port_is_said_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        process = command("mocks.gateway", "--network", "http://127.0.0.1:9", "--port", port)
        _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 2
    assert f"ポート {port}" in err.decode()


def test_tokens_must_be_three() -> None:
    arguments = ["--network", "http://127.0.0.1:9"]
    for variable in (None, "{}", "[", json.dumps({**TOKENS, "audit": TOKENS["staff"]})):
        environment = {} if variable is None else {"RENKEI_GATEWAY_TOKENS": variable}
        with pytest.raises(ValueError, match=r"トークン|JSON"):
            Settings.from_arguments("mocks.gateway", arguments, environment)
    flags = [*arguments, "--business-token", "b", "--staff-token", "s", "--audit-token", "a"]
    assert Settings.from_arguments("mocks.gateway", flags, {}).tokens == Tokens("b", "s", "a")
    preferred = {"RENKEI_GATEWAY_TOKENS": dump(TOKENS)}
    assert Settings.from_arguments("mocks.gateway", flags, preferred).tokens == Tokens(**TOKENS)
