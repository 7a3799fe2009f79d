"""The logs asked in every combination of filters, at the very moments of their own entries (guide §7)."""

from collections.abc import Iterator
from datetime import timedelta, timezone
from itertools import combinations
from typing import Final
from urllib.parse import quote, urlencode

from harness.contract.items import informations
from harness.contract.messages import new_id, parse_timestamp
from harness.gateways.south import Request
from harness.stimuli.holdings import record
from harness.stimuli.partners import NOBODY
from harness.stimuli.south_requests import Body, enquiry, notice, told
from harness.stimuli.stage import Stage

_FILTERS: Final = {
    "access": ("correlation_id", "message_id", "since", "until"),
    "audit": ("correlation_id", "message_id", "staff_id", "since", "until"),
    "business": ("correlation_id",),
}
_BOUNDS: Final = ("since", "until")
_ZONES: Final = (0, 9, -5)  # hours


def log_queries(stage: Stage) -> None:
    """Some traffic first, by two members of staff; then what the logs say of it, every way."""
    provides, asks = (
        stage.draw.choice(stage.citations(asks=False)),
        stage.draw.choice(stage.citations(asks=True)),
    )
    residents = stage.registered(4)
    for number, resident in enumerate(residents):
        row = record(stage, resident, informations()[provides.information])
        stage.ask(Request("PUT", "/v1/records", "business", row))
        stage.enquired(resident, provides, key=row["key"])
        body = enquiry(asks, resident.local_id, mode="オンライン")
        stage.ask(Request("POST", "/v1/enquiries", "business", body, stage.staff(asks.role, number % 2)))
        stage.ask(
            Request(
                "POST",
                "/v1/enquiries",
                "business",
                {**body, "to": NOBODY},
                stage.staff(asks.role, number % 2),
            )
        )
    told = notice(asks, residents[0].local_id)
    for members in ({"to": NOBODY}, {"local_id": stage.residents(1)[0].local_id}):
        stage.ask(Request("POST", "/v1/notices", "business", {**told, **members}, stage.staff(asks.role)))
    stage.settled({resident.ref: 2 for resident in residents})
    stage.pause(1.0)
    for log in _FILTERS:
        stage.ask_all(list(_queries(stage, log)))


def _queries(stage: Stage, log: str) -> Iterator[Request]:
    """Values of entries that are there, of none, and both together."""
    known = _entries(stage, log)
    for entry in known[:3]:
        for count in (1, 2, 3):
            for names in combinations(_FILTERS[log], count):
                values = {name: _value(stage, entry, name) for name in names}
                yield _query(stage, log, **{name: value for name, value in values.items() if value})
        if entry.get("recorded_at"):
            yield from _moments(stage, log, entry)
    some = str(known[0].get("correlation_id")) if known else new_id()
    for name in (name for name in _FILTERS[log] if name not in _BOUNDS and known):
        yield from (_query(stage, log, **{name: near}) for near in _near(str(known[0].get(name) or "")))
    yield _query(stage, log, correlation_id=new_id())
    yield _query(stage, log, correlation_id=some, also="x")
    if log == "audit":
        yield _query(stage, log, staff_id=stage.staff("", 99).id, correlation_id=some)
    if log != "business":
        yield _query(stage, log, message_id=new_id(), correlation_id=some)


def _near(value: str) -> Iterator[str]:
    """What no entry has, and what is taken for one where only a part is compared, or no filter where it has another form."""
    if value:
        yield from (value[:-1], value[:8], value[1:], f"{value}0", f"{value[:4]}%", f"{value[:4]}*")
    yield from ("x", "%", "0")


def _entries(stage: Stage, log: str) -> list[Body]:
    """Of the enquiries of this table."""
    known = (told(reply.body, "correlation_id") for reply in stage.replies)
    ids = [id_ for id_ in known if id_]
    said = [stage.ask(_query(stage, log, correlation_id=id_)).body for id_ in ids[:3]]
    return [
        entry
        for body in said
        if isinstance(body, dict)
        for entry in body.get("entries", [])[:2]
        if isinstance(entry, dict)
    ]


def _value(stage: Stage, entry: Body, name: str) -> str:
    if name in _BOUNDS:
        return _at(str(entry.get("recorded_at")), stage.draw.choice(_ZONES))
    return str(entry.get(name) or "")


def _moments(stage: Stage, log: str, entry: Body) -> Iterator[Request]:
    """From the very moment of an entry, and until it."""
    if log == "business":
        return
    for hours in _ZONES:
        moment = _at(str(entry["recorded_at"]), hours)
        for name in _BOUNDS:
            yield _query(stage, log, **{"correlation_id": str(entry.get("correlation_id")), name: moment})


def _at(moment: str, hours: int) -> str:
    """The same moment as a clock of another zone shows it; empty for what is no moment."""
    try:
        shown = parse_timestamp(moment).astimezone(timezone(timedelta(hours=hours)))
    except ValueError:
        return ""
    return shown.isoformat(timespec="microseconds")


def _query(stage: Stage, log: str, **filters: str) -> Request:
    path = f"/v1/logs/{log}?{urlencode(filters, quote_via=quote)}"
    return Request("GET", path, "audit", None, stage.south.auditor)
