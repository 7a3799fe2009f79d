"""`python -m tests.benchmarks.judging JOURNAL`: how many exchanges a second the judge of a whole record goes through on one core,
with crypto and without. CPU time, as the machine may be shared; figures only. Goals: 3,000 and 20,000."""

import gc
import sys
import time
from pathlib import Path

from harness.model.history.reading import history_of
from harness.model.judge import looked_through
from harness.model.judges.envelopes import envelopes
from harness.model.judges.inbound import arrivals
from harness.model.judges.logs import logs
from harness.model.weighing import JUDGES, weighed
from harness.record.reader import read

_WITH_CRYPTO = (arrivals, envelopes, logs)  # signatures and seals of every message and entry


def main() -> None:
    """Prints a line for each part, and for each judge what it takes."""
    entries = list(read(Path(sys.argv[1])))
    gc.freeze()
    began = time.process_time()
    history = history_of(entries)
    exchanges = len(history.calls) + len(history.deliveries) + len(history.sendings)
    _show("the history", began, exchanges)
    began = time.process_time()
    weighed(history)
    _show("every judge", began, exchanges)
    state = [judge for judge in JUDGES if judge not in _WITH_CRYPTO]
    fresh, began = history_of(entries), time.process_time()
    weighed(fresh, state)
    _show("without crypto", began, exchanges)
    began = time.process_time()
    looked_through(entries)
    _show("leaks", began, exchanges)
    for judge in JUDGES:
        began = time.process_time()
        weighed(fresh, (judge,))
        _show(f"  {judge.__name__}", began, exchanges)


def _show(name: str, began: float, exchanges: int) -> None:
    seconds = max(time.process_time() - began, 1e-3)
    print(f"{name:24} {seconds:6.2f} s CPU  {exchanges / seconds:9,.0f} exchanges a second", flush=True)


if __name__ == "__main__":
    main()
