"""Messages put together as a recipe says: what is named differs, everything else is proper."""

import json
from itertools import permutations

import pytest

from harness.contract.json_binding import LONGEST_MESSAGE, decrypt, open_body, peek, unwrap
from harness.contract.keys import bench_keys
from harness.contract.law import Basis
from harness.contract.messages import Header, Kind, Message, timestamp
from harness.contract.organisations import network_organisation
from harness.contract.refusals import RefusedError
from mocks.network.alterations import recipes
from mocks.network.alterations.drafts import decoded
from mocks.network.alterations.recipes import BODY_OPERATIONS, TOKEN_OPERATIONS, Recipe, cooked

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


@pytest.mark.parametrize("steps", [("longer-iv", "shorter-iv"), ("other-ciphertext", "other-ciphertext")])
def test_where_one_step_undoes_another_the_gateway_finds_what_was_meant(steps: tuple[str, str]) -> None:
    token, inner = cook(body=[{"op": step} for step in steps])
    _, body = unwrap(token, NETWORK)
    assert open_body(body, bench_keys(OWN).encryption) == inner
    assert cook(body=[{"op": steps[0]}])[1] is None


def test_a_signer_whom_nobody_knows_is_named() -> None:
    with pytest.raises(RefusedError, match="nobody"):
        cook(signer="nobody")


@pytest.mark.parametrize("place", ["outer-r", "outer-s", "inner-r", "inner-s"])
def test_a_signature_whose_number_has_a_leading_zero_holds(place: str) -> None:
    token, inner = cook(thin=place)
    header, body = unwrap(token, NETWORK)
    assert decrypt(header, body, bench_keys(OWN).encryption, bench_keys(PARTNER).signature)
    signed = token if place.startswith("outer") else str(inner)
    signature = decoded(signed.split(".")[2])
    assert signature[0 if place.endswith("r") else 32] == 0


@pytest.mark.parametrize("place", ["z", "epk-x", "epk-y"])
def test_an_ephemeral_key_whose_number_has_a_leading_zero_opens(place: str) -> None:
    token, inner = cook(thin=place)
    _, body = unwrap(token, NETWORK)
    assert open_body(body, bench_keys(OWN).encryption) == inner
    epk = json.loads(decoded(body.split(".")[0]))["epk"]
    assert place == "z" or decoded(epk[place[-1]])[0] == 0


@pytest.mark.parametrize("operation", BODY_OPERATIONS)
def test_a_body_of_other_bytes_does_not_open(operation: str) -> None:
    token, inner = cook(body=[{"op": operation}])
    _, body = unwrap(token, NETWORK)
    assert inner is None
    with pytest.raises(RefusedError, match="DECRYPTION_FAILED"):
        open_body(body, bench_keys(OWN).encryption)


@pytest.mark.parametrize("operation", ["drop-signature", "alg-none", "der", "text"])
def test_a_content_that_is_signed_otherwise_does_not_hold(operation: str) -> None:
    token, inner = cook(signed=[{"op": operation, "value": "{}"}])
    header, body = unwrap(token, NETWORK)
    assert open_body(body, bench_keys(OWN).encryption) == inner
    with pytest.raises(RefusedError, match="SIGNATURE_INVALID"):
        decrypt(header, body, bench_keys(OWN).encryption, bench_keys(PARTNER).signature)


def test_a_message_is_filled_up_to_a_size() -> None:
    for size in range(20_000, 20_004):
        token, _ = cook(size=size)
        assert size - 2 <= len(token) <= size
        assert unwrap(token, NETWORK)[0].role == "child-allowance"
    assert len(cook(size=4_000_003)[0]) > LONGEST_MESSAGE >= len(cook(size=4_000_000)[0])


@pytest.mark.parametrize("layer", ["token", "signed"])
@pytest.mark.parametrize("value", ["=", "\n", ".", "{}"])
def test_any_two_operations_on_a_token_make_a_message_together(layer: str, value: str) -> None:
    for first, second in permutations(TOKEN_OPERATIONS, 2):
        token, _ = cook(**{layer: [{"op": first, "value": value}, {"op": second, "value": value}]})
        assert isinstance(token, str), (first, second)


@pytest.mark.parametrize("layer", ["token", "signed"])
def test_an_operation_that_is_broken_does_not_pass_for_done(
    monkeypatch: pytest.MonkeyPatch, layer: str
) -> None:
    def broken(_: str, __: str) -> str:
        raise IndexError("broken")

    monkeypatch.setattr(recipes, "_TOKENS", {**recipes._TOKENS, "der": broken})
    with pytest.raises(IndexError, match="broken"):
        cook(**{layer: [{"op": "der"}]})
    assert cook(**{layer: [{"op": "text", "value": "{}"}, {"op": "der"}]})[0]


def test_any_two_operations_on_a_body_make_a_message_together() -> None:
    for first, second in permutations(BODY_OPERATIONS, 2):
        token, _ = cook(body=[{"op": first}, {"op": second}])
        assert token.count(".") == 2, (first, second)
