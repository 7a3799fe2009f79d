"""What contract 2 asks of requests about one resident, record or pending entry at once (guide §12): the outcome of some order."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from harness.contract.items import informations
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.judges.of_calls import case, of_record
from harness.model.judges.shown import part_of, shown_names
from harness.model.likeness import members, same
from harness.model.state.held import Held
from harness.model.state.holdings import all_holdings
from harness.model.state.outcomes import Outcome, outcome
from harness.model.state.pending import Waiting
from harness.model.state.subjects import registrations

_RULE: Final = "contract-2-one-resident-at-once"
_DONE: Final = frozenset({200, 201})


def at_once(history: History) -> Iterator[Case]:
    """Of what overlaps, and concerns the same."""
    yield from _registered(history)
    yield from _decided(history)
    yield from _shown(history)


def _registered(history: History) -> Iterator[Case]:
    """Of somebody new one registration is the first."""
    by_path: dict[str, list[Call]] = defaultdict(list)
    for call in registrations(history):
        by_path[call.path].append(call)
    for path, calls in by_path.items():
        first = min(calls, key=lambda call: call.span.begin)
        together = [call for call in calls if first.span.meets(call.span)]
        new = [call for call in together if call.status == 201]
        if len(together) > 1 and new and all(call.status in _DONE for call in together):
            broken = None if len(new) == 1 else (f"同時の登録の {len(new)} 件に 201", "はじめの一件だけ 201")
            yield case(_RULE, "登録", new[-1], broken, f"subject:{path.rpartition('/')[2]}")


def _decided(history: History) -> Iterator[Case]:
    """Of several decisions one stands."""
    for id_, decided in Waiting.of(history).decisions.items():
        for one, other in combinations(decided, 2):
            if one.call.span.meets(other.call.span) and (one.taken or other.taken):
                both = one.taken and other.taken
                broken = ("同時の二つの判断に 200", "一つだけ 200") if both else None
                yield case(_RULE, "応答待ち", other.call, broken, f"correlation:{id_}")


def _shown(history: History) -> Iterator[Case]:
    """Of several states of a record that were registered at once one is shown, whole."""
    holdings = history.once(all_holdings)
    for call in history.calls:
        if call.path != "/v1/own-information" or outcome(call) is not Outcome.DONE:
            continue
        said, shown = members(call.body), members(call.answer)
        place = (str(said.get("local_id")), str(said.get("information")), said.get("key"))
        if not isinstance(place[2], Mapping) or not _is_keyed(place[1]):
            continue
        met = holdings.record(place[0], place[1], place[2], call.span)
        if len(met) > 1 and all(isinstance(holding, Held) for holding in met):
            kept = _is_one(met, shown.get("items"), place[1])
            broken = None if kept else ("同時に登録した件のどれでもない件が示された", "そのうちの一つ")
            yield case(_RULE, "件", call, broken, of_record(*place))


def _is_one(met: Sequence[object], items: object, information: str) -> bool:
    names = shown_names(information)
    return any(same(part_of(holding, names), items) for holding in met if isinstance(holding, Held))


def _is_keyed(information: str) -> bool:
    known = informations().get(information)
    return known is not None and bool(known.key)
