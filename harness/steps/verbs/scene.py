"""The state of one scenario: who is in it, what was asked, what came. Made anew for each, never shared."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from random import Random
from typing import Any, Final, Protocol

from harness.bench.channel import ControlAnswer, Instruction
from harness.bench.faces import Faces, Look
from harness.bench.patience import GIVEN_UP
from harness.bench.stillness import since_boot
from harness.catalogue.findings import InconclusiveError, NonconformityError
from harness.contract.journal import Entry
from harness.contract.journal_entries import SouthCall
from harness.contract.law.competence import holders
from harness.contract.organisations import Organisation, attributes, by_name, organisations
from harness.contract.roles import role_called
from harness.gateways.exchange import Reply
from harness.gateways.south import SouthFace, Staff
from harness.residents.build import household
from harness.residents.draw import MAX_INDEX
from harness.residents.household import Household
from harness.residents.people import Person
from harness.residents.wishes import Wishes
from harness.use_cases.child_rearing_allowance.facts import fiscal_year_for

SCENE = "scene"
# Whoever takes the place of the own organisation is competent for the same (guide §6).
_STAND_INS = {
    "静岡市": "千代田区",
    "三島市": "清水町",
    "清水町": "三島市",
    "静岡県": "福岡県",
    "福岡県": "静岡県",
}
_ALLOWANCE_OFFICE = "都道府県知事等"  # 児童扶養手当法4条1項
_UNANNOUNCED = "recipe"  # as the network names what came by one: no step asks for it
_NO_SIGN_OF_LIFE: Final = (
    "PREREQUISITE",
    "ゲートウェイはこの実行で電文を一つも送っておらず、制限時間いっぱい待っても何も起きなかったため、ここではもう待たない",
)
_ELSEWHERE = ("福岡市", "千代田区", "札幌市")  # none of the own prefecture


class NoteEntry(Protocol):
    """Takes down what happens in a scenario."""

    def __call__(self, entry: Entry, **fields: Any) -> None:
        """One entry of the journal."""


@dataclass(frozen=True)
class Enquiry:
    """A 照会依頼 that was submitted at the south face."""

    person: Person
    to: Organisation
    information: str
    reply: Reply

    def accepted(self) -> dict[str, Any]:
        """The enquiry-status object. Raises NonconformityError unless it was accepted."""
        status: dict[str, Any] = self.reply.expect(202, "enquiry-status")
        return status


@dataclass(frozen=True)
class Incoming:
    """A 照会依頼 that a counterpart sent to the gateway, and what the gateway's inbox said."""

    person_ref: str
    sender: Organisation
    information: str
    message_id: str
    correlation_id: str
    delivery: dict[str, Any]


