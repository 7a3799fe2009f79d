"""Nothing of a resident in access and audit log, and nothing of what must stay inside in any byte to the network."""

from typing import Any

import pytest

from harness.model.history.exchanges import Staff
from harness.model.inside import HIDDEN, LOCAL_ID, REASON, SESSION, WORDS, Asked, Given, hidden, texts
from harness.model.judges.logs import logs
from tests.model.histories import OFFICER, Told, broken, occasions
from tests.model.kept_logs import Kept

WORDS_OF_STAFF = "DV等支援措置の対象の方であるため"
UNREGISTERED = "9876543210"
RESIDENT = {
    "enrolment_token": "t",
    "my_number": "123456789018",
    "name": "髙橋　良子",
    "kana": "タカハシ　ヨシコ",
    "birth_date": "1985-04-01",
    "sex": "2",
    "address": "静岡県静岡市葵区追手町5番1号",
}
RECORD = {
    "local_id": "0987654321",
    "information": "地方税関係情報",
    "key": {"相当年度": "2012"},
    "items": {"総所得額": 2345678, "備考": "寄附金控除の適用あり"},
}


def told() -> Kept:
    """A resident, a record, a refusal by staff, a look-up, and somebody whom nobody registered."""
    story = Told()
    story.call("PUT", "/v1/subjects/0987654321", RESIDENT, status=201)
    story.call("PUT", "/v1/records", RECORD)
    asked = story.deliver(person=story.person("p"))
    path = f"/v1/pending/{asked.header['correlation_id']}/refusal"
    decided = story.call("POST", path, {"reason": WORDS_OF_STAFF}, caller="staff", staff=OFFICER)
    error = {"code": "SUBJECT_UNKNOWN", "phase": "", "reason": ""}
    wish = {"local_id": UNREGISTERED}
    refused = story.call(
        "POST", "/v1/enquiries", wish, status=404, answer=error, staff=Staff("s-1", "r", None)
    )
    kept = Kept(story)
    kept.access("受信", asked)
    ids = {"staff_id": "s-1", "correlation_id": asked.header["correlation_id"]}
    kept.audit(decided.span, "拒否", "REFUSED_BY_STAFF", **ids)
    kept.audit(refused.span, "拒否", "SUBJECT_UNKNOWN", staff_id="s-1")
    return kept


LEAKS = {
    "a number as it is": "PUT /v1/subjects/0987654321",
    "a number of nobody": f"照会 {UNREGISTERED}",
    "a number in base64": "subject MDk4NzY1NDMyMQ==",
    "個人番号": "1234-5678-9018",
    "a name": "髙橋良子の照会",
    "its kana": "たかはし よしこ",
    "an address": "葵区: 静岡県静岡市葵区追手町5番1号",
    "a value": "総所得額 2345678",
    "a text": "備考: 寄附金控除の適用あり",
    "a birth date": "born 1985-04-01",
}


@pytest.mark.parametrize("how", LEAKS)
@pytest.mark.parametrize("member", ["action", "phase"])
def test_the_audit_log_tells_of_nobody(how: str, member: str) -> None:
    kept = told()
    span = kept.told.exchanges[0].span
    kept.audit(span, **{member: LEAKS[how]})
    kept.show("audit")
    assert broken(logs, kept.told) == ["log-secrecy"]


@pytest.mark.parametrize("name", ["髙橋良子", "0987654321"])
def test_the_access_log_tells_of_nobody(name: str) -> None:
    kept = told()
    entry = dict(kept.logs["access"][0]) | {"affair": name}
    kept.show("access", entries=kept.sealed([entry]))
    assert "log-secrecy" in broken(logs, kept.told)


@pytest.mark.parametrize(
    "words", [WORDS_OF_STAFF, f"理由: {WORDS_OF_STAFF}。", "ＤＶ等支援措置の対象の方であるため"]
)
def test_what_staff_said_is_in_neither(words: str) -> None:
    kept = told()
    kept.audit(kept.told.exchanges[0].span, action=words)
    kept.show("audit")
    assert broken(logs, kept.told) == ["log-staff-words"]


@pytest.mark.parametrize(
    "action",
    [
        "PUT /v1/subjects/{local_id}",
        "2027-01-15T08:00:02.345678Z",
        "電文 00000000-0000-4000-8000-000002345678",
        "別表第二 2015-09-09",
        "x2345678y",
        "12345678",
        "静岡市から福岡市へ",
    ],
)
def test_what_says_nothing_of_anybody_passes(action: str) -> None:
    kept = told()
    kept.audit(kept.told.exchanges[0].span, action=action)
    kept.show("access")
    kept.show("audit")
    assert broken(logs, kept.told) == []
    assert {("log-secrecy", "audit:識別番号"), ("log-staff-words", "access")} <= occasions(logs, kept.told)


def test_the_business_log_may_tell_all_of_it() -> None:
    kept = told()
    asked = kept.told.exchanges[2].header["correlation_id"]
    kept.business(
        kept.told.exchanges[0].span, asked, None, detail={"reason": WORDS_OF_STAFF, "氏名": "髙橋良子"}
    )
    kept.show("business")
    assert broken(logs, kept.told) == []


def asked(method: str, path: str, body: Any, answer: Any = None) -> Asked:
    return Asked(method, path, body, answer)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (asked("PUT", "/v1/subjects/x-1", {}), [(LOCAL_ID, "x-1")]),
        (asked("POST", "/v1/enquiries", {"local_id": "1"}), [(LOCAL_ID, "1")]),
        (asked("POST", "/v1/batches", {"rows": [{"local_id": "1"}, {}]}), [(LOCAL_ID, "1")]),
        (asked("PUT", "/v1/handling", {"scope": "subject", "key": "1"}), [(LOCAL_ID, "1")]),
        (asked("PUT", "/v1/handling", {"scope": "affair", "key": "事務"}), []),
        (asked("POST", "/v1/pending/c/refusal", {"reason": "理由"}), [(WORDS, "理由")]),
        (
            asked("POST", "/v1/portal-sessions", {"local_id": "1"}, {"session": "s"}),
            [(SESSION, "s"), (LOCAL_ID, "1")],
        ),
        (asked("PUT", "/v1/records", "no object"), []),
    ],
)
def test_what_stays_inside_is_told_by_the_requests(call: Asked, expected: list[tuple[str, str]]) -> None:
    assert list(texts([call])) == expected


def test_an_item_is_hidden_unless_an_affair_that_came_up_may_be_given_it() -> None:
    affair = "児童扶養手当の支給に関する事務"
    items = {"総所得額": 2345678, "没収された宝くじ": "非公開の事情の記載", "空": None}
    record = {**RECORD, "items": items, "reasons": {"没収された宝くじ": "非公開の理由の記載"}}
    put = asked("PUT", "/v1/records", record)
    shown = Given("地方税関係情報", affair, {"key": {}})
    assert set(hidden([put], [shown])) >= {(HIDDEN, "非公開の事情の記載"), (REASON, "非公開の理由の記載")}
    elsewhere = Given("住民票関係情報", affair, {"items": {"備考": "非公開の事情の記載"}})
    assert (HIDDEN, "非公開の事情の記載") not in set(hidden([put], [shown, elsewhere]))
    assert (HIDDEN, "2345678") in set(hidden([put], []))
