"""The faces of a statement are of one gateway: two with the same keys and tokens would be blamed for each other."""

from dataclasses import replace
from typing import Any, cast

import pytest

from harness.bench.network import NetworkControl
from harness.bench.one_gateway import must_be_one
from harness.catalogue.findings import ConfigurationError
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits, Reply
from harness.gateways.south import SouthFace
from harness.gateways.transport import Call
from tests.bench.bench_statements import document

DECLARED = Statement.from_document(document())
UNKNOWN = [{"content": {"code": "SUBJECT_UNKNOWN"}}]
NONE: dict[str, Any] = {"entries": []}
SOME: dict[str, Any] = {"entries": [{"correlation_id": "c"}]}


def looked(answers: list[dict[str, Any]], status: int, access: Any, audit: Any, declared: Statement) -> None:
    """At a gateway that gave these answers north, and shows these logs."""

    class Logs:
        def send(self, base: str, call: Call) -> Reply:
            return Reply(call.name, status, access if "/access?" in call.path else audit, "", 0.0)

    class Network:
        def exchanges(self, *_: object, **filters: str) -> list[dict[str, Any]]:
            assert filters == {"correlation_id": "c", "direction": "from_gateway"}
            return answers

    south = SouthFace(Logs(), declared, Limits(), lambda _: None)
    must_be_one(south, cast(NetworkControl, Network()), "c")


def test_whoever_knows_neither_the_resident_nor_the_enquiry_is_another_gateway() -> None:
    with pytest.raises(ConfigurationError, match="別のゲートウェイの受信箱"):
        looked(UNKNOWN, 200, NONE, NONE, DECLARED)


@pytest.mark.parametrize(
    ("answers", "status", "access", "audit"),
    [
        ([], 200, NONE, NONE),
        ([{"content": None}], 200, NONE, NONE),
        ([{"content": {"code": "RECORD_NOT_FOUND"}}], 200, NONE, NONE),
        (UNKNOWN, 200, SOME, NONE),
        (UNKNOWN, 200, NONE, SOME),
        (UNKNOWN, 500, None, None),
        (UNKNOWN, 200, [], "x"),
    ],
)
def test_a_gateway_that_only_errs_gets_its_verdicts(
    answers: list[dict[str, Any]], status: int, access: Any, audit: Any
) -> None:
    looked(answers, status, access, audit, DECLARED)


def test_of_one_that_gives_no_answers_nothing_is_expected() -> None:
    asking = replace(DECLARED, declares=replace(DECLARED.declares, roles=("照会側",)))
    looked(UNKNOWN, 200, NONE, NONE, asking)
