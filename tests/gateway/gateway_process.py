"""A gateway that tests reach over HTTP like any other; every answer is held against the contract."""

import json
import os
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from harness.contract.keys import bench_keys as keys_of
from harness.contract.schemas import problem_with
from harness.contract.statement import Tokens
from mocks.defects import defect
from mocks.gateway.app import application
from mocks.gateway.functions import TABLES, assemble
from mocks.gateway.settings import Settings
from mocks.gateway.storage import Storage
from tests.gateway.fake_network import AFFAIR, BASIS, OWN, PARTNER, SECONDS, TAX, served

ROOT = Path(__file__).parents[2]
TOKENS = {"business": "token-b", "staff": "token-s", "audit": "token-a"}
STAFF = {"X-Staff-Id": "staff-1", "X-Staff-Role": "child-allowance"}
OWNER = "resident-tax"  # role that owns TAX
_SCHEMAS = (
    (r"GET /v1/health", "health"),
    (r"PUT /v1/subjects/.*", "registered"),
    (r"POST /v1/records/bulk", "bulk-result"),
    (r"POST /v1/enquiries|GET /v1/enquiries/[^/]+", "enquiry-status"),
    (r"GET /v1/enquiries/[^/]+/result", "enquiry-result"),
    (r"GET /v1/pending", "pending"),
    (r"GET /v1/logs/access.*", "access-log"),
    (r"GET /v1/logs/audit.*", "audit-log"),
    (r"GET /v1/logs/business.*", "business-log"),
    (r".*", "empty"),
)


