"""The network as a process: how it starts, ends, and writes its journal."""

import socket
from pathlib import Path

from harness.contract.journal import Entry
from harness.contract.keys import bench_keys as keys_of
from harness.record.reader import read
from tests.network import network_process
from tests.network.fake_gateway import OWN, SECONDS, enquiry, fake_gateway, sealed
from tests.network.network_process import ready, started


def test_without_a_token_it_does_not_start() -> None:
    process = started(token=None)
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, err.count("\n")) == (2, "", 1)
    assert "標準入力" in err


def test_an_occupied_port_is_said_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        process = started("--port", str(listener.getsockname()[1]))
        out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, err.count("\n")) == (2, "", 1)
    assert "--port" in err


def test_ajournal_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    process = started(journal=tmp_path / "nowhere" / "journal.jsonl")
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, err.count("\n")) == (2, "", 1)


def test_it_says_where_it_listens_and_ends_cleanly() -> None:
    process = started()
    said = ready(process)
    assert said["ready"] is True
    assert said["url"].startswith("http://127.0.0.1:")
    process.terminate()
    out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out, err) == (0, "", "")


def test_the_journal_has_every_exchange_and_reset_forgets_them(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    with network_process.network(journal=journal) as network, fake_gateway() as gateway:
        network.register(gateway)
        person, links = network.person()
        assert network.done("GET", "health") == {"status": "ok", "gateway": OWN, "heard": False}
        message = enquiry(links[OWN])
        network.post(sealed(message))
        network.post("text")
        shown = network.exchanges(at_least=3)
        assert network.done("GET", "health") == {"status": "ok", "gateway": OWN, "heard": True}
        network.done("POST", "reset", {})
        assert network.exchanges() == network.provisions() == []
        assert network.done("GET", "health") == {"status": "ok", "gateway": OWN, "heard": False}
        assert network.post(sealed(enquiry(links[OWN]))).json()["code"] == "SUBJECT_UNKNOWN"
        assert network.done("POST", "people", {"person": person})["link_codes"] != links
    entries = [entry for entry in read(journal) if entry["type"] == Entry.EXCHANGE]
    assert len(entries) == 4
    for entry, exchange in zip(entries, shown, strict=False):
        assert entry == {"v": 1, "by": "network", "type": "exchange", "face": "north", **exchange}


def test_other_hosts_only_where_they_are_named() -> None:
    keys = keys_of(OWN).public().to_jwk()
    body = {"code": OWN, "north_url": "http://gateway.example:9101/north", "keys": keys}
    with network_process.network(
        "--allow-host", "gateway.example", "--allow-host", "other.example"
    ) as network:
        network.done("PUT", "gateway", body)
        refused = network.control("PUT", "gateway", {**body, "north_url": "http://elsewhere.example/"})
        assert refused.json()["code"] == "INVALID_REQUEST"


def test_before_a_gateway_is_registered() -> None:
    with network_process.network() as network:
        assert network.done("GET", "health")["gateway"] is None
        refused = network.control("POST", "enquiries", network_process.wish("p"))
        assert refused.json()["code"] == "INVALID_REQUEST"
        _, links = network.person()
        assert network.post(sealed(enquiry(links[OWN]))).status_code == 202
