"""Messages put together as a recipe says: what is named differs, everything else is proper."""

import json

import pytest

from harness.contract.json_binding import decrypt, open_body, peek, unwrap
from harness.contract.keys import bench_keys
from harness.contract.law import Basis
from harness.contract.messages import Header, Kind, Message, timestamp
from harness.contract.organisations import network_organisation
from harness.contract.refusals import RefusedError
from mocks.network.alterations.drafts import decoded
from mocks.network.alterations.recipes import Recipe, cooked

OWN, PARTNER = "221007", "401307"
NETWORK = bench_keys(network_organisation().code).signature


def message() -> Message:
    header = Header.opening(
        Kind.ENQUIRY,
        sender=PARTNER,
        recipient=OWN,
        basis=Basis("2012-02-14", "57"),
        affair="児童扶養手当の支給に関する事務",
        information="地方税関係情報",
        role="child-allowance",
        mode="オンライン",
        link_code="A" * 24,
        expires_at=timestamp(),
    )
    return Message(header, {"key": {"相当年度": "2011"}})


def cook(**recipe: object) -> tuple[str, str | None]:
    return cooked(message(), bench_keys(OWN).public(), Recipe.from_wire(recipe))


def test_without_changes_the_message_is_proper() -> None:
    token, inner = cook()
    header, body = unwrap(token, NETWORK)
    assert open_body(body, bench_keys(OWN).encryption) == inner
    assert decrypt(header, body, bench_keys(OWN).encryption, bench_keys(PARTNER).signature) == {
        "key": {"相当年度": "2011"}
    }


def test_what_is_meant_is_proper_in_itself() -> None:
    token, _ = cook(message={"role": "tax", "content": {"key": {}}})
    header, body = unwrap(token, NETWORK)
    assert header.role == "tax"
    assert decrypt(header, body, bench_keys(OWN).encryption, bench_keys(PARTNER).signature) == {"key": {}}


@pytest.mark.parametrize("name", ["role", "information"])
def test_a_change_of_the_outer_layer_does_not_reach_the_inner_one(name: str) -> None:
    token, inner = cook(changes=[{"layer": "outer", "path": ["header", name], "op": "put", "value": "x"}])
    header = peek(token)["header"]
    assert header[name] == "x"
    assert inner is not None
    assert json.loads(decoded(inner.split(".")[1])).get(name) != "x"


def test_members_are_dropped_and_layers_replaced() -> None:
    token, _ = cook(changes=[{"layer": "outer", "path": ["header", "basis", "item"], "op": "drop"}])
    assert peek(token)["header"]["basis"] == {"table": "2012-02-14"}
    token, _ = cook(changes=[{"layer": "outer", "op": "raw", "value": "[]"}])
    assert decoded(token.split(".")[1]) == b"[]"


@pytest.mark.parametrize(
    ("recipe", "code"),
    [
        ({"signer": "stranger"}, "SIGNATURE_INVALID"),
        ({"signer": "sender"}, "SIGNATURE_INVALID"),
        ({"token": [{"op": "append", "value": "="}]}, "SIGNATURE_INVALID"),
        (
            {"changes": [{"layer": "outer-protected", "path": ["crit"], "op": "put", "value": ["x"]}]},
            "SIGNATURE_INVALID",
        ),
    ],
)
def test_outer_signatures_that_do_not_hold(recipe: dict[str, object], code: str) -> None:
    token, _ = cook(**recipe)
    with pytest.raises(RefusedError, match=code):
        unwrap(token, NETWORK)


def test_encrypted_to_somebody_else_the_gateway_finds_nothing() -> None:
    assert cook(encrypted_to=PARTNER)[1] is None


def test_a_signer_whom_nobody_knows_is_named() -> None:
    with pytest.raises(RefusedError, match="nobody"):
        cook(signer="nobody")
