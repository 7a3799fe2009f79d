"""A record cut into what can be judged for itself: scenarios touch each other neither side by side nor one after the other
(ARCHITECTURE), and within one, exchanges about different enquiries share residents and settings alone. What a mutant does in one
of them shows there or in none."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from harness.contract.journal import WHOLE_RECORD
from harness.matrix.mutants.threads import SHARED, Threads, seen_with
from harness.model.history.exchanges import Call, Delivery, Redemption, Sending
from harness.model.history.history import History
from harness.model.history.payloads import payload_of

_LOGS: Final = "/v1/logs/"
_LISTS: Final = {"/v1/pending": "pending", "/v1/notices": "notices"}
_ALL: Final = ""  # what came before the first scenario belongs to each
_T = TypeVar("_T")
_Told = Delivery | Sending


@dataclass(frozen=True)
class Slice:
    """`scenario`: whose exchanges they are; `size`: how many; `lines`: where in the record those stand in which mutants may differ here.
    `logs`: with what the logs told, in which mutants differ then. Else without: what is changed elsewhere shall not be noticed merely
    because the logs still tell what was."""

    scenario: str
    size: int
    logs: bool
    lines: frozenset[int]
    history: History

    @classmethod
    def of(cls, scenario: str, history: History, lines: Iterable[int], *, logs: bool = False) -> "Slice":
        """With its size."""
        size = len(history.calls) + len(history.deliveries) + len(history.sendings)
        return cls(scenario, size, logs, frozenset(lines), history)


def slices(history: History) -> tuple[Slice, ...]:
    """The smallest first."""
    found = (one for name, part in _scenarios(history) for one in _slices(name, part))
    return tuple(sorted(found, key=lambda one: (one.size, one.scenario)))


def _slices(name: str, history: History) -> Iterator[Slice]:
    calls = tuple(call for call in history.calls if not call.path.startswith(_LOGS))
    looks = {call.number for call in history.calls} - {call.number for call in calls}
    if looks:
        yield Slice.of(name, history, looks, logs=True)
    bare = replace(history, calls=calls)
    threads = Threads.of(bare)
    asked = (one.number for one in bare.redemptions)
    yield Slice.of(name, bare, (*threads.lines_of(SHARED), *asked))
    for part in threads.all:
        kept = replace(
            bare,
            calls=tuple(
                _own(call, threads.owner, seen_with(part)) for call in threads.of_one(bare.calls, part)
            ),
            deliveries=threads.of_one(bare.deliveries, part),
            sendings=threads.of_one(bare.sendings, part),
        )
        yield Slice.of(name, kept, threads.lines_of(part))


def _scenarios(history: History) -> Iterator[tuple[str, History]]:
    began = min((call.span.begin for call in history.calls if call.scenario), default=history.ended)
    owner_of_token = {
        str(call.body.get("enrolment_token")): call.scenario
        for call in history.calls
        if isinstance(call.body, dict)
    }

    def of_message(told: _Told) -> str:
        owner = history.scenario_of(
            told.person, told.header.get("correlation_id"), told.header.get("message_id")
        )
        return owner or _nobodys(told.span.begin, began)

    def of_redemption(asked: Redemption) -> str:
        token = str(payload_of(asked.token).get("enrolment_token"))
        return owner_of_token.get(token, WHOLE_RECORD)

    def of_entry(id_: str) -> str:
        return history.scenario_of(id_) or WHOLE_RECORD

    calls = _grouped(history.calls, lambda call: call.scenario)
    deliveries = _grouped(history.deliveries, of_message)
    sendings = _grouped(history.sendings, of_message)
    redemptions = _grouped(history.redemptions, of_redemption)
    persons = _grouped(history.persons, lambda person: history.scenario_of(person.ref) or WHOLE_RECORD)
    for name in (calls.keys() | deliveries.keys() | sendings.keys()) - {_ALL}:
        yield (
            name,
            replace(
                history,
                calls=tuple(_own(call, of_entry, frozenset({name})) for call in _of(calls, name)),
                deliveries=_of(deliveries, name),
                sendings=_of(sendings, name),
                redemptions=_of(redemptions, name),
                persons=_of(persons, name),
            ),
        )


def _own(call: Call, owner: Callable[[str], str], names: frozenset[str]) -> Call:
    """Lists of what waits and of what arrived, without what others put there."""
    word, answer = _LISTS.get(call.path), call.answer
    if word is None or not isinstance(answer, dict) or not isinstance(answer.get(word), list):
        return call
    kept = [entry for entry in answer[word] if owner(str(entry.get("correlation_id"))) in names]
    return replace(call, answer={**answer, word: kept})


def _nobodys(moment: float, began: float) -> str:
    """Preflight comes before every scenario, exploration after all of them."""
    return _ALL if moment < began else WHOLE_RECORD


def _grouped(things: Iterable[_T], owner: Callable[[_T], str]) -> dict[str, list[_T]]:
    found: defaultdict[str, list[_T]] = defaultdict(list)
    for thing in things:
        found[owner(thing)].append(thing)
    return dict(found)


def _of(groups: dict[str, list[_T]], name: str) -> tuple[_T, ...]:
    return (*groups.get(_ALL, ()), *groups.get(name, ()))
