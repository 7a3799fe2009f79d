"""What every command loads: nothing that changes the process, and nothing that takes a second."""

import subprocess
import sys

SHUNNED = ("locust", "gevent", "matplotlib", "numpy", "load.locustfile", "load.posting", "load.scheduling")


def test_the_command_line_does_not_load_what_only_some_commands_need() -> None:
    """gevent replaces sockets and threads of whoever loads Locust; matplotlib and numpy take a second."""
    script = f"import sys, harness.cli.main; print([n for n in {SHUNNED!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
