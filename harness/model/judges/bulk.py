"""Many records at once: each row is taken or reported, independent of the others (guide §2 Subjects and records)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from harness.contract.schemas import problem_with
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.judges.of_calls import case, of_record
from harness.model.judges.versions import STALE, may_be_stale, must_be_stale, relation
from harness.model.state.changes import held, told
from harness.model.state.held import Held
from harness.model.state.holdings import Holding, Holdings
from harness.model.state.subjects import Subjects

_NOBODY: Final = "SUBJECT_UNKNOWN"
_Place = tuple[str, str, frozenset[tuple[str, str]]]


@dataclass
class _Request:
    """A bulk request with its answer. `taken`: records of earlier rows, by place."""

    call: Call
    records: Sequence[Mapping[str, object]]
    refused: Mapping[int, str]
    holdings: Holdings
    subjects: Subjects
    taken: dict[_Place, list[Held]] = field(default_factory=dict)


def of_bulk(call: Call, holdings: Holdings, subjects: Subjects) -> Iterator[Case]:
    """Every row of a request that was not refused as a whole, and what the answer says of all of them."""
    refused = told(call)
    if refused is None or problem_with("records", call.body) is not None:
        return
    assert isinstance(call.body, dict)
    request = _Request(call, call.body["records"], refused, holdings, subjects)
    yield from _positions(request)
    for index, record in enumerate(request.records):
        yield from _row(request, index, record)
    yield _added_up(request)


def _positions(request: _Request) -> Iterator[Case]:
    assert isinstance(request.call.answer, dict)
    positions = [error["index"] for error in request.call.answer["errors"]]
    if positions:
        known = all(position < len(request.records) for position in positions)
        ordered = all(one < other for one, other in pairwise(positions))
        broken = None
        if not (known and ordered):
            broken = ("errors の位置が昇順ではない、重なる、又は要求にない", "0 からの位置の昇順に、各件一度")
        alternative = "1件" if len(positions) == 1 else "2件以上"
        yield case("bulk-positions", alternative, request.call, broken, f"call:{request.call.number}")


def _row(request: _Request, index: int, body: Mapping[str, object]) -> Iterator[Case]:
    call, code = request.call, request.refused.get(index)
    local_id, information, key = str(body["local_id"]), str(body["information"]), body["key"]
    assert isinstance(key, dict)
    record, about = held(body), (f"subject:{local_id}", of_record(local_id, information, key))
    outer = request.holdings.record(local_id, information, key, call.span, without=call.number)
    before = request.taken.setdefault((local_id, information, frozenset(key.items())), [])
    # "Independent of the others" and "later duplicates replace earlier ones": whether a row is held against an earlier one of the
    # same request can be read both ways.
    met: tuple[Holding, ...] = (*outer, *before)
    if code is None:
        before.append(record)
    registered = request.subjects.registered(local_id, call.span)
    if True not in registered:
        yield case("bulk-nobody", _where(request, index), call, _wrong(index, code, _NOBODY), *about)
    elif False in registered:
        return
    elif must_be_stale(met, record):
        yield case("lower-version-not-taken", "一括登録", call, _wrong(index, code, STALE), *about)
    elif not may_be_stale(met, record):
        was = request.holdings.ever(local_id, information, key, before=call.span)
        broken = _wrong(index, code, None)
        yield case(
            "version-taken",
            f"一括登録：{relation(outer, record, was)}",
            call,
            broken if code == STALE else None,
            *about,
        )
        alternative = "重なる件" if len(before) > 1 else _where(request, index)
        yield case("bulk-taken", alternative, call, broken if code != STALE else None, *about)


def _wrong(index: int, code: str | None, expected: str | None) -> tuple[str, str] | None:
    if code == expected:
        return None
    said = f"{code[:60]} と知らされた" if code else "受け付けられた"
    wanted = f"errors に {expected} と知らせる" if expected else "受け付ける"
    return f"一括登録の {index} 件目（0から）が{said}", wanted


def _where(request: _Request, index: int) -> str:
    """Next to which rows: a row that cannot be taken may spoil those around it."""
    if any(other < index for other in request.refused):
        return "受け付けない件の後"
    return "受け付けない件の前" if any(other > index for other in request.refused) else "ほかに誤りがない"


def _added_up(request: _Request) -> Case:
    """Of duplicates the earlier ones were taken, and replaced: whether they are counted is not said."""
    assert isinstance(request.call.answer, dict)
    accepted, most = request.call.answer["accepted"], len(request.records) - len(request.refused)
    least = sum(1 for records in request.taken.values() if records)
    broken = None
    if not least <= accepted <= most:
        broken = (
            f"accepted が {accepted} で、{len(request.records)} 件のうち errors にない件は {most} 件",
            f"{most}",
        )
    alternative = "誤りのある要求" if request.refused else "誤りのない要求"
    return case("bulk-adds-up", alternative, request.call, broken, f"call:{request.call.number}")
