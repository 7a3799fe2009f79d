"""Who answered what, and when: the network's record of a load run, collected as it grows, joined by correlation id."""

import random
import sys
import time
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from harness.bench.network import NetworkControl
from harness.contract.journal_carried import Collected
from harness.contract.journal_entries import Said
from harness.contract.messages import Kind
from load.prepare.prepared import NORTH, read
from load.send.sent import Sent

MOST_CHECKED = 20_000
PIECE = 500  # exchanges of one collection: 3 MB
HOPING_SECONDS = 3.0  # longer than a gateway waits before it tries again (guide §4: 2 s)
_PAUSE = 0.1  # seconds between two looks while the last answers come in
_ACCIDENT = 500  # status from which on nothing is said about the message (guide §4)
_TO_GATEWAY, _FROM_GATEWAY = "to_gateway", "from_gateway"


@dataclass(frozen=True)
class Sampling:
    """Which answers are checked: a share of all, at least so many, chosen by the seed before anything is sent. A part of
    all never becomes more than MOST_CHECKED: each is kept, 6 to 8 kB."""

    share: float
    at_least: int
    seed: int

    def of(self, how_many: int) -> frozenset[int]:
        """Indexes of prepared requests."""
        most = how_many if self.share == 1 else MOST_CHECKED
        wanted = min(how_many, most, max(self.at_least, round(self.share * how_many)))
        return frozenset(random.Random(self.seed).sample(range(how_many), wanted))  # noqa: S311  # to be repeated


@dataclass(frozen=True)
class Answered:
    """One answer that got through: in the north the gateway's, which the network took; in the south a counterpart's, which
    the gateway took. `at_ns`: wall clock; `index`: of the prepared request, None in the south, where the sent log knows
    the correlation id."""

    correlation_id: str
    at_ns: int
    kind: str
    index: int | None


