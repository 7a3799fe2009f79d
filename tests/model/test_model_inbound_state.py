"""Checks 6, 7 and 14 of the inbox: what was taken before, which directory is held, what the gateway asked."""

from dataclasses import replace
from typing import Any

import pytest

from harness.model.history.exchanges import Restart
from harness.model.history.spans import Span
from tests.model.histories import BEGAN, OTHER, OWN, PARTNER
from tests.model.letters import Post, directory


def test_a_message_is_accepted_once() -> None:
    post = Post()
    header = post.header()
    first = post.post(header)
    post.post(header, again=first, answer="REPLAYED")
    assert post.broken() == []
    post.post(header, again=first)
    post.post(header)
    post.post(header, again=first, answer="EXPIRED")
    assert post.broken() == ["inbox-replayed", "inbox-replayed", "inbox-expired"]
    assert post.occasions() >= {
        ("inbox-replayed", "照会依頼・同じ電文"),
        ("inbox-replayed", "照会依頼・同じ番号の別の電文"),
    }


def test_the_memory_of_it_survives_a_kill() -> None:
    post = Post()
    header = post.header()
    first = post.post(header)
    post.told.told(Restart(50, post.told.span()))
    post.fetch()
    post.post(header, again=first)
    assert post.broken() == ["inbox-replayed"]
    assert ("inbox-replayed", "照会依頼・再起動の後") in post.occasions()


def test_a_refused_message_does_not_use_up_its_id() -> None:
    post = Post()
    header = post.header()
    post.post({**header, "to": OTHER}, answer="NOT_ADDRESSEE")
    post.post(header)
    assert post.broken() == []
    assert ("inbox-refused-id", "照会依頼・拒否された番号") in post.occasions()
    other = post.header()
    post.post({**other, "to": OTHER}, answer="NOT_ADDRESSEE")
    post.post(other, answer="REPLAYED")
    assert post.broken() == ["inbox-refused-id"]


def test_an_id_that_was_accepted_wrongly_is_used_up_all_the_same() -> None:
    post = Post()
    header = post.header()
    post.post({**header, "to": OTHER})
    post.post(header, answer="REPLAYED")
    assert post.broken() == ["inbox-addressee"]


@pytest.mark.parametrize(("answers", "rules"), [
    (("202", "REPLAYED"), []),
    (("REPLAYED", "202"), []),
    (("202", "202"), ["inbox-twice-at-once"]),
    (("REPLAYED", "REPLAYED"), ["inbox-twice-at-once"] * 2),
])  # fmt: skip
def test_of_two_that_arrive_at_once_one_is_accepted(answers: tuple[str, str], rules: list[str]) -> None:
    post = Post()
    header = post.header()
    first = post.post(header, answer=answers[0], at=5.0, lasts=1.0)
    post.post(header, again=first, answer=answers[1], at=5.2, lasts=1.0)
    assert post.broken() == rules


@pytest.mark.parametrize(("status", "rule"), [(409, "inbox-twice-at-once"), (500, "inbox-accepts-enquiry")])
def test_a_broken_refusal_is_held_to_be_the_permitted_one_of_its_status(status: int, rule: str) -> None:
    post = Post()
    header = post.header()
    first = post.post(header, at=5.0, lasts=1.0)
    post.post(header, again=first, status=status, text="{}", at=5.2, lasts=1.0)
    assert post.broken() == [rule]


def test_of_what_was_never_answered_nobody_knows_whether_it_was_accepted() -> None:
    for answer in ("202", "REPLAYED"):
        post = Post()
        header = post.header()
        first = post.post(header, status=None, text="", problem="TIMED_OUT")
        post.post(header, again=first, answer=answer)
        assert post.broken() == []
    post.post(header, again=first, answer="EXPIRED")
    assert len(post.broken()) == 1


