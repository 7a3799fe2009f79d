"""No run stands still for ever: when the bench writes nothing for too long, it says where it stands and ends with 3."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from harness.bench.network import DELIVERY_SECONDS
from harness.catalogue.verdicts import Exit
from harness.contract.journal import FILE_NAME
from harness.contract.whereabouts import FOLDER
from harness.plugin import stacks
from harness.plugin.standing import Progress, standing

# Longer than any wait of a scenario without an entry: an instruction to the network may take its time to connect, to
# write and to read. Four times as long, for a crowded machine.
LONGEST_SECONDS = 4 * 3 * DELIVERY_SECONDS
ENDING_SECONDS = (
    90.0  # workers and leashes that do not answer are given 10 s each; then the views are written
)
_TICK_SECONDS = 1.0
_LAST_TICK_SECONDS = 5.0
_INTERRUPT = signal.SIGUSR2


_JUDGED = 500_000  # bytes in a second, at least: on a machine that others use, too, a tenth of what it is on an idle one


class StandstillError(KeyboardInterrupt):
    """Ends the session as Ctrl-C does. Not an Exception: what stands still may catch those."""


@dataclass
class Watch:
    """Looks at the journal once a tick. Ticks are counted and not the clock: a run that was stopped as a whole and goes
    on later, or a machine that was asleep, has not stood still."""

    folder: Path
    longest: float
    tell: Callable[[str], None]
    interrupt: Callable[[], None]
    abandon: Callable[[], None]
    ending: float = ENDING_SECONDS
    sentence: str = ""
    silent: float = 0.0
    armed: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """From the start of the journal."""
        self.progress = Progress(self.folder / FILE_NAME)

    def tick(self, seconds: float) -> None:
        """A tick has passed: tells and interrupts when it was one too many, abandons when that does not help."""
        if not self.sentence and self.progress.made():
            self.silent = 0.0
            return
        self.silent += seconds
        if not self.sentence and self.silent >= self.longest:
            self.silent = 0.0
            self.sentence = _sentence(self.folder, self.longest)
            self.tell(self.sentence)
            self.interrupt()
        elif self.sentence and self.silent >= self.ending:
            self.tell(
                f"中断しても {self.ending:.0f} 秒で終わらないので、報告を書かずに終わる。記録は残っている（renkei report {self.folder}）。"
            )
            self.abandon()

    def judging(self, size: int) -> None:
        """A record of so many bytes is judged now: nothing is recorded meanwhile, for longer the longer it is."""
        self.longest += size / _JUDGED

    def run(self) -> None:
        """Until it is over."""
        self.armed.wait()
        while not self.over.wait(_TICK_SECONDS):
            self.tick(_TICK_SECONDS)


@contextmanager
def watching(folder: Path, longest: float, ending: float = ENDING_SECONDS) -> Iterator[Watch]:
    """Watches from the moment when it is armed until the end of the block. To be used in the main thread."""
    # pytest may hold standard error at the moment when there is something to say.
    with os.fdopen(os.dup(sys.__stderr__.fileno() if sys.__stderr__ else 2), "w", encoding="utf-8") as voice:

        def tell(sentence: str) -> None:
            voice.write(f"{sentence}\n")
            voice.flush()

        def abandon() -> None:
            stacks.kill_workers(folder)
            os._exit(Exit.BENCH_ERROR)

        main = threading.get_ident()
        watch = Watch(folder, longest, tell, lambda: signal.pthread_kill(main, _INTERRUPT), abandon, ending)
        before = signal.signal(_INTERRUPT, _stand_no_longer)
        thread = threading.Thread(target=watch.run, name="standstill", daemon=True)
        thread.start()
        try:
            yield watch
        finally:
            watch.over.set()
            watch.armed.set()
            thread.join(_LAST_TICK_SECONDS)
            if not thread.is_alive():  # else it might still interrupt, and by default that kills
                signal.signal(_INTERRUPT, before)


def end_within(seconds: float, code: int) -> None:
    """This process ends with the code at the latest then, whatever thread or exit handler still holds it."""
    timer = threading.Timer(seconds, os._exit, (code,))
    timer.daemon = True
    timer.start()


def _stand_no_longer(number: int, frame: FrameType | None) -> None:
    raise StandstillError


def _sentence(folder: Path, longest: float) -> str:
    states = stacks.ask_all(folder)
    places = "、".join(map(str, standing(folder / FILE_NAME))) or "どのシナリオの途中でもない所"
    whose = "".join(f"{name}は{state}。" for name, state in states.items())
    return (
        f"検証台が {longest:.0f} 秒、何も記録しない。待っているのは {places}。{whose}"
        f"各プロセスの位置: {folder / FOLDER}。"
        f"続きは renkei run --resume {folder}。"
    )
