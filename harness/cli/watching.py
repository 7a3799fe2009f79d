"""`renkei run --watch`: runs once more what did not pass, each time that the gateway was started again."""

import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from harness.bench.run_folder import new_folder
from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.contract.statement import Statement, StatementError
from harness.processes.listeners import answers, listening

_PAUSE_SECONDS: Final = 0.5
_FAILED: Final = (Exit.DOES_NOT_CONFORM, Exit.INCONCLUSIVE)
# Of a run of everything, or of others: what did not pass is run again without them.
_NOT_AGAIN: Final = ("--thorough", "--scenarios=")
_WITHOUT_FILE: Final = {"-m", "-c"}  # of an interpreter, whose own file says nothing of the gateway
_RUN: Final = (sys.executable, "-I", "-m", "harness.cli", "run")


class InterruptedRunError(KeyboardInterrupt):
    """Somebody interrupted a run; `code`: what it came to."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


Mark = Callable[[], Hashable | None]
Carry = Callable[[Sequence[str]], int]


@dataclass(frozen=True)
class Watch:
    """mark: what tells one start of the gateway from the next, None while there is none; carry: carries out a run and gives its exit
    code, or raises InterruptedRunError; pause: between two looks."""

    mark: Mark
    carry: Carry
    pause: Callable[[], None] = lambda: time.sleep(_PAUSE_SECONDS)

    def started_again(self, before: Hashable | None) -> Hashable:
        """Waits until there is a gateway that is not the one of before."""
        was_away = before is None
        while True:
            now = self.mark()
            if now is not None and (was_away or now != before):
                return now
            was_away = was_away or now is None
            self.pause()

    def runs(self, options: Sequence[str], folder: Path | None) -> int:
        """One run after the other until somebody interrupts; the exit code of the last, or of the first where it cannot begin."""
        code, failed = int(Exit.INCONCLUSIVE), Path()
        into = new_folder(folder)
        try:
            while True:
                mark = self.mark()
                code = self.carry([*_asked(options, failed), f"--run-folder={into}"])
                if code == Exit.CONFIGURATION and failed == Path():
                    return code
                if code in _FAILED or code == Exit.CONFORMS:
                    failed = into if code in _FAILED else Path()
                into = new_folder(None)  # a run that ended early has left its own behind
                print(_NEXT[failed != Path()], flush=True)
                self.started_again(mark)
        except InterruptedRunError as error:
            return error.code
        except KeyboardInterrupt:
            return code


_NEXT: Final = {
    True: "ゲートウェイが起動し直されたら、合格しなかったものをもう一度検証する（Ctrl-C で終わる）。",
    False: "ゲートウェイが起動し直されたら、すべてを検証する（Ctrl-C で終わる）。",
}


def _asked(options: Sequence[str], failed: Path) -> list[str]:
    """What did not pass of a run; all that was asked for where it is none."""
    if failed == Path():
        return [*options]
    return [*(one for one in options if not one.startswith(_NOT_AGAIN)), f"--rerun-failed={failed}"]


def watch_of(gateway: str, statement: Path | None) -> Watch:
    """Raises ConfigurationError for a gateway whose start nobody can see, and for a statement that cannot be used."""
    kind, _, params = gateway.partition(":")
    if kind == "command":
        files = _files(_words(params))
        return Watch(lambda: tuple(path.stat().st_mtime_ns for path in files if path.is_file()), _carry)
    if kind != "http":
        raise ConfigurationError("--watch は、--gateway http:URL 又は command:命令 とともに使う。")
    url = params or _south(statement)
    return Watch(lambda: listening(url) if answers(url) else None, _carry)


def _files(words: Sequence[str]) -> list[Path]:
    """Those whose change tells that there is another gateway. Raises ConfigurationError where there is none."""
    files = [path for word in words if (path := Path(word)).is_file()]
    if not files and words and not _WITHOUT_FILE & set(words) and (program := shutil.which(words[0])):
        files = [Path(program)]
    if words and not files:
        raise ConfigurationError(
            "--watch: 命令にプログラムのファイルがなく、変わったことが分からない。ファイルで書く（例: command:./gateway）。"
        )
    return files


def _words(command: str) -> list[str]:
    """Empty where it is no command line, which the run says."""
    try:
        return shlex.split(command)
    except ValueError:
        return []


def _south(statement: Path | None) -> str:
    if statement is None:
        raise ConfigurationError("--watch には、http:URL か --statement が要る。")
    try:
        return Statement.load(statement).south_url
    except StatementError as error:
        raise ConfigurationError(str(error)) from error


def _carry(options: Sequence[str]) -> int:
    """Interrupted, the run still judges what it has: it is waited for, and what it came to counts."""
    process = subprocess.Popen([*_RUN, *options])
    try:
        return process.wait()
    except KeyboardInterrupt as error:
        code = process.wait()
        raise InterruptedRunError(code if code in set(Exit) else int(Exit.INCONCLUSIVE)) from error
