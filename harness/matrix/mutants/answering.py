"""The record as it would be had the gateway said something else in one place."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar
from uuid import uuid4

from harness.contract.log_seal import seal
from harness.contract.schemas import problem_with
from harness.matrix.mutants.sealing import LATE, Document, Sealer
from harness.matrix.mutants.utterances import LOG_PATH, Place, Utterance
from harness.model.history.exchanges import Call, Delivery, Redemption, Sending
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.log_books import SEALED
from harness.model.state.log_filters import Filter, filters_of

_T = TypeVar("_T", Call, Delivery, Sending, Redemption)
_Said = tuple[Document, ...]
_UNKNOWN: Final = "?"  # no seal
_NO_ANSWER: Final = "TIMED_OUT"
_SOON: Final = 0.001  # seconds after the first, what is said twice


@dataclass(frozen=True)
class Answer:
    """`documents`: what is said in place of the utterance: none for nothing, two for twice."""

    utterance: Utterance
    documents: tuple[Document, ...]


def said_otherwise(history: History, answers: Iterable[Answer], sealer: Sealer) -> History:
    """The history with all of them at once."""
    of: defaultdict[Place, dict[int, _Said]] = defaultdict(dict)
    logs: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        of[answer.utterance.place][answer.utterance.number] = answer.documents
        if answer.utterance.place is Place.ENTRY:
            logs[answer.utterance.log].append(answer)
    calls = _put(history.calls, of[Place.CALL], lambda one, said: (_call(one, d) for d in said))
    for log, entries in logs.items():
        calls = tuple(_with_entries(calls, log, entries))
    return replace(
        history,
        calls=calls,
        deliveries=_put(
            history.deliveries, of[Place.DELIVERY], lambda one, said: (_delivery(one, d) for d in said)
        ),
        sendings=_put(history.sendings, of[Place.SENDING], lambda one, said: _sendings(one, said, sealer)),
        redemptions=_put(
            history.redemptions,
            of[Place.REDEMPTION],
            lambda one, said: (_redemption(one, d, sealer) for d in said),
        ),
    )


def _put(
    exchanges: Sequence[_T], said: Mapping[int, _Said], instead: Callable[[_T, _Said], Iterable[_T]]
) -> tuple[_T, ...]:
    found: list[_T] = []
    for one in exchanges:
        found += instead(one, said[one.number]) if one.number in said else [one]
    return tuple(found)


def _call(call: Call, document: Document) -> Call:
    status, answer = document.get("status"), document.get("answer")
    problem = _NO_ANSWER if status is None else None
    return replace(call, status=status, answer=answer, media=document.get("media"), problem=problem)


def _delivery(delivery: Delivery, document: Document) -> Delivery:
    """The network keeps for an error object what meets its schema, and else the text alone."""
    error = document.get("error")
    proper = error is not None and problem_with("error", error) is None
    text = json.dumps(error, ensure_ascii=False) if error is not None else delivery.text
    status = document.get("status")
    problem = _NO_ANSWER if status is None else None
    said = error if proper else None
    return replace(delivery, status=status, error=said, text=text, problem=problem)


def _sendings(sending: Sending, documents: tuple[Document, ...], sealer: Sealer) -> Iterator[Sending]:
    for turn, document in enumerate(documents):
        new = document if not turn else _renumbered(document)
        header = new["header"] if isinstance(new["header"], dict) else {}
        content, late = new.get("content"), new.get(LATE, 0.0)
        begin, end = sending.span
        yield replace(
            sending,
            token=sealer.sealed(new, header.get("to")),
            header=header,
            content=content if isinstance(content, dict) else None,
            seq=sending.seq + turn * 1_000_000,
            span=Span(begin + late, end + late + turn * _SOON),
        )


def _renumbered(document: Document) -> Document:
    """The same once more, as a message of its own."""
    new = {"message_id": str(uuid4())}
    return {**document, "header": {**document["header"], **new}, "bound": {**document["bound"], **new}}


def _redemption(asked: Redemption, document: Document, sealer: Sealer) -> Redemption:
    return replace(asked, token=sealer.signed(document["protected"], document["payload"]))


def _with_entries(calls: tuple[Call, ...], log: str, answers: Sequence[Answer]) -> Iterator[Call]:
    """Every answer of the log that showed an entry shows the other one, and numbers and seals that fit."""
    path = f"{LOG_PATH}{log}"
    looks = {c.number: c for c in calls if c.path == path and isinstance(c.answer, dict) and c.status == 200}
    book = _sealed(looks.values(), answers) if log in SEALED else {}
    instead = {_text(one.utterance.document): one.documents for one in answers}
    for call in calls:
        if call.number not in looks or not isinstance(call.answer, dict):
            yield call
            continue
        said: list[Document] = []
        filters = filters_of(log, call.query)
        for entry in call.answer.get("entries", []):
            others = book[entry["seq"]] if book else instead.get(_text(entry), (entry,))
            said += (one for one in others if one is entry or _is_asked_for(one, filters))
        yield replace(call, answer={"entries": said})


def _is_asked_for(entry: Document, filters: Iterable[Filter]) -> bool:
    """Who wrote another id down does not find it by the right one."""
    return not any(one.wants(entry, None) is False for one in filters)


def _text(entry: Document) -> str:
    return json.dumps(entry, sort_keys=True)


def _sealed(looks: Iterable[Call], answers: Sequence[Answer]) -> dict[int, list[Document]]:
    """By the number that an entry had. What stands before a gap is not known: there the seal stays as it was."""
    known = {e["seq"]: e for look in looks if isinstance(look.answer, dict) for e in look.answer["entries"]}
    instead = {one.utterance.number: one.documents for one in answers}
    first = min(instead)
    found: dict[int, list[Document]] = {}
    previous, shift = "", 0
    for number, entry in sorted(known.items()):
        if number - 1 not in known and number != 1:
            previous = _UNKNOWN
        found[number] = []
        documents = instead.get(number, (entry,))
        for turn, one in enumerate(documents):
            new = {**one, "seq": number + shift + turn} if one.get("seq") == number else one
            if (shift or number >= first) and previous != _UNKNOWN and "seal" in new:
                new = {**new, "seal": seal(previous, new)}
            previous = str(new.get("seal"))
            found[number].append(new)
        shift += len(documents) - 1
    return found
