"""Proper requests of the south face, each told with its proper answer, so that a test changes one thing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from harness.contract.messages import timestamp
from harness.contract.refusals import refusals
from harness.model.history.exchanges import Call, Staff
from harness.model.history.history import Declared
from harness.model.judges.south_refusals import refusals_of_requests
from harness.model.south.requests import REQUESTS, Request
from tests.model.histories import LISTS, NOBODY, OWN, PARTNER, Told, broken

RESIDENT, STRANGER = "0000012345", "0000099999"
CORRELATION = "3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01"
AFFAIR = "児童扶養手当法による児童扶養手当の支給に関する事務"
TAX = "地方税関係情報"
OFFICER = Staff("staff-1", "child-allowance", None)
BY_NAME = {request.name: request for request in REQUESTS}
RECORD = {"local_id": RESIDENT, "information": TAX, "key": {"相当年度": "平成24年度"}, "items": {"所得": 1}}
WISH: dict[str, Any] = {
    "local_id": RESIDENT,
    "to": PARTNER,
    "basis": {"table": "2015-09-09", "item": "57"},
    "affair": AFFAIR,
    "information": TAX,
    "key": {},
}
SUBJECT = {
    "enrolment_token": "t-1",
    "my_number": "123456789018",
    "name": "佐々木　𠮷子",
    "kana": "ササキ　ヨシコ",
    "birth_date": "1990-01-01",
    "sex": "2",
    "address": "静岡市葵区追手町5番1号",
}
KEY = {name: RECORD[name] for name in ("local_id", "information", "key")}
NOTICE = {**{n: v for n, v in WISH.items() if n != "key"}, "items": {"住所": "静岡市"}}
BODIES: Mapping[str, Any] = {
    "subject": SUBJECT,
    "record": RECORD,
    "records": {"records": [RECORD]},
    "record-key": KEY,
    "import": {"information": TAX, "file": ""},
    "handling": {"scope": "subject", "key": RESIDENT, "mode": "手動", "reason": ""},
    "enquiry": {**WISH, "mode": "オンライン"},
    "batch": {"rows": [WISH]},
    "empty": {},
    "notice": NOTICE,
    "portal-login": {"local_id": RESIDENT},
    "refusal-by-staff": {"reason": "本人の申出"},
}
STATE = {"correlation_id": CORRELATION, "status": "受付", "error": None}
ROW = {"enquiry_id": "e-2", **STATE}
SHOWN = {name: RECORD[name] for name in ("local_id", "information", "items")}
ANSWERS: Mapping[str, Any] = {
    "registered": {"local_id": RESIDENT},
    "empty": {},
    "bulk-result": {"accepted": 1, "errors": []},
    "import-result": {"accepted": 0, "errors": []},
    "enquiry-status": {"enquiry_id": "e-1", **STATE},
    "enquiry-result": {"enquiry_id": "e-1", "from": PARTNER, **SHOWN},
    "batch-status": {"batch_id": "b-1", "rows": [ROW]},
    "notice-status": {"notice_id": "n-1", **STATE},
    "received-notices": {"notices": []},
    "portal-session": {"session": "s" * 32, "valid_until": timestamp()},
    "own-information": {"lookup_id": CORRELATION, **SHOWN},
    "pending": {"pending": []},
    "access-log": {"entries": []},
    "audit-log": {"entries": []},
    "business-log": {"entries": []},
}
IDS = {
    "{local_id}": RESIDENT,
    "{enquiry_id}": "e-1",
    "{batch_id}": "b-1",
    "{notice_id}": "n-1",
    "{correlation_id}": CORRELATION,
}
KEYS = {"signature": {"kid": "s-1"}, "encryption": {"kid": "e-1"}}


def declared(without: str = "", *, lists: Mapping[str, frozenset[str]] = LISTS) -> Declared:
    """Everything but one `list name`."""
    list_, _, name = without.partition(" ")
    kept = {n: names - {name} if n == list_ else names for n, names in lists.items()}
    return Declared("1", OWN, kept, KEYS)


def begun(what: Declared | None = None) -> Told:
    """A resident is registered, and there are an enquiry, a バッチ and a 連絡."""
    told = Told(what or declared())
    told.register(RESIDENT)
    for name in ("POST /v1/enquiries", "POST /v1/batches", "POST /v1/notices"):
        ask(told, name)
    return told


def ask(told: Told, name: str, **other: Any) -> Call:
    """A proper request with a proper answer, but for what is given. `code`: it is refused with that; `body` and `answer` as they are;
    `changed`: members of the body that differ, None for one that is left out."""
    request = BY_NAME[name]
    body = other.pop("body", BODIES.get(request.body))
    for member, value in other.pop("changed", {}).items():
        body = {n: v for n, v in body.items() if n != member} | ({member: value} if value is not None else {})
    said: dict[str, Any] = {
        "status": request.done[0],
        "answer": ANSWERS.get(request.answer, _health(told)),
        "caller": request.caller,
        "staff": OFFICER if request.acts else NOBODY,
    }
    if code := other.pop("code", None):
        said |= {"status": refusals()[code].status, "answer": error(code)}
    return told.call(request.method, other.pop("path", path_of(request)), body, **(said | other))


def path_of(request: Request) -> str:
    """With ids of what there is."""
    path = request.path
    for name, id_ in IDS.items():
        path = path.replace(name, id_)
    return path


def error(code: str, reason: str = "受け付けられない") -> dict[str, str]:
    """The error object of a refusal."""
    return {"code": code, "phase": refusals()[code].phase, "reason": reason}


def refused_row(code: str) -> dict[str, object]:
    """Of a バッチ."""
    return {"enquiry_id": None, "correlation_id": None, "status": "エラー", "error": error(code)}


def _health(told: Told) -> dict[str, object]:
    from_now = told.clock + 1
    return {
        "status": "ok",
        "contract": "1",
        "organisation": OWN,
        "product": "p 1",
        "time": moment(from_now),
        "tables": sorted(LISTS["tables"]),
        "keys": {"signature": "s-1", "encryption": "e-1"},
    }


def moment(seconds: float) -> str:
    """A moment of a history as it is written."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def asked(name: str, **other: Any) -> Told:
    """One request more, in the world of `begun`."""
    told = begun()
    ask(told, name, **other)
    return told


def verdicts(name: str, **other: Any) -> list[str]:
    """Rules that a request breaks."""
    return broken(refusals_of_requests, asked(name, **other))


def last(told: Told) -> set[tuple[str, str]]:
    """Of the last request alone."""
    cases = list(refusals_of_requests(told.history()))
    told.exchanges.pop()
    return {(c.rule, c.alternative) for c in cases[len(list(refusals_of_requests(told.history()))) :]}
