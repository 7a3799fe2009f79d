"""Residents and link codes: judge `registering`, and `link_code_requests` for what is claimed to the network."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from harness.contract.json_binding import LINK_CODE_TYPE, MESSAGE_TYPE, sign
from harness.contract.keys import bench_keys, public_jwk
from harness.model.history.exchanges import Person, Redemption, Restart
from harness.model.history.history import Declared
from harness.model.history.spans import Span
from harness.model.judges.link_code_requests import link_code_requests
from harness.model.judges.registration import registering
from tests.model.histories import BEGAN, LISTS, OWN, PARTNER, Told, broken, occasions

_KEYS = bench_keys(OWN)
_DECLARED = Declared("1", OWN, LISTS, {"signature": public_jwk(_KEYS.signature.dict_value)})
_REFUSED = {"code": "LINK_CODE_UNAVAILABLE", "phase": "ID変換", "reason": "得られない"}


def _told() -> Told:
    return Told(declared=_DECLARED)


def _claims(person: Person, moment: float, **other: object) -> Mapping[str, object]:
    issued = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    return {"organisation": OWN, "enrolment_token": person.tokens[OWN], "issued_at": issued, **other}


def _redeem(told: Told, person: Person, at: float, **other: Any) -> None:
    """Within the registration that begins at this moment; `status`, `answer`, `lasts`, or a `token` of its own."""
    span = Span(BEGAN + at + 0.01, BEGAN + at + 0.01 + other.get("lasts", 0.02))
    token = other.get("token") or sign(_claims(person, span.begin), _KEYS.signature, LINK_CODE_TYPE)
    answer = other.get("answer", {"link_code": f"{person.ref}-".ljust(24, "x")})
    told.told(Redemption(len(told.exchanges), span, token, other.get("status", 200), answer))


def _refused(told: Told, local_id: str, person: Person, at: float) -> None:
    told.register(local_id, person, 502, at=at, answer=_REFUSED)


def _registered(told: Told, local_id: str, person: Person, at: float, status: int = 201) -> None:
    told.register(local_id, person, status, at=at)


def test_a_resident_is_registered_with_a_redeemed_token_and_again_without() -> None:
    told = _told()
    person = told.person("p")
    _registered(told, "a", person, 1)
    _redeem(told, person, 1)
    _registered(told, "a", person, 3, 200)
    assert broken(registering, told) == []
    assert occasions(registering, told) == {
        ("token-is-redeemed", "初めての登録"),
        ("link-code-registers", "初めての登録"),
        ("registered-again", "同じ発行トークン"),
        ("token-not-redeemed-again", "同じ発行トークン"),
    }


def test_the_same_token_is_not_redeemed_again() -> None:
    told = _told()
    person = told.person("p")
    _registered(told, "a", person, 1)
    _redeem(told, person, 1)
    _registered(told, "a", person, 3, 200)
    _redeem(told, person, 3)
    assert broken(registering, told) == ["token-not-redeemed-again"]


@pytest.mark.parametrize("status", [201, 502])
def test_again_with_the_same_token_is_200(status: int) -> None:
    told = _told()
    person = told.person("p")
    _registered(told, "a", person, 1)
    _redeem(told, person, 1)
    if status == 201:
        _registered(told, "a", person, 3, 201)
    else:
        _refused(told, "a", person, 3)
    assert broken(registering, told) == ["registered-again"]


@pytest.mark.parametrize("kept", [True, False])
def test_a_kill_makes_nobody_forgotten(kept: bool) -> None:
    told = _told()
    person = told.person("p")
    _registered(told, "a", person, 1)
    _redeem(told, person, 1)
    told.told(Restart(len(told.exchanges), Span(BEGAN + 2, BEGAN + 2.5)))
    _registered(told, "a", person, 3, 200 if kept else 201)
    if not kept:
        _redeem(told, person, 3)
    assert broken(registering, told) == ([] if kept else ["registered-again", "token-not-redeemed-again"])
    assert {("registered-again", "再起動の後"), ("token-not-redeemed-again", "再起動の後")} <= occasions(
        registering, told
    )


def test_a_record_that_tells_no_redemptions_blames_nobody() -> None:
    told = _told()
    _registered(told, "a", told.person("p"), 1)
    assert occasions(registering, told) == set()


@pytest.mark.parametrize(("status", "found"), [(200, []), (201, ["registered-again"])])
def test_again_with_another_token_is_200_too(status: int, found: list[str]) -> None:
    told = _told()
    first, second = told.person("p"), told.person("q")
    for at, person, said in ((1, first, 201), (3, second, status)):
        _registered(told, "a", person, at, said)
        _redeem(told, person, at)
    assert broken(registering, told) == found


@pytest.mark.parametrize("again", [False, True])
def test_a_token_is_redeemed_before_anybody_is_registered_with_it(again: bool) -> None:
    told = _told()
    first = told.person("q")
    _registered(told, "a" if again else "b", first, 1)
    _redeem(told, first, 1)
    _registered(told, "a", told.person("p"), 3, 200 if again else 201)
    assert broken(registering, told) == ["token-is-redeemed"]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (404, {"code": "SUBJECT_UNKNOWN", "phase": "ID変換", "reason": "r"}),
        (503, {}),
        (200, {"link_code": "short"}),
        (200, {"link_code": "A" * 24, "more": 1}),
        (200, None),
        (201, {"link_code": "A" * 24}),
        (None, None),
    ],
)
def test_nobody_is_registered_without_a_link_code(status: int | None, answer: object) -> None:
    for kept in (True, False):
        told = _told()
        person = told.person("p")
        (_refused if kept else _registered)(told, "a", person, 1)
        _redeem(told, person, 1, status=status, answer=answer)
        assert broken(registering, told) == ([] if kept else ["no-link-code-no-resident"])


@pytest.mark.parametrize("known", [False, True])
def test_a_link_code_of_somebody_else_is_not_taken_over(known: bool) -> None:
    for kept in (True, False):
        told = _told()
        person, other = told.person("p"), told.person("q")
        _registered(told, "a", person, 1)
        _redeem(told, person, 1)
        if known:
            _registered(told, "b", other, 3)
            _redeem(told, other, 3)
        if kept:
            _refused(told, "b", person, 5)
        else:
            _registered(told, "b", person, 5, 200 if known else 201)
        _redeem(told, person, 5)
        assert broken(registering, told) == ([] if kept else ["link-code-not-taken-over"])
        kind = "別の発行トークン" if known else "初めての登録"
        assert ("link-code-not-taken-over", kind) in occasions(registering, told)


def test_a_link_code_that_was_let_go_can_be_taken() -> None:
    for kept in (True, False):
        told = _told()
        person, other = told.person("p"), told.person("q")
        for at, who, status in ((1, person, 201), (3, other, 200)):
            _registered(told, "a", who, at, status)
            _redeem(told, who, at)
        (_registered if kept else _refused)(told, "b", person, 5)
        _redeem(told, person, 5)
        assert broken(registering, told) == ([] if kept else ["link-code-registers"])
        assert ("link-code-registers", "手放されたリンクコード") in occasions(registering, told)


@pytest.mark.parametrize("again", [False, True])
def test_a_resident_whose_link_code_is_there_is_registered(again: bool) -> None:
    told = _told()
    person = told.person("p")
    if again:
        first = told.person("q")
        _registered(told, "a", first, 1)
        _redeem(told, first, 1)
    _refused(told, "a", person, 3)
    _redeem(told, person, 3)
    assert broken(registering, told) == ["link-code-registers"]


@pytest.mark.parametrize(("lasts", "found"), [(0.1, ["link-code-registers"]), (3.0, [])])
def test_whoever_did_not_ask_the_network_does_not_know_that_it_has_no_link_code(
    lasts: float, found: list[str]
) -> None:
    told = _told()
    namesake, person = told.person("p"), told.person("q")
    _registered(told, "a", namesake, 1)
    _redeem(told, namesake, 1)
    _redeem(told, namesake, 2)
    told.register("b", person, 502, at=3, lasts=lasts, answer=_REFUSED)
    _redeem(told, namesake, 3 + lasts)
    assert broken(registering, told) == found


def test_a_network_that_hesitates_may_be_out_of_reach() -> None:
    told = _told()
    person = told.person("p")
    told.register("a", person, 502, at=1, lasts=4, answer=_REFUSED)
    _redeem(told, person, 1, lasts=3)
    assert broken(registering, told) == []


def test_what_overlaps_and_what_was_lost_is_not_blamed() -> None:
    told = _told()
    person = told.person("p")
    told.register("a", person, 201, at=1, lasts=2)
    _redeem(told, person, 1)
    told.register("b", person, 201, at=1, lasts=2)
    told.call("PUT", "/v1/subjects/c", _body(told.person("q")), status=None, at=5)
    _registered(told, "c", told.persons[-1], 7, 200)
    assert broken(registering, told) == []


def test_a_resident_of_a_run_before_has_another_token_now() -> None:
    told = _told()
    person = told.person("p")
    _registered(told, "a", person, 1, 200)
    _redeem(told, person, 1)
    _registered(told, "a", person, 3, 201)
    assert broken(registering, told) == ["registered-again"]


def test_what_the_contract_refuses_for_other_reasons_is_no_occasion() -> None:
    told = _told()
    told.register("a", None, 422, answer={"code": "INVALID_REQUEST", "phase": "x", "reason": "r"})
    told.register("a", None, 401, caller="unknown")
    assert occasions(registering, told) == set()


def _body(person: Person) -> Mapping[str, object]:
    told = Told()
    told.register("x", person)
    body: Mapping[str, object] = told.exchanges[0].body
    return body


def _requested(**other: Any) -> Told:
    """One registration, whose redemption claims what is given."""
    told = _told()
    person = told.person("p")
    _registered(told, "a", person, 1)
    claims = _claims(person, BEGAN + 1.02 + other.pop("later", 0.0), **other.pop("claims", {}))
    claims = {name: value for name, value in claims.items() if name not in other.get("without", ())}
    signer, kind = other.get("signer", _KEYS.signature), other.get("kind", LINK_CODE_TYPE)
    _redeem(told, person, 1, token=sign(claims, signer, kind))
    return told


def test_a_proper_request_keeps_all_of_it() -> None:
    assert broken(link_code_requests, _requested()) == []
    members = {"署名", "様式", "organisation", "enrolment_token", "issued_at"}
    assert occasions(link_code_requests, _requested()) == {("link-code-request", m) for m in members}


@pytest.mark.parametrize("later", [-9.0, -4.9, 4.9])
def test_clocks_may_differ_by_five_seconds(later: float) -> None:
    assert broken(link_code_requests, _requested(later=later)) == []


@pytest.mark.parametrize(
    ("wrong", "members"),
    [
        ({"signer": bench_keys(PARTNER).signature}, ["署名"]),
        ({"kind": MESSAGE_TYPE}, ["署名"]),
        ({"claims": {"organisation": PARTNER}}, ["organisation"]),
        ({"claims": {"organisation": 221007}}, ["様式", "organisation"]),
        ({"claims": {"more": 1}}, ["様式"]),
        ({"without": ("issued_at",)}, ["様式", "issued_at"]),
        ({"claims": {"enrolment_token": "another"}}, ["enrolment_token"]),
        ({"later": 9 * 3600.0}, ["issued_at"]),
        ({"later": -30.0}, ["issued_at"]),
        ({"later": 7.0}, ["issued_at"]),
    ],
)
def test_each_member_of_the_request(wrong: dict[str, Any], members: list[str]) -> None:
    cases = list(link_code_requests(_requested(**wrong).history()))
    assert [case.alternative for case in cases if case.breach] == members


def test_a_request_that_is_no_jws() -> None:
    told = _told()
    person = told.person("p")
    _registered(told, "a", person, 1)
    _redeem(told, person, 1, token=json.dumps({"enrolment_token": person.tokens[OWN]}))
    assert "link-code-request" in broken(link_code_requests, told)
