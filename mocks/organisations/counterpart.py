"""A counterpart's answer to an enquiry: the needed items of its record, or an error."""

from harness.spec.items import informations
from harness.spec.messages import Header, Kind, Message
from harness.spec.refusals import RefusedError
from mocks.organisations.registers import Registers, Subject


def answer(
    registers: Registers, header: Header, content: dict[str, object], person: str, code: str
) -> Message | None:
    """What the recipient of an enquiry sends back, with `code` as its own link code; None where it is silent."""
    subject = Subject(header.recipient, person, header.information)
    behaviour = registers.behaviour(subject)
    if behaviour.name == "silent":
        return None
    if behaviour.name == "refuses":
        return _error(header, code, "REFUSED_BY_STAFF")
    key = content["key"]
    assert isinstance(key, dict)
    record = registers.find(subject, key)
    if record is None:
        return _error(header, code, "RECORD_NOT_FOUND")
    known = informations().get(header.information)
    needed = known.used_by(header.affair) if known else tuple(record)
    return Message(header.reply(Kind.ANSWER, code), {"items": {n: record[n] for n in needed if n in record}})


def _error(header: Header, code: str, refusal: str) -> Message:
    return Message(header.reply(Kind.ERROR, code), RefusedError(refusal).content())
