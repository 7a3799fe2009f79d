"""Each request of the south face with one thing wrong, with each pair, and with everything at once: which one decides (guide §2
Refusals)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Final

from harness.contract.items import informations
from harness.contract.roles import role_fits, roles
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import record
from harness.stimuli.partners import NOBODY
from harness.stimuli.sessions import opened
from harness.stimuli.south_requests import Body, Proper, enquiry, proper_requests
from harness.stimuli.stage import Resident, Stage

_NO_ITEM: Final = "999"
_PASSED: Final = timedelta(minutes=10)
_TRIPLES: Final = 6  # of each request
_WISHES: Final = ("POST /v1/enquiries", "POST /v1/notices")
_OWN: Final = "POST /v1/own-information"
Wrong = Callable[[Request], Request]


@dataclass(frozen=True)
class _People:
    """`resident` is registered and has a record, `other` is registered, `stranger` is nobody."""

    resident: Resident
    other: Resident
    stranger: Resident


def south_faults(stage: Stage) -> None:
    """About people who are registered, with a citation that is lawful: what is not said to be wrong is right."""
    if not (asked := stage.citations(asks=True)):
        return
    citation = stage.draw.choice(asked)
    resident, other = stage.registered(2)
    people = _People(resident, other, stage.residents(1)[0])
    stage.ask(Request("PUT", "/v1/records", "business", _held(stage, resident, citation)))
    requests: list[Request] = []
    for proper in proper_requests(stage, resident, citation):
        base = _with_session(stage, proper, resident) if proper.name == _OWN else proper
        requests += _of(stage, base, list(_faults(stage, base, people, citation)))
    stage.draw.shuffle(requests)
    stage.at_once(requests)
    _rows(stage, people, citation)


def _held(stage: Stage, resident: Resident, citation: Citation) -> Body:
    return record(stage, resident, informations()[citation.information], key={})


def _with_session(stage: Stage, proper: Proper, resident: Resident) -> Proper:
    headers = {"X-Portal-Session": opened(stage, resident)}
    return replace(proper, request=replace(proper.request, headers=headers))


def _of(stage: Stage, proper: Proper, wrong: list[Wrong]) -> Iterator[Request]:
    """Singly, in pairs, some in threes, and all of them."""
    chosen: list[tuple[Wrong, ...]] = [*combinations(wrong, 1), *combinations(wrong, 2), tuple(wrong)]
    triples = list(combinations(wrong, 3))
    chosen += stage.some(triples, _TRIPLES)
    for several in chosen:
        request = proper.request
        for one in several:
            request = one(request)
        yield request


def _faults(stage: Stage, proper: Proper, people: _People, citation: Citation) -> Iterator[Wrong]:
    """What can be wrong with it, in the order of the list."""
    kinds = [kind for kind in ("business", "staff", "audit") if kind != proper.request.caller]
    token = stage.draw.choice(["unknown", "", *kinds])
    yield lambda request: replace(request, caller=token)
    if proper.acts:
        yield from _of_staff()
    if isinstance(proper.request.body, dict):
        yield lambda request: replace(request, body={**request.body, "extra": 1})
    if proper.name in _WISHES:
        yield from _of_wishes(citation)
    if proper.name == _OWN:
        yield lambda request: replace(request, headers={"X-Portal-Session": "0" * 32})
        yield _member("key", {"相当年度": "1868"})
        yield _member("local_id", people.other.local_id)
    elif proper.name == "PUT /v1/handling":
        yield _member("key", people.stranger.local_id)
    elif isinstance(proper.request.body, dict) and "local_id" in proper.request.body:
        yield _member("local_id", people.stranger.local_id)


def _of_staff() -> Iterator[Wrong]:
    passed = (datetime.now(UTC) - _PASSED).isoformat(timespec="seconds")
    yield lambda request: replace(request, staff=request.staff and replace(request.staff, id=""))
    yield lambda request: replace(request, staff=request.staff and replace(request.staff, valid_until=passed))


def _of_wishes(citation: Citation) -> Iterator[Wrong]:
    role = _other_role(citation)
    yield lambda request: replace(request, staff=request.staff and replace(request.staff, role=role))
    yield _member("to", NOBODY)
    yield _member("basis", {**citation.basis, "item": _NO_ITEM})


def _other_role(citation: Citation) -> str:
    """One that may cite other affairs."""
    return next(code for code in roles() if not role_fits(code, citation.affair))


def _member(name: str, value: object) -> Wrong:
    return lambda request: replace(request, body={**request.body, name: value})


def _rows(stage: Stage, people: _People, citation: Citation) -> None:
    """The same of the rows of a バッチ, sound ones first, last and between."""
    sound = enquiry(citation, people.resident.local_id, expires_in_seconds=20)
    wrong: list[Body] = [
        {"to": NOBODY},
        {"basis": {**citation.basis, "item": _NO_ITEM}},
        {"local_id": people.stranger.local_id},
    ]
    several = [*combinations(wrong, 1), *combinations(wrong, 2), *combinations(wrong, 3)]
    rows = [{**sound, **{n: v for one in found for n, v in one.items()}} for found in several]
    stage.draw.shuffle(rows)
    between = [sound, *rows[:4], sound, *rows[4:], sound]
    for role, body in ((citation.role, between), (_other_role(citation), rows)):
        stage.ask(Request("POST", "/v1/batches", "business", {"rows": body}, stage.staff(role)))
