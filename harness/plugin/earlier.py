"""An earlier run, taken up again: what did not pass (--rerun-failed), or what it did not come to (--resume)."""

import time
from dataclasses import dataclass
from pathlib import Path

from harness.bench.run_folder import GATEWAY, kept_gateway
from harness.catalogue.features import scenario_names
from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import FILE_NAME, WHOLE_RECORD, Entry
from harness.contract.journal_entries import RunEntry
from harness.gateways.kinds import shortened
from harness.record.mending import mend
from harness.record.reader import read as read_journal
from harness.record.run import read_run
from harness.record.suite import suite_hash
from harness.record.values import Run, ScenarioRun

_LAST_WORDS_SECONDS = 30.0  # workers of a run that was killed end with the scenario that they are in
_AGAIN_SECONDS = 0.1
_AGAIN = frozenset({Verdict.FAIL, Verdict.KNOWN, Verdict.INCONCLUSIVE})


@dataclass(frozen=True)
class Earlier:
    """The first entry of an earlier run, with its gateway as it was given, and the scenarios that are run again.
    `named`: the gateway as the record has it."""

    entry: RunEntry
    named: str
    scenarios: frozenset[str]

    @property
    def run_id(self) -> str:
        """Of the earlier run."""
        return str(self.entry.get("run_id"))


def failed_in(folder: Path) -> Earlier:
    """What of a run did not pass, cut off or not. Raises ConfigurationError where nothing was checked or everything
    passed, and where the suite no longer has what failed."""
    run = _read("--rerun-failed", folder)
    entry = _first_entry("--rerun-failed", folder)
    failed = (id_ for s in run.scenarios if s.outcome.verdict in _AGAIN for id_ in _asked_again(run, s))
    again = frozenset((*failed, *run.unchecked))
    if not again:
        raise ConfigurationError(f"--rerun-failed {folder}: 不合格も判定不能もない。")
    if gone := sorted(again - scenario_names()):
        raise ConfigurationError(
            f"--rerun-failed {folder}: {gone[0]} は今のスイートにない（ほか {len(gone) - 1}件）。すべてを実行する。"
        )
    return _earlier(folder, entry, again)


def unfinished_in(folder: Path) -> Earlier:
    """What a run that was cut off planned and did not check, or could not.
    Raises ConfigurationError where there is nothing to take up, or where it would not be the same test."""
    run = _read("--resume", folder)
    unclear = (s.scenario.id for s in run.scenarios if s.outcome.verdict == Verdict.INCONCLUSIVE)
    left = frozenset((*run.unchecked, *(id_ for id_ in unclear if id_ in run.plan)))
    if not left:
        sentence = "残っているシナリオはない" if run.plan else "どのシナリオを予定したかの記録がない"
        raise ConfigurationError(f"--resume {folder}: {sentence}。")
    if run.meta.suite != suite_hash():
        raise ConfigurationError(f"--resume {folder}: 検証の内容がその実行の時と違う。初めから実行する。")
    return _earlier(folder, _first_entry("--resume", folder), left)


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


def must_be_told(gateway: str, folder: Path) -> None:
    """Raises ConfigurationError for a gateway of which the record has a part only."""
    if shortened(gateway):
        raise ConfigurationError(
            f"{folder}: 記録にはゲートウェイの一部しかなく、{GATEWAY} もない。--gateway で示す。"
        )


def _earlier(folder: Path, entry: RunEntry, scenarios: frozenset[str]) -> Earlier:
    named = str(entry.get("gateway"))
    return Earlier(RunEntry({**entry, "gateway": kept_gateway(folder) or named}), named, scenarios)


def _first_entry(option: str, folder: Path) -> RunEntry:
    """Raises ConfigurationError for a load run, and for one that ended before its first check."""
    found = (e for e in read_journal(folder / FILE_NAME) if "type" in e and e["type"] == Entry.RUN)
    try:
        if entry := next(found, None):
            return entry
    except (ValueError, AttributeError) as error:
        raise ConfigurationError(f"{option} {folder}: 記録が損なわれている（{error}）。") from error
    raise ConfigurationError(
        f"{option} {folder}: 検証の実行の記録ではない（負荷の実行か、検証の前に終わった実行）。"
    )


def _asked_again(run: Run, failed: ScenarioRun) -> tuple[str, ...]:
    """What the record as a whole showed is asked again with the scenario in which it happened, or with all."""
    scenario = failed.scenario
    if not scenario.id.startswith(WHOLE_RECORD):
        return (scenario.id,)
    return tuple(id_ for id_ in run.plan if id_.partition("[")[0] == scenario.place) or run.plan


def _read(option: str, folder: Path) -> Run:
    try:
        run = read_run(folder)
    except OSError as error:
        raise ConfigurationError(f"{option} {folder}: 実行の記録を読めない（{error.strerror}）。") from error
    if run.meta.partner:
        raise ConfigurationError(
            f"{option} {folder}: 二つのゲートウェイを向かい合わせた実行（--partner）である。初めから実行する。"
        )
    return run
