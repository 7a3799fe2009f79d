"""The journal of a run → its history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from harness.contract.journal import Entry
from harness.contract.journal_entries import (
    AnyEntry,
    AskedEntry,
    ControlEntry,
    HealthEntry,
    NorthEntry,
    PollEntry,
    PreflightEntry,
    RunEntry,
    Said,
    SouthEntry,
    is_north,
    is_south,
)
from harness.contract.journal_tested import Tested
from harness.contract.keys import KeyPair, PublicKeys
from harness.contract.keys.ring import PUBLISHED, KeyRing, known_of
from harness.contract.messages import parse_timestamp
from harness.contract.schemas import problem_with
from harness.contract.strict_json import UnreadableJsonError, read_json
from harness.contract.versions import FIRST
from harness.model.history.exchanges import (
    Call,
    Delivery,
    Fetch,
    Person,
    Redemption,
    Repeat,
    Restart,
    Sending,
    Staff,
)
from harness.model.history.history import Declared, History
from harness.model.history.payloads import payload_of
from harness.model.history.spans import Span
from harness.model.likeness import in_whole_numbers, members

_PEOPLE, _DIRECTORY = "/people", "/directory"
_ANSWERED = 200
_REPEATED = "inbox"  # what was asked of the network: to take once more what it has
_ODD = "odd"  # what stands in place of an answer of the contract
_SECONDS = 5.0  # a call without its begin, in a record of before, may have begun so much earlier than it says
South = SouthEntry | PollEntry | PreflightEntry | HealthEntry


def history_of(entries: Sequence[AnyEntry]) -> History:
    """Of the whole record of a run, or of several that were taken up one after the other. Raises StopIteration without a run."""
    run = next(entry for entry in entries if entry["type"] == Entry.RUN)
    declared = _declared(run)
    reader = _Reader(contract=declared.contract)
    for number, entry in enumerate(entries, 1):
        reader.take(number, entry)
    moments = (parse_timestamp(entries[0]["at"]).timestamp(), parse_timestamp(entries[-1]["at"]).timestamp())
    return History(
        declared,
        *moments,
        calls=tuple(reader.calls),
        deliveries=tuple(reader.deliveries),
        sendings=tuple(reader.sendings),
        redemptions=tuple(reader.redemptions),
        fetches=tuple(reader.fetches),
        repeats=tuple(reader.repeats),
        restarts=tuple(reader.restarts),
        persons=tuple(reader.persons.values()),
        owners=reader.owners,
        keys=keys_of(entries),
        tells_repeats=bool(run.get("repeats")),
        told_directories=tuple(reader.told_directories),
    )


def keys_of(entries: Iterable[AnyEntry]) -> KeyRing:
    """Of network and counterparts. A record that tells no secret is of a run with the published ones, or a bundle."""
    secret, real = "", dict[str, KeyPair]()
    for entry in entries:
        if entry["type"] == Entry.SECRETS:
            secret = secret or entry.get("keys", "")
        elif entry["type"] == Entry.RUN and "partner" in entry:
            real |= _real(entry["partner"])
    return KeyRing(secret, real) if real else KeyRing(secret) if secret else PUBLISHED


def _real(partner: Tested) -> dict[str, KeyPair]:
    """Of the organisation whose gateway is on the other side."""
    keys: Any = partner["statement"]["keys"]
    code = partner["organisation"]
    return {code: known_of(code, PublicKeys.from_jwk(keys["signature"], keys["encryption"]))}


@dataclass
class _Reader:
    """A journal while it is read."""

    calls: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    sendings: list[Sending] = field(default_factory=list)
    redemptions: list[Redemption] = field(default_factory=list)
    fetches: list[Fetch] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    restarts: list[Restart] = field(default_factory=list)
    persons: dict[str, Person] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Said] = field(default_factory=dict)
    told_directories: list[float] = field(default_factory=list)
    contract: str = FIRST

    def take(self, number: int, entry: AnyEntry) -> None:
        """The next entry, of the line of this number."""
        match entry["type"]:
            case Entry.EXCHANGE if is_north(entry):
                self._north(number, entry)
            case Entry.EXCHANGE if is_south(entry):
                self.calls.append(_call(number, entry, entry["scenario"]))
            case Entry.POLL:
                self.calls.append(_call(number, entry, entry["scenario"]))
            case Entry.PREFLIGHT | Entry.HEALTH:
                self.calls.append(_call(number, entry, ""))
            case Entry.ASKED:
                self._asked(number, entry)
            case Entry.RESTART:
                self.restarts.append(Restart(number, Span.of(entry["began"], entry["seconds"])))
            case Entry.CONTROL if entry["path"] == _PEOPLE:
                self._person(entry)
            case Entry.CONTROL if entry["path"] == _DIRECTORY and not members(entry["request"]).get("answer"):
                self.told_directories.append(parse_timestamp(entry["at"]).timestamp())
            case Entry.CHECK:
                names = (*entry["persons"], *entry["correlation_ids"])
                self.owners |= dict.fromkeys(names, entry["scenario"])

    def _north(self, number: int, entry: NorthEntry) -> None:
        span, header, content = _span(entry), entry["header"] or {}, entry["content"]
        if entry["direction"] == "from_gateway":
            error = entry["error"] if self.contract == FIRST else entry["error"] or _error_in(entry["text"])
            said = (entry["token"], header, content, entry["person"], entry["status"], error)
            self.sendings.append(Sending(number, span, entry["seq"], *said, entry["problem"], entry["text"]))
            return
        self.deliveries.append(
            Delivery(
                number,
                span,
                entry["seq"],
                entry["token"],
                header,
                self._content(entry, content),
                entry.get("inner"),
                entry["person"],
                entry["alteration"],
                entry["status"],
                entry["error"],
                entry["text"],
                entry["problem"],
            )
        )

    def _content(self, entry: NorthEntry, meant: Said | None) -> Said | None:
        """Contract 2 has it carried in whole numbers."""
        written = _written(entry.get("inner"), meant)
        found = written if written is None or self.contract == FIRST else in_whole_numbers(written)
        return found if isinstance(found, dict) else None

    def _asked(self, number: int, entry: AskedEntry) -> None:
        """An answer that is as one before is told by its digest."""
        span, status = Span.of(entry["began"], entry["seconds"]), entry["status"]
        if isinstance(entry["response"], Mapping):
            self.answers[entry["digest"]] = entry["response"]
        said = self.answers.get(entry["digest"])
        if entry["what"] == _REPEATED:
            self.repeats.append(Repeat(number, span, entry["token"]))
        elif entry["what"] == "link-codes":
            self.redemptions.append(Redemption(number, span, entry["token"], status, said))
        else:
            told = status == _ANSWERED and _ODD not in (said or {})
            self.fetches.append(Fetch(number, span, status, said if told else None))

    def _person(self, entry: ControlEntry) -> None:
        said = entry["response"]
        if isinstance(said, Mapping):
            tokens, codes = said.get("enrolment_tokens"), said.get("link_codes")
            if isinstance(tokens, Mapping) and isinstance(codes, Mapping):
                ref = str(said.get("person"))
                self.persons[ref] = Person(ref, tokens, codes)


def _error_in(text: str) -> Said | None:
    """An error object of a code that the contract does not have, which the network does not call a refusal."""
    try:
        found = read_json(text.encode())
    except UnreadableJsonError:
        return None
    return found if isinstance(found, dict) and problem_with("error", found) is None else None


def _written(inner: str | None, meant: Said | None) -> Said | None:
    """The content that the gateway finds, which may be another one than was meant."""
    content = payload_of(inner or "").get("content")
    return content if isinstance(content, dict) else meant


def _declared(run: RunEntry) -> Declared:
    lists = {name: frozenset(names) for name, names in run["declares"].items()}
    keys = run["statement"].get("keys")
    contract = str(run["statement"].get("contract", "1"))
    return Declared(contract, run["organisation"], lists, keys if isinstance(keys, Mapping) else {})


def _call(number: int, entry: South, scenario: str) -> Call:
    path, _, query = entry["path"].partition("?")
    raw = entry.get("raw")
    return Call(
        number,
        _span(entry),
        scenario,
        entry["method"],
        unquote(path),
        tuple(_pairs(query, plus=" ")),
        entry.get("caller", ""),
        _staff(entry),
        entry.get("session"),
        entry["request"],
        raw.encode("latin-1") if isinstance(raw, str) else None,
        entry["status"] if not entry["problem"] or entry["problem"] == "NOT_JSON" else None,
        entry["response"],
        entry["problem"],
        entry.get("media"),
        entry.get("size"),
        tuple(_pairs(query)) if "+" in query else (),
    )


def _pairs(query: str, plus: str = "+") -> Iterator[tuple[str, str]]:
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        yield unquote(name), unquote(value.replace("+", plus))


def _staff(entry: South) -> Staff:
    """What was left out is an empty text there."""
    said = entry["staff"]
    if said is None:
        return Staff(None, None, None)
    return Staff(said["id"] or None, said["role"] or None, said["valid_until"] or None)


def _span(entry: South | NorthEntry) -> Span:
    began = entry.get("began")
    if isinstance(began, str) and began:
        return Span.of(began, entry["seconds"])
    end = parse_timestamp(entry["at"]).timestamp()
    return Span(end - entry["seconds"] - _SECONDS, end)
