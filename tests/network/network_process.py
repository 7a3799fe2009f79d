"""The network as a process, reached over HTTP like any other; what it says is held against the contract."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from harness.contract.keys import bench_keys as keys_of
from harness.contract.messages import new_id
from harness.contract.schemas import problem_with
from tests.network.fake_gateway import AFFAIR, BASIS, OWN, PARTNER, SECONDS, TAX, YEAR, FakeGateway

ROOT = Path(__file__).parents[2]
TOKEN = "token-of-the-tests"
JOSE = {"Content-Type": "application/jose"}


@dataclass(frozen=True)
class RunningNetwork:
    """A network that listens at `client`'s base URL."""

    client: httpx.Client

    def control(self, method: str, verb: str, body: Any = None, **query: Any) -> httpx.Response:
        """One request of the control API with the right token."""
        headers = {"Authorization": f"Bearer {TOKEN}"}
        return self.client.request(method, f"/control/v1/{verb}", json=body, params=query, headers=headers)

    def done(self, method: str, verb: str, body: Any = None, **query: Any) -> dict[str, Any]:
        """The same, and it must succeed."""
        reply = self.control(method, verb, body, **query)
        assert reply.status_code == 200, reply.text
        value: dict[str, Any] = reply.json()
        return value

    def register(self, gateway: FakeGateway) -> None:
        """The gateway under test."""
        self.register_at(gateway.north)

    def register_at(self, north: str) -> None:
        """The gateway under test, at a URL."""
        keys = keys_of(OWN).public().to_jwk()
        self.done("PUT", "gateway", {"code": OWN, "north_url": north, "keys": keys})

    def person(self) -> tuple[str, dict[str, str]]:
        """Somebody new; reference and link codes by organisation."""
        ref = f"person-{new_id()}"
        return ref, self.done("POST", "people", {"person": ref})["link_codes"]

    def behave(self, person: str, behaviour: str, alteration: str | None = None) -> None:
        """How 福岡市 answers about somebody's tax."""
        subject = {"organisation": PARTNER, "person": person, "information": TAX}
        self.done("PUT", "behaviours", {**subject, "behaviour": behaviour, "alteration": alteration})

    def put(self, person: str, items: dict[str, Any]) -> None:
        """What 福岡市 holds on somebody's tax of 2011."""
        subject = {"organisation": PARTNER, "person": person, "information": TAX}
        self.done("PUT", "records", {**subject, "key": YEAR, "items": items})

    def enquire(self, person: str, **other: Any) -> dict[str, Any]:
        """福岡市 asks the gateway; `other` overrides fields of the enquiry."""
        return self.done("POST", "enquiries", wish(person, **other))

    def post(self, token: str | bytes) -> httpx.Response:
        """Hands a message to the inbox."""
        reply = self.client.post("/v1/inbox", content=token, headers=JOSE)
        schema = "accepted" if reply.status_code == 202 else "error"
        assert problem_with(schema, reply.json()) is None, reply.text
        return reply

    def exchanges(self, at_least: int = 0, sender: str | None = None, **filters: str) -> list[dict[str, Any]]:
        """North exchanges; there must be as many."""
        timeout = SECONDS if at_least else 0
        filters |= {"from": sender} if sender else {}
        found: list[dict[str, Any]] = self.done(
            "GET", "exchanges", at_least=at_least, timeout=timeout, **filters
        )["exchanges"]
        assert len(found) >= at_least
        return found

    def provisions(self, **filters: str) -> list[dict[str, Any]]:
        """The network's record."""
        found: list[dict[str, Any]] = self.done("GET", "provisions", **filters)["provisions"]
        return found


def wish(person: str, **other: Any) -> dict[str, Any]:
    """A proper enquiry of 福岡市 about somebody, as the control API takes it."""
    asked = {
        "as": PARTNER,
        "person": person,
        "basis": asdict(BASIS),
        "affair": AFFAIR,
    }
    return {**asked, "information": TAX, "key": YEAR, "role": "child-allowance", **other}


def started(*arguments: str, token: str | None = TOKEN, journal: Path | None = None) -> subprocess.Popen[str]:
    """`python -m mocks.network`, told its token and its journal."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mocks.network", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin
    process.stdin.write(json.dumps({"token": token, "journal": str(journal) if journal else None}) + "\n")
    process.stdin.flush()
    return process


def ready(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Its ready line."""
    assert process.stdout is not None
    assert process.stderr is not None
    assert select.select([process.stdout], [], [], SECONDS)[0], "no ready line"
    line = process.stdout.readline()
    assert line, process.stderr.read()
    value: dict[str, Any] = json.loads(line)
    return value


@contextmanager
def network(*arguments: str, journal: Path | None = None) -> Iterator[RunningNetwork]:
    """A network process; ended with SIGTERM, and by nothing else."""
    process = started(*arguments, journal=journal)
    try:
        with httpx.Client(base_url=ready(process)["url"], timeout=SECONDS, trust_env=False) as client:
            yield RunningNetwork(client)
    finally:
        process.terminate()
        _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, (process.returncode, said)
