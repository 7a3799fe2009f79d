"""The business log against what was answered: at least one entry for each answer, with whom it is about, and what staff said."""

from typing import Any

import pytest

from harness.contract.messages import new_id
from harness.model.history.exchanges import Restart
from harness.model.history.spans import Span
from harness.model.judges.logs import logs
from tests.model.histories import BEGAN, OFFICER, Told, broken, occasions
from tests.model.kept_logs import LATER, Kept, moment

ITEMS = {"items": {"総所得額": 1}}
ERROR = {"code": "RECORD_NOT_FOUND", "phase": "", "reason": ""}


def given(kind: str = "照会応答") -> tuple[Kept, str]:
    """An enquiry of a partner about resident 1 was answered."""
    told = Told()
    person = told.register("1")
    asked = told.deliver(person=person)
    told.send(kind, person, ITEMS if kind == "照会応答" else ERROR, asked=asked)
    return Kept(told), str(asked.header["correlation_id"])


def received(kind: str = "照会応答") -> tuple[Kept, str]:
    """An enquiry about resident 1 was answered by a partner."""
    told = Told()
    person, id_ = told.register("1"), new_id()
    answer = {"enquiry_id": "e", "correlation_id": id_, "status": "受付", "error": None}
    told.call("POST", "/v1/enquiries", {"local_id": "1"}, status=202, answer=answer, staff=OFFICER)
    told.send("照会依頼", person, {"key": {}}, header={"message_id": id_, "correlation_id": id_})
    header = {"correlation_id": id_}
    told.deliver(kind, person, ITEMS if kind == "照会応答" else ERROR, header=header)
    return Kept(told), id_


@pytest.mark.parametrize(
    ("happened", "kind", "rule"),
    [
        (given, "照会応答", "business-given"),
        (given, "エラー", "business-given-error"),
        (received, "照会応答", "business-received"),
        (received, "エラー", "business-received"),
    ],
)
def test_each_answer_is_told_with_whom_it_is_about(happened: Any, kind: str, rule: str) -> None:
    for how in ("clean", "twice", "none", "nobody", "somebody else", "another correlation"):
        kept, id_ = happened(kind)
        local_id = {"nobody": None, "somebody else": "2"}.get(how, "1")
        correlation = None if how == "another correlation" else id_
        for _ in range({"none": 0, "twice": 2}.get(how, 1)):
            kept.business(kept.told.span(), correlation, local_id)
        kept.show("business")
        found = broken(logs, kept.told)
        if how in ("clean", "twice"):
            assert found == []
            assert (rule, kind) in occasions(logs, kept.told)
        else:
            assert rule in found
            assert ("business-subject" in found) is (how == "somebody else")


def test_nobody_is_named_of_an_unknown_link_code() -> None:
    told = Told()
    person = told.person("stranger")
    asked = told.deliver(person=person)
    told.send("エラー", person, ERROR | {"code": "SUBJECT_UNKNOWN"}, asked=asked)
    kept = Kept(told)
    kept.business(told.span(), asked.header["correlation_id"], None)
    kept.show("business")
    assert broken(logs, told) == []


def test_a_link_code_that_moved_may_be_either_residents() -> None:
    for local_id in ("1", "2"):
        told = Told()
        person = told.register("1")
        asked = told.deliver(person=person, lasts=3.0)
        told.register("2", person, at=3)
        told.send("照会応答", person, ITEMS, asked=asked)
        kept = Kept(told)
        kept.business(told.span(), asked.header["correlation_id"], local_id)
        kept.show("business")
        assert "business-given" not in broken(logs, told)


def refused_by_staff(words: str) -> tuple[Kept, str]:
    """A pending enquiry."""
    told = Told()
    asked = told.deliver(person=told.register("1"))
    id_ = str(asked.header["correlation_id"])
    told.call("POST", f"/v1/pending/{id_}/refusal", {"reason": words}, caller="staff", staff=OFFICER)
    return Kept(told), id_


WORDS = 'DV 等支援措置の "対象"\\の方（避難中）'


