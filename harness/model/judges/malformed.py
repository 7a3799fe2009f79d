"""A message of a gateway that is none: refused for its form, or closed to the one to whom it is addressed."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from harness.contract.messages import Kind
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Sending
from harness.model.judges.replying import Replying

# Kind of message → who is to sign and encrypt it, and who is to put it together.
_SEALED: Mapping[str, str] = MappingProxyType(
    {Kind.ENQUIRY: "enquiry-is-sealed", Kind.NOTICE: "enquiry-is-sealed"}
)
_BUILT: Mapping[str, str] = MappingProxyType(
    {Kind.ENQUIRY: "enquiry-is-built", Kind.NOTICE: "notice-is-built", Kind.RECEIPT: "receipt-is-built"}
)
_KINDS = frozenset(Kind)
_EXPECTED = "手引3章のとおりの電文（名を挙げたもののほかは何も加えない）"


def malformed(replying: Replying) -> Iterator[Case]:
    """Each message that went out, in the order of the record."""
    for sending in replying.history.sendings:
        kind = str(sending.header.get("kind"))
        alternative = kind if kind in _KINDS else str(Kind.ERROR)
        sealed, built = _SEALED.get(kind, "reply-is-sealed"), _BUILT.get(kind, "reply-is-built")
        if not sending.problem:
            yield Case(sealed, alternative)
            yield Case(built, alternative)
            continue
        of_form = "MALFORMED" in {(sending.error or {}).get("code"), sending.problem.partition(":")[0]}
        yield Case(built if of_form else sealed, alternative, _breach(replying, sending))


def _breach(replying: Replying, sending: Sending) -> Breach:
    id_ = sending.header.get("correlation_id")
    return Breach(
        str(sending.problem)[:200],
        _EXPECTED,
        sending.words,
        replying.history.scenario_of(sending.person, id_),
        sending.span.end,
        (f"correlation:{id_}",) if isinstance(id_, str) else (),
    )
