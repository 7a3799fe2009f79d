"""Where stimuli are sent from: the faces of one scenario, residents of its own, and chance that follows from the seed alone."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from random import Random
from time import perf_counter
from typing import Any, Final, TypeVar
from uuid import UUID

from harness.bench.faces import Faces
from harness.bench.network import Enrolled
from harness.bench.registration import subject
from harness.contract.organisations import Organisation, organisations
from harness.contract.versions import FIRST
from harness.gateways.exchange import Reply
from harness.gateways.south import Request, SouthFace, Staff
from harness.residents.build import household
from harness.residents.draw import MAX_INDEX
from harness.residents.people import Person
from harness.residents.wishes import Wishes
from harness.stimuli.citations import Citation, citations

_DAY: Final = date(2012, 8, 1)  # ages do not matter to a gateway
_MOST_IN_VAIN: Final = 2  # waits after which a gateway that does not answer is no longer waited for
AT_ONCE: Final = 16  # requests that a gateway takes at once (guide §2)
T = TypeVar("T")
NoteResidents = Callable[[Sequence[Person]], None]


@dataclass(frozen=True)
class Resident:
    """Somebody of this scenario alone. `enrolled`: enrolment tokens and link codes by organisation."""

    person: Person
    enrolled: Enrolled

    @property
    def ref(self) -> str:
        """As the network knows them."""
        return self.person.ref

    @property
    def local_id(self) -> str:
        """識別番号."""
        return self.person.local_id


@dataclass
class Stage:
    """`south` and `control` are on record. `note` takes whoever is made; `read`: how many messages about each were
    waited for, `vain` how often nothing came of it; `whole`: what is drawn from a list elsewhere is all of it here."""

    faces: Faces
    south: SouthFace
    control: Any
    seed: int
    id: str
    note: NoteResidents
    waited: Callable[[float], None]
    made: list[Person] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    vain: int = 0
    whole: bool = False

    def __post_init__(self) -> None:
        """Chance of this scenario under this seed."""
        self.draw = Random(f"{self.seed}/{self.id}")  # noqa: S311  # chance that comes again

    @property
    def own(self) -> Organisation:
        """The organisation whose gateway is under test."""
        return organisations()[self.south.statement.organisation]

    @property
    def settles(self) -> bool:
        """Does it declare a version of the contract that decides what the first leaves open (guide §12)?"""
        return self.south.statement.contract != FIRST

    def citations(self, *, asks: bool, contract: str = "") -> tuple[Citation, ...]:
        """What the declared tables let it ask, or be asked, by the version of the contract that it declares, or by another."""
        statement = self.south.statement
        return citations(statement.declares.tables, self.own, contract or statement.contract, asks=asks)

    def residents(self, count: int) -> list[Resident]:
        """New ones, known to the network, not yet registered. Who they are does not show which scenario this is."""
        return self.known([person for _, person in zip(range(count), self._people(), strict=False)])

    def known(self, people: Sequence[Person]) -> list[Resident]:
        """Certain people, made known to the network."""
        self.made += people
        self.note(people)
        return [Resident(person, self.control.add_person(person.ref)) for person in people]

    def registered(self, count: int) -> list[Resident]:
        """The same, registered."""
        residents = self.residents(count)
        self.at_once([self.registration(resident) for resident in residents])
        return residents

    def registration(self, resident: Resident, **members: object) -> Request:
        """The request that registers somebody."""
        body = {**subject(resident.person, resident.enrolled["enrolment_tokens"][self.own.code]), **members}
        return Request("PUT", f"/v1/subjects/{resident.local_id}", "business", body)

    def staff(self, role: str, number: int = 0, valid_until: str = "") -> Staff:
        """Somebody of this scenario alone."""
        return Staff(self.south.manners.staff_id(f"{self.id}/{number}"), role, valid_until)

    def words(self, which: str) -> str:
        """What somebody of this scenario gives as the reason for something."""
        return self.south.manners.words(f"{self.id}/{which}")

    def some(self, found: Sequence[T], count: int) -> list[T]:
        """So many of them in any order, or all where the whole is asked for (samples.toml names what is drawn so)."""
        return self.draw.sample(found, len(found) if self.whole else min(count, len(found)))

    def unused_id(self) -> str:
        """One that nobody has, the same whenever this scenario runs under this seed."""
        return str(UUID(int=self.draw.getrandbits(128), version=4))

    def ask(self, request: Request) -> Reply:
        """One request, after the one before."""
        reply = self.south.ask(request)
        self.replies.append(reply)
        return reply

    def ask_all(self, requests: Sequence[Request]) -> list[Reply]:
        """One after the other."""
        return [self.ask(request) for request in requests]

    def at_once(self, requests: Sequence[Request]) -> list[Reply]:
        """As many at once as a gateway takes; on record in this order."""
        return [
            reply
            for start in range(0, len(requests), AT_ONCE)
            for reply in self.during((), requests[start : start + AT_ONCE])
        ]

    def during(self, works: Sequence[Callable[[], None]], requests: Sequence[Request]) -> list[Reply]:
        """All requests at once, and beside them what is no request; the replies, on record in this order."""
        kept: list[list[Any]] = [[] for _ in requests]
        calls = [
            _call(self.south.recording(notes.append), request)
            for notes, request in zip(kept, requests, strict=True)
        ]
        replies = self.faces.at_once([*calls, *(_beside(self.south, work) for work in works)])[: len(calls)]
        for entry in (entry for notes in kept for entry in notes):
            self.south.record(entry)
        self.replies += replies
        return replies

    def pause(self, seconds: float) -> None:
        """Lets time pass."""
        self.faces.patience.pause(seconds)
        self.waited(seconds)

    def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Asks again until something is so, or the time is over."""
        for slept in self.faces.patience.attempts(seconds):
            self.waited(slept)
            if done():
                return True
        return False

    def enquired(self, resident: Resident, citation: Citation, **members: object) -> Mapping[str, Any]:
        """A counterpart asks the gateway about somebody; ids and what the inbox said."""
        enquiry = citation.said_by(citation.requester.code, resident.ref)
        said: Mapping[str, Any] = self.control.enquire({**enquiry, **members})
        return said

    def notified(self, resident: Resident, citation: Citation, **members: object) -> None:
        """A counterpart sends a 連絡 about somebody, which the gateway acknowledges."""
        about = citation.said_by(citation.requester.code, resident.ref)
        self.control.notify({**about, "items": {"届出の種類": "転入"}, **members})

    def settled(self, expected: Mapping[str, int]) -> None:
        """Waits until the gateway has sent so many messages about each (ref of a person), or its time is over: what comes after is
        about the state that comes after."""
        for ref, count in expected.items():
            started = perf_counter()
            seconds = self.south.limits.answer_seconds if self.vain < _MOST_IN_VAIN else 0.0
            found = self.control.exchanges(count, seconds, person=ref, direction="from_gateway")
            self.vain += len(found) < count
            self.waited(perf_counter() - started)

    def _people(self) -> Iterator[Person]:
        number = len(self.made)
        while True:
            digest = blake2b(f"{self.seed}/{self.id}/{number}".encode(), digest_size=8).digest()
            yield household(self.seed, int.from_bytes(digest) % (MAX_INDEX + 1), Wishes(), _DAY).claimant
            number += 1


def _call(south: SouthFace, request: Request) -> Callable[[], Reply]:
    return lambda: south.ask(request)


def _beside(south: SouthFace, work: Callable[[], None]) -> Callable[[], Reply]:
    """Something that is no request, and whether the gateway is there after it."""

    def done() -> Reply:
        work()
        return south.health()

    return done
