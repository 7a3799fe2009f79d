"""Every request with a body, proper, but spelt or sent as few would: escapes, blanks, members in another order, some megabytes of
nothing, in pieces, in chunks (guide, JSON and text; §2 HTTP)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from harness.contract.framing import Framing
from harness.contract.items import informations
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import deletion, record
from harness.stimuli.sessions import look, opened
from harness.stimuli.south_requests import Body, enquiry, notice
from harness.stimuli.stage import Resident, Stage
from harness.stimuli.waiting import switching

_BLANKS: Final = 2_000_000  # bytes
_MOST: Final = 64_000_000  # bytes (guide §2 HTTP)
Spelling = Callable[[Any], str]


def spellings(stage: Stage) -> None:
    """Each spelling about a resident of its own; what was registered in it is read."""
    provided = [c for c in stage.citations(asks=False) if not informations()[c.information].key]
    asked = stage.citations(asks=True)
    if not provided or not asked:
        return
    provides, asks = stage.draw.choice(provided), stage.draw.choice(asked)
    for spelling, framing in _WAYS:
        resident = stage.registered(1)[0]
        session = opened(stage, resident)
        row = record(stage, resident, informations()[provides.information])
        for request in _requests(stage, resident, row, provides, asks):
            stage.ask(_written(request, spelling, framing))
        stage.enquired(resident, provides, framing=framing)
        stage.notified(resident, provides, framing=framing)
        stage.settled({resident.ref: 1 + ("連絡" in stage.south.statement.declares.roles)})
        seen = look(session, row)
        stage.ask(_written(seen, spelling, framing))
        stage.ask(_written(deletion(row), spelling, framing))
        stage.ask(seen)
    _longest(stage, resident, row)


def _written(request: Request, spelling: Spelling, framing: Framing) -> Request:
    return replace(request, written=spelling(request.body).encode(), framing=framing)


def _longest(stage: Stage, resident: Resident, row: Body) -> None:
    """As many bytes as are to be taken."""
    written = json.dumps(row, ensure_ascii=False).encode()
    stage.ask(Request("PUT", "/v1/records", "business", row, written=written.ljust(_MOST)))
    stage.ask(look(opened(stage, resident), row))


def _requests(
    stage: Stage, resident: Resident, row: Body, provides: Citation, asks: Citation
) -> Iterator[Request]:
    """Those that need no more than a resident."""
    local_id = resident.local_id
    staff = stage.staff(asks.role)
    yield stage.registration(resident, name="\u845b\U000e0100 \U00020bb7/é", address="あ\\\"'\u3000ー")
    yield Request("PUT", "/v1/records", "business", row)
    again = record(stage, resident, informations()[provides.information])
    yield Request("POST", "/v1/records/bulk", "business", {"records": [again, row]})
    yield switching("subject", local_id, "自動", "\u3000\U0001f600", stage.staff(provides.role))
    wish = enquiry(asks, local_id, key={"相当年度": "2012"}, expires_in_seconds=20)
    yield Request("POST", "/v1/enquiries", "business", {**wish, "mode": "オンライン"}, staff)
    yield Request("POST", "/v1/batches", "business", {"rows": [wish]}, staff)
    told = notice(asks, local_id, items={"届出の種類": "転\U00020bb7出", "数": -3}, expires_in_seconds=20)
    yield Request("POST", "/v1/notices", "business", told, staff)
    yield Request("POST", "/v1/portal-sessions", "business", {"local_id": local_id, "valid_seconds": 30})


def _escaped(body: Any) -> str:
    """Every character of every text, names of members too, as its units of UTF-16."""
    if isinstance(body, dict):
        return "{" + ",".join(f"{_escaped(name)}:{_escaped(value)}" for name, value in body.items()) + "}"
    if isinstance(body, list):
        return "[" + ",".join(map(_escaped, body)) + "]"
    if isinstance(body, str):
        units = body.encode("utf-16-be")
        return '"' + "".join(f"\\u{units[at]:02X}{units[at + 1]:02x}" for at in range(0, len(units), 2)) + '"'
    return json.dumps(body)


def _airy(body: Any) -> str:
    written = json.dumps(body, ensure_ascii=False, indent="\t ", separators=(" \r\n,\t", " :\n "))
    return f"\r\n\t {written}\n\n"


def _backwards(body: Any) -> str:
    return json.dumps(_reversed(body), ensure_ascii=True, separators=(",", ":"))


def _reversed(body: Any) -> Any:
    if isinstance(body, dict):
        return {name: _reversed(body[name]) for name in reversed(body)}
    return [_reversed(value) for value in body] if isinstance(body, list) else body


def _long(body: Any) -> str:
    """Before, within and after."""
    written, third = json.dumps(body, ensure_ascii=False), " " * (_BLANKS // 3)
    return f"{third}{written[0]}{third}{written[1:]}{third}"


def _plain(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False)


_WAYS: Final = (
    *((spelling, Framing.WHOLE) for spelling in (_escaped, _airy, _backwards, _long)),
    *((_plain, framing) for framing in (Framing.PIECES, Framing.CHUNKS)),
)
