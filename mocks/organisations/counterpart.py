"""A counterpart's answer to an enquiry: the needed items of its record, or an error."""

from dataclasses import replace
from typing import Any

from harness.contract.items import informations
from harness.contract.messages import Header, Kind, Message, new_id
from harness.contract.refusals import RefusedError
from mocks.organisations.registers import Behaviour, Registers, Subject


def answer(registers: Registers, header: Header, content: dict[str, Any], person: str) -> Message | None:
    """What the recipient of an enquiry sends back, with its own link code as the enquiry brought it.

    None where it is told to be silent."""
    subject = Subject(header.recipient, person, header.information)
    behaviour = registers.behaviour(subject)
    if behaviour.name == "silent":
        return None
    if behaviour.name == "silent-once":
        registers.behave(subject, Behaviour())
        return None
    if header.kind == Kind.NOTICE:
        return Message(header.reply(Kind.RECEIPT, header.link_code), {})
    if behaviour.name == "refuses":
        return _error(header, "REFUSED_BY_STAFF")
    record = registers.find(subject, content["key"])
    if record is None:
        return _error(header, "RECORD_NOT_FOUND")
    needed = informations()[header.information].used_by(header.affair)
    items = {name: record[name] for name in needed if name in record}
    return Message(header.reply(Kind.ANSWER, header.link_code), {"items": items})


def another_answer(first: Message) -> Message:
    """A second answer to the same enquiry, with other amounts: which of the two stands must show."""
    items = {n: v + 1 if isinstance(v, int) else v for n, v in first.content.get("items", {}).items()}
    return Message(replace(first.header, message_id=new_id()), {"items": items})


def _error(header: Header, code: str) -> Message:
    return Message(header.reply(Kind.ERROR, header.link_code), RefusedError(code).content())
