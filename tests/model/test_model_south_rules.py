"""The alternatives of the rules of the south face are those that its requests, schemas and codes make."""

from collections.abc import Iterator
from typing import Any

from harness.contract.resources import json_document
from harness.model.rules import rules
from harness.model.south import bodies, callers, wishes
from harness.model.south.outcomes import BATCH_ROW, NO_FAULT, alternative, rule_about, rule_of, rule_without
from harness.model.south.refusals import codes_of
from harness.model.south.requests import REQUESTS, ROW, Request

GIVEN = {"enquiries", "batches", "notices"}
NEVER_SURE = {"UNDELIVERED", "VERSION_STALE", "NOT_READY", "LINK_CODE_UNAVAILABLE", "NOT_THE_SUBJECT"} | {
    "PORTAL_SESSION_INVALID"
}
BASIS = (
    *(wishes.NO_TABLE, wishes.UNDECLARED, wishes.NO_ITEM, wishes.NO_AFFAIR),
    *(wishes.REQUESTER, wishes.PROVIDER, wishes.INFORMATION, wishes.TOGETHER),
)
KINDS = ("business", "staff", "audit")
NOT_REFUSED = {"GET /v1/health"}
FREE = {("GET /v1/pending", "ROLE_NOT_ALLOWED")}  # by contract 1 alone, and nobody has to
Alternatives = dict[str, dict[str, None]]


def test_every_rule_lists_what_it_can_be_met_or_broken_in() -> None:
    for rule, alternatives in possible().items():
        assert set(rules()[rule].alternatives) == set(alternatives), rule


def possible() -> Alternatives:
    """Rule → its alternatives, in order."""
    found: Alternatives = {}
    for rule, words in _all():
        found.setdefault(rule, {})[words] = None
    return found


def _all() -> Iterator[tuple[str, str]]:
    for request in REQUESTS:
        yield from _rows(request, request.name, codes_of(request))
        yield from _answers(request)
        if request.name == "POST /v1/batches":
            yield from _rows(request, BATCH_ROW, ROW)
    yield "request-taken", BATCH_ROW
    yield from (("refused-row-has-no-ids", code) for code in ROW if code != "UNDELIVERED")
    yield from (("refusal-form", alternative(BATCH_ROW, code)) for code in ROW)
    yield "refusal-form", "知らないパス"
    yield from (
        ("reason-without-personal-data", words)
        for words in (BATCH_ROW, "POST /v1/records/bulk", "ほかのパス・メソッド")
    )
    yield from (("unknown-path", token) for token in (*KINDS, callers.NO_TOKEN, callers.UNKNOWN_TOKEN))
    yield from (("refused-leaves-no-trace", alternative(BATCH_ROW, code)) for code in ROW)
    members = ("contract", "organisation", "keys/signature", "keys/encryption", "tables", "time")
    yield from (("health-members", member) for member in members)


def _rows(request: Request, name: str, codes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    sure = [code for code in codes if _is_judged(code, request) and code not in NEVER_SURE]
    for code in codes:
        if not _is_judged(code, request):
            continue
        for variant in _variants(code, request) if code in sure else ():
            yield str(rule_of(code, request.group, variant)), alternative(name, variant)
        yield str(rule_without(code, request.group)), alternative(name, NO_FAULT)
    for number, first in enumerate(sure):
        for later in sure[number + 1 :]:
            yield rule_about("first-decides", first, later), f"{name}: {first} < {later}"


def _is_judged(code: str, request: Request) -> bool:
    return rule_of(code, request.group) is not None and (code != "NOT_FOUND" or request.group in GIVEN)


def _variants(code: str, request: Request) -> Iterator[str]:
    match code:
        case "UNAUTHENTICATED":
            yield from (kind for kind in KINDS if kind != request.caller)
            yield from (callers.NO_TOKEN, callers.UNKNOWN_TOKEN)
        case "STAFF_REQUIRED":
            headers = ("X-Staff-Id", "X-Staff-Role")
            yield from (f"{h} {w}" for h in headers for w in (callers.NONE, callers.TOO_LONG))
        case "STAFF_SESSION_EXPIRED":
            yield from (callers.PASSED, callers.NO_MOMENT)
        case "INVALID_REQUEST":
            yield from (bodies.NO_JSON, bodies.NO_UTF_8, bodies.NO_BODY)
            yield from (bodies.NO_LOCAL_ID,) if request.group == "subjects" else ()
            yield from dict.fromkeys(_deviations(request.body))
        case "NOT_DECLARED":
            yield from (f"{list_} {name}" for list_, name in request.needs)
            yield from ("mode バッチ",) if request.name == "POST /v1/enquiries" else ()
        case "ROLE_NOT_ALLOWED":
            yield from (wishes.OTHER_ROLE, wishes.NO_ROLE)
        case "BASIS_NOT_LAWFUL":
            yield from BASIS
        case _:
            yield ""


def _deviations(schema: str) -> Iterator[str]:
    yield from _of_schema(json_document("published", "schemas", f"{schema}.schema.json"), 0)


def _of_schema(schema: dict[str, Any], depth: int) -> Iterator[str]:
    """What can be wrong with a value at a depth, by the words of its schema."""
    if "$ref" in schema:
        yield from _of_schema(json_document("published", "schemas", schema["$ref"]), depth)
        return
    within = bodies.WITHIN
    for word, value in schema.items():
        if word == "additionalProperties" and value is not False:
            yield from _of_schema(value, depth + 1)
        elif word in bodies.WORDS and value != []:
            level = 0 if word in bodies.OF_OBJECTS else 1
            yield bodies.WORDS[word] + (within if depth > level else "")
    members = schema.get("properties", {}).values()
    yield from (variant for member in members for variant in _of_schema(member, depth + 1))
    yield from _of_schema(schema["items"], depth + 1) if "items" in schema else ()
    yield from _of_schema(schema["propertyNames"], depth) if "propertyNames" in schema else ()


def _answers(request: Request) -> Iterator[tuple[str, str]]:
    name = request.name
    for rule in (
        "request-taken",
        "done-status",
        "answer-schema",
        "answer-in-time",
        "no-redirect",
        "answer-media-type",
    ):
        yield rule, name
    yield "unlisted-method", next(r.path for r in REQUESTS if r.path == request.path)
    if name not in NOT_REFUSED:
        yield "reason-without-personal-data", name
        codes = [code for code in codes_of(request) if (name, code) not in FREE]
        yield from ((rule_about("refusal-form", code), alternative(name, code)) for code in codes)
    if name in {"POST /v1/enquiries", "POST /v1/batches", "POST /v1/notices"}:
        rule = "refused-leaves-no-trace"
        yield from ((rule_about(rule, code), alternative(name, code)) for code in codes_of(request))
    yield from (("answer-members", alternative(name, member)) for member in _members(request))


def _members(request: Request) -> Iterator[str]:
    group = {"subjects": "local_id", "enquiries": "enquiry_id", "batches": "batch_id", "notices": "notice_id"}
    if "{" in request.path and request.group in group:
        yield group[request.group]
    yield from {
        "enquiry-result": ("local_id", "from", "information"),
        "batch-status": ("rows の件数",),
        "own-information": ("local_id", "information"),
    }.get(request.answer, ())
