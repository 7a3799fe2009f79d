"""Two gateways against each other: the network carries what one says to the other as it is, and says which one it is about."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.contract import json_binding
from harness.contract.keys import KeyPair, bench_keys
from harness.contract.keys.ring import KeyRing
from harness.contract.sides import Side
from tests.network.fake_gateway import OWN, PARTNER, SECONDS, FakeGateway, enquiry, fake_gateway, sealed
from tests.network.network_process import JOSE, TOKEN, RunningNetwork, ready, started

OF_ITS_OWN = KeyRing("a secret of this gateway").of(PARTNER)


@dataclass(frozen=True)
class Two:
    """A network between two gateways, and where each of them reaches it."""

    network: RunningNetwork
    gateway: FakeGateway
    partner: FakeGateway
    lines: dict[Side, httpx.Client]
    journal: Path

    def register(self, partner_keys: KeyPair) -> None:
        """Both."""
        rows = (
            (Side.GATEWAY, OWN, self.gateway, bench_keys(OWN)),
            (
                Side.PARTNER,
                PARTNER,
                self.partner,
                partner_keys,
            ),
        )
        for side, code, gateway, keys in rows:
            body = {"code": code, "north_url": gateway.north, "keys": keys.public().to_jwk(), "side": side}
            self.network.done("PUT", "gateway", body)

    def entries(self) -> list[dict[str, Any]]:
        """What is on record."""
        return [json.loads(line) for line in self.journal.read_bytes().splitlines()]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    """One network for all tests here."""
    journal = tmp_path_factory.mktemp("two") / "journal.jsonl"
    process = started("--partner-port", "0", journal=journal)
    with ExitStack() as stack:
        stack.callback(process.communicate, timeout=SECONDS)
        stack.callback(process.terminate)
        ports = ready(process)["ports"]
        clients = [
            stack.enter_context(
                httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=SECONDS, trust_env=False)
            )
            for port in ports
        ]
        gateway, partner = (stack.enter_context(fake_gateway()) for _ in range(2))
        lines = dict(zip(Side, clients, strict=True))
        yield Two(RunningNetwork(clients[0]), gateway, partner, lines, journal)


def sent(two: Two, token: str, ref: str) -> list[dict[str, Any]]:
    """What the network has of a message that the first gateway handed over, once it has arrived at the other."""
    assert two.lines[Side.GATEWAY].post("/v1/inbox", content=token, headers=JOSE).status_code == 202
    found: list[dict[str, Any]] = two.network.exchanges(at_least=2, person=ref)
    return found


def test_what_one_asks_reaches_the_other_as_it_was_sealed_with_the_others_link_code(two: Two) -> None:
    two.register(bench_keys(PARTNER))
    ref, codes = two.network.person()
    token = sealed(enquiry(codes[OWN]))
    came, went = sent(two, token, ref)
    arrived = json_binding.peek(two.partner.arrived[-1])
    assert arrived["body"] == json_binding.peek(token)["body"]
    assert arrived["header"]["link_code"] == codes[PARTNER]
    assert (came["direction"], came["side"]) == ("from_gateway", Side.GATEWAY)
    assert (went["direction"], went["side"], went["status"]) == ("to_gateway", Side.PARTNER, 202)
    assert came["content"] == went["content"] == {"key": {"相当年度": "2011"}}
    assert went["inner"]
    assert [p["outcome"] for p in two.network.provisions(person=ref)] == ["delivered"]


def test_what_is_sealed_to_a_key_that_only_its_gateway_has_stays_closed(two: Two) -> None:
    two.register(OF_ITS_OWN)
    ref, codes = two.network.person()
    message = enquiry(codes[OWN])
    came, went = sent(two, json_binding.seal(message, bench_keys(OWN), OF_ITS_OWN.public()), ref)
    assert (came["status"], came["problem"], came["content"]) == (202, None, None)
    assert (went["status"], went["content"], went["inner"]) == (202, None, None)


def test_the_directory_tells_the_keys_of_both_and_who_asked_for_it_is_on_record(two: Two) -> None:
    two.register(OF_ITS_OWN)
    told = two.lines[Side.PARTNER].get("/v1/directory").json()
    keys = {row["code"]: row["keys"] for row in told["organisations"]}
    assert keys[OWN] == bench_keys(OWN).public().to_jwk()
    assert keys[PARTNER] == OF_ITS_OWN.public().to_jwk()
    two.lines[Side.GATEWAY].get("/v1/directory")
    two.lines[Side.PARTNER].get("/v1/directory")
    asked = [entry for entry in two.entries() if entry["type"] == "asked" and entry["what"] == "directory"]
    first = {side: next(e for e in asked if e.get("side") == side) for side in Side}
    assert first[Side.GATEWAY]["digest"] == first[Side.PARTNER]["digest"]
    assert all(entry["response"] for entry in first.values())  # either half of the record stands alone
    said = [entry for entry in two.entries() if entry["type"] in ("asked", "heard")]
    assert said[-1].get("side") == Side.PARTNER
    assert {entry.get("side") for entry in said} <= set(Side)


def test_nobody_is_played_whose_gateway_is_real(two: Two) -> None:
    two.register(bench_keys(PARTNER))
    ref, _ = two.network.person()
    asked = {
        "as": PARTNER,
        "person": ref,
        "basis": {"table": "2012-02-14", "item": "1"},
        "side": Side.GATEWAY,
    }
    said = two.network.control("POST", "enquiries", {**asked, "affair": "x", "information": "y", "role": "z"})
    assert said.status_code == 422
    assert TOKEN not in said.text
