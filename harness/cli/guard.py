"""What stands around every command: Python itself ends with 1 for whatever it does not expect, and 1 is 不適合."""

import os
import signal
import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any, Final, NoReturn

from harness.catalogue.verdicts import Exit
from harness.cli import streams
from harness.plugin.unforeseen import unforeseen

# What an environment says to others and what libraries of this process would take for themselves, and stumble over.
_FOREIGN: Final = (
    "PYTEST_",
    "TYPER_",
    "_TYPER_",
    "TERMINAL_WIDTH",
    "JUPYTER_",
    "MPL",
    "MATPLOTLIBRC",
    "LOCUST_",
    "GEVENT",
    "FLASK_",
    "WERKZEUG_",
)
COMPLETING: Final = "_RENKEI_COMPLETE"  # by which the script of a shell asks how a command line may go on
# What such a script asks by it; whatever else stands there is no question, and the command is carried out.
INSTRUCTIONS: Final = frozenset(
    f"{asked}_{shell}"
    for asked in ("complete", "source")
    for shell in ("bash", "zsh", "fish", "powershell", "pwsh")
)
_INTERRUPTED: Final = "中断した。判定はしていない。"
_SIZES: Final = {"COLUMNS": range(20, 1001), "LINES": range(5, 1001)}


def guarded(load: Callable[[], Callable[[], int]]) -> int:
    """Loads a command and calls it; its exit code, or 4 where it was interrupted and 3 for all that nobody foresaw, each said
    once in one sentence. What cannot be shown is shown escaped; a reader that went away changes no exit code."""
    heeded = [signal.SIGTERM, *([] if signal.getsignal(signal.SIGINT) == signal.SIG_IGN else [signal.SIGINT])]
    _answer(heeded, _leave)
    lost = streams.prepare()
    try:
        _forget_foreign_variables()
        command = load()
        _answer(heeded, interrupt)
        code = command()
    except KeyboardInterrupt:
        sys.stderr.write(f"{_INTERRUPTED}\n")
        code = int(Exit.INCONCLUSIVE)
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(Exit.BENCH_ERROR)
    except BaseException as error:
        sys.stderr.write(f"{unforeseen(error)}\n")
        code = int(Exit.BENCH_ERROR)
    finally:
        # The verdict is there: a second Ctrl-C has nothing left to interrupt.
        _answer(heeded, signal.SIG_IGN)
    if why := lost():
        sys.stderr.write(f"標準出力に書けなかった（{why}）。書き出す先の空きを確かめる。\n")
        code = code or int(Exit.BENCH_ERROR)
    return code if code in set(Exit) else int(Exit.BENCH_ERROR)


def interrupt(number: int, frame: FrameType | None) -> None:
    """SIGTERM ends a command as Ctrl-C does: what was measured is kept, everything that was started goes away."""
    raise KeyboardInterrupt


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    """Nothing has begun: an exception in the middle of an import would be taken for something else by whoever imports."""
    os.write(2, f"{_INTERRUPTED}\n".encode())
    os._exit(int(Exit.INCONCLUSIVE))


def _answer(numbers: Iterable[signal.Signals], handler: Any) -> None:
    for number in numbers:
        signal.signal(number, handler)


def _forget_foreign_variables() -> None:
    told = ("_TYPER_COMPLETE_ARGS",) if os.environ.get(COMPLETING) in INSTRUCTIONS else ()
    for name in [name for name in os.environ if name.startswith(_FOREIGN) and name not in told]:
        del os.environ[name]
    for name, sizes in _SIZES.items():
        given = os.environ.get(name, "")
        if given and not (given.isascii() and given.isdigit() and int(given[:9]) in sizes):
            del os.environ[name]
