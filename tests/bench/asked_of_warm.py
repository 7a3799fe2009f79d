"""`python -m tests.bench.asked_of_warm`: says how a process finds itself, or ends as it is told in its argument."""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path


def main() -> None:
    """One line of JSON, or the end that was asked for."""
    match sys.argv[1:]:
        case ["raise"]:
            raise RuntimeError("試験")
        case ["exit", code]:
            sys.exit(int(code))
        case ["sentence"]:
            sys.exit("一文")
        case ["killed"]:
            os.kill(os.getpid(), signal.SIGKILL)
        case ["sleep"]:
            time.sleep(600)
        case _:
            json.dump(found(), sys.stdout)


def found() -> dict[str, object]:
    """What the tests compare with what they asked for."""
    return {
        "arguments": sys.argv[1:],
        "line": sys.stdin.read(),
        "folder": str(Path.cwd()),
        "environment": dict(os.environ),
        "random": random.random(),
        # That of the listing itself is gone when it is looked at.
        "open": sorted(int(n) for n in os.listdir("/proc/self/fd") if Path(f"/proc/self/fd/{n}").exists()),
        "leader": os.getsid(0) == os.getpid(),
        "name": Path("/proc/self/comm").read_text(encoding="utf-8").strip(),
    }


if __name__ == "__main__":
    main()