@dataclass
class Answers:
    """What is known so far. Of an answer that is not in the sample, only that it came, and when: memory grows by some
    hundred bytes a message.

    `refused`: for good, by whoever was to take it, also with a status that is neither 202 nor a refusal (guide §3);
    `undelivered`: answers of counterparts to which the gateway's inbox gave no proper answer until they expired.

    `indexes`: of the enquiries of the north, by correlation id; `persons`, `names`: of all that was prepared, by index;
    `first_ns`: of the first answer, 0 for none; `times`: how often each correlation id was answered; `mistaken`: answered
    about somebody else; `kept`: the exchanges of the sample; `taken`: (event, message id) of the gateway, as both sides
    should have it on record; `perhaps`: those that it may have taken although its answer did not come in time; `earlier`:
    correlation ids of before the load; `uncarried`: indexes of those of which no answer comes."""

    control: NetworkControl
    indexes: dict[str, int]
    persons: list[str]
    names: list[str]
    sample: frozenset[int]
    first_ns: "array[int]"
    times: Counter[str] = field(default_factory=Counter)
    kept: dict[int, Collected] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    undelivered: dict[str, str] = field(default_factory=dict)
    unasked: list[str] = field(default_factory=list)
    mistaken: list[str] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    taken: set[tuple[str, str]] = field(default_factory=set)
    perhaps: set[tuple[str, str]] = field(default_factory=set)
    earlier: set[str] = field(default_factory=set)
    seen: int = 0
    uncarried: frozenset[int] = frozenset()

    @classmethod
    def of(cls, control: NetworkControl, prepared: Path, sampling: Sampling) -> "Answers":
        """Before anything is sent: what the network has kept until now is none of the load."""
        indexes, persons, names, uncarried = {}, [], [], set()
        for request in read(prepared):
            persons.append(request.person)
            names.append(sys.intern(request.name))
            if not request.carried:
                uncarried.add(request.index)
            elif request.face == NORTH:
                indexes[request.correlation_id] = request.index
        first_ns = array("q", bytes(8 * len(persons)))
        sample = sampling.of(len(persons))
        answers = cls(control, indexes, persons, names, sample, first_ns, uncarried=frozenset(uncarried))
        while found := control.collect(answers.seen, PIECE):
            answers.earlier |= {_correlation_id(entry) for entry in found}
            answers.seen = found[-1]["seq"]
        return answers

    def ids_of(self, sent: Iterable[Sent]) -> dict[int, str]:
        """Index → correlation id; of the south as the gateway gave it, empty where it did not."""
        prepared = {index: correlation_id for correlation_id, index in self.indexes.items()}
        return {row.index: prepared.get(row.index, row.correlation_id) for row in sent}

    def collect(self) -> list[Answered]:
        """What came since the last time. Raises InconclusiveError when the network is gone."""
        came: list[Answered] = []
        while True:
            found = self.control.collect(self.seen, PIECE)
            for entry in found:
                came += self._take(entry)
                self.seen = entry["seq"]
            if len(found) < PIECE:
                return came

    def await_rest(
        self, wanted: Collection[str], hoped: Collection[str], quiet_seconds: float
    ) -> Iterator[list[Answered]]:
        """Collects until everything wanted is answered, or nothing has come for so long. Correlation ids; `hoped`: whose
        acceptance did not arrive, and which may be answered all the same: for these a shorter quiet is enough."""
        last = time.monotonic()
        needed, open_ids = set(wanted), {*wanted, *hoped} - self.times.keys()
        while True:
            if came := self.collect():
                last = time.monotonic()
                open_ids -= {answered.correlation_id for answered in came}
            yield came
            patience = min(quiet_seconds, HOPING_SECONDS) if needed.isdisjoint(open_ids) else quiet_seconds
            if not open_ids or time.monotonic() - last > patience:
                return
            time.sleep(_PAUSE)

    def _take(self, entry: Collected) -> Iterator[Answered]:
        correlation_id, kind = _correlation_id(entry), _header(entry).get("kind")
        if correlation_id in self.earlier:
            return
        event = "送信" if entry["direction"] == _FROM_GATEWAY else "受信"
        if entry["status"] != 202:
            self._fail(event, correlation_id, entry)
            return
        self.taken.add((event, str(_header(entry)["message_id"])))
        if kind == Kind.ENQUIRY:
            self.own.add(correlation_id)
        elif correlation_id in self.indexes and entry["direction"] == _FROM_GATEWAY:
            self._note(self.indexes[correlation_id], entry)
            yield self._answered(entry, self.indexes[correlation_id])
        elif correlation_id in self.own and entry["direction"] == _TO_GATEWAY:
            yield self._answered(entry, None)
        else:
            self.unasked.append(correlation_id)

    def _fail(self, event: str, correlation_id: str, entry: Collected) -> None:
        header, code = _header(entry), (entry["error"] or {}).get("code")
        told = f"{header.get('kind') or '電文'}: {code or entry['problem'] or entry['status']}"
        proper = entry["status"] is not None and entry["status"] < _ACCIDENT
        (self.refused if code or proper else self.undelivered)[correlation_id] = told
        if not code:
            self.perhaps.add((event, str(header.get("message_id"))))

    def _answered(self, entry: Collected, index: int | None) -> Answered:
        correlation_id, kind = _correlation_id(entry), str(_header(entry)["kind"])
        self.times[correlation_id] += 1
        if kind == Kind.ERROR:
            self.errors[correlation_id] = str((entry["content"] or {}).get("code", ""))
        return Answered(correlation_id, entry["at_ns"], kind, index)

    def _note(self, index: int, entry: Collected) -> None:
        if not self.first_ns[index]:
            self.first_ns[index] = entry["at_ns"]
            if index in self.sample:
                self.kept[index] = entry
        if entry["person"] != self.persons[index]:
            self.mistaken.append(_correlation_id(entry))


def _correlation_id(entry: Collected) -> str:
    return str(_header(entry).get("correlation_id"))


def _header(entry: Collected) -> Said:
    """Empty where the message has none."""
    return entry["header"] or {}
