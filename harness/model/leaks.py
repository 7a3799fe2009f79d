"""個人番号, 識別番号, names, addresses and what else must stay inside, looked for in every byte that a gateway said: to the network
(guide §2 and §3), and on the south face beside the data that were asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from harness.contract.journal import Entry
from harness.contract.journal_entries import (
    AnyEntry,
    HeardEntry,
    NorthEntry,
    PollEntry,
    PreflightEntry,
    Said,
    SouthEntry,
    is_north,
    is_south,
)
from harness.contract.keys.ring import KeyRing
from harness.contract.messages import Kind, parse_timestamp
from harness.model.canaries import NUMBERS, Canaries, Found
from harness.model.history.reading import keys_of
from harness.model.inside import SESSION, TOKEN, WORDS, Asked, Given, Text, hidden, said_openly, texts
from harness.model.layers import Place, places_of
from harness.model.owners import Owners, header_of, words
from harness.model.readings import plain
from harness.model.south_leaks import SouthSearch
from harness.model.violation import Violation

_OUTSIDE: Final = "識別番号・個人番号・氏名・住所は、暗号化した項目の値のほかに、団体の外に出ない"
_ASKING: Final = frozenset({Kind.ENQUIRY, Kind.NOTICE})


@dataclass(frozen=True)
class _Search:
    """What is looked for: of everybody, and of those of one scenario alone. `asks` and `answers`: the requirement of what
    goes out to ask, and of everything else. `seen`: what was found in bytes that were looked through before, as most are on record
    twice: as they came, and as what they were taken for."""

    everybody: Canaries
    of_scenario: dict[str, Canaries]
    owners: Owners
    asks: str
    answers: str
    keys: KeyRing
    south: SouthSearch
    seen: dict[tuple[bytes, bool, bool], Found | None] = field(default_factory=dict)


def leaks(entries: Sequence[AnyEntry], provides: bool, start: int = 0) -> Iterator[Violation]:
    """In the order of the record, from the entry of number `start`. `provides`: whether the gateway answers enquiries, or
    asks only."""
    search = _search(entries, provides)
    for entry in entries[start:]:
        if entry["type"] == Entry.HEARD:
            yield from _heard(entry, search)
        elif entry["type"] == Entry.EXCHANGE and is_north(entry):
            yield from _sent(entry, search) if entry.get("direction") == "from_gateway" else ()
        elif entry["type"] in (Entry.POLL, Entry.PREFLIGHT) or is_south(entry):
            yield from search.south.found(entry)


def _search(entries: Sequence[AnyEntry], provides: bool) -> _Search:
    people: dict[str, dict[Text, None]] = {}
    inside: dict[str, dict[Text, None]] = {}
    asked: list[Asked] = []
    tokens: list[Text] = []
    moment = 0.0
    for entry in entries:
        if entry["type"] == Entry.PEOPLE:
            of_people = [pair for person in entry["people"].values() for pair in person.items()]
            people.setdefault(entry["scenario"], {}).update(dict.fromkeys(of_people))
        elif entry["type"] == Entry.RUN:
            moment = parse_timestamp(entry["at"]).timestamp()
        elif entry["type"] == Entry.SECRETS:
            tokens += [(TOKEN, token) for token in entry["tokens"]]
        elif entry["type"] in (Entry.POLL, Entry.PREFLIGHT) or is_south(entry):
            asked.append(_asked(entry))
            inside.setdefault(str(entry.get("scenario", "")), {}).update(dict.fromkeys(texts(asked[-1:])))
    given = [_given(entry) for entry in entries if is_north(entry)]
    openly = said_openly(asked, given)
    secrets = {id_: _secrets(found, openly) for id_, found in inside.items()}
    told = {pair for found in (*people.values(), *inside.values()) for pair in found if pair[0] != WORDS}
    words_of_staff = {pair for found in secrets.values() for pair in found}
    inner = [*tokens, *hidden(asked, given)]
    everybody = Canaries.of([*told, *words_of_staff, *inner], moment)
    of_scenario = {
        id_: Canaries.of(
            [*tokens, *secrets.get(id_, ()), *(p for p in people.get(id_, ()) if p[0] in NUMBERS)], moment
        )
        for id_ in people | inside
    }
    return _Search(
        everybody,
        of_scenario,
        Owners.of(entries),
        "ID-06",
        "ID-03" if provides else "ID-06",
        keys_of(entries),
        SouthSearch.of([*told, *inner], moment),
    )


def _secrets(found: Iterable[Text], openly: str) -> list[Text]:
    """What may not even stand among values: sessions, and words of staff that are no values by chance."""
    return [(k, text) for k, text in found if k == SESSION or (k == WORDS and plain(text) not in openly)]


def _asked(entry: SouthEntry | PollEntry | PreflightEntry) -> Asked:
    path = unquote(entry["path"].partition("?")[0])
    return Asked(entry["method"], path, entry.get("request"), entry.get("response"))


def _given(exchange: NorthEntry) -> Given:
    header = header_of(exchange)
    return Given(header.get("information"), header.get("affair"), exchange.get("content") or {})


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
        for place in places_of(body, search.keys):
            if found := _in_place(place, search, scenario):
                yield _violation(requirement, f"{where}の{place.name}", found, scenario)


def _sent(exchange: NorthEntry, search: _Search) -> Iterator[Violation]:
    header = header_of(exchange)
    scenario = search.owners.of_exchange(exchange.get("person"), header.get("correlation_id"))
    for place in places_of(exchange["token"], search.keys):
        if found := _in_place(place, search, scenario):
            where = f"{words(exchange)}の{place.name}"
            yield _violation(_requirement(header, search), where, found, scenario)


def _in_place(place: Place, search: _Search, scenario: str) -> Found | None:
    if place.own:
        mine = search.of_scenario.get(scenario)
        return mine.number_in(place.raw) if mine else None
    asked = place.raw, place.names, place.random
    if asked not in search.seen:
        search.seen[asked] = _of_anybody(place, search.everybody)
    return search.seen[asked]


def _of_anybody(place: Place, everybody: Canaries) -> Found | None:
    if not place.names:
        return everybody.number_in(place.raw)
    return everybody.anything_in(place.raw, sure=not place.random)


def _requirement(about: Said | HeardEntry, search: _Search) -> str:
    """Of what is sent by its kind, of an inbox's answer by what was delivered: who gets an answer has asked."""
    inward = about.get("direction") == "to_gateway"
    asking = about.get("kind") in ({Kind.ANSWER} if inward else _ASKING)
    return search.asks if asking else search.answers


def _violation(requirement: str, where: str, found: Found, scenario: str) -> Violation:
    return Violation(requirement, "LEAK", f"{where}に{found.words}がある", _OUTSIDE, where, scenario)
