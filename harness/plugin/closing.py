"""Before and after all scenarios: the acts that reach beyond one, and the logs whole. Controlling process only."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from harness.bench.bench import Bench
from harness.bench.network import NetworkControl
from harness.contract.journal import Entry, Journal
from harness.contract.statement import Declares
from harness.gateways.south import SouthFace
from harness.plugin.options import Options
from harness.stimuli.acts.program import OPENING, PROGRAM, Programmed
from harness.stimuli.journalled import faces_on_record, on_record, restart, stage_on_record
from harness.stimuli.whole_logs import all_notices, whole_logs


@dataclass
class Opening:
    """The acts that a gateway meets first, while there is no journal of the bench yet; what happened is kept for it."""

    seed: int
    kept: list[tuple[Entry, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, south: SouthFace, control: NetworkControl) -> None:
        """Whatever the gateway declares."""
        faces = on_record(south, control, self)
        for programmed in OPENING:
            if _declared(programmed, south.statement.declares):
                programmed.act(stage_on_record(faces, self, self.seed, programmed.name), lambda: None)

    def write(self, entry: Entry, **fields: Any) -> None:
        """As a journal does."""
        self.kept.append((entry, fields))

    def told(self, journal: Journal) -> None:
        """Everything, in its order."""
        for entry, fields in self.kept:
            journal.write(entry, **fields)


def close(bench: Bench, journal: Journal, options: Options) -> None:
    """The acts, what the business system was handed, and the logs whole."""
    seed = options.seed
    with faces_on_record(bench, journal, seed) as faces:
        for programmed in PROGRAM if options.acts else ():
            if _takes_part(programmed, bench):
                stage = stage_on_record(faces, journal, seed, programmed.name)
                programmed.act(stage, partial(restart, bench, faces.south, journal))
        stage = stage_on_record(faces, journal, seed, "記録", whole=options.thorough)
        all_notices(stage)
        if options.logs:
            whole_logs(stage)


def _takes_part(programmed: Programmed, bench: Bench) -> bool:
    declared = _declared(programmed, bench.statement.declares)
    declared = declared and programmed.contract <= bench.statement.contract
    return declared and (bench.restart is not None or not programmed.kills)


def _declared(programmed: Programmed, declares: Declares) -> bool:
    return all(name in getattr(declares, list_) for list_, name in programmed.needs)
