"""What business systems see of their enquiries once a load is over: of every one the 処理状況, of the sample the result too."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from harness.catalogue.verdicts import Verdict
from harness.gateways.south import SouthFace
from load import AT_ONCE
from load.judge.sample import Checked, check_result, check_status
from load.prepare.prepared import Prepared
from load.send.sent import Sent

PAUSES = (
    1.0,
    4.0,
)  # seconds before looking again: a gateway has 5 s for what it does after its 202 (guide §2)
_SILENCE, _SILENT_AT_MOST = ("TIMED_OUT", "NO_CONNECTION"), 3  # one after the other
_SILENT_IN_ALL = 24  # 15 s, with so many at once


@dataclass
class _Asking:
    """Asks as long as it is answered: each silence takes 5 s, and after three, or many now and then, nothing more is learnt."""

    silent: int = 0
    in_all: int = 0

    def ask(self, look: Callable[[], Checked]) -> Checked | None:
        """What was seen; None where nobody is asked any more."""
        if self.silent >= _SILENT_AT_MOST or self.in_all >= _SILENT_IN_ALL:
            return None
        found = look()
        self.silent = self.silent + 1 if found.code in _SILENCE else 0
        self.in_all += found.code in _SILENCE
        return found


def fetched(
    south: SouthFace,
    sample: Iterable[tuple[Prepared, Sent]],
    rest: Iterable[tuple[str, Sent]],
    pause: Callable[[float], None],
) -> tuple[list[Checked], list[Checked]]:
    """`sample`: whose result is checked too; `rest`: (name, sent). What is not 応答済 yet is looked at again after `pause`.
    Of both, in the order given; without those that a silent gateway was not asked for."""
    looks = [partial(check_result, south, *answered) for answered in sample]
    sampled = len(looks)
    looks += [partial(check_status, south, *answered) for answered in rest]
    asking = _Asking()
    found = _all(looks, asking)
    for seconds in PAUSES:
        again = [number for number, seen in found.items() if seen.code == "STATUS_NOT_REACHED"]
        if not again:
            break
        pause(seconds)
        found |= {again[n]: seen for n, seen in _all([looks[number] for number in again], asking).items()}
    ordered = sorted(found.items())
    return [seen for n, seen in ordered if n < sampled], [seen for n, seen in ordered if n >= sampled]


def unseen(found: Iterable[Checked]) -> tuple[str, ...]:
    """Correlation ids and what was seen in place of an answer."""
    return tuple(f"{seen.correlation_id} {seen.observed}" for seen in found if seen.verdict != Verdict.PASS)


def _all(looks: Sequence[Callable[[], Checked]], asking: _Asking) -> dict[int, Checked]:
    """Number of the look → what was seen."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {number: seen for number, seen in enumerate(pool.map(asking.ask, looks)) if seen}
