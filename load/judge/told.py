"""The sample of a load run as a history that the model of the contract judges: who was registered with what, what was asked, and what
was answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.contract.journal_carried import Collected
from harness.contract.journal_entries import Said
from harness.contract.json_binding import peek
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.messages import parse_timestamp
from harness.contract.organisations import organisations
from harness.contract.statement import Statement
from harness.model.history.exchanges import Call, Delivery, Person, Sending, Staff
from harness.model.history.history import Declared, History
from harness.model.history.payloads import payload_of
from harness.model.history.spans import Span
from harness.model.opening import opened_jwe
from load.prepare.prepared import Prepared

Answered = tuple[Prepared, Collected]
_NOBODY = Staff(None, None, None)
_BEFORE = Span(0.0, 1.0)  # everybody was registered before anything was asked


def history_of(statement: Statement, answered: Iterable[Answered], keys: KeyRing = PUBLISHED) -> History:
    """Of prepared enquiries, each with the answer that the network took. Times are those of the network's record."""
    told = _Told(statement.organisation, keys)
    for asked, exchange in answered:
        told.take(asked, exchange)
    declares = vars(statement.declares)
    lists = {name: frozenset(words) for name, words in declares.items()}
    declared = Declared(statement.contract, statement.organisation, lists, statement.keys.to_jwk())
    return History(
        declared,
        0.0,
        max((sending.span.end for sending in told.sendings), default=1.0),
        calls=(*told.calls, *told.puts()),
        deliveries=tuple(told.deliveries),
        sendings=tuple(told.sendings),
        persons=tuple(told.persons.values()),
        keys=keys,
    )


@dataclass
class _Told:
    """`records`: items by local id, information and key, as several enquiries ask for parts of the same; `numbers`: local ids."""

    organisation: str
    keys: KeyRing
    calls: list[Call] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    sendings: list[Sending] = field(default_factory=list)
    persons: dict[str, Person] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    records: dict[tuple[str, str, frozenset[tuple[str, str]]], dict[str, object]] = field(
        default_factory=dict
    )

    def take(self, asked: Prepared, exchange: Collected) -> None:
        """One enquiry and what answered it."""
        asking: Said = peek(asked.body)["header"]
        self._register(asked.person, str(asking["link_code"]))
        place = (
            self.numbers[asked.person],
            str(asking["information"]),
            frozenset(asked.expected["key"].items()),
        )
        self.records.setdefault(place, {}).update(asked.expected["items"])
        sent = parse_timestamp(str(asking["sent_at"])).timestamp()
        number, content = asked.index, {"key": asked.expected["key"]}
        came = (Span(sent, sent), number, asked.body, asking, content, None, asked.person, None)
        self.deliveries.append(Delivery(number, *came, 202, None, "", None))
        begin = parse_timestamp(exchange.get("began") or exchange["at"]).timestamp()
        span = Span(begin, begin + exchange["seconds"])
        taken = (exchange["status"], exchange["error"], exchange["problem"])
        header = exchange["header"] or {}
        said = (exchange["token"], header, self._content(header, exchange["token"]), exchange["person"])
        self.sendings.append(Sending(number, span, exchange["seq"], *said, *taken))

    def _content(self, header: Said, token: str) -> Said | None:
        """As whoever asked reads it: the network keeps none under load."""
        to, body = str(header.get("to")), payload_of(token).get("body")
        key = self.keys.of(to).encryption if to in organisations() else None
        if key is None or key.private_key is None or not isinstance(body, str):
            return None
        inner = opened_jwe(body, key.kid, key.private_key).inner
        content = payload_of(inner or "").get("content")
        return content if isinstance(content, dict) else None

    def puts(self) -> list[Call]:
        """The records, as they were registered."""
        return [
            _call(
                "/v1/records", {"local_id": id_, "information": name, "key": dict(key), "items": items}, 200
            )
            for (id_, name, key), items in self.records.items()
        ]

    def _register(self, ref: str, link_code: str) -> None:
        if ref in self.persons:
            return
        token, self.numbers[ref] = f"token-{ref}", str(len(self.numbers) + 1)
        self.persons[ref] = Person(ref, {self.organisation: token}, {self.organisation: link_code})
        path = f"/v1/subjects/{self.numbers[ref]}"
        self.calls.append(_call(path, {"enrolment_token": token}, 201))


def _call(path: str, body: Said, status: int) -> Call:
    return Call(
        0, _BEFORE, "", "PUT", path, (), "business", _NOBODY, None, body, None, status, {}, None
    )  # fmt: skip