@dataclass(frozen=True)
class Gateway:
    """A running gateway."""

    client: httpx.Client
    north: str
    running: subprocess.Popen[bytes] | None = None

    def call(
        self, method: str, path: str, caller: str = "business", body: Any = None, **headers: str
    ) -> httpx.Response:
        """One request of the south face; `headers` with underscores override those of a member of staff."""
        given = {"Authorization": f"Bearer {TOKENS[caller]}" if caller else "", **STAFF}
        given |= {k.replace("_", "-"): v for k, v in headers.items()}
        content = None if body is None else json.dumps(body)
        reply = self.client.request(
            method, path, content=content, headers={k: v for k, v in given.items() if v}
        )
        schema = next(s for p, s in _SCHEMAS if re.fullmatch(p, f"{method} {path}"))
        assert problem_with(schema if reply.is_success else "error", reply.json()) is None, reply.text
        return reply

    def register(self, local_id: str, token: str, **other: str) -> None:
        """A resident, with the record of 2011."""
        assert self.call("PUT", f"/v1/subjects/{local_id}", body=subject(token) | other).is_success
        self.put(local_id, TAX, {"相当年度": "2011"}, tax_items())

    def put(self, local_id: str, information: str, key: dict[str, str], items: dict[str, Any]) -> None:
        """One record."""
        record = {"local_id": local_id, "information": information, "key": key, "items": items}
        assert self.call("PUT", "/v1/records", body=record).status_code == 200

    def handle(self, scope: str, key: str, mode: str = "手動") -> None:
        """自動/手動."""
        body = {"scope": scope, "key": key, "mode": mode, "reason": ""}
        assert self.call("PUT", "/v1/handling", "staff", body).status_code == 200

    def enquire(self, local_id: str, **other: Any) -> dict[str, Any]:
        """A proper enquiry of our own; its status."""
        reply = self.call("POST", "/v1/enquiries", body=wish(local_id) | other)
        assert reply.status_code == 202, reply.text
        status: dict[str, Any] = reply.json()
        return status

    def status(self, enquiry_id: str) -> dict[str, Any]:
        """処理状況."""
        found: dict[str, Any] = self.call("GET", f"/v1/enquiries/{enquiry_id}").json()
        return found

    def await_status(self, enquiry_id: str, wanted: str) -> dict[str, Any]:
        """Waits until an enquiry is in this state."""
        until(lambda: self.status(enquiry_id)["status"] == wanted)
        return self.status(enquiry_id)

    def log(self, name: str, **filters: str) -> list[dict[str, Any]]:
        """Entries of a log."""
        query = "&".join(f"{k}={v}" for k, v in filters.items())
        entries: list[dict[str, Any]] = self.call("GET", f"/v1/logs/{name}?{query}", "audit").json()[
            "entries"
        ]
        return entries

    def pending(self, **headers: str) -> list[dict[str, Any]]:
        """What waits for staff, as who owns TAX is shown it."""
        told = {"X_Staff_Role": OWNER, **headers}
        rows: list[dict[str, Any]] = self.call("GET", "/v1/pending", "staff", **told).json()["pending"]
        return rows

    def decide(self, correlation_id: str, decision: str, **headers: str) -> httpx.Response:
        """approval or refusal."""
        body = {"reason": "支援措置の対象者"} if decision == "refusal" else {}
        told = {"X_Staff_Role": OWNER, **headers}
        return self.call("POST", f"/v1/pending/{correlation_id}/{decision}", "staff", body, **told)

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process, of a gateway that is one."""
        assert self.running is not None
        return self.running

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(SECONDS)


def until(is_so: Callable[[], bool]) -> None:
    """Waits for something that only asking shows. Raises AssertionError after SECONDS."""
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def subject(token: str) -> dict[str, str]:
    """A resident as the business system registers them."""
    return {
        "enrolment_token": token,
        "my_number": "123456789018",
        "name": "静岡　花子",
        "kana": "シズオカ　ハナコ",
        "birth_date": "1980-02-29",
        "sex": "2",
        "address": "静岡県静岡市葵区追手町５番１号",
    }


def tax_items() -> dict[str, Any]:
    """A record of which the affair may be given three items; 年税額 is none of them."""
    return {"相当年度": "2011", "年税額": 41234, "総所得額": 2299999, "本人寡婦区分": "0"}


def wish(local_id: str) -> dict[str, Any]:
    """An enquiry as a business system submits it."""
    return {
        "local_id": local_id,
        "to": PARTNER,
        "basis": asdict(BASIS),
        "affair": AFFAIR,
        "information": TAX,
        "key": {"相当年度": "2011"},
        "mode": "オンライン",
    }


def command(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A process with the tokens of these tests in its environment."""
    environment = {**os.environ, "RENKEI_GATEWAY_TOKENS": json.dumps(TOKENS), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


@contextmanager
def gateway(
    network: str, *arguments: str, module: str = "mocks.gateway", first: str = ""
) -> Iterator[Gateway]:
    """A gateway that listens; ended with SIGTERM, and by nothing else."""
    process = command(module, *([first] if first else []), "--network", network, *arguments)
    with process:
        try:
            ready = json.loads(_first_line(process))
            with httpx.Client(base_url=ready["south"], timeout=SECONDS) as client:
                yield Gateway(client, ready["north"], process)
        finally:
            process.send_signal(signal.SIGTERM)


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    assert process.stderr is not None
    assert select.select([process.stdout], [], [], SECONDS)[0], "no ready line"
    return process.stdout.readline() or process.stderr.read()


@contextmanager
def in_thread(network: str, database: Path, defect_name: str = "") -> Iterator[Gateway]:
    """The same gateway in a thread of this process: it starts in a tenth of the time."""
    settings = Settings(network, OWN, keys_of(OWN), Tokens(**TOKENS))
    functions = assemble(settings, Storage(_connected(database)))
    app = application(defect(defect_name).break_it(functions) if defect_name else functions)
    with served(app) as base, httpx.Client(base_url=f"{base}/south", timeout=SECONDS) as client:
        yield Gateway(client, f"{base}/north")


def _connected(database: Path) -> sqlite3.Connection:
    """A connection that is made here and used by the gateway's thread alone."""
    Storage.open(database, TABLES).close()
    connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    return connection
