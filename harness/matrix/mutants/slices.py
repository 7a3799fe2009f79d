"""A record cut into what can be judged for itself: scenarios touch each other neither side by side nor one after the other
(ARCHITECTURE), so that what a mutant does in one of them shows there or in none."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from harness.contract.journal import WHOLE_RECORD
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
    """`scenario`: whose exchanges they are; `size`: how many."""

    scenario: str
    size: int
    history: History

    @property
    def without_logs(self) -> History:
        """What is changed elsewhere shall not be noticed merely because the logs still tell what was."""
        calls = tuple(call for call in self.history.calls if not call.path.startswith(_LOGS))
        return replace(self.history, calls=calls)


def slices(history: History) -> tuple[Slice, ...]:
    """The smallest first."""
    began = min((call.span.begin for call in history.calls if call.scenario), default=history.ended)
    owner_of_token = {
        token: history.scenario_of(person.ref)
        for person in history.persons
        for token in person.tokens.values()
    }

    def of_message(told: _Told) -> str:
        owner = history.scenario_of(
            told.person, told.header.get("correlation_id"), told.header.get("message_id")
        )
        return owner or _nobodys(told.span.begin, began)

    def of_redemption(asked: Redemption) -> str:
        owner = owner_of_token.get(str(payload_of(asked.token).get("enrolment_token")), "")
        return owner or _nobodys(asked.span.begin, began)

    calls = _grouped(history.calls, lambda call: call.scenario)
    deliveries = _grouped(history.deliveries, of_message)
    sendings = _grouped(history.sendings, of_message)
    redemptions = _grouped(history.redemptions, of_redemption)
    persons = _grouped(history.persons, lambda person: history.scenario_of(person.ref) or WHOLE_RECORD)
    found = []
    for name in (calls.keys() | deliveries.keys() | sendings.keys()) - {_ALL}:
        part = replace(
            history,
            calls=tuple(_own(call, name, history) for call in _of(calls, name)),
            deliveries=_of(deliveries, name),
            sendings=_of(sendings, name),
            redemptions=_of(redemptions, name),
            persons=_of(persons, name),
        )
        size = len(part.calls) + len(part.deliveries) + len(part.sendings)
        found.append(Slice(name, size, part))
    return tuple(sorted(found, key=lambda one: (one.size, one.scenario)))


def _own(call: Call, name: str, history: History) -> Call:
    """Lists of what waits and of what arrived, without what another scenario put there."""
    word = _LISTS.get(call.path)
    answer = call.answer
    if word is None or not isinstance(answer, dict) or not isinstance(answer.get(word), list):
        return call
    kept = [
        entry
        for entry in answer[word]
        if (history.scenario_of(entry.get("correlation_id")) or WHOLE_RECORD) == name
    ]
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
