"""An earlier run, taken up again: what did not pass (--rerun-failed), or what it did not come to (--resume)."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.spec.findings import ConfigurationError
from harness.spec.journal import FILE_NAME, Entry, mend
from harness.spec.journal import read as read_journal
from harness.spec.suite import suite_hash
from harness.spec.verdicts import Verdict
from reports.run import read_run
from reports.values import Run

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
    again = frozenset(s.scenario.id for s in run.scenarios if s.outcome.verdict in _AGAIN)
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
    return _first_entry(folder), left


def _first_entry(folder: Path) -> dict[str, Any]:
    """Raises ConfigurationError for a record that is damaged before it tells what was asked."""
    try:
        return next(e for e in read_journal(folder / FILE_NAME) if e.get("type") == Entry.RUN)
    except (ValueError, RecursionError, AttributeError, StopIteration) as error:
        raise ConfigurationError(
            f"--resume {folder}: 何を求められた実行かの記録が損なわれている。初めから実行する。"
        ) from error


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


def _read(option: str, folder: Path) -> Run:
    try:
        return read_run(folder)
    except OSError as error:
        raise ConfigurationError(f"{option} {folder}: 実行の記録を読めない（{error.strerror}）。") from error