def test_without_a_directory_a_message_is_undelivered() -> None:
    post = Post(fetched=False)
    post.post(post.header(), answer="UNDELIVERED")
    post.fetch(status=502)
    post.post(post.header(), answer="UNDELIVERED")
    post.post(post.header(), "a.b", answer="MALFORMED")
    assert post.broken() == []
    post.post(post.header(), "a.b", answer="UNDELIVERED")
    post.fetch()
    post.post(post.header(), answer="UNDELIVERED")
    assert post.broken() == ["inbox-form", "inbox-directory"]
    assert ("inbox-directory", "照会依頼・一覧がない") in post.occasions()


def test_a_gateway_may_hold_the_directory_of_a_run_before() -> None:
    post = Post(fetched=False)
    post.post(post.header())
    post.post(post.header(), answer="SIGNATURE_INVALID")
    assert post.broken() == []
    post.fetch()
    assert post.broken() == ["inbox-outer-signature"]


def test_a_failed_fetch_does_not_make_the_directory_invalid() -> None:
    post = Post()
    post.fetch(status=502)
    post.post(post.header())
    post.post(post.header(), answer="UNDELIVERED")
    assert post.broken() == ["inbox-directory"]


def test_after_a_kill_the_directory_may_be_gone_or_kept() -> None:
    post = Post()
    post.told.told(Restart(50, post.told.span()))
    post.post(post.header(), answer="UNDELIVERED")
    post.post(post.header())
    assert post.broken() == []
    post.fetch()
    post.post(post.header(), answer="UNDELIVERED")
    assert post.broken() == ["inbox-directory"]


def test_the_last_directory_that_was_fetched_holds() -> None:
    post = Post()
    without = [row for row in directory()["organisations"] if row["code"] != PARTNER]
    post.post(post.header(), answer="PARTNER_UNKNOWN")
    post.fetch(organisations=without)
    post.post(post.header(), answer="PARTNER_UNKNOWN")
    post.post(post.header())
    assert post.broken() == ["inbox-sender", "inbox-sender"]


def test_while_a_directory_is_fetched_either_may_hold() -> None:
    without = [row for row in directory()["organisations"] if row["code"] != PARTNER]
    for answer in ("202", "PARTNER_UNKNOWN"):
        post = Post()
        post.fetch(at=5.0, organisations=without)
        post.post(post.header(), answer=answer, at=4.95, lasts=1.0)
        assert post.broken() == []


def test_a_version_that_the_directory_does_not_name_may_count_or_not() -> None:
    for answer in ("202", "BASIS_NOT_LAWFUL", "ROLE_NOT_ALLOWED"):
        post = Post()
        post.fetch(tables=["2012-02-14"])
        post.post(post.header(), answer=answer)
        assert (post.broken() == []) is (answer != "ROLE_NOT_ALLOWED")


def test_whether_the_network_is_in_its_directory_is_free() -> None:
    for answer in ("PARTNER_UNKNOWN", "SIGNATURE_INVALID", "202"):
        post = Post()
        post.post({**post.header(), "from": "000001"}, answer=answer)
        assert (post.broken() == []) is (answer != "202")


def test_what_is_said_of_an_odd_correlation_id_is_free_but_nothing_that_is_wrong_is_accepted() -> None:
    first = Post().header()["message_id"]
    for answer in ("202", "MALFORMED", "REPLAYED"):
        post = Post()
        post.post(post.header(correlation_id=first), answer=answer)
        post.post(post.header(message_id=first, correlation_id=first), answer=answer)
        assert post.broken() == []
        post.post(post.header(correlation_id=first, to=OTHER))
        assert post.broken() == ["inbox-addressee"]


def reply(post: Post, kind: str = "照会応答", asked: str = "照会依頼", **changes: Any) -> dict[str, Any]:
    person = post.person()
    return {**post.header(kind, person), "correlation_id": post.ask(person, asked), **changes}


