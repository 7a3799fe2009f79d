"""A message of a gateway that is none: refused for its form, or closed to the one to whom it is addressed."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from harness.contract.journal_entries import NorthEntry
from harness.contract.messages import Kind
from harness.model.owners import Owners, header_of, words
from harness.model.violation import Violation

# Kind of message → who is to sign and encrypt it, and who is to put it together.
_SEALED: Mapping[str, str] = MappingProxyType({Kind.ENQUIRY: "SIG-13", Kind.NOTICE: "SIG-13"})
_BUILT: Mapping[str, str] = MappingProxyType(
    {Kind.ENQUIRY: "CON-24", Kind.NOTICE: "NTC-01", Kind.RECEIPT: "NTC-03"}
)
_EXPECTED = "手引3章のとおりの電文（名を挙げたもののほかは何も加えない）"


def malformed_messages(exchanges: Iterable[NorthEntry], owners: Owners) -> Iterator[Violation]:
    """In the order of the record."""
    for exchange in exchanges:
        if exchange.get("direction") == "from_gateway" and exchange.get("problem"):
            yield _violation(exchange, owners)


def _violation(exchange: NorthEntry, owners: Owners) -> Violation:
    header = header_of(exchange)
    kind, error = str(header.get("kind")), exchange.get("error")
    built = isinstance(error, Mapping) and error.get("code") == "MALFORMED"
    requirement = _BUILT.get(kind, "CON-25") if built else _SEALED.get(kind, "SIG-03")
    problem = str(exchange["problem"])[:200]
    observed = f"{words(exchange)}: {problem}"
    scenario = owners.of_exchange(exchange.get("person"), header.get("correlation_id"))
    return Violation(requirement, "BAD_MESSAGE", observed, _EXPECTED, words(exchange), scenario)
