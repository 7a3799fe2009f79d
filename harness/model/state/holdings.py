"""The 参照用DB: which records a gateway may hold of a resident (guide §2 Subjects and records, Files)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Self

from harness.contract.items import informations
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.changes import Change, Row, changes
from harness.model.state.held import Held
from harness.model.state.register import UNKNOWN, Register, Unknown, Write
from harness.model.state.subjects import Subjects

Key = Mapping[str, str]
Holding = Held | Unknown | None
_Names = frozenset[tuple[str, str]]
_NONE: Final[Key] = {}


@dataclass
class _Place:
    """Where one record is kept. `passing`: held only while a request with several rows about it was worked on."""

    register: Register[Holding]
    passing: list[tuple[Span, Held]] = field(default_factory=list)

    def possible(self, during: Span, without: int | None = None) -> tuple[Holding, ...]:
        found = list(self.register.possible(during, without=without))
        for span, held in self.passing:
            if span.meets(during) and held not in found:
                found.append(held)
        return tuple(found)

    def was_held(self, before: Span) -> bool:
        return any(isinstance(w.value, Held) and w.span.before(before) for w in self.register.writes)


@dataclass(frozen=True)
class Holdings:
    """Records by resident, information and key. `before`: residents who were there before the run, of whom anything may be held."""

    places: dict[tuple[str, str], dict[_Names, _Place]]
    before: frozenset[str]

    @classmethod
    def of(cls, history: History, subjects: Subjects) -> Self:
        """As the requests of the history and what was answered leave it."""
        holdings = cls({}, _residents_before(subjects))
        for change in changes(history):
            holdings._apply(change)
        return holdings

    def record(
        self, local_id: str, information: str, key: Key, during: Span, *, without: int | None = None
    ) -> tuple[Holding, ...]:
        """What may be held under exactly this key: a record, None for none, UNKNOWN for whatever it may be. `without`: number
        of a call, as if it had changed nothing: what it met."""
        place = self.places.get((local_id, information), {}).get(_names(key))
        return place.possible(during, without) if place else (self._initial(local_id),)

    def found_by(self, local_id: str, information: str, key: Key, call: Call) -> tuple[Holding, ...]:
        """What a request met under exactly this key, before any of its own rows."""
        place = self.places.get((local_id, information), {}).get(_names(key))
        found = place.register.possible(call.span, without=call.number) if place else ()
        return found or (self._initial(local_id),)

    def newest(self, local_id: str, information: str, during: Span) -> tuple[Holding, ...]:
        """As `last`, by contract 2: the one that was registered or replaced last."""
        return self.last(local_id, information, during, settles=True)

    def last(
        self, local_id: str, information: str, during: Span, *, settles: bool = False
    ) -> tuple[Holding, ...]:
        """What may be the record that was registered last, whatever its key. One that was replaced counts from then, or from
        when it was registered first: contract 1 does not say."""
        places = list(self.places.get((local_id, information), {}).values())
        if len(places) < 2:
            return places[0].possible(during) if places else (self._initial(local_id),)
        standing = [place.register.standing(during) for place in places]
        found: list[Holding] = [
            held for place in places for span, held in place.passing if span.end >= during.begin
        ]
        for place, writes in zip(places, standing, strict=True):
            others = [(o, w) for o, w in zip(places, standing, strict=True) if o is not place and _is_held(w)]
            found += [
                w.value for w in writes if w.value is not None and not _outdone(place, w, others, settles)
            ]
        if all(any(write.value is None for write in writes) for writes in standing):
            found += [None, UNKNOWN] if local_id in self.before else [None]
        return tuple(holding for i, holding in enumerate(found) if holding not in found[:i])

    def asked(self, local_id: str, information: str, key: Key, during: Span) -> tuple[Holding, ...]:
        """What may be found for whoever asks with this key (guide §3 Then, 3): the record that was registered last where
        items.json gives the information no key. A key with names that the information does not have is open (§11)."""
        if information not in informations():
            return self.record(local_id, information, key, during)
        known = _key_names(information)
        if known.issuperset(key):
            if not known:
                return self.last(local_id, information, during)
            return self.record(local_id, information, key, during)
        own = {name: text for name, text in key.items() if name in known}
        found = [None, *self.record(local_id, information, key, during)]
        found += self.record(local_id, information, own, during)
        found += () if known else self.last(local_id, information, during)
        return tuple(holding for i, holding in enumerate(found) if holding not in found[:i])

    def since(
        self, local_id: str, information: str, key: Key, during: Span, *, without: int | None = None
    ) -> float:
        """When what is held was written, at the latest. `without`: as of `record`."""
        place = self.places.get((local_id, information), {}).get(_names(key))
        standing = place.register.standing(during, without=without) if place else ()
        return max((write.span.end for write in standing if write.certain), default=during.begin)

    def ever(self, local_id: str, information: str, key: Key, *, before: Span) -> bool:
        """Was a record registered under this key at any time before?"""
        place = self.places.get((local_id, information), {}).get(_names(key))
        return place is not None and place.was_held(before)

    def ever_any(self, local_id: str, information: str, *, before: Span) -> bool:
        """Was one registered under any key?"""
        return any(place.was_held(before) for place in self.places.get((local_id, information), {}).values())

    def all_records(self, information: str) -> Iterator[tuple[str, Key, Held]]:
        """Every record of an information that was ever registered, with whose it is: to say whose record was given instead."""
        for (local_id, name), places in self.places.items():
            if name == information:
                for key, place in places.items():
                    for holding in place.register:
                        if isinstance(holding, Held):
                            yield local_id, dict(key), holding

    def _initial(self, local_id: str) -> Holding:
        return UNKNOWN if local_id in self.before else None

    def _place(self, local_id: str, information: str, key: Key) -> _Place:
        places = self.places.setdefault((local_id, information), {})
        return places.setdefault(_names(key), _Place(Register(self._initial(local_id))))

    def _apply(self, change: Change) -> None:
        """Of several rows about one record the last stands; the others may be met while the request is worked on."""
        last: dict[tuple[str, str, _Names], int] = {}
        rows = list(change.rows)
        for number, row in enumerate(rows):
            last[row.local_id, row.information, _names(row.key)] = number
        for number, row in enumerate(rows):
            place = self._place(row.local_id, row.information, row.key)
            if change.certain and last[row.local_id, row.information, _names(row.key)] != number:
                place.passing += [(change.span, held) for held in row.holds if isinstance(held, Held)]
                continue
            self._write(place, change, row)

    def _write(self, place: _Place, change: Change, row: Row) -> None:
        """Where an older version was taken, which another rule convicts, it may have been taken in words only."""
        former = place.possible(change.span) if change.certain else ()
        kept = [old for old in former if any(is_stale(old, new) for new in row.holds)]
        for holding in (*kept, *row.holds):
            place.register.write(change.span, holding, certain=change.certain, by=change.call.number)


def all_holdings(history: History) -> Holdings:
    """Of a history alone."""
    return Holdings.of(history, history.once(Subjects.of))


def is_stale(registered: Holding, record: Holding) -> bool:
    """Has the record a lower version than the registered one (guide §2 Subjects and records)?"""
    if not isinstance(registered, Held) or not isinstance(record, Held):
        return False
    if registered.version is None or record.version is None:
        return False
    return record.version < registered.version


def _names(key: Key) -> _Names:
    return frozenset(key.items())


@cache
def _key_names(information: str) -> frozenset[str]:
    return frozenset(informations()[information].key)


def _is_held(writes: tuple[Write[Holding], ...]) -> bool:
    return all(isinstance(write.value, Held) for write in writes)


def _outdone(
    place: _Place,
    write: Write[Holding],
    others: list[tuple[_Place, tuple[Write[Holding], ...]]],
    settles: bool,
) -> bool:
    """Another record was registered later, in whichever way that is counted."""
    by_writing = any(min(w.span.begin for w in writes) > write.span.end for _, writes in others)
    if settles:
        return by_writing
    since = _first(place, write).span.end
    by_first = any(min(_first(o, w).span.begin for w in writes) > since for o, writes in others)
    return by_writing and by_first


def _first(place: _Place, write: Write[Holding]) -> Write[Holding]:
    """The write with which the record came into being that this one replaced."""
    first = write
    for former in reversed(place.register.writes[: _position(place, write)]):
        if not isinstance(former.value, Held):
            return first
        first = former
    return first


def _position(place: _Place, write: Write[Holding]) -> int:
    return next((i for i, w in enumerate(place.register.writes) if w is write), 0)


def _residents_before(subjects: Subjects) -> frozenset[str]:
    return frozenset(local_id for local_id, codes in subjects.codes.items() if codes.initial is UNKNOWN)
