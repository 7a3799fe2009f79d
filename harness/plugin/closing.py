"""After all scenarios: the acts that reach beyond one, and the logs whole. Controlling process only."""

from functools import partial

from harness.bench.bench import Bench
from harness.contract.journal import Journal
from harness.stimuli.acts.program import PROGRAM, Programmed
from harness.stimuli.journalled import faces_on_record, restart, stage_on_record
from harness.stimuli.whole_logs import whole_logs


def close(bench: Bench, journal: Journal, seed: int, *, acts: bool) -> None:
    """`acts`: beside the logs, which are fetched in any case."""
    with faces_on_record(bench, journal) as faces:
        for programmed in PROGRAM if acts else ():
            if _takes_part(programmed, bench):
                stage = stage_on_record(faces, journal, seed, programmed.name)
                programmed.act(stage, partial(restart, bench, faces.south, journal))
        whole_logs(stage_on_record(faces, journal, seed, "記録"))


def _takes_part(programmed: Programmed, bench: Bench) -> bool:
    declares = bench.statement.declares
    declared = all(name in getattr(declares, list_) for list_, name in programmed.needs)
    return declared and (bench.restart is not None or not programmed.kills)
