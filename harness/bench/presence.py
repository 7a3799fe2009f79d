"""Is the gateway still there? One that went away is said once, and not once for each requirement."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from harness.contract.statement import Statement
from harness.contract.texts import one_line
from harness.processes.listeners import answers
from harness.processes.process import ENDED

STAYING = "検証の終わりまで応えるゲートウェイ"  # what was expected of one that went away
GONE_SECONDS = 5.0  # one that a supervisor starts again is back by then
SAID = "gateway.gone"  # in the run folder: a worker has said it
_AGAIN_SECONDS = 0.1
_SAID_LONG = 200  # characters of how it went away


def forget(folder: Path) -> None:
    """A run that is taken up again has a gateway of its own."""
    for name in (ENDED, SAID):
        (folder / name).unlink(missing_ok=True)


class Gone(TypedDict):
    """How it went away, and whether nobody has said so yet."""

    how: str
    first: bool


@dataclass(frozen=True)
class Presence:
    """The faces of a gateway that answered when the run began, and the folder in which the bench notes its end."""

    faces: tuple[str, ...]
    folder: Path

    @classmethod
    def of(cls, statement: Statement, folder: Path) -> "Presence":
        """Of a gateway as its statement says."""
        return cls((statement.south_url, statement.north_url), folder)

    def gone(self) -> Gone | None:
        """None where both faces take connections, now or after a moment."""
        deadline = time.monotonic() + GONE_SECONDS
        while absent := next(self._absent(), None):
            ended = self._ended()
            if ended or time.monotonic() > deadline:
                how = ended or f"{absent} が、検証の途中から {GONE_SECONDS:.0f} 秒の間、接続を受け付けない"
                return Gone(how=how, first=self._is_first())
            time.sleep(_AGAIN_SECONDS)
        return None

    def how_it_went(self) -> str:
        """In a line; empty where it is there."""
        gone = self.gone()
        return one_line(gone["how"], _SAID_LONG) if gone else ""

    def _absent(self) -> Iterator[str]:
        return (url for url in self.faces if not answers(url))

    def _ended(self) -> str:
        with suppress(OSError):
            return (self.folder / ENDED).read_text(encoding="utf-8")
        return ""

    def _is_first(self) -> bool:
        """Of several workers that find it out, one."""
        try:
            os.close(os.open(self.folder / SAID, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        except FileExistsError:
            return False
        return True
