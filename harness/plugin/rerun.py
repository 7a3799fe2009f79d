"""--rerun-failed: the scenarios of an earlier run that did not pass, with the same residents."""

from dataclasses import dataclass
from pathlib import Path

from harness.spec.findings import ConfigurationError
from harness.spec.verdicts import Verdict
from reports.run import read_run

_AGAIN = frozenset({Verdict.FAIL, Verdict.KNOWN, Verdict.INCONCLUSIVE})


@dataclass(frozen=True)
class Rerun:
    """What is run again; seed None where the record does not tell it."""

    scenarios: frozenset[str]
    seed: int | None


def failed_in(folder: Path) -> Rerun:
    """Raises ConfigurationError for a folder without a record, and for a run in which nothing failed."""
    try:
        run = read_run(folder)
    except OSError as error:
        raise ConfigurationError(
            f"--rerun-failed {folder}: 実行の記録を読めない（{error.strerror}）。"
        ) from error
    again = frozenset(s.scenario.id for s in run.scenarios if s.outcome.verdict in _AGAIN)
    if not again:
        raise ConfigurationError(f"--rerun-failed {folder}: 不合格も判定不能もない。")
    return Rerun(again, int(run.meta.seed) if run.meta.seed.isascii() and run.meta.seed.isdigit() else None)
