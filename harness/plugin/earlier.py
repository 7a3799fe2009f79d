"""An earlier run, taken up again: what did not pass (--rerun-failed), or what it did not come to (--resume)."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.spec.findings import ConfigurationError
from harness.spec.journal import FILE_NAME, WHOLE_RECORD, Entry, mend
from harness.spec.journal import read as read_journal
from harness.spec.suite import suite_hash
from harness.spec.verdicts import Verdict
from reports.run import read_run
from reports.values import Run, ScenarioRun

_LAST_WORDS_SECONDS = 30.0  # workers of a run that was killed end with the scenario that they are in
_AGAIN_SECONDS = 0.1
_AGAIN = frozenset({Verdict.FAIL, Verdict.KNOWN, Verdict.INCONCLUSIVE})


@dataclass(frozen=True)
class Rerun:
    """What is run again; seed None where the record does not tell it."""

    scenarios: frozenset[str]
    seed: int | None


def failed_in(folder: Path) -> Rerun:
    """Raises ConfigurationError for a folder without a record, and for a run in which nothing failed."""
    run = _read("--rerun-failed", folder)
    again = frozenset(
        id_ for s in run.scenarios if s.outcome.verdict in _AGAIN for id_ in _asked_again(run, s)
    )
    if not again:
        raise ConfigurationError(f"--rerun-failed {folder}: 不合格も判定不能もない。")
    return Rerun(again, int(run.meta.seed) if run.meta.seed.isascii() and run.meta.seed.isdigit() else None)


def unfinished_in(folder: Path) -> tuple[dict[str, Any], frozenset[str]]:
    """The first entry of a run that was cut off, and the scenarios that it planned and did not check, or could not.
    Raises ConfigurationError where there is nothing to take up, or where it would not be the same test."""
    run = _read("--resume", folder)
    unclear = (s.scenario.id for s in run.scenarios if s.outcome.verdict == Verdict.INCONCLUSIVE)
    left = frozenset((*run.unchecked, *(id_ for id_ in unclear if id_ in run.plan)))
    if not left:
        sentence = "残っているシナリオはない" if run.plan else "どのシナリオを予定したかの記録がない"
        raise ConfigurationError(f"--resume {folder}: {sentence}。")
    if run.meta.suite != suite_hash():
        raise ConfigurationError(f"--resume {folder}: 検証の内容がその実行の時と違う。初めから実行する。")
    entry = next(e for e in read_journal(folder / FILE_NAME) if e.get("type") == Entry.RUN)
    return entry, left


def take_up(folder: Path) -> None:
    """Makes the record of a run that was cut off fit to be gone on with. Raises ConfigurationError while that run, or
    what is left of it, still writes."""
    deadline = time.monotonic() + _LAST_WORDS_SECONDS
    while True:
        try:
            return mend(folder / FILE_NAME)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise ConfigurationError(f"--resume {folder}: その実行はまだ続いている。") from error
            time.sleep(_AGAIN_SECONDS)


def _asked_again(run: Run, failed: ScenarioRun) -> tuple[str, ...]:
    """What the record as a whole showed is asked again with the scenario in which it happened, or with all."""
    scenario = failed.scenario
    if not scenario.id.startswith(WHOLE_RECORD):
        return (scenario.id,)
    place = f"{scenario.file}:{scenario.line}"
    return tuple(id_ for id_ in run.plan if id_.partition("[")[0] == place) or run.plan


def _read(option: str, folder: Path) -> Run:
    try:
        return read_run(folder)
    except OSError as error:
        raise ConfigurationError(f"{option} {folder}: 実行の記録を読めない（{error.strerror}）。") from error
