"""Two gateways against each other (--partner): what is asked of them, and the whole record judged for each of the two."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from harness.bench.bench import Bench, Introduced
from harness.bench.network import NetworkControl
from harness.bench.partner import partner_folder
from harness.bench.presence import Presence
from harness.catalogue.findings import ConfigurationError
from harness.catalogue.requirements import all_requirements
from harness.contract.journal import Entry, Journal
from harness.contract.journal_tested import Tested
from harness.contract.sides import Side
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits
from harness.gateways.kinds import shown
from harness.gateways.manners import Manners
from harness.gateways.south import SouthFace
from harness.gateways.transport import over_http
from harness.model.state.recorded import LATE
from harness.plugin.looking import entries_in, look_at
from harness.plugin.options import Options
from harness.plugin.selection import marked
from harness.plugin.whole_record import judge, tell, tried, waited
from harness.record.conclusion import INTERCONNECTION
from harness.record.sides import half
from harness.steps.verbs.interconnection import WORDS
from harness.stimuli.crossings import crossings, tellings
from harness.stimuli.journalled import on_record, stage_on_record
from harness.stimuli.whole_logs import all_notices, whole_logs

_AFTER: Final = 0.5  # seconds: what was due by then is asked for later
_TELLING: Final = "連絡"


@dataclass(frozen=True)
class Sided:
    """A journal of which everything is about one of the two."""

    journal: Journal
    side: Side

    def write(self, entry: Entry, **fields: Any) -> None:
        """As a journal does."""
        self.journal.write(entry, side=self.side, **fields)


def of_both(bench: Bench) -> Mapping[Side, Introduced]:
    """What each said of itself."""
    assert bench.other is not None
    return {Side.GATEWAY: bench.own, Side.PARTNER: bench.other}


def must_have_business(bench: Bench) -> None:
    """Raises ConfigurationError where neither of two gateways may ask or tell the other anything."""
    if bench.partner is None:
        return
    ends = [(bench.statement, bench.partner), (bench.partner, bench.statement)]
    if not any(crossings(*pair) or tellings(*pair) for pair in ends):
        raise ConfigurationError(
            "--gateway と --partner の間に、照会も連絡もできるものがない。二つの宣言（declares の roles と tables）と団体の権限を確かめる。"
        )


def tested(options: Options, partner: Introduced) -> Tested:
    """The gateway on the other side, as the first entry of the journal has it."""
    return {**partner.declaring(), "gateway": shown(options.partner)}


def every_requirement() -> dict[str, None]:
    """Whatever is looked at of either is judged."""
    return dict.fromkeys((*all_requirements(), INTERCONNECTION))


def deselect(items: list[pytest.Item], own: Statement, its: Statement) -> list[pytest.Item]:
    """Takes out what is for one gateway alone, and what the two may not do with each other, in place; returns it."""
    statements = {Side.GATEWAY: own, Side.PARTNER: its}
    keep: list[pytest.Item] = []
    out: list[pytest.Item] = []
    for item in items:
        (keep if _is_possible(item, statements) else out).append(item)
    items[:] = keep
    return out


def _is_possible(item: pytest.Item, statements: Mapping[Side, Statement]) -> bool:
    row = getattr(item, "callspec", None)
    if not marked(item, "interconnection") or row is None:
        return False
    one, other = (statements[WORDS[word]] for word in row.params["_pytest_bdd_example"].values())
    needs = marked(item, "declared")
    if _TELLING in needs:
        return bool(tellings(one, other))
    declared = {*one.declares.modes, *other.declares.handling}
    return needs <= declared and bool(crossings(one, other))


def close(bench: Bench, journal: Journal, seed: int) -> None:
    """What the business systems of both were handed, and the logs of both whole, once everything that was sent must be in them."""
    time.sleep(LATE + _AFTER)
    with over_http(Limits()) as http:
        for side, introduced in of_both(bench).items():
            south = SouthFace(http, introduced.statement, http.limits, lambda _: None, manners=Manners(seed))
            sided = Sided(journal, side)
            faces = on_record(south, NetworkControl.at(bench.network), sided)
            stage = stage_on_record(faces, sided, seed, "記録", whole=True)
            all_notices(stage)
            whole_logs(stage)


def conclude(journal: Journal, path: Path, bench: Bench, *, complete: bool) -> bool:
    """Judges the record for each of the two. One that went away is told so, and nothing else of it is judged but what bytes show;
    what can be said of the other is. Returns whether both are there."""
    waited(path, wait=complete)
    gone = {side: _gone(path.parent, bench, side) for side in Side}
    # Where the run ended for another reason, nobody knows what the two would still have done.
    ended = complete or any(gone.values())
    entries = entries_in(path)
    for side in Side:
        sided, its = Sided(journal, side), half(entries, side)
        found = look_at(its)
        judged = judge(its, closed=ended and not gone[side])
        tell(sided, its, found, judged, gone=gone[side])
        tried(sided, judged, but={violation.requirement for violation in found.found})
    return not any(gone.values())


def _gone(folder: Path, bench: Bench, side: Side) -> str:
    """How it went away, empty where it did not."""
    folders = {Side.GATEWAY: folder, Side.PARTNER: partner_folder(folder)}
    return Presence.of(of_both(bench)[side].statement, folders[side]).how_it_went()
