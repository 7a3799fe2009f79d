"""Exploration within a run: what was found before comes first, what nobody thought of last. Their exchanges belong to the whole record,
and that is judged when the run is over; here is said what became of which order. Controlling process only."""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from harness.bench.bench import Bench
from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.contract.journal import Journal
from harness.contract.texts import one_line
from harness.explore.found import Found, Kept
from harness.explore.keeping import keep
from harness.explore.story import StoryError
from harness.explore.trials import trials
from harness.plugin.options import Options

_BEFORE = "前の探索"
# A run is not kept waiting, even by a gateway that fails everything.
SHRINKING_SECONDS = 10.0  # of each failure
_MOST = 2  # failures; the whole record tells all others


def come_back(bench: Bench, journal: Journal, options: Options) -> None:
    """Says of each order of the corpus that fails that it was known. Raises ConfigurationError for what is no such file."""
    corpus = kept_in(options.corpus) if options.corpus else []
    try:
        with trials(bench, journal, options.folder, options.seed, _BEFORE) as opened:
            for path, kept in corpus:
                tried = opened.try_story(kept.story, kept.seed)
                broken = (v for v in tried.violations if v.requirement == kept.requirement)
                if violation := next(broken, None):
                    sys.stderr.write(
                        f"前に見つかった失敗が戻った: {kept.requirement}（{one_line(str(path), 300)}）\n"
                    )
                    found = Found(kept.story, violation, tried, kept.seed, 1, 1, returned=True)
                    keep(options.folder, journal, [found], bench.statement.organisation)
    except InconclusiveError as error:
        sys.stderr.write(f"前に見つかった順序を終わりまで試せなかった。{error}\n")


def kept_in(folder: Path) -> list[tuple[Path, Kept]]:
    """What exploration kept in a folder and below. Raises ConfigurationError in one sentence."""
    try:
        return [(path, Kept.read(path)) for path in sorted(folder.glob("**/*.json"))]
    except StoryError as error:
        raise ConfigurationError(f"--corpus {error}") from error


def explored(bench: Bench, journal: Journal, options: Options) -> None:
    """For so long as the options say. What was found is kept in the run folder."""
    if not options.exploring_seconds:
        return
    # It loads hypothesis, for which no other run has to wait.
    search = import_module("harness.explore.search")
    try:
        with trials(bench, journal, options.folder, options.seed) as opened:
            found: list[Found] = search.explore(opened, options.exploring_seconds, SHRINKING_SECONDS, _MOST)
    except InconclusiveError as error:
        sys.stderr.write(f"探索を終わりまで行えなかった。{error}\n")
        return
    keep_and_tell(bench, journal, options, found)


def keep_and_tell(bench: Bench, journal: Journal, options: Options, found: Sequence[Found]) -> None:
    """In the run folder; each with its place."""
    for one, path in keep(options.folder, journal, found, bench.statement.organisation):
        sys.stderr.write(f"探索（種 {options.seed}）: {one.sentence}\n  {one_line(str(path), 300)}\n")
