"""個人番号, 識別番号, names and addresses, looked for in every byte that a gateway said to the network, and in its access and
audit log (guide §3 and §7). Of what the south face says beside, the contract forbids no part that all business systems of
the organisation may not know."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from harness.contract.journal import Entry
from harness.contract.journal_entries import (
    AnyEntry,
    HeardEntry,
    NorthEntry,
    PollEntry,
    Said,
    SouthEntry,
    is_north,
    is_south,
)
from harness.contract.messages import Kind, parse_timestamp
from harness.model.canaries import NUMBERS, Canaries, Found
from harness.model.layers import Place, places_of
from harness.model.owners import Owners, header_of, words
from harness.model.violation import Violation

_OUTSIDE: Final = "識別番号・個人番号・氏名・住所は、暗号化した項目の値のほかに、団体の外に出ない"
_LOGGED: Final = "アクセス記録・監査ログに氏名・番号・住所がない"
_LOGS: Final = ("/v1/logs/access", "/v1/logs/audit")
_SEAL: Final = "seal"
_ASKING: Final = frozenset({Kind.ENQUIRY, Kind.NOTICE})


@dataclass(frozen=True)
class _Search:
    """What is looked for: of everybody, and of those of one scenario alone. `asks` and `answers`: the requirement of what
    goes out to ask, and of everything else."""

    everybody: Canaries
    of_scenario: dict[str, Canaries]
    owners: Owners
    asks: str
    answers: str


def leaks(entries: Sequence[AnyEntry], provides: bool, start: int = 0) -> Iterator[Violation]:
    """In the order of the record, from the entry of number `start`. `provides`: whether the gateway answers enquiries, or
    asks only."""
    search = _search(entries, provides)
    for entry in entries[start:]:
        if entry["type"] == Entry.HEARD:
            yield from _heard(entry, search)
        elif entry["type"] == Entry.EXCHANGE and is_north(entry):
            yield from _sent(entry, search) if entry.get("direction") == "from_gateway" else ()
        elif (entry["type"] == Entry.POLL or is_south(entry)) and _is_log(entry):
            yield from _logged(entry, search)


def _search(entries: Sequence[AnyEntry], provides: bool) -> _Search:
    people: dict[str, dict[tuple[str, str], None]] = {}
    moment = 0.0
    for entry in entries:
        if entry["type"] == Entry.PEOPLE:
            texts = people.setdefault(entry["scenario"], {})
            texts |= dict.fromkeys(pair for person in entry["people"].values() for pair in person.items())
        elif entry["type"] == Entry.RUN:
            moment = parse_timestamp(entry["at"]).timestamp()
    everybody = Canaries.of({pair: None for texts in people.values() for pair in texts}, moment)
    numbers = {
        id_: Canaries.of((pair for pair in texts if pair[0] in NUMBERS), moment)
        for id_, texts in people.items()
    }
    return _Search(everybody, numbers, Owners.of(entries), "ID-06", "ID-03" if provides else "ID-06")


def _heard(entry: HeardEntry, search: _Search) -> Iterator[Violation]:
    """Around a message, or in place of one."""
    where = f"北側の通信 {entry['asked'].partition('?')[0][:60]}（{entry['kind'] or '電文でない'}、{entry['at']}）"
    parts = {"要求の行・ヘッダー・枠": entry["wire"]}
    if entry["direction"] == "to_gateway":
        where, parts = (
            f"受信箱の応答（{entry['kind']}、電文番号 {entry['message_id']}）",
            {"応答": entry["wire"]},
        )
    scenario = search.owners.of_exchange(None, entry["correlation_id"])
    requirement = _requirement(entry, search)
    for name, text in parts.items():
        if found := search.everybody.anything_in(text.encode("latin-1")):
            yield _violation(requirement, f"{where}の{name}", found, scenario)
    if body := entry.get("body"):
        for place in places_of(body):
            if found := _in_place(place, search, scenario):
                yield _violation(requirement, f"{where}の{place.name}", found, scenario)


def _sent(exchange: NorthEntry, search: _Search) -> Iterator[Violation]:
    header = header_of(exchange)
    scenario = search.owners.of_exchange(exchange.get("person"), header.get("correlation_id"))
    for place in places_of(exchange["token"]):
        if found := _in_place(place, search, scenario):
            where = f"{words(exchange)}の{place.name}"
            yield _violation(_requirement(header, search), where, found, scenario)


def _in_place(place: Place, search: _Search, scenario: str) -> Found | None:
    if place.own:
        mine = search.of_scenario.get(scenario)
        return mine.number_in(place.raw) if mine else None
    return search.everybody.anything_in(place.raw) if place.names else search.everybody.number_in(place.raw)


def _requirement(about: Said | HeardEntry, search: _Search) -> str:
    """Of what is sent by its kind, of an inbox's answer by what was delivered: who gets an answer has asked."""
    inward = about.get("direction") == "to_gateway"
    asking = about.get("kind") in ({Kind.ANSWER} if inward else _ASKING)
    return search.asks if asking else search.answers


def _logged(entry: SouthEntry | PollEntry, search: _Search) -> Iterator[Violation]:
    text = json.dumps(_unsealed(entry.get("response")), ensure_ascii=False)
    raw = text.encode("utf-8", "replace")
    if found := search.everybody.number_in(raw):
        where = f"南側の {entry['method']} {entry['path'].partition('?')[0]}（{entry['at']}）"
        yield Violation("LOG-03", "LEAK", f"{where}に{found.words}がある", _LOGGED, where, entry["scenario"])


def _unsealed(response: object) -> object:
    """Without what is random."""
    if not isinstance(response, dict) or not isinstance(response.get("entries"), list):
        return response
    rows = [row for row in response["entries"] if isinstance(row, dict)]
    return [{name: value for name, value in row.items() if name != _SEAL} for row in rows]


def _is_log(entry: SouthEntry | PollEntry) -> bool:
    return entry.get("face") == "south" and str(entry.get("path")).startswith(_LOGS)


def _violation(requirement: str, where: str, found: Found, scenario: str) -> Violation:
    return Violation(requirement, "LEAK", f"{where}に{found.words}がある", _OUTSIDE, where, scenario)
