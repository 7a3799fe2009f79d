"""The network itself, free of HTTP: takes messages in, translates link codes, routes, keeps the record."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from harness.spec.json_binding import decrypt, peek, unwrap
from harness.spec.keys import PublicKeys, test_keys
from harness.spec.law import is_lawful
from harness.spec.messages import Header, Kind, Message, Mode, new_id, parse_timestamp, timestamp
from harness.spec.organisations import organisations
from harness.spec.refusals import RefusedError
from mocks.network.alterations import ALTERATIONS, REPLAYED, Draft, proper
from mocks.network.delivery import Deliver, Delivered
from mocks.network.enquiry import Ask
from mocks.network.people import People
from mocks.network.records import Records
from mocks.organisations.counterpart import answer
from mocks.organisations.registers import Registers, Subject


@dataclass(frozen=True)
class GatewayUnderTest:
    """The one organisation whose gateway is real; every other one is played here."""

    code: str
    keys: PublicKeys
    deliver: Deliver


@dataclass
class Network:
    """All state of the mocked network."""

    records: Records
    people: People = field(default_factory=People)
    registers: Registers = field(default_factory=Registers)
    gateway: GatewayUnderTest | None = None
    taken: dict[str, str] = field(default_factory=dict)
    delivered: dict[str, str] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def keys_of(self, code: str) -> PublicKeys:
        """Public keys of an organisation. Raises RefusedError PARTNER_UNKNOWN."""
        if self.gateway and code == self.gateway.code:
            return self.gateway.keys
        if code not in organisations():
            raise RefusedError("PARTNER_UNKNOWN", "送信元又は宛先の団体")
        return test_keys(code).public()

    def receive(self, token: str) -> str:
        """Takes in a message of the gateway; its id. Raises RefusedError; what was refused is kept as well.

        The same bytes again count once (guide §4): a sender that missed our answer may repeat itself.
        """
        seen: dict[str, Any] = {"direction": "from_gateway", "size": len(token), "token": token}
        try:
            header, body, person = self._checked(token, seen)
        except RefusedError as refused:
            self._keep(seen, refused)
            raise
        if self.taken.get(header.message_id) == token:
            return header.message_id
        self.taken[header.message_id] = token
        content, problem = self._opened(header, body)
        self.records.provision(header, person, None)
        self.records.exchange(
            {**_entry(header, person), **seen, "content": content, "status": 202, "problem": problem}
        )
        self._route(header, content, person)
        return header.message_id

    async def ask(self, wish: Ask) -> tuple[Header, Delivered]:
        """A counterpart enquires at the gateway, past the network's own checks: the gateway's are under test."""
        gateway = self._gateway()
        message = Message(self._enquiry_header(wish, gateway), {"key": wish.key})
        other = replace(
            self._enquiry_header(wish, gateway), link_code=self.people.link_code(new_id(), gateway.code)
        )
        draft = Draft(message, gateway.keys, Message(other, message.content))
        if wish.alteration == REPLAYED:
            token, header = self._sent_before(wish.replay_of)
        else:
            token, header = ALTERATIONS.get(wish.alteration or "", proper)(draft), message.header
        return header, await self._deliver(header, token, message.content, wish.person, wish.alteration)

    def _checked(self, token: str, seen: dict[str, Any]) -> tuple[Header, str, str]:
        claimed = peek(token).get("header")
        seen["header"] = claimed if isinstance(claimed, dict) else None
        sender = str(claimed.get("from")) if isinstance(claimed, dict) else ""
        header, body = unwrap(token, self.keys_of(sender).signature)
        if parse_timestamp(header.expires_at) <= datetime.now(UTC):
            raise RefusedError("EXPIRED")
        if self.taken.get(header.message_id, token) != token:
            raise RefusedError("REPLAYED")
        self.keys_of(header.recipient)
        person = self.people.person_of(header.sender, header.link_code)
        if person is None:
            raise RefusedError("SUBJECT_UNKNOWN", "リンクコード")
        seen["person"] = person
        _must_be_lawful(header)
        return header, body, person

    def _opened(self, header: Header, body: str) -> tuple[dict[str, Any] | None, str | None]:
        """The content, which the network cannot read and the counterpart that it plays can."""
        try:
            key = test_keys(header.recipient).encryption
            return decrypt(header, body, key, self.keys_of(header.sender).signature), None
        except RefusedError as refused:
            return None, str(refused)

    def _route(self, header: Header, content: dict[str, Any] | None, person: str) -> None:
        if header.kind != Kind.ENQUIRY or content is None:
            return
        reply = answer(self.registers, header, content, person, self.people.link_code(person, header.sender))
        if reply is None:
            return
        behaviour = self.registers.behaviour(Subject(header.recipient, person, header.information))
        task = asyncio.create_task(self._answer(reply, person, behaviour.alteration))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _answer(self, reply: Message, person: str, alteration: str | None) -> None:
        """The reply already carries the recipient's link code: the counterpart's own never leaves this process."""
        gateway = self._gateway()
        other = replace(reply, header=replace(reply.header, message_id=new_id(), correlation_id=new_id()))
        token = ALTERATIONS.get(alteration or "", proper)(Draft(reply, gateway.keys, other))
        await self._deliver(reply.header, token, reply.content, person, alteration)

    async def _deliver(
        self, header: Header, token: str, content: dict[str, Any], person: str, alteration: str | None
    ) -> Delivered:
        said = await self._gateway().deliver(token)
        code = said.error["code"] if said.error else None if said.status == 202 else "UNDELIVERED"
        if alteration is None:
            self.delivered[header.message_id] = token
            self.records.provision(header, person, code)
        entry = {**_entry(header, person), "direction": "to_gateway", "size": len(token), "token": token}
        self.records.exchange({**entry, "content": content, "alteration": alteration, **said.__dict__})
        return said

    def _enquiry_header(self, wish: Ask, gateway: GatewayUnderTest) -> Header:
        message_id = new_id()
        return Header(
            message_id=message_id,
            correlation_id=message_id,
            kind=Kind.ENQUIRY,
            sender=wish.sender,
            recipient=wish.to or gateway.code,
            basis=wish.basis,
            affair=wish.affair,
            information=wish.information,
            role=wish.role,
            mode=wish.mode or Mode.ONLINE,
            link_code=self.people.link_code(wish.person, gateway.code),
            sent_at=timestamp(),
            expires_at=timestamp(timedelta(seconds=wish.expires_in_seconds)),
        )

    def _sent_before(self, message_id: str | None) -> tuple[str, Header]:
        token = self.delivered.get(message_id or "")
        if token is None:
            raise RefusedError("INVALID_REQUEST", f"replay_of {message_id}: 送った電文にない")
        return token, Header.from_wire(peek(token)["header"])

    def _gateway(self) -> GatewayUnderTest:
        if self.gateway is None:
            raise RefusedError("INVALID_REQUEST", "検証するゲートウェイが登録されていない")
        return self.gateway

    def _keep(self, seen: dict[str, Any], refused: RefusedError) -> None:
        status, error = refused.refusal.status, refused.content()
        blank = {
            "person": None,
            "header": None,
            "content": None,
            "alteration": None,
            "problem": None,
            "seconds": 0.0,
        }
        self.records.exchange({**blank, **seen, "status": status, "error": error})


def _must_be_lawful(header: Header) -> None:
    """番号法21条2項: the minister notifies the provider unless the four do not match."""
    asking = header.kind in {Kind.ENQUIRY, Kind.NOTICE}
    parties = organisations()
    requester, provider = (header.sender, header.recipient) if asking else (header.recipient, header.sender)
    if not is_lawful(header.basis, parties[requester], header.affair, parties[provider], header.information):
        raise RefusedError("BASIS_NOT_LAWFUL")


def _entry(header: Header, person: str) -> dict[str, Any]:
    blank = {"alteration": None, "error": None, "problem": None, "seconds": 0.0}
    return {"person": person, "header": header.to_wire(), **blank}
