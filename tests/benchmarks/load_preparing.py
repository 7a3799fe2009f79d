"""Messages prepared a second, beside what their signatures and encryption alone take: `python tests/benchmarks/load_preparing.py`.
Asserts nothing."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from joserfc.jwk import ECKey  # noqa: E402

from harness.contract.json_binding import CONTENT_JWS_TYPE, MESSAGE_TYPE, seal, sign  # noqa: E402
from harness.contract.keys import bench_keys  # noqa: E402
from harness.contract.messages import Header, Message, Mode, new_id, timestamp  # noqa: E402
from load.prepare.preparing import Wanted, prepare  # noqa: E402
from tests.load.statements import statement  # noqa: E402
from tests.load.test_preparing import MIX, TAX, population  # noqa: E402

COUNT = 20_000
ALONE = 3_000
LASTS = 600.0


def rate(count: int, act: Callable[[], object]) -> float:
    """A second."""
    started = time.perf_counter()
    act()
    return count / (time.perf_counter() - started)


def sealing() -> None:
    """Both signatures and the encryption of a message, again and again: nothing is drawn, nothing written."""
    asking = population().asked[0]
    sender, recipient = bench_keys(asking.requester.code), bench_keys(asking.provider.code).public()
    first = Header.enquiry(
        sender=asking.requester.code,
        recipient=asking.provider.code,
        basis=asking.basis,
        affair=asking.affair,
        information=TAX,
        role=asking.role,
        mode=Mode.ONLINE,
        link_code="x" * 24,
        expires_at=timestamp(timedelta(seconds=LASTS)),
    )
    for _ in range(ALONE):
        seal(Message(replace(first, message_id=new_id()), {"key": asking.key}), sender, recipient)


def signing(signer: ECKey) -> None:
    """Two signatures of as many bytes as a message has."""
    for _ in range(ALONE):
        sign({"x": "x" * 500}, signer, CONTENT_JWS_TYPE)
        sign({"x": "x" * 1500}, signer, MESSAGE_TYPE)


def main() -> None:
    """Prints the figures side by side."""
    everybody = population(200)
    print(
        f"two signatures     {rate(ALONE, lambda: signing(bench_keys('221007').signature)):>8,.0f} /s  one process"
    )
    print(
        f"signed, encrypted  {rate(ALONE, sealing):>8,.0f} /s  one process, nothing drawn and nothing written"
    )
    with TemporaryDirectory() as folder:
        for processes in (0, 1, 2):
            wanted = Wanted(COUNT, MIX, 1, LASTS)

            def build(processes: int = processes, wanted: Wanted = wanted) -> int:
                return prepare(statement(), everybody, wanted, Path(folder), processes)

            print(
                f"prepared           {rate(COUNT, build):>8,.0f} /s  {processes or 'no other'} process(es), with their start"
            )


if __name__ == "__main__":
    main()
