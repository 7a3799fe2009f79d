"""A receiver that stands still for a second of twenty, at 200 requests a second: what the open arrivals of a load run say of
it, beside plain Locust and, where it is installed, wrk: `python tests/benchmarks/load_stall.py`. Asserts nothing."""

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from load.prepare.prepared import read  # noqa: E402
from load.send.latency import Series  # noqa: E402
from tests.benchmarks.load_tools import Stand, bare, ordered, stand  # noqa: E402

PER_SECOND, SECONDS, USERS, STALL_AT = 200, 20.0, 10, 9.0
_SCRIPT = "wrk.method = 'POST'\nwrk.body = {}\nwrk.headers['Content-Type'] = 'application/jose'\n"


def stalled(there: Stand, measure: Callable[[], str]) -> str:
    """Measures while the receiver stands still for a second, some time after the begin."""
    still = threading.Timer(STALL_AT, there.process.send_signal, (signal.SIGSTOP,))
    again = threading.Timer(STALL_AT + 1.0, there.process.send_signal, (signal.SIGCONT,))
    still.start()
    again.start()
    try:
        return measure()
    finally:
        still.cancel()
        again.join()


def open_arrivals(there: Stand) -> str:
    """A load run's way."""
    found = ordered(there, PER_SECOND, SECONDS)
    sides = {"planned → 202": Series.ACCEPTANCE, "send → 202": Series.SERVICE}
    said = "; ".join(
        f"{name} p50 {found.ms(series, 50):,.1f}, p99 {found.ms(series, 99):,.1f}"
        for name, series in sides.items()
    )
    return f"{said} ms ({len(found.sent):,} sent)"


def plain(there: Stand) -> str:
    """Users that wait for their answer before they ask again."""
    found = bare(there, USERS, SECONDS, PER_SECOND / USERS)
    return f"p50 {found['50%']}, p99 {found['99%']}, max {float(found['Max Response Time']):,.0f} ms ({found['Request Count']} sent)"


def wrk(there: Stand) -> str:
    """Connections that wait for their answer before they ask again, as fast as they are answered."""
    script = there.folder / "post.lua"
    script.write_text(_SCRIPT.format(json.dumps(next(iter(read(there.folder))).body)), encoding="utf-8")
    command = ["wrk", "-t1", f"-c{USERS}", f"-d{SECONDS:.0f}s", "--latency", "-s", str(script)]
    done = subprocess.run([*command, f"{there.url}/inbox"], check=True, capture_output=True, text=True)
    shares = dict(re.findall(r"^ +(50|99)% +(\S+)", done.stdout, re.MULTILINE))
    [rate] = re.findall(r"Requests/sec: +(\S+)", done.stdout)
    return f"p50 {shares['50']}, p99 {shares['99']} ({float(rate):,.0f} /s: wrk keeps no rate)"


def main() -> None:
    """Prints the figures side by side."""
    with TemporaryDirectory() as folder, stand(Path(folder), int(PER_SECOND * SECONDS * 1.2)) as there:
        print(f"open arrivals, no stall  {open_arrivals(there)}")
        print(f"open arrivals            {stalled(there, lambda: open_arrivals(there))}")
        print(f"plain Locust             {stalled(there, lambda: plain(there))}")
        if shutil.which("wrk"):
            print(f"wrk                      {stalled(there, lambda: wrk(there))}")
        else:
            print("wrk                      not installed (Debian package wrk)")


if __name__ == "__main__":
    main()