@pytest.mark.parametrize(
    ("told", "kept_words"),
    [
        ({"detail": {"reason": WORDS}}, True),
        ({"detail": {"staff": {"said": ["理由", f"{WORDS}（窓口）"]}}}, True),
        ({"action": f"拒否: {WORDS}"}, True),
        ({"detail": {}}, False),
        ({"detail": {"reason": WORDS[:10]}}, False),
        ({"detail": {"reason": WORDS.replace("（", "(")}}, False),
        ({"detail": {"reason": "別の理由"}}, False),
    ],
)
def test_the_reason_of_staff_is_kept_as_it_was_given(told: dict[str, Any], kept_words: bool) -> None:
    kept, id_ = refused_by_staff(WORDS)
    kept.business(kept.told.span(), id_, "1", **told)
    kept.show("business")
    assert ("business-reason" in broken(logs, kept.told)) is not kept_words


def test_a_look_up_is_told_with_the_resident() -> None:
    for local_id, judged in (
        ("1", []),
        (None, ["business-look-up"]),
        ("2", ["business-subject", "business-look-up"]),
    ):
        told = Told()
        kept = Kept(told)
        answer = {
            "lookup_id": new_id(),
            "local_id": "1",
            "information": "地方税関係情報",
            "key": {},
            "items": {},
        }
        call = told.call("POST", "/v1/own-information", {"local_id": "1"}, answer=answer)
        kept.business(call.span, answer["lookup_id"], local_id)
        kept.show("business", f"?correlation_id={answer['lookup_id']}")
        assert broken(logs, told) == judged


def test_nothing_is_told_of_an_enquiry_that_there_was_not() -> None:
    kept, id_ = given()
    kept.business(kept.told.span(), id_, "1")
    kept.business(kept.told.span(at=20), new_id(), "1")
    kept.show("business")
    assert broken(logs, kept.told) == ["business-truthful"]


def test_what_was_refused_may_have_had_an_id_that_nobody_saw() -> None:
    kept, id_ = given()
    answer = {"code": "BASIS_NOT_LAWFUL", "phase": "", "reason": ""}
    kept.told.call("POST", "/v1/enquiries", {"local_id": "1"}, status=403, answer=answer, staff=OFFICER)
    kept.business(kept.told.span(), id_, "1")
    kept.business(kept.told.span(at=20), new_id(), "1")
    kept.show("business")
    assert broken(logs, kept.told) == []


@pytest.mark.parametrize(("off", "judged"), [(9 * 3600, True), (-3600, True), (-4, False), (4, False)])
def test_an_entry_has_the_time_of_what_happened(off: float, judged: bool) -> None:
    kept, id_ = given()
    kept.business(kept.told.span(), id_, "1", recorded_at=moment(BEGAN + (LATER if off > 0 else 1) + off))
    kept.show("business")
    assert ("business-recorded-at" in broken(logs, kept.told)) is judged


def test_an_answer_to_a_notice_need_not_be_told() -> None:
    told = Told()
    person = told.register("1")
    asked = told.deliver("連絡", person, ITEMS)
    told.send("受領", person, {}, asked=asked)
    kept = Kept(told)
    kept.show("business")
    assert broken(logs, told) == []


def test_it_follows_the_work_on_the_message() -> None:
    kept, id_ = given()
    kept.show("business", at=5)
    kept.business(kept.told.span(at=8), id_, "1")
    kept.show("business")
    assert broken(logs, kept.told) == []


def test_what_the_network_did_not_take_was_not_given() -> None:
    told = Told()
    person = told.register("1")
    asked = told.deliver(person=person)
    told.send("照会応答", person, ITEMS, asked=asked, status=502, code="UNDELIVERED")
    kept = Kept(told)
    kept.show("business")
    assert broken(logs, told) == []


def test_a_kill_may_come_before_the_entry() -> None:
    kept, _ = given()
    kept.told.told(Restart(50, Span(BEGAN + 4, BEGAN + 6)))
    kept.show("business")
    assert broken(logs, kept.told) == []
