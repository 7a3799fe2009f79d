"""Kinds of gateway: one that runs already, one that the bench starts, and what preflight says of a wrong one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from harness.contract.keys import bench_keys
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_run import renkei
from tests.bench.bench_statements import OWN, document, write

SOME = (
    "--use-case",
    "児童扶養手当",
    "--requirement",
    "NET-03",
    "--requirement",
    "AUTH-05",
    "--requirement",
    "CON-02",
)
TOKENS = json.dumps({kind: f"test-token-{kind}" for kind in ("business", "staff", "audit")})


def statement(folder: Path, port: int, network: int, **changes: Any) -> Path:
    """A statement for a gateway on a fixed port."""
    listen = {"listen": f"127.0.0.1:{network}"}
    return write(folder / "gateway.toml", document(f"http://127.0.0.1:{port}", network=listen, **changes))


def command(port: int, network: str) -> list[str]:
    """The reference gateway, started as if it were somebody's."""
    return [sys.executable, "-P", "-m", "mocks.gateway", "--network", network, "--port", str(port)]


def started_by_the_bench(port: int, network: str) -> str:
    """--gateway command: with the reference gateway behind a shell, as vendors do."""
    tokens = TOKENS.replace('"', '\\"')
    return f"command:sh -c \"RENKEI_GATEWAY_TOKENS='{tokens}' exec {' '.join(command(port, network))}\""


def test_a_gateway_that_runs_already(tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    environment = {**os.environ, "RENKEI_GATEWAY_TOKENS": TOKENS}
    own = command(port, f"http://127.0.0.1:{network}")
    with subprocess.Popen(own, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        assert process.stdout.readline()
        path = str(statement(tmp_path, port, network))
        ended = renkei(
            tmp_path, "--gateway", f"http:http://127.0.0.1:{port}/south", "--statement", path, *SOME
        )
        assert process.poll() is None  # it was not started by the run, so it is not ended by it
        process.terminate()
    assert (ended.code, set(ended.verdicts().values())) == (0, {"合格"})


def test_a_gateway_that_the_bench_starts(tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    path, line = str(statement(tmp_path, port, network)), started_by_the_bench(port, "$RENKEI_NETWORK_URL")
    ended = renkei(tmp_path, "--gateway", line, "--statement", path, *SOME)
    assert (ended.code, set(ended.verdicts().values())) == (0, {"合格"}), ended.err


def test_what_is_not_declared_is_not_asked(tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    declares = {**document()["declares"], "roles": ["応答側"], "handling": ["自動"]}
    path = str(statement(tmp_path, port, network, declares=declares))
    line = started_by_the_bench(port, f"http://127.0.0.1:{network}")
    ended = renkei(tmp_path, "--gateway", line, "--statement", path, *SOME)
    assert ended.code == 0, ended.err
    assert ended.verdicts() == {"NET-03": "合格", "AUTH-05": "対象外", "CON-02": "対象外"}


def health(**changes: Any) -> dict[str, Any]:
    """A health object as the statement declares it, with changes."""
    keys = bench_keys(OWN).public()
    now = (datetime.now(UTC) + changes.pop("off", timedelta())).isoformat(timespec="milliseconds")
    return {
        "status": "ok",
        "contract": "1",
        "organisation": OWN,
        "product": "x",
        "time": now,
        "tables": ["2015-09-09"],
        "keys": {"signature": keys.signature.kid, "encryption": keys.encryption.kid},
        **changes,
    }


@pytest.fixture
def odd_gateway(request: pytest.FixtureRequest) -> Iterator[str]:
    """The base URL of a gateway whose health says what the parameter says."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(health(**request.param)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the library's name
            """Says nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("odd_gateway", "says"),
    [
        ({"organisation": "401307"}, "団体コードが違う（宣言 221007、ゲートウェイ 401307）"),
        ({"contract": "2"}, "契約の版が違う（宣言 1、ゲートウェイ 2）"),
        ({"contract": "3"}, "応答が様式 health に合わない"),
        ({"keys": {"signature": "a", "encryption": "b"}}, "鍵が一致しない"),
        ({"off": timedelta(minutes=-3)}, "時計が 180"),
        ({"status": "<script>\u001b[31m"}, "応答が様式 health に合わない"),
    ],
    indirect=["odd_gateway"],
    ids=["organisation", "contract", "no-contract", "keys", "clock", "hostile"],
)
def test_preflight_says_in_one_sentence_what_is_wrong(odd_gateway: str, says: str, tmp_path: Path) -> None:
    path = str(write(tmp_path / "gateway.toml", document(odd_gateway)))
    ended = renkei(tmp_path, "--gateway", "http:", "--statement", path)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert says in ended.err
    assert "\x1b" not in ended.err


@pytest.mark.parametrize(
    ("use", "says"), [("signature", "署名鍵の宣言"), ("encryption", "keys.encryption を確かめる")]
)
def test_a_key_that_is_another_one_is_found_before_any_verdict(use: str, says: str, tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    keys = bench_keys(OWN).public().to_jwk()
    other = bench_keys("401307").public().to_jwk()[use] | {"kid": keys[use]["kid"]}
    path = str(statement(tmp_path, port, network, keys={**keys, use: other}))
    line = started_by_the_bench(port, f"http://127.0.0.1:{network}")
    ended = renkei(tmp_path, "--gateway", line, "--statement", path)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert says in ended.err


def test_a_north_url_that_is_no_inbox_is_found_before_any_verdict(tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    south = {"url": f"http://127.0.0.1:{port}/south"}
    path = str(statement(tmp_path, port, network, north=south))
    line = started_by_the_bench(port, f"http://127.0.0.1:{network}")
    ended = renkei(tmp_path, "--gateway", line, "--statement", path)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "north.url を確かめる" in ended.err


@pytest.mark.parametrize("organisation", ["town", "city,contract-2"])
def test_an_organisation_without_a_competence_is_asked_only_for_what_it_holds(
    tmp_path: Path, organisation: str
) -> None:
    asked = ("--requirement", "STO-01", "--requirement", "AUTH-04")
    ended = renkei(tmp_path, "--gateway", f"reference:{organisation}", *asked)
    assert ended.code == 0, ended.out