@dataclass
class Scene:
    """One scenario in progress."""

    faces: Faces
    seed: int
    record: NoteEntry
    id: str = ""
    home: Household | None = None
    others: list[Person] = field(default_factory=list)
    claim: dict[str, Any] = field(default_factory=dict)
    registered: set[str] = field(default_factory=set)
    records: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    kept: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    enquiries: list[Enquiry] = field(default_factory=list)
    received: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    incoming: list[Incoming] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    correlation_ids: set[str] = field(default_factory=set)
    begun: float = field(default_factory=since_boot)
    waiting_seconds: float = 0.0
    noted: dict[str, Any] = field(default_factory=dict)
    at_end: list[Callable[[], object]] = field(default_factory=list)

    def end(self) -> None:
        """Undoes what would reach beyond the scenario: switches of whole affairs, disturbances of the network."""
        for undo in self.at_end:
            undo()

    def __post_init__(self) -> None:
        """Everything that is asked is taken down, and what was answered."""
        self.south = self.faces.south.recording(self._note)
        self.control = self.faces.control.recording(self._note_control)

    def make_household(self, wishes: Wishes, day: date) -> Household:
        """The household of this scenario, its ages as of `day`: the same for the same seed and scenario."""
        self.home = household(self.seed, self.index("household"), wishes, day)
        return self.home

    def digest(self, of: str, size: int) -> bytes:
        """By the seed as well: from one run nobody knows what stands for which scenario in another."""
        return blake2b(f"{self.seed}/{self.id}/{of}".encode(), digest_size=size).digest()

    def index(self, of: str) -> int:
        """The index of a household."""
        return int.from_bytes(self.digest(of, 8)) % (MAX_INDEX + 1)

    @property
    def household(self) -> Household:
        """The household. Raises RuntimeError in a scenario that has not named one yet."""
        if self.home is None:
            raise RuntimeError("このシナリオには世帯の前提がない")
        return self.home

    @property
    def own(self) -> Organisation:
        """The organisation whose gateway is under test (本市)."""
        return organisations()[self.south.statement.organisation]

    def organisation(self, name: str) -> Organisation:
        """本市 or 本県, 前住所地, or by name; where a named partner is the gateway's own organisation, another one of
        its kind stands in. Which municipality elsewhere a name stands for is drawn by the seed: nothing follows from it."""
        if name in {"本市", "本県"}:
            return self.own
        if name == "前住所地":
            previous = self.household.claimant.previous_address
            if previous is None:
                raise RuntimeError("申請者に前住所地がない")
            return organisations()[previous.municipality]
        found = by_name(name)
        there = by_name(_STAND_INS.get(name, name)) if found == self.own else found
        return self._drawn(there) if there.name in _ELSEWHERE else there

    def _drawn(self, municipality: Organisation) -> Organisation:
        """One for each, so that those of a scenario stay different."""
        elsewhere = [name for name in _ELSEWHERE if name != self.own.name]
        drawn = Random(f"{self.seed}/{self.id}").sample(elsewhere, len(elsewhere))  # noqa: S311  # chance that comes again
        return by_name(drawn[_ELSEWHERE.index(municipality.name) % len(drawn)])

    @property
    def municipality(self) -> str:
        """Where residents live: the own organisation, or a town of the own prefecture, which acts for it (a 指定都市 acts itself)."""
        return self.own.code if self.own.kind == "市町村" else by_name("清水町").code

    @property
    def fiscal_year(self) -> str:
        """相当年度 that the claim of the scenario asks for."""
        if not self.claim:
            return "2012"
        return str(self.claim.get("fiscal_year") or fiscal_year_for(self.claim["date"]))

    def person(self, word: str) -> Person:
        """A person of the household by the word that the features use."""
        home = self.household
        there: dict[str, Person | None] = {
            "申請者": home.claimant,
            "要保護者": home.claimant,  # 生活保護法25条: protected without having applied
            "児童": home.children[0] if home.children else None,
            "配偶者": home.spouse,
            "元配偶者": home.former_spouse,
            "扶養義務者": home.supporters[0] if home.supporters else None,
            "父": home.supporters[0] if home.supporters else None,
            "同姓同名の別人": home.twin,
        }
        found = there.get(word)
        if found is None:
            raise RuntimeError(f"この世帯に {word} はいない")
        return found

    @property
    def was_cut_off(self) -> bool:
        """Did the inbox leave a message of this scenario without an answer, as one that dies does?"""
        return any(incoming.delivery["status"] is None for incoming in self.incoming)

    @property
    def grants_allowance(self) -> bool:
        """Is the own organisation one that decides on 児童扶養手当?"""
        return not holders(_ALLOWANCE_OFFICE, "", "").isdisjoint(attributes(self.own, ""))

    def staff(self, role_name: str) -> Staff:
        """A member of staff of this scenario alone, so that the audit log can be asked for what they did."""
        return Staff(self.south.manners.staff_id(self.id), role_called(role_name).code)

    def people(self) -> tuple[Person, ...]:
        """Everybody of the scenario: the household, and whoever else it made."""
        return (*(self.home.people() if self.home else ()), *self.others)

    def person_refs(self) -> set[str]:
        """Everybody of the scenario whom the network knows."""
        return {person.ref for person in self.people()} | {i.person_ref for i in self.incoming}

    def until(
        self,
        done: Callable[[], bool],
        code: str,
        observed: Callable[[], str],
        expected: str,
        allowed_seconds: float = 0.0,
    ) -> None:
        """Waits for the gateway: `allowed_seconds`, which the guide lets pass first, and the limit. Raises
        NonconformityError when it takes longer, InconclusiveError where nobody waits any more."""
        if self._is_in_vain():
            if done():
                return
            raise InconclusiveError(*_NO_SIGN_OF_LIFE)
        attempts = 0
        try:
            for slept in self.faces.patience.attempts(allowed_seconds + self.south.limits.answer_seconds):
                self.waiting_seconds += slept
                attempts += 1
                if done():
                    return
        finally:
            self.record(Entry.WAIT, attempts=attempts)
        self.faces.patience.note_in_vain()
        raise NonconformityError(code, observed(), expected)

    def exchanges(self, at_least: int = 0, **filters: str) -> list[dict[str, Any]]:
        """North exchanges but for unannounced ones; with at_least, waits for them as long as a gateway may take. Raises
        InconclusiveError where there are fewer and nobody waits any more."""
        started = time.perf_counter()
        in_vain = bool(at_least) and self._is_in_vain()
        seconds = self.south.limits.answer_seconds if at_least and not in_vain else 0.0
        found = self.control.exchanges(at_least, seconds, **filters)
        announced = _announced(found)
        if len(announced) < at_least <= len(found):
            more = at_least + len(found) - len(announced)
            announced = _announced(self.control.exchanges(more, seconds, **filters))
        if at_least:
            self.waiting_seconds += time.perf_counter() - started
        if len(announced) < at_least:
            self.faces.patience.note_in_vain()
            if in_vain:
                raise InconclusiveError(*_NO_SIGN_OF_LIFE)
        return announced

    def see(self, look: Look) -> Any:
        """What a look at something gives that does not leave the run folder; the journal keeps what was seen."""
        value = self.faces.see(look)
        self.record(Entry.SEEN, value=value)
        return value

    def stood_still(self) -> float:
        """For how many seconds the bench has stood still since this scenario began."""
        return float(self.see(lambda: self.faces.stood_still(self.begun)))

    def polling(self) -> SouthFace:
        """The south face for what is asked again and again: a transcript shows the last time only."""
        return self.south.recording(lambda entry: self.record(Entry.POLL, **entry))

    def pause(self, seconds: float) -> None:
        """Lets time pass that the contract makes the gateway wait."""
        self.faces.patience.pause(seconds)
        self.waiting_seconds += seconds

    def _is_in_vain(self) -> bool:
        found = self.faces.patience.is_in_vain()
        if found:
            self.record(Entry.WAIT, attempts=GIVEN_UP)
        return found

    def _note(self, entry: SouthCall) -> None:
        self.waiting_seconds += entry["seconds"]
        if entry["correlation_id"]:
            self.correlation_ids.add(entry["correlation_id"])
        self.record(Entry.EXCHANGE, **entry)

    def _note_control(self, asked: Instruction, answer: ControlAnswer | None, failure: str) -> None:
        """What the network's own journal entries say is not said twice: exchanges are named by their number."""
        if answer and "exchanges" in answer:
            answer = {"exchanges": [exchange["seq"] for exchange in answer["exchanges"]]}
        fields = {"method": asked.method, "path": asked.path, "request": asked.body, "query": asked.query}
        self.record(Entry.CONTROL, **fields, response=answer, problem=failure or None)


def _announced(exchanges: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [exchange for exchange in exchanges if exchange["alteration"] != _UNANNOUNCED]
