"""The network itself, free of HTTP: takes messages in, translates link codes, routes, keeps the record."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from harness.contract.framing import Framing
from harness.contract.json_binding import LINK_CODE_TYPE, decrypt, glimpse, peek, unwrap, verify, wrap
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.messages import Header, Kind, Message, instant, new_id
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import RefusedError
from harness.contract.schemas import problem_with
from mocks.network.alterations.drafts import Draft
from mocks.network.alterations.names import AT_ONCE, REPLAYED, altered
from mocks.network.alterations.recipes import RECIPE, cooked
from mocks.network.carried import Received, Sending
from mocks.network.checks import claimed_sender, legible, must_be_lawful, must_not_be_expired
from mocks.network.delivery import Delivered, until_taken
from mocks.network.directory import Telling
from mocks.network.disturbances import Disturbances
from mocks.network.enquiry import Ask
from mocks.network.odd_answers import OddAnswer
from mocks.network.people import People
from mocks.network.records import REPEATED, Asked, Carriage, Exchange, Records
from mocks.network.under_test import GatewayUnderTest, UnderTest
from mocks.organisations.counterpart import another_answer, answer
from mocks.organisations.registers import Registers, Subject


@dataclass
class Network:
    """All state of the mocked network. Not for several threads: one event loop works on it. `for_load`: answers stay closed,
    whoever collects them opens those that it checks; what did not arrive is delivered again, until it expires; and what was
    delivered is not kept to be replayed."""

    records: Records
    people: People = field(default_factory=People)
    registers: Registers = field(default_factory=Registers)
    taken: dict[str, bytes] = field(default_factory=dict)
    sent: dict[str, Sending] = field(default_factory=dict)
    disturbances: Disturbances = field(default_factory=Disturbances)
    telling: Telling = field(default_factory=Telling)
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)
    for_load: bool = False
    keys: KeyRing = PUBLISHED
    end_journal: Callable[[], dict[str, object] | None] = lambda: None

    def __post_init__(self) -> None:
        """No gateway yet."""
        self.under_test = UnderTest(self.keys)

    def reset(self) -> None:
        """Forgets people, records, exchanges and what is on its way; keeps the gateway."""
        for task in self.tasks:
            task.cancel()
        self.people, self.registers, self.disturbances = People(), Registers(), Disturbances()
        self.taken, self.sent = {}, {}
        self.records.clear()

    def directory(self) -> dict[str, object]:
        """As it is told now."""
        gateways = {gateway.code: gateway.keys for gateway in self.under_test.gateways.values()}
        return self.telling.directory(self.keys, gateways)

    def redeem(self, token: str) -> str | OddAnswer:
        """The link code for a signed request (guide §5), or an odd answer. Raises RefusedError."""
        claimed = peek(token).get("organisation")
        if not isinstance(claimed, str):
            raise RefusedError("MALFORMED", "organisation がない")
        wish = verify(token, self.under_test.keys_of(claimed).signature, LINK_CODE_TYPE)
        if problem := problem_with("link-code-request", wish):
            raise RefusedError("MALFORMED", problem)
        odd = self.disturbances.strike_code(self.people.holder_of(wish["enrolment_token"]))
        if odd is not None:
            return odd
        link_code = self.people.redeem(wish["enrolment_token"], wish["organisation"])
        if link_code is None:
            raise RefusedError("SUBJECT_UNKNOWN", "enrolment_token")
        return link_code

    def receive(self, token: str, *, strange: str = "", side: str = "") -> Received:
        """Takes in a message of an organisation. Raises RefusedError; what was refused is kept as well. `strange`:
        what is wrong with the request around it, empty for nothing; `side`: of two gateways, which one handed it over.

        The same bytes again count once (guide §4): a sender that missed our answer may repeat itself."""
        started, began = time.perf_counter(), instant()
        try:
            if strange:
                raise RefusedError("MALFORMED", strange)
            header, body = unwrap(token, self.under_test.keys_of(claimed_sender(token)).signature)
        except RefusedError as refused:
            claimed = replace(self._claimed(token), began=began, side=side)
            self.keep_refused(claimed, refused, problem=refused.reason)
            raise
        seen = replace(self._seen(token, header, body), began=began, side=side)
        try:
            odd = self.disturbances.strike(seen.person, header.message_id)
            if odd and not odd.arrives:
                self._keep_odd(seen, odd, started)
                return Received(header.message_id, odd)
            is_new = self._admit(header, token, seen.person)
        except RefusedError as refused:
            outcome = Carriage.REFUSED_BY_NETWORK
            self.records.provision(header, seen.person, refused.refusal.code, outcome)
            self.keep_refused(seen, refused)
            raise
        if is_new:
            if self.under_test.at(header.recipient) is None:
                self.records.provision(header, seen.person, None, Carriage.DELIVERED)
            late = self.disturbances.late.get(header.message_id, 0.0)  # by which its 202 comes later
            if odd:
                self._keep_odd(seen, odd, started)
            else:
                self.records.exchange(replace(seen, status=202, seconds=time.perf_counter() - started + late))
            self._relay(header, body, seen)
        elif odd is None:
            self.records.asked(Asked(REPEATED, started, token, 202, {"message_id": header.message_id}, side))
        else:
            self._keep_odd(seen, odd, started)
        return Received(header.message_id, odd)

    def _keep_odd(self, seen: Exchange, odd: OddAnswer, started: float) -> None:
        """Nobody knows what a sender makes of it. What is not heard has no status."""
        status = odd.status if odd.is_heard else None
        seconds = time.perf_counter() - started + odd.seconds
        self.records.exchange(replace(seen, status=status, text=odd.body.decode(), seconds=seconds))

    def keep_refused(self, seen: Exchange, refused: RefusedError, problem: str | None = None) -> None:
        """An exchange that ended with a refusal of ours; what else was wrong with it does not matter. `problem`: why
        it is no message of the contract, None where it is one."""
        error = refused.content()
        self.records.exchange(replace(seen, status=refused.refusal.status, error=error, problem=problem))

    async def ask(self, wish: Ask) -> tuple[Header, Delivered]:
        """A counterpart enquires at the gateway, past the network's own checks: the gateway's are under test."""
        gateway = self.under_test.of(wish.side)
        if self.under_test.at(wish.sender) or wish.sender == network_organisation().code:
            raise RefusedError("INVALID_REQUEST", f"as {wish.sender}: 相手団体ではない")
        if wish.replay_of is not None:
            again = replace(self._sent_before(wish.replay_of), alteration=REPLAYED)
            return again.header, await self._deliver(again)
        self.people.add(wish.person)
        header = wish.header(gateway.code, self.people.link_code(wish.person, gateway.code))
        message = Message(header, wish.content())
        if wish.recipe:  # what is not as it should be is none of the network's records
            token, inner = cooked(message, gateway.keys, wish.recipe, self.keys)
            content = wish.recipe.message.get("content", message.content)
            cooked_ = Sending(gateway, header, token, content, wish.person, f"{RECIPE}:{header.kind}", inner)
            return header, await self._deliver(cooked_)
        return header, await self._send(gateway, message, wish.person, wish.alteration, wish.framing)

    def _seen(self, token: str, header: Header, body: str) -> Exchange:
        """A message that was handed to us; the content, which the network cannot read and the counterpart that
        it plays can."""
        person = self.people.person_of(header.sender, header.link_code)
        seen = Exchange("from_gateway", token, len(token), header.to_wire(), person)
        asks = header.kind in {Kind.ENQUIRY, Kind.NOTICE}
        if header.recipient not in organisations() or (self.for_load and not asks):
            return seen
        if (key := self.under_test.opener(header.recipient)) is None:
            return seen
        signature = self.under_test.keys_of(header.sender).signature
        try:
            return replace(seen, content=decrypt(header, body, key, signature))
        except (RefusedError, TypeError) as error:  # TypeError: joserfc, of a protected header with odd types
            return replace(seen, problem=str(error))

    def _claimed(self, token: str) -> Exchange:
        """What a message says of itself, nothing of it verified."""
        try:
            claim = peek(token)
        except RefusedError:
            return Exchange("from_gateway", token, len(token), legible(glimpse(token)))
        if problem_with("message", claim):
            return Exchange("from_gateway", token, len(token), legible(claim))
        return self._seen(token, Header.from_wire(claim["header"]), claim["body"])

    def _admit(self, header: Header, token: str, person: str | None) -> bool:
        """True for a message to carry, False for one that is carried already. Raises RefusedError."""
        must_not_be_expired(header)
        digest = hashlib.sha256(token.encode()).digest()
        if self.taken.get(header.message_id, digest) != digest:
            raise RefusedError("REPLAYED")
        self.under_test.keys_of(header.recipient)
        must_be_lawful(header)
        if person is None:
            raise RefusedError("SUBJECT_UNKNOWN", "リンクコード")
        is_new = header.message_id not in self.taken
        self.taken[header.message_id] = digest
        return is_new

    def _relay(self, header: Header, body: str, seen: Exchange) -> None:
        """Onwards with the recipient's link code: to the gateway, or to a counterpart in this process."""
        person = seen.person or ""
        onward = replace(header, link_code=self.people.link_code(person, header.recipient))
        sender = self.under_test.at(onward.sender)
        if gateway := self.under_test.at(onward.recipient):
            token = wrap(onward, body, self.keys.of(network_organisation().code).signature)
            inner = self.under_test.inner_of(onward.recipient, body)
            sending = Sending(gateway, onward, token, seen.content, person, inner=inner)
            self._start(self._deliver(sending))
        elif onward.kind in {Kind.ENQUIRY, Kind.NOTICE} and seen.content is not None and sender:
            reply = answer(self.registers, onward, seen.content, person)
            if reply is not None:
                self._start(self._answer(sender, reply, person))

    async def _answer(self, to: GatewayUnderTest, reply: Message, person: str) -> None:
        """A counterpart's reply, with its link code translated back."""
        header = replace(reply.header, link_code=self.people.link_code(person, reply.header.recipient))
        behaviour = self.registers.behaviour(Subject(header.sender, person, header.information))
        await asyncio.sleep(behaviour.delay_seconds)
        await self._send(to, replace(reply, header=header), person, behaviour.alteration)
        if behaviour.name == "answers-twice":
            await self._send(to, another_answer(replace(reply, header=header)), person, None)

    async def _send(
        self,
        to: GatewayUnderTest,
        message: Message,
        person: str,
        alteration: str | None,
        framing: Framing = Framing.WHOLE,
    ) -> Delivered:
        own_code = self.people.link_code(person, message.header.sender)
        other = self._about_somebody_else(message)
        draft = Draft(message, to.keys, other, own_code, keys=self.keys)
        token = altered(draft, alteration)
        inner = draft.inner_of(token)
        sending = Sending(to, message.header, token, message.content, person, alteration, inner, framing)
        if alteration == AT_ONCE:
            proper = replace(sending, alteration=None)
            said = await asyncio.gather(self._deliver(proper), self._deliver(sending))
            return min(said, key=lambda delivered: delivered.status or 0)
        if alteration == REPLAYED:
            await self._deliver(replace(sending, alteration=None))
        elif alteration is not None:  # so that the proper message can follow under the same id
            unaltered = draft.token()
            again = replace(sending, token=unaltered, inner=draft.inner_of(unaltered))
            self.sent[message.header.message_id] = again
        return await self._deliver(sending)

    def _about_somebody_else(self, message: Message) -> Message:
        header, message_id = message.header, new_id()
        other = replace(
            header,
            message_id=message_id,
            correlation_id=message_id if header.kind == Kind.ENQUIRY else new_id(),
            link_code=self.people.link_code(new_id(), header.recipient),
        )
        return replace(message, header=other)

    async def _deliver(self, sending: Sending) -> Delivered:
        """Hands over to the gateway and keeps what it said. What was altered is none of the network's records:
        it stands for somebody in between."""
        header, person, deliver = sending.header, sending.person, sending.to.deliver
        # In this order: whatever comes between the two, the exchange lies within its span.
        started, began = time.perf_counter(), instant()
        if self.for_load:
            said = await until_taken(deliver, sending.token, header.expires_at)
        else:
            said = await deliver(sending.token, sending.framing)
        if (sending.alteration or RECIPE).startswith(RECIPE) and not self.for_load:
            self.sent[header.message_id] = sending
        if sending.alteration is None:
            self.records.provision(header, person, said.code(), said.outcome())
        entry = Exchange(
            "to_gateway",
            sending.token,
            len(sending.token.encode()),
            sending.said_header(),
            person,
            sending.content,
            sending.alteration,
            **{**vars(said), "seconds": time.perf_counter() - started},
            began=began,
            inner=sending.inner,
            side=sending.to.side,
        )
        self.records.exchange(entry)
        return said

    def _sent_before(self, message_id: str) -> Sending:
        if message_id not in self.sent:
            raise RefusedError("INVALID_REQUEST", f"replay_of {message_id}: 送った電文にない")
        return self.sent[message_id]

    def _start(self, work: Coroutine[Any, Any, Any]) -> None:
        """In the background, kept until it is done: the loop itself holds tasks by weak references only."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
