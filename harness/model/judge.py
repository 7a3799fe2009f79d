"""The whole record judged. A check of it is one more judge here: entries of the journal → violations."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, NorthEntry, RunEntry, is_north
from harness.model.answers import repeated_answers
from harness.model.forms import malformed_messages
from harness.model.history.reading import history_of
from harness.model.leaks import leaks
from harness.model.owners import Owners
from harness.model.violation import Violation
from harness.model.weighing import Weighed, weighed

_PROVIDES = "応答側"


def looked_through(entries: Sequence[AnyEntry], start: int = 0) -> tuple[Violation, ...]:
    """What only the record within the run folder shows: bytes and residents never leave it. `start`: how many entries
    were looked through before."""
    provides = _PROVIDES in _run(entries)["declares"]["roles"]
    return _asked_for(entries, leaks(entries, provides, start))


def whole(entries: Sequence[AnyEntry]) -> Weighed:
    """What the model of the contract says of a record that is closed. Where requirements were named, the others are not judged."""
    found = weighed(history_of(entries))
    named = _run(entries)["options"]["requirements"]
    kept = tuple(v for v in found.violations if not named or v.requirement in named)
    return replace(found, violations=kept)


def followed(entries: Sequence[AnyEntry]) -> tuple[Violation, ...]:
    """What a masked record shows as well."""
    owners, own = Owners.of(entries), str(_run(entries)["organisation"])
    north = [e for e in entries if is_north(e)]
    return _asked_for(entries, _each(north, own, owners))


def _each(north: list[NorthEntry], own: str, owners: Owners) -> Iterator[Violation]:
    yield from repeated_answers(north, own, owners)
    yield from malformed_messages(north, owners)


def _asked_for(entries: Sequence[AnyEntry], violations: Iterator[Violation]) -> tuple[Violation, ...]:
    """A requirement is convicted once, by what broke it first; what follows is more of the same. Where requirements were
    named, the others are not judged."""
    named = _run(entries)["options"]["requirements"]
    found: dict[str, Violation] = {}
    for violation in violations:
        if not named or violation.requirement in named:
            found.setdefault(violation.requirement, violation)
    return tuple(found.values())


def _run(entries: Sequence[AnyEntry]) -> RunEntry:
    """The first entry of a run, also where it was taken up again."""
    return next(entry for entry in entries if entry["type"] == Entry.RUN)
