"""Which files of a set are not there yet (guide §12 file-set)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.judges.of_calls import case
from harness.model.likeness import in_whole_numbers, members
from harness.model.state.changes import IMPORT, imported
from harness.model.state.lines import SET
from harness.model.state.outcomes import Outcome, outcome

_RULE: Final = "contract-2-file-set"


def file_sets(history: History) -> Iterator[Case]:
    """Every file that was taken as one of a set. Sets are known by ids that no run before had."""
    told = defaultdict[str, list[Call]](list)
    for call in history.calls:
        said = _set(call)
        if (call.method, call.path) == IMPORT and outcome(call) is not Outcome.REFUSED and said:
            told[str(said.get("id"))].append(call)
    for call in imported(history):
        if said := _set(call):
            yield _missing(call, told[str(said["id"])])


def _missing(call: Call, told: list[Call]) -> Case:
    """`told`: the requests for files of this set that may have been taken, this one among them."""
    number, of = _number(call), _number(call, "of")
    before = [c for c in told if c.span.before(call.span) and outcome(c) is Outcome.DONE]
    there = {number, *(_number(c) for c in before)}
    perhaps = there | {_number(c) for c in told if not call.span.before(c.span)}
    missing, wanted = members(call.answer).get("missing"), set(range(1, of + 1))
    kept = (
        isinstance(missing, list)
        and missing == sorted(set(missing))
        and wanted - perhaps <= set(missing) <= wanted - there
    )
    broken = None if kept else (f"missing が {_words(missing)}", _words(sorted(wanted - there)))
    return case(_RULE, _which(number, wanted, there, before), call, broken)


def _which(number: int, wanted: set[int], there: set[int], before: list[Call]) -> str:
    if number in {_number(call) for call in before}:
        return "同じファイルがもう一度"
    if wanted <= there:
        return "最後のファイル"
    return "途中のファイル" if before else "最初のファイル"


def _number(call: Call, name: str = "number") -> int:
    found = _set(call).get(name)
    return found if isinstance(found, int) else 0


def _set(call: Call) -> Mapping[str, object]:
    return members(in_whole_numbers(members(call.body).get(SET)))


def _words(missing: object) -> str:
    """At most a few of them."""
    if not isinstance(missing, list):
        return "ない"
    return "、".join(str(number)[:10] for number in missing[:5]) or "空"
