"""South face: what an answer looks like, whether it tells of success or refuses."""

from collections.abc import Iterator, Mapping
from typing import Final

from harness.contract.messages import CLOCK_SECONDS, parse_timestamp
from harness.contract.refusals import refusals
from harness.contract.schemas import deviation_from
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call
from harness.model.history.history import Declared, History
from harness.model.south.given import Given
from harness.model.south.outcomes import BATCH_ROW, alternative, rule_about
from harness.model.south.refusals import codes_of
from harness.model.south.requests import ROW, Asked, Strange, asked
from harness.model.south.touched import about

_FORM: Final = "refusal-form"
_SCHEMA: Final = "answer-schema"
_MEMBERS: Final = "answer-members"
_HEALTH: Final = "health-members"
_UNKNOWN_PATH: Final = "知らないパス"
_PATH_CODES: Final = ("UNAUTHENTICATED", "NOT_FOUND")
Told = tuple[str, object, object]  # member, what the request says, what the answer says


def answers(history: History) -> Iterator[Case]:
    """Of every answer to a request of the table, and of the refusal of an unknown path."""
    given = Given.of(history)
    for call in history.calls:
        found = asked(call)
        if call.status is None or found is Strange.METHOD or found is Strange.FREE:
            continue
        if call.status >= 400:
            yield from _refusal(call, found)
        elif not isinstance(found, Strange) and call.status < 300:
            yield from _success(found, given, history.declared)


def _refusal(call: Call, found: Asked | Strange) -> Iterator[Case]:
    """Of the code that was meant: the one that is said or, where it cannot be read, one of its status. Another is no matter of form."""
    request = found.request if isinstance(found, Asked) else None
    name, codes = (request.name, codes_of(request)) if request else (_UNKNOWN_PATH, _PATH_CODES)
    code = _code(call.answer)
    if code not in refusals():
        code = next((c for c in codes if refusals()[c].status == call.status), "")
    if code in codes:
        # Which of the two an unknown path meets is free (§11), so that neither is an alternative of its own.
        words = alternative(name, code) if request else name
        yield Case(rule_about(_FORM, code), words, _refusal_breach(call, code))


def _refusal_breach(call: Call, code: str) -> Breach | None:
    expected = "様式 error、符号・phase・ステータスは refusals.json のとおり"
    if call.problem == "NOT_JSON":
        return _breach(call, f"{call.status} で JSON でない", expected, "NOT_JSON")
    if place := deviation_from("error", call.answer):
        return _breach(call, f"{call.status} の本文の{place}", expected, "SCHEMA_MISMATCH")
    refusal = refusals()[code]
    if _code(call.answer) != code:
        return _breach(call, f"{call.status} で、契約にない符号", expected, "WRONG_REFUSAL")
    if call.status != refusal.status:
        return _breach(call, f"{code} が {call.status}", f"{code} は {refusal.status}", "WRONG_REFUSAL")
    if not _has_phase(call.answer, refusal.phase):
        return _breach(call, f"{code} の phase が違う", f"phase は {refusal.phase}", "WRONG_REFUSAL")
    return None


def _success(found: Asked, given: Given, declared: Declared) -> Iterator[Case]:
    call, name, schema = found.call, found.request.name, found.request.answer
    problem = (
        "JSON でない"
        if call.problem == "NOT_JSON"
        else deviation_from(schema, call.answer, declared.contract)
    )
    if problem:
        finding = "NOT_JSON" if call.problem == "NOT_JSON" else "SCHEMA_MISMATCH"
        breach = _breach(call, f"{call.status} の本文: {problem}", f"様式 {schema}", finding)
        yield Case(_SCHEMA, name, breach._replace(about=about(found)))
        return
    yield Case(_SCHEMA, name)
    answer = call.answer if isinstance(call.answer, dict) else {}
    if found.request.group == "health":
        yield from _health(call, answer, declared)
        return
    for member, wanted, got in _members(found, answer, given):
        differs = (f"{member} が要求と違う", f"要求のとおりの {member}", "SCHEMA_MISMATCH")
        yield Case(_MEMBERS, alternative(name, member), None if wanted == got else _breach(call, *differs))
    if found.request.answer == "batch-status":
        yield from _row_errors(call, answer)


