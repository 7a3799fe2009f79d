"""照会側 over the wire: an enquiry through all its states, and answers that belong to no enquiry."""

from dataclasses import replace
from typing import Any

import pytest

from harness.contract.messages import Message
from tests.gateway.fake_network import OTHER, Arrived, FakeNetwork, answer_to, error, link_code, post, sealed
from tests.gateway.gateway_process import Gateway, until, wish

ITEMS = {"総所得額": 1234567, "本人寡婦区分": "1"}


def sent(clean: Gateway, network: FakeNetwork, person: str, **other: Any) -> tuple[dict[str, Any], Arrived]:
    clean.register(person, f"t-{person}")
    status = clean.enquire(person, **other)
    return status, network.answer_to(status["correlation_id"])


def test_an_enquiry_is_sent_and_answered(clean: Gateway, network: FakeNetwork, person: str) -> None:
    status, arrived = sent(clean, network, person)
    assert status["status"] == "受付"
    header = arrived.header
    assert arrived.content == {"key": {"相当年度": "2011"}}
    assert header.correlation_id == header.message_id == status["correlation_id"]
    assert (header.link_code, header.role) == (link_code(f"t-{person}"), "child-allowance")
    clean.await_status(status["enquiry_id"], "送信済")
    early = clean.call("GET", f"/v1/enquiries/{status['enquiry_id']}/result")
    assert (early.status_code, early.json()["code"]) == (409, "NOT_READY")
    assert post(clean.north, sealed(answer_to(header, header.link_code, {"items": ITEMS}))).status_code == 202
    clean.await_status(status["enquiry_id"], "応答済")
    result = clean.call("GET", f"/v1/enquiries/{status['enquiry_id']}/result").json()
    assert (result["local_id"], result["from"], result["items"]) == (person, header.recipient, ITEMS)
    events = [(e["event"], e["kind"]) for e in clean.log("access", correlation_id=status["correlation_id"])]
    assert events == [("送信", "照会依頼"), ("受信", "照会応答")]
    assert clean.log("business", correlation_id=status["correlation_id"])[-1]["local_id"] == person


def test_an_error_of_the_partner_shows(clean: Gateway, network: FakeNetwork, person: str) -> None:
    status, arrived = sent(clean, network, person)
    said = error("RECORD_NOT_FOUND")
    reply = post(clean.north, sealed(answer_to(arrived.header, arrived.header.link_code, said, "エラー")))
    assert reply.status_code == 202
    assert clean.await_status(status["enquiry_id"], "エラー")["error"] == said


def test_the_first_outcome_stands(clean: Gateway, network: FakeNetwork, person: str) -> None:
    status, arrived = sent(clean, network, person)
    header = arrived.header
    post(clean.north, sealed(answer_to(header, header.link_code, error("RECORD_NOT_FOUND"), "エラー")))
    assert post(clean.north, sealed(answer_to(header, header.link_code, {"items": ITEMS}))).status_code == 202
    until(lambda: len(clean.log("business", correlation_id=status["correlation_id"])) == 2)
    assert clean.status(status["enquiry_id"])["status"] == "エラー"


@pytest.mark.parametrize("change", ["correlation", "partner", "information", "subject"])
def test_an_answer_to_something_else_is_refused(
    clean: Gateway, network: FakeNetwork, person: str, change: str
) -> None:
    status, arrived = sent(clean, network, person)
    clean.register(f"9{person[1:]}", f"t-9-{person}")
    asked, code = arrived.header, arrived.header.link_code
    proper = answer_to(asked, code, {"items": ITEMS}).header
    wrong = {
        "correlation": replace(proper, correlation_id=proper.message_id),
        "partner": replace(proper, sender=OTHER),
        "information": replace(proper, information="住民票関係情報"),
        "subject": replace(proper, link_code=link_code(f"t-9-{person}")),
    }[change]
    reply = post(clean.north, sealed(Message(wrong, {"items": ITEMS})))
    assert (reply.status_code, reply.json()["code"]) == (404, "NOT_FOUND")
    assert clean.status(status["enquiry_id"])["status"] != "応答済"


