"""照会応答側 over the wire: what is answered, what waits for staff, what the logs say."""

import json

import pytest

from harness.contract.messages import Message
from tests.gateway.fake_network import AFFAIR, TAX, FakeNetwork, enquiry, link_code, post, sealed
from tests.gateway.gateway_process import Gateway, until

RESIDENT = "住民票関係情報"


def ask(clean: Gateway, message: Message) -> str:
    assert post(clean.north, sealed(message)).status_code == 202
    return message.header.correlation_id


def test_an_enquiry_is_answered_with_the_needed_items(
    clean: Gateway, network: FakeNetwork, person: str
) -> None:
    clean.register(person, f"t-{person}")
    asked = enquiry(link_code(f"t-{person}"))
    arrived = network.answer_to(ask(clean, asked))
    assert arrived.content == {"items": {"相当年度": "2011", "総所得額": 2299999, "本人寡婦区分": "0"}}
    wire, expected = arrived.header.to_wire(), asked.header.to_wire()
    swapped = {"from": expected["to"], "to": expected["from"], "kind": "照会応答"}
    for own in ("message_id", "sent_at"):
        assert wire.pop(own) != expected.pop(own)
    assert wire == expected | swapped


def test_no_number_leaves_the_organisation(clean: Gateway, network: FakeNetwork, person: str) -> None:
    clean.register(person, f"t-{person}")
    missing = enquiry(link_code(f"t-{person}"), information=RESIDENT)
    arrived = network.answer_to(ask(clean, missing))
    assert arrived.content is not None
    assert arrived.content["code"] == "RECORD_NOT_FOUND"
    sent = json.dumps([arrived.header.to_wire(), arrived.content], ensure_ascii=False)
    assert person not in sent
    assert "123456789018" not in sent


def test_an_unknown_code_is_answered_with_an_error(clean: Gateway, network: FakeNetwork) -> None:
    asked = enquiry(link_code("nobody"))
    arrived = network.answer_to(ask(clean, asked))
    assert arrived.header.kind == "エラー"
    assert arrived.header.link_code == asked.header.link_code
    assert arrived.content == {
        "code": "SUBJECT_UNKNOWN",
        "phase": "ID変換",
        "reason": "リンクコード又は識別番号に対応する者がいない",
    }


def test_an_information_without_key_gives_what_was_registered_last(
    clean: Gateway, network: FakeNetwork, person: str
) -> None:
    clean.register(person, f"t-{person}")
    for name in ("神\ufa19", "祥\ufa1a", "神\ufa19"):
        clean.put(person, RESIDENT, {"版": name}, {"氏名": name, "本籍": "静岡市"})
    asked = enquiry(link_code(f"t-{person}"), information=RESIDENT)
    arrived = network.answer_to(ask(clean, Message(asked.header, {"key": {}})))
    assert arrived.content == {"items": {"氏名": "神\ufa19"}}


def test_a_replaced_record_is_given_as_replaced(clean: Gateway, network: FakeNetwork, person: str) -> None:
    clean.register(person, f"t-{person}")
    clean.put(person, TAX, {"相当年度": "2011"}, {"総所得額": -1, "本人寡婦区分": None})
    arrived = network.answer_to(ask(clean, enquiry(link_code(f"t-{person}"))))
    assert arrived.content == {"items": {"総所得額": -1, "本人寡婦区分": None}}


@pytest.mark.parametrize("scope", ["subject", "affair", "information"])
def test_manual_waits_for_approval(clean: Gateway, network: FakeNetwork, person: str, scope: str) -> None:
    clean.register(person, f"t-{person}")
    key = {"subject": person, "affair": AFFAIR, "information": TAX}[scope]
    clean.handle(scope, key)
    correlation_id = ask(clean, enquiry(link_code(f"t-{person}")))
    fence = ask(clean, enquiry(link_code("nobody")))  # worked off after it
    network.answer_to(fence)
    assert network.of(correlation_id) == []
    row = next(r for r in clean.pending() if r["correlation_id"] == correlation_id)
    assert row["local_id"] == person
    clean.handle(scope, key, "自動")
    assert clean.decide(correlation_id, "approval").status_code == 200
    assert network.answer_to(correlation_id).header.kind == "照会応答"
    assert clean.decide(correlation_id, "approval").status_code == 404
    assert all(r["correlation_id"] != correlation_id for r in clean.pending())
    approved = clean.log("audit", correlation_id=correlation_id)[0]
    assert (approved["outcome"], approved["staff_id"]) == ("成功", "staff-1")


def test_a_refusal_by_staff_tells_the_partner_nothing_else(
    clean: Gateway, network: FakeNetwork, person: str
) -> None:
    clean.register(person, f"t-{person}")
    clean.handle("subject", person)
    correlation_id = ask(clean, enquiry(link_code(f"t-{person}")))
    until(lambda: any(r["correlation_id"] == correlation_id for r in clean.pending()))
    assert clean.decide(correlation_id, "refusal").status_code == 200
    content = network.answer_to(correlation_id).content
    assert content == {"code": "REFUSED_BY_STAFF", "phase": "連携確認", "reason": "職員が提供を拒否した"}
    audited = clean.log("audit", correlation_id=correlation_id)[0]
    assert (audited["outcome"], audited["code"], audited["staff_id"]) == (
        "拒否",
        "REFUSED_BY_STAFF",
        "staff-1",
    )
    assert "支援措置の対象者" in json.dumps(
        clean.log("business", correlation_id=correlation_id), ensure_ascii=False
    )


def test_logs_reconcile_and_hold_no_personal_data(clean: Gateway, network: FakeNetwork, person: str) -> None:
    clean.register(person, f"t-{person}")
    correlation_id = ask(clean, enquiry(link_code(f"t-{person}")))
    sent = network.answer_to(correlation_id)
    until(lambda: len(clean.log("access", correlation_id=correlation_id)) == 2)
    received, given = clean.log("access", correlation_id=correlation_id)
    assert [e["event"] for e in (received, given)] == ["受信", "送信"]
    assert {(e["requester"], e["provider"]) for e in (received, given)} == {("401307", "221007")}
    assert given["message_id"] == sent.header.message_id
    assert given["items"] == ["相当年度", "総所得額", "本人寡婦区分"]
    assert clean.log("access", message_id=sent.header.message_id) == [given]
    (business,) = clean.log("business", correlation_id=correlation_id)
    assert business["local_id"] == person
    logged = json.dumps([clean.log("access"), clean.log("audit")], ensure_ascii=False)
    for personal in (person, "静岡　花子", "123456789018", "2299999"):
        assert personal not in logged
