"""What a record says of times, and of who the gateway is, held against itself and against the limits of the contract."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from harness.bench.preflight import check_introduction
from harness.catalogue.findings import ConfigurationError
from harness.certificate.refused import Objection
from harness.contract.health import Health
from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, CheckEntry, EndEntry, HealthEntry, RunEntry
from harness.contract.messages import parse_timestamp
from harness.contract.schemas import problem_with
from harness.contract.statement import Statement, StatementError
from harness.gateways.exchange import Limits

_LATE = 1.0  # seconds that the bench itself may be late to stop an exchange or to look at its clock
_TO_GATEWAY = "to_gateway"


def objections(entries: Iterable[AnyEntry]) -> Iterator[Objection]:
    """Of a journal, in its order. Raises KeyError, TypeError, ValueError where an entry lacks what it should have."""
    clock = _Clock()
    for entry in entries:
        yield from (_objection(*found) for found in clock.take(entry))
        yield from (_objection(*found) for found in _slow(entry))
        if entry["type"] == Entry.HEALTH:
            yield from (_objection(*found) for found in _another(clock.run, entry))
    if clock.run and not clock.introduced:
        yield _objection("ゲートウェイの名乗り（health）の記録がない", "事前確認で得た応答")


@dataclass
class _Clock:
    """Moments of a journal while it is read. Clocks of machines are set while they run, by no more than the contract lets a
    gateway be off."""

    run: RunEntry | None = None
    introduced: bool = False
    last: dict[str, datetime] = field(default_factory=dict)
    begun: dict[str, datetime] = field(default_factory=dict)
    waited: float = 0.0

    def take(self, entry: AnyEntry) -> Iterator[tuple[str, str]]:
        """What is wrong with the moment of the next entry."""
        moment, by = parse_timestamp(entry["at"]), entry["by"]
        before = self.last.get(by)
        if before is not None and _between(moment, before) > Limits().clock_seconds:
            yield f"{by} の {entry['at']} の前に、より後の時刻がある", "進む時刻"
        self.last[by] = moment
        match entry["type"]:
            case Entry.RUN:
                self.run, self.introduced, self.begun[by] = entry, False, moment
            case Entry.HEALTH:
                self.introduced = True
            case Entry.SCENARIO:
                self.begun[entry["scenario"]] = moment
            case Entry.CHECK:
                self.waited += _number(entry["waiting_seconds"])
                yield from self._lasting(f"{entry['scenario']} の検査", entry["scenario"], moment, entry)
            case Entry.END:
                yield from self._lasting("実行", by, moment, entry)
                if abs(_number(entry["waiting_seconds"]) - self.waited) > _LATE:
                    yield f"応答待ちの合計 {entry['waiting_seconds']} 秒", f"{self.waited:.3f} 秒"

    def _lasting(
        self, what: str, name: str, moment: datetime, entry: CheckEntry | EndEntry
    ) -> Iterator[tuple[str, str]]:
        """Does it say that it lasted as long as there is between its begin and its end?"""
        if name in self.begun:
            passed = _between(self.begun[name], moment)
            if abs(_number(entry["seconds"]) - passed) > Limits().clock_seconds:
                yield f"{what}が {entry['seconds']} 秒", f"始まりと終わりの時刻の間の {passed:.1f} 秒"


def _slow(entry: AnyEntry) -> Iterator[tuple[str, str]]:
    """An answer that came too late for the contract, and was taken for one that came in time."""
    if entry["type"] not in (Entry.HEALTH, Entry.EXCHANGE, Entry.POLL):
        return
    taken, limit = _number(entry["seconds"]), Limits().request_seconds
    if entry.get("direction", _TO_GATEWAY) != _TO_GATEWAY:
        return
    if not entry["problem"] and taken > limit + _LATE:
        what = " ".join(str(entry.get(name)) for name in ("method", "path") if name in entry) or "北側の電文"
        yield f"{what} の応答に {taken:.1f} 秒。制限内として記録されている", f"{limit:g} 秒以内の応答"


def _another(run: RunEntry | None, health: HealthEntry) -> Iterator[tuple[str, str]]:
    """The gateway that said who it is, and the one of which the run speaks."""
    if health["status"] != 200 or problem_with("health", health["response"]):
        yield "ゲートウェイの名乗り（health）が様式に合わない", "様式 health"
        return
    said = cast(Health, health["response"])
    if run is None:
        raise KeyError(Entry.RUN)
    for name, told, is_ in (
        ("organisation", run.get("organisation"), said["organisation"]),
        ("product", run.get("product"), said["product"]),
    ):
        if told != is_:
            yield f"run の {name} {told!s:.60}", f"ゲートウェイの名乗り {is_!s:.60}"
    try:
        statement = Statement.from_document(run["statement"])
        allowed = Limits().clock_seconds + _LATE
        answered = parse_timestamp(health["at"])
        asked = (answered - timedelta(seconds=_number(health["seconds"])), answered)
        check_introduction(statement, said, asked, allowed)
    except (ConfigurationError, StatementError) as error:
        yield f"{error!s:.200}", "宣言したゲートウェイの名乗り"


def _between(earlier: datetime, later: datetime) -> float:
    return (later - earlier).total_seconds()


def _number(value: object) -> float:
    """Raises ValueError for what is no duration."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise ValueError("時間ではない")
    return float(value)


def _objection(observed: str, expected: str) -> Objection:
    return Objection("RECORD_DIFFERS", observed, expected)
