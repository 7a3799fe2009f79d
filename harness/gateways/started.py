"""A gateway that the bench started, and can kill and start again."""

from collections.abc import Callable
from dataclasses import dataclass

from harness.processes.process import Process


@dataclass
class Started:
    """`start`: starts it once more as it was started first."""

    start: Callable[[], Process]
    process: Process

    def stop(self) -> None:
        """Ends what runs now."""
        self.process.stop()

    def ended(self) -> str | None:
        """How what runs now came to its end by itself."""
        return self.process.ended()

    def restart(self) -> None:
        """Raises ConfigurationError where it does not start a second time."""
        self.process.kill()
        self.process = self.start()
