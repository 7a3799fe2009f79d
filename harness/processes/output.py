"""What a process says, on its way into a file: through pipes that the bench reads, so that nothing that was started
holds a descriptor of the run folder."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

LONGEST_LOG = 20_000_000  # bytes of a log; a gateway that says more says its last words there all the same
_LAST_WORDS = 16_000  # bytes: the sentence that names every defect has 6,000, and is shown from its beginning
_PIECE = 65_536
_CLOSING_SECONDS = 2.0  # for what is still in the pipe when the process has ended
_FLAGS = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
Take = Callable[[bytes], None]


@dataclass
class Output:
    """A log with a bound. One thread a pipe writes to it; `close` waits for them."""

    path: Path
    longest: int = LONGEST_LOG
    size: int = 0
    last: bytes = b""
    lock: threading.Lock = field(default_factory=threading.Lock)
    threads: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The file is there, also where nothing is said."""
        self._append(b"")

    def follow(self, pipe: IO[bytes], first_line: Take | None = None) -> None:
        """Writes down what comes, to its end. `first_line` takes the first line, which is then none of the log."""
        thread = threading.Thread(target=self._follow, args=(pipe, first_line), daemon=True)
        self.threads.append(thread)
        thread.start()

    def close(self) -> None:
        """What was said is in the file, and of what was too much the last words."""
        for thread in self.threads:
            thread.join(_CLOSING_SECONDS)
        with self.lock:
            if self.size > self.longest:
                said = f"\n… {self.size - self.longest:,} バイトを省いた。最後は:\n".encode()
                self._append(said + self.last)
                self.size = self.longest

    def last_lines(self, count: int) -> list[str]:
        """What was said last, the oldest first."""
        lines = self.last.decode("utf-8", errors="replace").strip().splitlines()
        return lines[-count:]

    def _follow(self, pipe: IO[bytes], first_line: Take | None) -> None:
        reader = cast(BufferedReader, pipe)
        with reader:
            if first_line:
                first_line(reader.readline())
            while piece := reader.read1(_PIECE):
                self._take(piece)

    def _take(self, piece: bytes) -> None:
        with self.lock:
            room = max(0, self.longest - self.size)
            self.size += len(piece)
            self.last = (self.last + piece)[-_LAST_WORDS:]
            if room:
                self._append(piece[:room])

    def _append(self, data: bytes) -> None:
        with suppress(OSError):  # a full disk must not stop the pipe, and with it whoever writes to it
            descriptor = os.open(self.path, _FLAGS, 0o600)
            try:
                os.write(descriptor, data)
            finally:
                os.close(descriptor)