@pytest.mark.parametrize(("kind", "asked", "changes", "rule"), [
    ("照会応答", "照会依頼", {"correlation_id": "3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01"}, "inbox-unasked"),
    ("照会応答", "連絡", {}, "inbox-unasked"),
    ("照会応答", "照会依頼", {"from": OTHER}, "inbox-unasked-partner"),
    ("照会応答", "照会依頼", {"information": "住民票関係情報"}, "inbox-unasked-information"),
    ("照会応答", "照会依頼", {"link_code": "somebody-else-of-the-city"}, "inbox-unasked-subject"),
    ("エラー", "照会依頼", {"from": OTHER}, "inbox-unasked-partner"),
    ("エラー", "照会依頼", {"information": "住民票関係情報"}, "inbox-unasked-information"),
    ("エラー", "照会依頼", {"link_code": "somebody-else-of-the-city"}, "inbox-unasked-subject"),
    ("エラー", "連絡", {"link_code": "somebody-else-of-the-city"}, "inbox-unasked-subject"),
    ("エラー", "連絡", {"from": OTHER}, "inbox-unasked-partner"),
    ("受領", "照会依頼", {}, "inbox-unasked-receipt"),
    ("受領", "連絡", {"from": OTHER}, "inbox-unasked-receipt"),
    ("受領", "連絡", {"link_code": "somebody-else-of-the-city"}, "inbox-unasked-receipt"),
])  # fmt: skip
def test_a_reply_to_what_was_not_asked_is_not_found(
    kind: str, asked: str, changes: dict[str, str], rule: str
) -> None:
    for answer, broken in (("NOT_FOUND", False), ("202", True), ("SUBJECT_UNKNOWN", True)):
        post = Post()
        header = reply(post, kind, asked, **changes)
        post.post(header, *post.proper(header, signer=str(header["from"])), answer=answer)
        assert post.broken() == [rule] * broken


def test_an_error_about_a_notice_may_name_any_information() -> None:
    post = Post()
    post.post(reply(post, "エラー", "連絡", information="住民票関係情報"))
    assert post.broken() == []


def test_a_second_answer_is_accepted() -> None:
    post = Post()
    header = reply(post)
    post.post(header)
    again = {**header, "message_id": "3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01"}
    post.post(again)
    assert post.broken() == []
    post.post({**again, "message_id": "3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b02"}, answer="NOT_FOUND")
    assert post.broken() == ["inbox-second-answer"]


def test_an_answer_may_overtake_the_202_of_its_enquiry() -> None:
    post = Post()
    person = post.person()
    id_ = post.ask(person)
    post.told.exchanges.append(replace(post.told.exchanges.pop(), span=Span(BEGAN + 10, BEGAN + 14)))
    post.post({**post.header("照会応答", person), "correlation_id": id_}, at=11.0)
    assert ("inbox-early-answer", "照会応答・送信の確認より先") in post.occasions()
    post.post({**post.header("照会応答", person), "correlation_id": id_}, answer="NOT_FOUND", at=12.0)
    assert post.broken() == ["inbox-early-answer"]


def test_whether_what_the_network_refused_was_sent_is_free() -> None:
    for answer in ("202", "NOT_FOUND", "EXPIRED"):
        post = Post()
        person = post.person()
        header = post.header(person=person, **{"from": OWN, "to": PARTNER})
        post.told.send("照会依頼", person, header=header, status=403, code="PARTNER_UNKNOWN")
        reply_to = {**post.header("照会応答", person), "correlation_id": header["correlation_id"]}
        post.post(reply_to, answer=answer)
        assert (post.broken() == []) is (answer != "EXPIRED")


def test_the_link_code_that_took_the_place_of_the_old_one_may_count() -> None:
    """Registered anew with another token between enquiry and answer: either code is the subject's."""
    for code in (0, 1):
        for answer in ("202", "NOT_FOUND"):
            post = Post()
            former, latter = post.person("former"), post.person("latter")
            post.told.register("r-1", former)
            id_ = post.ask(former)
            post.told.register("r-1", latter, status=200)
            post.post(
                {**post.header("照会応答", (former, latter)[code]), "correlation_id": id_}, answer=answer
            )
            assert post.broken() == []
    post.post({**post.header("照会応答", post.person("third")), "correlation_id": id_})
    assert post.broken() == ["inbox-unasked-subject"]
