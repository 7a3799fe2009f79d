"""South face: what answers and refusals look like, whatever they say; unknown paths, unlisted methods, answers that are missing."""

from typing import Any

import pytest

from harness.model.history.exchanges import Redemption, Restart
from harness.model.judges.south_answers import answers
from harness.model.judges.south_http import paths_and_answers
from harness.model.south.requests import REQUESTS
from tests.model.histories import Told, broken, occasions
from tests.model.south_told import ANSWERS, CORRELATION, ROW, ask, begun, error, moment, refused_row

NAMES = tuple(request.name for request in REQUESTS)
REFUSED = tuple(name for name in NAMES if name != "GET /v1/health")


def answered(name: str, **other: Any) -> list[str]:
    told = begun()
    ask(told, name, **other)
    return broken(answers, told)


@pytest.mark.parametrize("name", NAMES)
def test_a_proper_answer(name: str) -> None:
    assert answered(name) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answer", [[], {"further": 1}, "ok", None, 1])
def test_an_answer_meets_its_schema(name: str, answer: object) -> None:
    assert answered(name, answer=answer) == (
        ["answer-schema"] if answer is not None else answered(name, answer={})
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name != "GET /v1/health"])
def test_an_answer_has_no_member_of_its_own(name: str) -> None:
    request = next(request for request in REQUESTS if request.name == name)
    assert answered(name, answer={**ANSWERS[request.answer], "further": 1}) == ["answer-schema"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_has_code_phase_and_status_of_the_table(name: str) -> None:
    code = "UNAUTHENTICATED"
    said = error(code)
    assert answered(name, code=code) == []
    wrongs: tuple[dict[str, Any], ...] = (
        {"answer": {**said, "phase": "連携確認"}},
        {"answer": {**said, "further": 1}},
        {"answer": {"code": code, "phase": said["phase"]}},
        {"answer": {**said, "reason": ""}},
        {"answer": {**said, "code": "STRANGE"}},
        {"answer": "Unauthorized", "problem": "NOT_JSON"},
        {"answer": {}},
        {"status": 403},
        {"status": 500},
    )
    for wrong in wrongs:
        assert answered(name, code=code, **wrong) == ["refusal-form"], wrong


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("POST /v1/enquiries", "PARTNER_UNKNOWN"),
        ("GET /v1/enquiries/{enquiry_id}/result", "NOT_READY"),
        *(
            ("PUT /v1/subjects/{local_id}", "LINK_CODE_UNAVAILABLE"),
            ("PUT /v1/handling", "NOT_DECLARED"),
            ("GET /v1/pending", "ROLE_NOT_ALLOWED"),
            ("POST /v1/pending/{correlation_id}/approval", "ROLE_NOT_ALLOWED"),
            ("POST /v1/pending/{correlation_id}/refusal", "ROLE_NOT_ALLOWED"),
        ),
    ],
)
def test_every_code_of_a_request_has_its_form(name: str, code: str) -> None:
    rule = "undeclared-form" if code == "NOT_DECLARED" else "refusal-form"
    assert answered(name, code=code) == []
    assert answered(name, code=code, status=400) == [rule]
    assert answered(name, code=code, answer={**error(code), "phase": "ID"}) == [rule]


def test_a_refused_row_has_the_phase_of_its_code() -> None:
    state = refused_row("PARTNER_UNKNOWN")
    for said, rules in (
        (state, []),
        ({**state, "error": {**error("PARTNER_UNKNOWN"), "phase": "x"}}, ["refusal-form"]),
    ):
        assert answered("GET /v1/batches/{batch_id}", answer={"batch_id": "b-1", "rows": [said]}) == rules


def test_what_a_partner_said_is_passed_on_whatever_its_phase() -> None:
    passed = {**ROW, "status": "エラー", "error": {"code": "STRANGE", "phase": "x", "reason": "y"}}
    assert answered("GET /v1/batches/{batch_id}", answer={"batch_id": "b-1", "rows": [passed]}) == []


@pytest.mark.parametrize(
    ("name", "member", "value"),
    [
        ("PUT /v1/subjects/{local_id}", "local_id", "1"),
        ("GET /v1/enquiries/{enquiry_id}", "enquiry_id", "e-2"),
        ("GET /v1/enquiries/{enquiry_id}/result", "enquiry_id", "e-2"),
        ("GET /v1/enquiries/{enquiry_id}/result", "local_id", "1"),
        ("GET /v1/enquiries/{enquiry_id}/result", "from", "131016"),
        ("GET /v1/enquiries/{enquiry_id}/result", "information", "x"),
        ("GET /v1/batches/{batch_id}", "batch_id", "b-2"),
        ("GET /v1/batches/{batch_id}", "rows", [ROW, ROW]),
        ("GET /v1/batches/{batch_id}", "rows", []),
        ("POST /v1/batches/{batch_id}/resend", "batch_id", "b-2"),
        ("GET /v1/notices/{notice_id}", "notice_id", "n-2"),
        ("POST /v1/own-information", "local_id", "1"),
        ("POST /v1/own-information", "information", "x"),
    ],
)
def test_an_answer_is_about_what_was_asked_for(name: str, member: str, value: object) -> None:
    request = next(request for request in REQUESTS if request.name == name)
    assert answered(name, answer={**ANSWERS[request.answer], member: value}) == ["answer-members"]


def health(**members: Any) -> list[str]:
    told = begun()
    call = ask(told, "GET /v1/health")
    told.exchanges[-1] = None
    assert isinstance(call.answer, dict)
    ask(told, "GET /v1/health", answer={**call.answer, "time": moment(told.clock + 1), **members})
    told.exchanges = [exchange for exchange in told.exchanges if exchange]
    return broken(answers, told)