def _members(found: Asked, answer: Mapping[str, object], given: Given) -> Iterator[Told]:
    """What an answer repeats of what was asked for."""
    name = {"subjects": "local_id", "enquiries": "enquiry_id", "batches": "batch_id", "notices": "notice_id"}
    if found.named is not None and found.request.group in name:
        member = name[found.request.group]
        yield member, found.named, answer.get(member)
    if found.request.answer == "enquiry-result" and (wish := given.wishes.get(found.named or "")):
        yield "local_id", wish.local_id, answer.get("local_id")
        yield "from", wish.to, answer.get("from")
        yield "information", wish.information, answer.get("information")
    if found.request.answer == "batch-status":
        number = given.rows.get(str(answer.get("batch_id")))
        rows = answer.get("rows")
        if number is not None:
            yield "rows の件数", number, len(rows) if isinstance(rows, list) else None
    if found.request.answer == "own-information" and isinstance(found.call.body, dict):
        for member in ("local_id", "information"):
            yield member, found.call.body.get(member), answer.get(member)


def _row_errors(call: Call, answer: Mapping[str, object]) -> Iterator[Case]:
    """What refused a row is said as any refusal is. What came from elsewhere has ids beside it, and is passed on as it is."""
    rows = answer.get("rows")
    for row in rows if isinstance(rows, list) else ():
        error, code = row.get("error"), _code(row.get("error"))
        if code in ROW and row.get("enquiry_id") is None:
            differs = (f"{BATCH_ROW}の {code} の phase が違う", "refusals.json のとおり", "WRONG_REFUSAL")
            kept = _has_phase(error, refusals()[code].phase)
            yield Case(_FORM, alternative(BATCH_ROW, code), None if kept else _breach(call, *differs))


def _health(call: Call, answer: Mapping[str, object], declared: Declared) -> Iterator[Case]:
    told = {
        "contract": answer["contract"] == declared.contract,
        "organisation": answer["organisation"] == declared.organisation,
        **{f"keys/{use}": kept for use, kept in _kids(answer, declared).items()},
        "tables": _tables(answer["tables"], declared.lists.get("tables", frozenset())),
        "time": _is_now(answer["time"], call),
    }
    for member, kept in told.items():
        differs = (f"{member} が宣言又は時計と違う", "宣言のとおりの自己紹介", "DECLARATION_DIFFERS")
        yield Case(_HEALTH, member, None if kept else _breach(call, *differs))


def _kids(answer: Mapping[str, object], declared: Declared) -> dict[str, bool]:
    """Of those uses for which the statement names a key."""
    keys = answer["keys"]
    found = {}
    for use, key in declared.keys.items():
        if isinstance(key, Mapping) and isinstance(keys, dict) and isinstance(key.get("kid"), str):
            found[use] = keys.get(use) == key["kid"]
    return found


def _tables(said: object, declared: frozenset[str]) -> bool:
    """Every version that is declared and nothing that is not; whether further bases are told too is left open."""
    names = frozenset(said) if isinstance(said, list) else frozenset()
    return {name for name in declared if name[:1].isdigit()} <= names <= declared


def _is_now(said: object, call: Call) -> bool:
    """The fraction may be absent."""
    moment = parse_timestamp(str(said)).timestamp()
    return call.span.begin - CLOCK_SECONDS - 1 <= moment <= call.span.end + CLOCK_SECONDS


def _code(error: object) -> str:
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else ""


def _has_phase(error: object, phase: str) -> bool:
    return isinstance(error, dict) and error.get("phase") == phase


def _breach(call: Call, observed: str, expected: str, code: str) -> Breach:
    seen = f"{call.words} の応答: {observed}"
    return Breach(seen, expected, call.words, call.scenario, call.span.end, (), code)
