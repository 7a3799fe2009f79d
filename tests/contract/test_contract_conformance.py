"""Reference gateway and network meet what is published: schemathesis on the south face, fuzz on the inboxes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from harness.bench.bench import Bench, Target, open_bench
from harness.contract.schemas import problem_with

CONTRACT = Path(__file__).parents[2] / "harness" / "contract" / "published"
SOUTH = schemathesis.openapi.from_path(CONTRACT / "south.openapi.json")
OPERATIONS = [found.ok() for found in SOUTH.get_all_operations() if isinstance(found, Ok)]
# Health takes nothing, so that there is nothing to get wrong in asking for it.
TRIED = [(o, m) for o in OPERATIONS for m in GenerationMode if o.path != "/v1/health" or m.is_positive]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
STAFF = {"X-Staff-Id": "s-1", "X-Staff-Role": "child-allowance"}
TOKEN_PARTS = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=. \u6d77\x00", max_size=200
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Network and reference gateway as a run starts them."""
    with open_bench(Target("reference", None, tmp_path_factory.mktemp("run"))) as opened:
        yield opened


def caller(path: str) -> str:
    """Who calls a path of the south face (guide §2)."""
    if path.startswith("/v1/logs/"):
        return "audit"
    return "staff" if path.startswith(("/v1/pending", "/v1/handling")) else "business"


def test_the_whole_south_face_is_tried() -> None:
    assert len(OPERATIONS) == 24


def test_a_local_id_with_a_line_break_is_of_another_form(bench: Bench) -> None:
    headers = {"Authorization": f"Bearer {bench.statement.tokens.business}"}
    answer = httpx.put(f"{bench.statement.south_url}/v1/subjects/a%0Ab", headers=headers, json={})
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_REQUEST")


@pytest.mark.parametrize(("operation", "mode"), TRIED, ids=lambda p: getattr(p, "label", None) or p.value)
def test_the_gateway_answers_as_published(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, bench: Bench
) -> None:
    token = getattr(bench.statement.tokens, caller(operation.path))
    headers = {"Authorization": f"Bearer {token}", **STAFF}

    @FEW
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case: Case[Any]) -> None:
        response = case.call(base_url=bench.statement.south_url, headers=headers)
        assert response.status_code < 500 or response.status_code == 502
        case.validate_response(response, checks=CHECKS[1:] if response.status_code == 502 else CHECKS)

    answered()


@pytest.mark.parametrize("token", ["", "wrong"])
@pytest.mark.parametrize("operation", OPERATIONS[1:], ids=lambda o: o.label)
def test_nobody_gets_in_without_a_token(
    operation: APIOperation[Any, Any, Any, Any], token: str, bench: Bench
) -> None:
    path = operation.path.format(
        local_id="1", enquiry_id="1", correlation_id="1", batch_id="1", notice_id="1"
    )
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.request(
        operation.method.upper(), bench.statement.south_url + path, headers=headers, json={}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHENTICATED")


@FEW
@given(parts=st.lists(TOKEN_PARTS, max_size=6))
def test_inboxes_refuse_whatever_is_no_message(bench: Bench, parts: list[str]) -> None:
    body = ".".join(parts).encode()
    inboxes = (f"{bench.statement.north_url}/v1/inbox", f"{bench.network.url}/v1/inbox")
    for url in (*inboxes, f"{bench.network.url}/v1/link-codes"):
        answer = httpx.post(url, content=body, headers={"Content-Type": "application/jose"})
        assert answer.status_code in {400, 401, 403}
        assert problem_with("error", answer.json()) is None


def test_the_directory_is_as_published(bench: Bench) -> None:
    directory = httpx.get(f"{bench.network.url}/v1/directory").json()
    assert problem_with("directory", directory) is None
    assert bench.statement.organisation in {o["code"] for o in directory["organisations"]}
