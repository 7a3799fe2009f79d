"""Headers of messages whose basis no row of the tables bears out, each with a role that may cite the affair (guide §3, check 12)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Final

from harness.contract.items import informations
from harness.contract.law import Row, table
from harness.contract.law.lawfulness import readings
from harness.contract.organisations import Organisation, organisations
from harness.contract.roles import role_fits, roles
from harness.stimuli.stage import Stage

Members = Mapping[str, object]
_FEW: Final = 2  # of each wrong row


def unlawful(stage: Stage, partner: Organisation, *, asking: bool) -> Iterator[Members]:
    """Rows of the declared tables that are for other parties than the `partner`, who asks or answers, and the gateway; and an affair
    that the table does not have at all."""
    requester, provider = (partner, stage.own) if asking else (stage.own, partner)
    rows = [(name, row) for name in stage.south.statement.declares.tables for row in table(name)]
    stage.draw.shuffle(rows)
    asks = [pair for pair in rows if pair[1].asks(requester)]
    gives = [pair for pair in rows if _may_provide(pair[1], provider)]
    ways = readings(stage.south.statement.contract)
    for wrong in (
        [pair for pair in asks if not any(_may_provide(pair[1], provider, by_kind=way) for way in ways)],
        [pair for pair in gives if not any(pair[1].asks(requester, by_kind=way) for way in ways)],
    ):
        found = (_citing(name, row.item, row.affair, row.information) for name, row in wrong)
        yield from islice(chain.from_iterable(found), _FEW)
    yield from islice(_foreign(rows), _FEW)


def incompetent(stage: Stage) -> Iterator[tuple[str, Members]]:
    """Whoever asks by a row that has its kind, and is not competent for its affair; none where a contract leaves that open."""
    if len(readings(stage.south.statement.contract)) > 1:
        return
    rows = [(name, row) for name in stage.south.statement.declares.tables for row in table(name)]
    stage.draw.shuffle(rows)
    for other in organisations().values():
        found = (
            _citing(name, row.item, row.affair, row.information)
            for name, row in rows
            if row.asks(other, by_kind=True) and not row.asks(other) and _may_provide(row, stage.own)
        )
        yield from ((other.code, members) for members in islice(chain.from_iterable(found), 1))


def _may_provide(row: Row, provider: Organisation, *, by_kind: bool = False) -> bool:
    return any(row.provides(provider, information, by_kind=by_kind) for information in row.information)


def _foreign(rows: list[tuple[str, Row]]) -> Iterator[Members]:
    """An affair of another table."""
    for name, row in rows:
        here = {other.affair for table_, other in rows if table_ == name}
        for affair in sorted({other.affair for _, other in rows} - here):
            yield from _citing(name, row.item, affair, row.information)


def _citing(table_: str, item: str, affair: str, known: Iterable[str]) -> Iterator[Members]:
    role = next((code for code in roles() if role_fits(code, affair)), None)
    information = next((name for name in sorted(known) if name in informations()), None)
    if role and information:
        basis = {"table": table_, "item": item}
        yield {"basis": basis, "affair": affair, "role": role, "information": information}
