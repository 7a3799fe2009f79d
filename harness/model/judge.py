"""The whole record judged. A check of it is one more judge here: entries of the journal → violations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from harness.contract.journal import Entry
from harness.model.answers import repeated_answers
from harness.model.forms import malformed_messages
from harness.model.leaks import leaks
from harness.model.owners import Json, Owners
from harness.model.violation import Violation

_PROVIDES = "応答側"


def looked_through(entries: Sequence[Json], start: int = 0) -> tuple[Violation, ...]:
    """What only the record within the run folder shows: bytes and residents never leave it. `start`: how many entries
    were looked through before."""
    roles: list[Any] = _run(entries)["declares"]["roles"]
    return _asked_for(entries, leaks(entries, _PROVIDES in roles, start))


def followed(entries: Sequence[Json]) -> tuple[Violation, ...]:
    """What a masked record shows as well."""
    owners, own = Owners.of(entries), str(_run(entries)["organisation"])
    north = [e for e in entries if e["type"] == Entry.EXCHANGE and e.get("face") == "north"]
    return _asked_for(entries, _each(north, own, owners))


def _each(north: list[Json], own: str, owners: Owners) -> Iterator[Violation]:
    yield from repeated_answers(north, own, owners)
    yield from malformed_messages(north, owners)


def _asked_for(entries: Sequence[Json], violations: Iterator[Violation]) -> tuple[Violation, ...]:
    """A requirement is convicted once, by what broke it first; what follows is more of the same. Where requirements were
    named, the others are not judged."""
    named: list[Any] = _run(entries)["options"]["requirements"]
    found: dict[str, Violation] = {}
    for violation in violations:
        if not named or violation.requirement in named:
            found.setdefault(violation.requirement, violation)
    return tuple(found.values())


def _run(entries: Sequence[Json]) -> Mapping[str, Any]:
    """The first entry of a run, also where it was taken up again."""
    return next(entry for entry in entries if entry["type"] == Entry.RUN)