def test_health_is_what_the_statement_says() -> None:
    assert health() == []
    assert health(organisation="401307") == ["health-members"]
    assert health(keys={"signature": "e-1", "encryption": "e-1"}) == ["health-members"]
    assert health(keys={"signature": "s-1", "encryption": "s-1"}) == ["health-members"]
    assert health(tables=["2015-09-09"]) == ["health-members"]
    assert health(tables=["2012-02-14", "2015-09-09", "条例"]) == ["health-members"]
    assert health(time="2027-01-15T08:00:30Z") == ["health-members"]
    assert health(time="2027-01-15T08:00:09+00:00") == []
    assert health(status="starting") == ["answer-schema"]
    assert health(contract="2") == ["health-members"]


def http(name: str, **other: Any) -> list[str]:
    told = begun()
    ask(told, name, **other)
    return broken(paths_and_answers, told)


@pytest.mark.parametrize(
    "path", ["/v1/unknown", "/v1/records/bulk/x", "/v2/health", "/V1/health", "/v1/logs/other", "/"]
)
def test_an_unknown_path(path: str) -> None:
    strict = path != "/"  # of an empty part the text does not say whether it is one
    for caller in ("business", "staff", "audit"):
        told = begun()
        told.call("GET", path, caller=caller, status=404, answer=error("NOT_FOUND"))
        assert broken(paths_and_answers, told) == broken(answers, told) == []
        told.call("GET", path, caller=caller, status=401, answer=error("UNAUTHENTICATED"))
        told.call("GET", path, caller=caller, status=200)
        assert broken(paths_and_answers, told) == (["unknown-path"] * 2 if strict else [])


def test_an_unknown_path_without_a_token_may_be_either() -> None:
    told = begun()
    for caller in ("", "unknown"):
        told.call("GET", "/v1/unknown", caller=caller, status=401, answer=error("UNAUTHENTICATED"))
        told.call("GET", "/v1/unknown", caller=caller, status=404, answer=error("NOT_FOUND"))
    assert broken(paths_and_answers, told) == []
    told.call("GET", "/v1/unknown", caller="", status=403, answer=error("PARTNER_UNKNOWN"))
    assert broken(paths_and_answers, told) == ["unknown-path"]


def test_the_refusal_of_an_unknown_path_has_its_form() -> None:
    told = begun()
    told.call("GET", "/v1/unknown", status=404, answer={"detail": "Not Found"})
    assert broken(answers, told) == ["refusal-form"]


@pytest.mark.parametrize(
    ("method", "path", "caller"),
    [
        ("DELETE", "/v1/records", "business"),
        ("POST", "/v1/records", "business"),
        ("PUT", "/v1/pending", "staff"),
        *(
            ("GET", "/v1/subjects/1", "business"),
            ("PATCH", f"/v1/pending/{CORRELATION}/approval", "staff"),
        ),
    ],
)
def test_an_unlisted_method(method: str, path: str, caller: str) -> None:
    for status, said, rules in (
        (405, caller, []),
        (405, "", []),
        (401, "", []),
        (401, "audit", []),
        (404, caller, ["unlisted-method"]),
        (401, caller, ["unlisted-method"]),
        (200, caller, ["unlisted-method"]),
        (422, "", ["unlisted-method"]),
    ):
        told = begun()
        told.call(method, path, caller=said, status=status, answer="anything", problem="NOT_JSON")
        assert broken(paths_and_answers, told) == rules, (status, said)
        assert broken(answers, told) == []


def test_head_and_empty_parts_are_free() -> None:
    told = begun()
    for status in (200, 301, 404, 405):
        told.call("HEAD", "/v1/health", caller="", status=status)
        told.call("PUT", "/v1/subjects/", {}, status=status)
        told.call("GET", "/v1/pending/", status=status)
    assert broken(paths_and_answers, told) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_request_is_answered_and_never_redirected(name: str) -> None:
    assert http(name) == []
    told = begun()
    ask(told, name)
    assert {("answer-in-time", name), ("no-redirect", name)} <= occasions(paths_and_answers, told)
    assert http(name, status=307) == ["no-redirect"]
    for problem in ("TIMED_OUT", "NO_CONNECTION", "BROKEN_RESPONSE"):
        assert http(name, status=None, problem=problem) == ["answer-in-time"]


@pytest.mark.parametrize("name", NAMES)
def test_answers_say_that_they_are_json(name: str) -> None:
    for media in (
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=Shift_JIS",
    ):
        assert http(name, media=media) == []
    for media in ("text/html", "", "application/problem+json", "application/jsonp"):
        assert http(name, media=media) == ["answer-media-type"]


def test_a_list_may_be_too_long_to_be_read() -> None:
    assert http("GET /v1/logs/access", status=None, problem="TOO_LARGE") == []
    assert http("GET /v1/health", status=None, problem="TOO_LARGE") == ["answer-in-time"]


def test_nobody_answers_while_killed_or_held_up_by_the_network() -> None:
    told = begun()
    told.told(Restart(9, told.span(50, 3)))
    ask(told, "GET /v1/pending", status=None, at=51)
    told.told(Redemption(11, told.span(100, 6), "", None, None))
    ask(told, "PUT /v1/subjects/{local_id}", status=None, at=100, lasts=5)
    assert broken(paths_and_answers, told) == []
    told.told(Redemption(13, told.span(200, 0.1), "", 200, {}))
    ask(told, "PUT /v1/subjects/{local_id}", status=None, at=200, lasts=5)
    assert broken(paths_and_answers, told) == ["answer-in-time"]


def test_nobody_is_blamed_before_it_first_answered() -> None:
    told = Told()
    told.call("GET", "/v1/health", caller="", status=None, problem="NO_CONNECTION")
    ask(told, "GET /v1/health")
    assert broken(paths_and_answers, told) == []
