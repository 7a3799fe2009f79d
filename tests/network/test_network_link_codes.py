"""Link codes: one for each person and organisation, redeemed by its own organisation alone, telling nothing."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.contract.messages import timestamp
from harness.contract.organisations import network_organisation, organisations
from harness.contract.schemas import problem_with
from mocks.network.people import People
from tests.network.fake_gateway import OTHER, OWN, PARTNER, signed
from tests.network.network_process import JOSE, RunningNetwork

TYPE = "renkei-link-code+jws"
PARTIES = sorted(set(organisations()) - {network_organisation().code})
PERSONS = st.lists(st.text(max_size=20), min_size=1, max_size=6, unique=True)


def _request(token: str, code: str = OWN, **other: Any) -> dict[str, Any]:
    return {"organisation": code, "enrolment_token": token, "issued_at": timestamp(), **other}


def _redeem(network: RunningNetwork, token: str) -> tuple[int, dict[str, Any]]:
    reply = network.client.post("/v1/link-codes", content=token, headers=JOSE)
    schema = "link-code" if reply.status_code == 200 else "error"
    assert problem_with(schema, reply.json()) is None
    return reply.status_code, reply.json()


def test_a_token_gives_the_same_code_each_time(network: RunningNetwork) -> None:
    person = network.done("POST", "people", {"person": "redeems"})
    token = signed(_request(person["enrolment_tokens"][OWN]), token_type=TYPE)
    expected = {"link_code": person["link_codes"][OWN]}
    assert [_redeem(network, token) for _ in range(2)] == [(200, expected)] * 2


def test_nobody_redeems_another_organisations_token(network: RunningNetwork) -> None:
    tokens = network.done("POST", "people", {"person": "redeems"})["enrolment_tokens"]
    status, error = _redeem(network, signed(_request(tokens[PARTNER]), token_type=TYPE))
    assert (status, error["code"]) == (404, "SUBJECT_UNKNOWN")
    status, error = _redeem(network, signed(_request(tokens[PARTNER], PARTNER), signer=OWN, token_type=TYPE))
    assert (status, error["code"]) == (401, "SIGNATURE_INVALID")


@pytest.mark.parametrize(
    ("payload", "signer", "token_type", "code"),
    [
        (_request("unknown"), OWN, TYPE, "SUBJECT_UNKNOWN"),
        (_request("unknown"), OTHER, TYPE, "SIGNATURE_INVALID"),
        (_request("unknown"), OWN, "renkei-message+jws", "SIGNATURE_INVALID"),
        (_request("unknown", "999999"), OWN, TYPE, "PARTNER_UNKNOWN"),
        (_request("unknown", network_organisation().code), "000001", TYPE, "PARTNER_UNKNOWN"),
        (_request("unknown", issued_at="today"), OWN, TYPE, "MALFORMED"),
        (_request("unknown", more=1), OWN, TYPE, "MALFORMED"),
        (_request("\ud800"), OWN, TYPE, "MALFORMED"),
        ({"organisation": [OWN]}, OWN, TYPE, "MALFORMED"),
        ([], OWN, TYPE, "MALFORMED"),
    ],
)
def test_a_wrong_request_is_refused(
    network: RunningNetwork, payload: Any, signer: str, token_type: str, code: str
) -> None:
    assert _redeem(network, signed(payload, signer, token_type))[1]["code"] == code


def test_text_is_no_request(network: RunningNetwork) -> None:
    assert _redeem(network, "text")[1]["code"] == "MALFORMED"


@given(PERSONS)
def test_codes_and_tokens_are_unique_and_url_safe(persons: list[str]) -> None:
    people = People()
    made = [people.add(person) for person in persons]
    everything = [value for one in made for kind in one.values() for value in kind.values()]
    assert len(set(everything)) == len(everything) == len(persons) * len(PARTIES) * 2
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22,64}", value) for value in everything)


@given(PERSONS)
def test_codes_tell_nothing_without_the_secret(persons: list[str]) -> None:
    """Another network gives the same person other codes, so no code follows from person and organisation."""
    one, another = People(), People()
    for person in persons:
        assert not set(one.add(person)["link_codes"].values()) & set(
            another.add(person)["link_codes"].values()
        )


@given(PERSONS, st.sampled_from(PARTIES), st.sampled_from(PARTIES))
def test_a_code_belongs_to_one_organisation_and_leads_to_its_person(
    persons: list[str], code: str, other: str
) -> None:
    people = People()
    made = {person: people.add(person) for person in persons}
    for person in persons:
        link, token = made[person]["link_codes"][code], made[person]["enrolment_tokens"][code]
        assert people.person_of(code, link) == person
        assert people.redeem(token, code) == link == people.link_code(person, code)
        assert (people.person_of(other, link) is None) == (other != code)
        assert (people.redeem(token, other) is None) == (other != code)
        assert people.person_of(code, token) is None
        assert people.redeem(link, code) is None
