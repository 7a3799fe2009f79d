"""Preflight names the token that the gateway does not know, and blames no token for what a gateway does wrong."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness.bench.tokens import PROBES, wrong_tokens
from harness.contract.refusals import RefusedError
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits, Reply
from harness.gateways.south import SouthFace
from harness.gateways.transport import Call
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_run import renkei
from tests.bench.bench_statements import document, write
from tests.bench.test_bench_kinds import started_by_the_bench

KNOWN = dict(document()["south"]["tokens"])
NEEDED = {"/v1/logs/": "audit", "/v1/pending": "staff"}  # everything else: business
UNAUTHENTICATED = (401, dict(RefusedError("UNAUTHENTICATED").content()))
Answer = tuple[int | None, object]
Gateway = Callable[[str, str, str], Answer]  # path, token, kind of token that is needed


def proper(path: str, token: str, needed: str) -> Answer:
    """Knows its tokens, and nothing of what is asked."""
    return (404, dict(RefusedError("NOT_FOUND").content())) if token == KNOWN[needed] else UNAUTHENTICATED


def undeclared(path: str, token: str, needed: str) -> Answer:
    """Declares nothing of what is asked."""
    return (501, dict(RefusedError("NOT_DECLARED").content())) if token == KNOWN[needed] else UNAUTHENTICATED


def permissive(path: str, token: str, needed: str) -> Answer:
    """Takes everybody."""
    return 200, {}


def refusing(path: str, token: str, needed: str) -> Answer:
    """Refuses everybody, for another reason."""
    return 403, dict(RefusedError("ROLE_NOT_ALLOWED").content())


def no_audit_log(path: str, token: str, needed: str) -> Answer:
    """Keeps the auditor from one of the logs."""
    return UNAUTHENTICATED if "/logs/audit" in path else proper(path, token, needed)


def telling_apart(path: str, token: str, needed: str) -> Answer:
    """Knows the auditor and lets him see nothing: with a token that nobody has, it says something else."""
    if needed == "audit" and token == KNOWN["audit"]:
        return 401, dict(RefusedError("ROLE_NOT_ALLOWED").content())
    return proper(path, token, needed)


def no_health(path: str, token: str, needed: str) -> Answer:
    """Answers nothing."""
    return None, None


def asked(gateway: Gateway, tokens: Mapping[str, str]) -> tuple[str, ...]:
    """What preflight says of the tokens of a statement."""

    class Transport:
        def send(self, base: str, call: Call) -> Reply:
            needed = next((kind for part, kind in NEEDED.items() if part in call.path), "business")
            status, body = gateway(call.path, call.header("Authorization").removeprefix("Bearer "), needed)
            problem = "TIMED_OUT" if status is None else None
            return Reply(call.name, status, body, json.dumps(body), 0.0, problem)

    south = document()["south"] | {"tokens": dict(tokens)}
    statement = Statement.from_document(document(south=south))
    return wrong_tokens(SouthFace(Transport(), statement, Limits(), lambda _: None))


@pytest.mark.parametrize("gateway", [proper, undeclared])
@pytest.mark.parametrize("kind", PROBES)
def test_a_wrong_token_is_named(kind: str, gateway: Gateway) -> None:
    assert asked(gateway, {**KNOWN, kind: "of-somebody-else"}) == (kind,)


def test_tokens_that_were_confused_are_all_named() -> None:
    confused = {**KNOWN, "staff": KNOWN["audit"], "audit": KNOWN["staff"]}
    assert asked(proper, confused) == ("staff", "audit")


@pytest.mark.parametrize(
    "gateway", [proper, undeclared, permissive, refusing, no_audit_log, telling_apart, no_health]
)
def test_no_token_is_blamed_for_what_a_gateway_does(gateway: Gateway) -> None:
    assert asked(gateway, KNOWN) == ()


@pytest.mark.parametrize("gateway", [permissive, refusing, no_health])
def test_a_gateway_that_knows_no_tokens_gets_its_verdicts(gateway: Gateway) -> None:
    assert asked(gateway, {**KNOWN, "audit": "of-somebody-else"}) == ()


def test_a_wrong_token_ends_the_run_before_any_verdict(tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    at = document(f"http://{LOOPBACK}:{port}", network={"listen": f"{LOOPBACK}:{network}"})
    at["south"]["tokens"]["audit"] = "of-somebody-else"
    line = started_by_the_bench(port, f"http://{LOOPBACK}:{network}")
    ended = renkei(tmp_path, "--gateway", line, "--statement", str(write(tmp_path / "gateway.toml", at)))
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1), ended.err
    assert "south.tokens.audit" in ended.err
    assert "south.tokens.business" not in ended.err
    assert "of-somebody-else" not in ended.err
