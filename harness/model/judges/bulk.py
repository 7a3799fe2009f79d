"""Many records at once: each row is taken or reported, independent of the others (guide §2 Subjects and records)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from harness.contract.schemas import problem_with
from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.judges.of_calls import case, of_record
from harness.model.judges.versions import STALE, may_be_stale, must_be_stale, relation, taken_by
from harness.model.state.changes import held, told
from harness.model.state.held import Held
from harness.model.state.holdings import Holding, Holdings
from harness.model.state.subjects import Subjects

_NOBODY: Final = "SUBJECT_UNKNOWN"
_Place = tuple[str, str, frozenset[tuple[str, str]]]


@dataclass
class _Request:
    """A bulk request with its answer. `taken`: records of rows that were not reported, by place."""

    call: Call
    records: Sequence[Mapping[str, object]]
    refused: Mapping[int, str]
    holdings: Holdings
    subjects: Subjects
    taken: dict[_Place, list[Held]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    """What the contract asks of one row: `code` to report it with, None to take it; `rule` and `alternative` that say so, and
    which it is an occasion for `also`."""

    index: int
    code: str | None
    rule: str
    alternative: str
    about: tuple[str, ...]
    also: tuple[str, str] | None = None


def of_bulk(call: Call, holdings: Holdings, subjects: Subjects) -> Iterator[Case]:
    """Every row of a request that was not refused as a whole, and what the answer says of all of them."""
    refused = told(call)
    if refused is None or problem_with("records", call.body) is not None:
        return
    assert isinstance(call.body, dict)
    request = _Request(call, call.body["records"], refused, holdings, subjects)
    rows = _rows(request)
    yield from _positions(request, rows)
    yield _added_up(request)


def _positions(request: _Request, rows: Sequence[_Row | None]) -> Iterator[Case]:
    """Where as many rows are reported with the same codes in the same order, but as others, it is their positions that are wrong."""
    assert isinstance(request.call.answer, dict)
    errors = [(error["index"], error["code"]) for error in request.call.answer["errors"]]
    certain = [row for row in rows if row is not None]
    wanted = [(row.index, row.code) for row in certain if row.code is not None]
    moved = errors != wanted and (_reordered(rows, errors, wanted) or _shifted(request, rows))
    if errors:
        known = all(index < len(rows) for index, _ in errors)
        ordered = all(one < other for (one, _), (other, _) in pairwise(errors))
        broken = None
        if moved or not (known and ordered):
            broken = ("errors の位置が、受け付けない件の位置と違う", "0 からの位置の昇順に、各件一度")
        alternative = "1件" if len(errors) == 1 else "2件以上"
        about = {name for row in certain for name in row.about} if broken else set()
        yield case("bulk-positions", alternative, request.call, broken, *sorted(about))
    for row in certain:
        if not moved:
            broken = _wrong(row.index, request.refused.get(row.index), row.code)
            yield case(row.rule, row.alternative, request.call, broken, *row.about)
            if row.also:
                yield Case(*row.also)


def _reordered(
    rows: Sequence[_Row | None], errors: Sequence[tuple[int, str]], wanted: Sequence[tuple[int, str | None]]
) -> bool:
    return None not in rows and [code for _, code in errors] == [code for _, code in wanted]


def _shifted(request: _Request, rows: Sequence[_Row | None]) -> bool:
    """All of it is right where positions are counted from 1, or one too low, and is not as it stands."""
    if _fits(rows, request.refused):
        return False
    for by in (1, -1):
        refused = {index - by: code for index, code in request.refused.items()}
        other = replace(request, refused=refused, taken={})
        if all(0 <= index < len(rows) for index in refused) and _fits(_rows(other), refused):
            return True
    return False


def _fits(rows: Sequence[_Row | None], errors: Mapping[int, str]) -> bool:
    return all(row is None or errors.get(index) == row.code for index, row in enumerate(rows))


def _rows(request: _Request) -> list[_Row | None]:
    return [_row(request, index, record) for index, record in enumerate(request.records)]


def _row(request: _Request, index: int, body: Mapping[str, object]) -> _Row | None:
    """None where it depends on the order of what overlaps, or on how the guide is read."""
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
        return _Row(index, _NOBODY, "bulk-nobody", _where(request, index), about)
    if False in registered:
        return None
    if must_be_stale(met, record):
        return _Row(index, STALE, "lower-version-not-taken", "一括登録", about)
    if may_be_stale(met, record):
        return None
    was = request.holdings.ever(local_id, information, key, before=call.span)
    versions = taken_by("一括登録", relation(outer, record, was))
    rows = ("bulk-taken", "重なる件" if len(before) > 1 else _where(request, index))
    first, also = (versions, rows) if code == STALE else (rows, versions)
    return _Row(index, None, *first, about, also)


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
    accepted, most = (
        request.call.answer["accepted"],
        len(request.records) - len(request.call.answer["errors"]),
    )
    replaced = sum(len(records) - 1 for records in request.taken.values() if records)
    broken = None
    if not most - replaced <= accepted <= most:
        broken = (
            f"{len(request.records)} 件の要求で、accepted が {accepted}、errors にない件が {most}",
            f"{most}",
        )
    alternative = "誤りのある要求" if request.refused else "誤りのない要求"
    return case("bulk-adds-up", alternative, request.call, broken, f"call:{request.call.number}")
