"""The record as it would be had the gateway said something else in one place."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar
from uuid import uuid4

from harness.contract.log_seal import seal
from harness.contract.schemas import problem_with
from harness.matrix.mutants.sealing import Document, Sealer
from harness.matrix.mutants.utterances import Place, Utterance
from harness.model.history.exchanges import Call, Delivery, Redemption, Sending
from harness.model.history.history import History
from harness.model.state.log_books import SEALED

_T = TypeVar("_T", Call, Delivery, Sending, Redemption)
_PATH: Final = "/v1/logs/"
_SOON: Final = 0.001  # seconds after the first, what is said twice


@dataclass(frozen=True)
class Answer:
    """`documents`: what is said in place of the utterance: none for nothing, two for twice."""

    utterance: Utterance
    documents: tuple[Document, ...]

    def within(self, history: History, sealer: Sealer) -> History:
        """The history with it."""
        where, said = self.utterance, self.documents
        match where.place:
            case Place.CALL:
                calls = _put(history.calls, where.number, lambda call: [_call(call, d) for d in said])
                return replace(history, calls=calls)
            case Place.DELIVERY:
                put = _put(history.deliveries, where.number, lambda one: [_delivery(one, d) for d in said])
                return replace(history, deliveries=put)
            case Place.SENDING:
                sent = _put(history.sendings, where.number, lambda one: list(_sendings(one, said, sealer)))
                return replace(history, sendings=sent)
            case Place.REDEMPTION:
                asked = _put(
                    history.redemptions, where.number, lambda one: [_redemption(one, d, sealer) for d in said]
                )
                return replace(history, redemptions=asked)
            case Place.ENTRY:
                return replace(history, calls=tuple(_with_entries(history.calls, where, said)))


def _put(exchanges: Sequence[_T], number: int, instead: Any) -> tuple[_T, ...]:
    found: list[_T] = []
    for one in exchanges:
        found += instead(one) if one.number == number else [one]
    return tuple(found)


def _call(call: Call, document: Document) -> Call:
    return replace(
        call, status=document.get("status"), answer=document.get("answer"), media=document.get("media")
    )


def _delivery(delivery: Delivery, document: Document) -> Delivery:
    """The network keeps for an error object what meets its schema, and else the text alone."""
    error = document.get("error")
    proper = error is not None and problem_with("error", error) is None
    text = json.dumps(error, ensure_ascii=False) if error is not None else delivery.text
    return replace(delivery, status=document.get("status"), error=error if proper else None, text=text)


def _sendings(sending: Sending, documents: tuple[Document, ...], sealer: Sealer) -> Iterator[Sending]:
    for turn, document in enumerate(documents):
        new = document if not turn else _renumbered(document)
        header = new["header"] if isinstance(new["header"], dict) else {}
        content = new.get("content")
        yield replace(
            sending,
            token=sealer.sealed(new, header.get("to")),
            header=header,
            content=content if isinstance(content, dict) else None,
            seq=sending.seq + turn * 1_000_000,
            span=sending.span._replace(end=sending.span.end + turn * _SOON),
        )


def _renumbered(document: Document) -> Document:
    """The same once more, as a message of its own."""
    new = {"message_id": str(uuid4())}
    return {**document, "header": {**document["header"], **new}, "bound": {**document["bound"], **new}}


def _redemption(asked: Redemption, document: Document, sealer: Sealer) -> Redemption:
    return replace(asked, token=sealer.signed(document["protected"], document["payload"]))


def _with_entries(
    calls: tuple[Call, ...], where: Utterance, documents: tuple[Document, ...]
) -> Iterator[Call]:
    """Every answer of the log that showed the entry shows the other one, and numbers and seals that fit."""
    path = f"{_PATH}{where.log}"
    looks = [c for c in calls if c.path == path and isinstance(c.answer, dict) and c.status == 200]
    book = _sealed(looks, where, documents) if where.log in SEALED else None
    for call in calls:
        if call not in looks or not isinstance(call.answer, dict):
            yield call
            continue
        said: list[Document] = []
        for entry in call.answer.get("entries", []):
            if book is not None:
                said += book[entry["seq"]]
            else:
                said += documents if entry == where.document else [entry]
        yield replace(call, answer={"entries": said})


def _sealed(
    looks: Sequence[Call], where: Utterance, documents: tuple[Document, ...]
) -> dict[int, list[Document]]:
    """By the number that an entry had. What stands before a gap is not known: there the seal stays as it was."""
    known = {e["seq"]: e for look in looks if isinstance(look.answer, dict) for e in look.answer["entries"]}
    found: dict[int, list[Document]] = {}
    previous, shift = "", 0
    for number, entry in sorted(known.items()):
        if number - 1 not in known and number != 1:
            previous = "?"
        instead = list(documents) if number == where.number else [entry]
        found[number] = []
        for turn, one in enumerate(instead):
            new = {**one, "seq": number + shift + turn} if one.get("seq") == number else one
            if (shift or number >= where.number) and previous != "?":
                new = {**new, "seal": seal(previous, new)} if "seal" in new else new
            previous = str(new.get("seal"))
            found[number].append(new)
        shift += len(instead) - 1
    return found
