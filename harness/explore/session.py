"""A bench that is opened for stories alone, with a journal of its own."""

import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from importlib.metadata import version
from uuid import uuid4

from harness.bench.bench import Bench, Target, open_bench
from harness.bench.run_folder import keep_gateway, make
from harness.catalogue.verdicts import Exit
from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.contract.statement import MASKED
from harness.explore.trials import Trials, trials
from harness.gateways.kinds import shown
from harness.record.suite import suite_hash
from harness.stimuli.journalled import introduce


@contextmanager
def session(target: Target, seed: int) -> Iterator[Trials]:
    """Raises ConfigurationError or InconclusiveError."""
    make(target.folder)
    keep_gateway(target.folder, target.gateway)
    with open_bench(replace(target, seed=seed)) as bench:
        journal = Journal.open(target.folder / FILE_NAME, "bench")
        try:
            begin(bench, journal, target, seed)
            with trials(bench, journal, target.folder, seed) as opened:
                yield opened
        finally:
            journal.close()


def finish(opened: Trials, code: Exit, begun: float, altered: str | None = None) -> None:
    """The last entry. `begun`: of time.monotonic(); `altered`: how the record differs from what was written."""
    opened.journal.write(
        Entry.END,
        exit_code=int(code),
        complete=False,  # stories are no run of the suite
        broken="",
        seconds=round(time.monotonic() - begun, 3),
        waiting_seconds=0.0,
        altered=altered,
    )


def begin(bench: Bench, journal: Journal, target: Target, seed: int) -> None:
    """The first entries, of a bench on which no scenarios are run."""
    asked = {"statement_file": "", "use_cases": [], "requirements": [], "whole": [], "scenarios": []}
    journal.write(
        Entry.RUN,
        run_id=str(uuid4()),
        gateway=shown(target.gateway),
        seed=seed,
        brief=False,
        known=[],
        rerun=None,
        options={**asked, "allowed": list(target.allowed)},
        suite=suite_hash(),
        **bench.own.declaring(),
        versions={"python": platform.python_version(), "renkei": version("renkei")},
        selected={},
        narrowed=True,
        repeats=True,
        chosen=True,
        command=[],
    )
    tokens = set(asdict(bench.statement.tokens).values())
    keys = bench.network.keys.secret
    journal.write(Entry.SECRETS, tokens=sorted(tokens - {"", MASKED}), keys=keys)
    introduce(journal, bench.own)
