"""Single records and deletions: which version is taken, and what there is to delete (guide §2 Subjects and records)."""

from collections.abc import Iterator, Sequence
from typing import Final

from harness.contract.items import informations
from harness.contract.schemas import problem_with
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.judges.bulk import of_bulk
from harness.model.judges.of_calls import case, of_record
from harness.model.judges.versions import STALE, may_be_stale, must_be_stale, relation, taken_by
from harness.model.state.changes import BULK, DELETION, RECORD, held
from harness.model.state.held import Held
from harness.model.state.holdings import Holding, Holdings, all_holdings
from harness.model.state.outcomes import Outcome, outcome, refused_with
from harness.model.state.patience import Patience
from harness.model.state.subjects import Subjects

_NOT_FOUND: Final = "NOT_FOUND"
_AFTER: Final = "再起動の後"


def records(history: History) -> Iterator[Case]:
    """Every record that was put, in whichever way, and every deletion."""
    subjects, kills = history.once(Subjects.of), Patience.of(history)
    holdings = history.once(all_holdings)
    for call in history.calls:
        if call.caller != "business":
            continue
        match (call.method, call.path):
            case c if c == RECORD:
                yield from _put(call, holdings, kills)
            case c if c == BULK:
                yield from of_bulk(call, holdings, subjects)
            case c if c == DELETION:
                yield from _deletion(call, holdings, kills)


def _put(call: Call, holdings: Holdings, kills: Patience) -> Iterator[Case]:
    body, taken = call.body, outcome(call) is Outcome.DONE
    if problem_with("record", body) is not None or not (taken or refused_with(call) == STALE):
        return
    assert isinstance(body, dict)
    place, record = (body["local_id"], body["information"], body["key"]), held(body)
    met = holdings.record(*place, call.span, without=call.number)
    about = (f"subject:{body['local_id']}", of_record(*place))
    if must_be_stale(met, record):
        broken = ("登録されているものより小さい版が受け付けられた", f"{STALE} で拒否する") if taken else None
        killed = kills.between(holdings.since(*place, call.span, without=call.number), call.span.begin)
        yield case("lower-version-not-taken", _AFTER if killed else "1件の登録", call, broken, *about)
    elif not may_be_stale(met, record):
        broken = None if taken else (f"採るべき件が {STALE} で拒否された", "登録する（200）")
        was = holdings.ever(*place, before=call.span)
        rule, alternative = taken_by("1件の登録", relation(met, record, was))
        yield case(rule, alternative, call, broken, *about)


def _deletion(call: Call, holdings: Holdings, kills: Patience) -> Iterator[Case]:
    body, done = call.body, outcome(call) is Outcome.DONE
    if problem_with("record-key", body) is not None or not (done or refused_with(call) == _NOT_FOUND):
        return
    assert isinstance(body, dict)
    place = (body["local_id"], body["information"], body["key"])
    if _is_open(body["information"], body["key"]):
        return
    met = holdings.record(*place, call.span, without=call.number)
    about = (f"subject:{body['local_id']}", of_record(*place))
    if all(holding is None for holding in met):
        broken = ("登録のない件の削除が受け付けられた", f"{_NOT_FOUND} で拒否する") if done else None
        rule, alternative = "nothing-to-delete", "登録したことのない件"
        if holdings.ever(*place, before=call.span):
            rule, alternative = "deleted-is-forgotten", "削除"
        elif holdings.ever_any(body["local_id"], body["information"], before=call.span):
            alternative = "ほかの照会キーの件がある"
        yield case(rule, alternative, call, broken, *about)
    elif _all_held(met):
        broken = None if done else (f"登録のある件の削除が {_NOT_FOUND} で拒否された", "削除する（200）")
        killed = kills.between(holdings.since(*place, call.span, without=call.number), call.span.begin)
        kind = "照会キーのある件" if body["key"] else "照会キーのない件"
        yield case("deletion", _AFTER if killed else kind, call, broken, *about)


def _is_open(information: str, key: dict[str, str]) -> bool:
    """Whether a key with names that the information does not have finds a record is open (§11)."""
    known = informations().get(information)
    return known is not None and not set(key) <= set(known.key)


def _all_held(met: Sequence[Holding]) -> bool:
    return all(isinstance(holding, Held) for holding in met)