def test_a_refusal_of_the_network_is_passed_on(clean: Gateway, network: FakeNetwork, person: str) -> None:
    clean.register(person, f"t-{person}")
    network.script.append((403, error()))
    status = clean.enquire(person)
    assert clean.await_status(status["enquiry_id"], "エラー")["error"] == error()
    assert clean.log("access", correlation_id=status["correlation_id"]) == []
    refused = clean.log("audit", correlation_id=status["correlation_id"])[-1]
    assert (refused["outcome"], refused["code"]) == ("拒否", "BASIS_NOT_LAWFUL")


def test_retries_send_the_same_bytes(clean: Gateway, network: FakeNetwork, person: str) -> None:
    clean.register(person, f"t-{person}")
    network.script.extend([(503, None), (500, {"oops": 1}), (404, "<html>"), (409, error("REPLAYED"))])
    before = len(network.attempts)
    status = clean.enquire(person)
    clean.await_status(status["enquiry_id"], "送信済")
    attempts = network.attempts[before:]
    assert len(attempts) == 4
    assert len(set(attempts)) == 1
    assert len(clean.log("access", correlation_id=status["correlation_id"])) == 1


def test_an_unanswered_enquiry_expires(clean: Gateway, network: FakeNetwork, person: str) -> None:
    status, arrived = sent(clean, network, person, expires_in_seconds=1)
    clean.await_status(status["enquiry_id"], "期限切れ")
    late = post(clean.north, sealed(answer_to(arrived.header, arrived.header.link_code, {"items": ITEMS})))
    assert (late.status_code, late.json()["code"]) == (410, "EXPIRED")


def test_an_enquiry_that_cannot_be_sent_expires(clean: Gateway, network: FakeNetwork, person: str) -> None:
    clean.register(person, f"t-{person}")
    network.is_out = True
    status = clean.enquire(person, expires_in_seconds=1)
    clean.await_status(status["enquiry_id"], "期限切れ")
    assert network.of(status["correlation_id"]) == []


REFUSED: tuple[tuple[str, dict[str, Any], dict[str, str]], ...] = (
    ("ROLE_NOT_ALLOWED", {}, {"X_Staff_Role": "resident-tax"}),
    ("ROLE_NOT_ALLOWED", {}, {"X_Staff_Role": "mayor"}),
    ("BASIS_NOT_LAWFUL", {"information": "戸籍関係情報"}, {}),
    ("BASIS_NOT_LAWFUL", {"basis": {"table": "1999-01-01", "item": "57"}}, {}),
    ("BASIS_NOT_LAWFUL", {"to": "220001"}, {}),
    ("PARTNER_UNKNOWN", {"to": "999999"}, {}),
    ("SUBJECT_UNKNOWN", {"local_id": "999"}, {}),
    ("STAFF_REQUIRED", {}, {"X_Staff_Id": ""}),
    ("INVALID_REQUEST", {"mode": "いつか"}, {}),
)


@pytest.mark.parametrize(("code", "change", "headers"), REFUSED)
def test_a_refused_enquiry_leaves_no_trace_on_the_north_face(
    clean: Gateway,
    network: FakeNetwork,
    person: str,
    code: str,
    change: dict[str, Any],
    headers: dict[str, str],
) -> None:
    clean.register(person, f"t-{person}")
    body = wish(person) | change
    before = len(network.attempts)
    reply = clean.call("POST", "/v1/enquiries", "business", body, **headers)
    assert reply.json()["code"] == code
    audited = [e["code"] for e in clean.log("audit") if e["action"] == "POST /v1/enquiries"]
    assert audited[-1] == code
    proper = clean.enquire(person)  # the fence: it leaves after whatever the refused one had sent
    network.answer_to(proper["correlation_id"])
    assert len(network.attempts) == before + 1
