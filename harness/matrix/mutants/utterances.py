"""What a gateway said, each as one JSON document with what it belongs to: the places in which a mutant differs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Final

from harness.contract.journal_entries import Said
from harness.contract.resources import json_document
from harness.matrix.mutants.marks import Mark
from harness.matrix.mutants.sealing import Document, Sealer, taken_apart
from harness.matrix.mutants.slices import Slice
from harness.model.history.exchanges import Call, Delivery, Sending, shape_of
from harness.model.history.history import History
from harness.model.state.log_books import LOGS, SEALED, WORDS, Book

LOG_PATH: Final = "/v1/logs/"
_UNLISTED: Final = "南側 契約にない要求"
_PARAMETER: Final = re.compile(r"\{[^}]*\}")


class Place(StrEnum):
    """Where in a record it stands."""

    CALL = "calls"
    DELIVERY = "deliveries"
    SENDING = "sendings"
    REDEMPTION = "redemptions"
    ENTRY = "entries"


_MARKED: Final = frozenset({Place.CALL, Place.DELIVERY, Place.SENDING})  # by the line of the record


@dataclass(frozen=True)
class Utterance:
    """`way`: its kind, in words; `route`: what was asked of the gateway, in words; `log`: of an entry; `number`: line of the record, of an
    entry its place among those that a log showed; `aspects`: on what a mutant may be narrowed; `later`: codes of what is wrong beside
    what decides; `question`: of what is only looked at; `secret`: what it may not tell, empty where the record has none."""

    place: Place
    way: str
    number: int
    document: Document
    aspects: Mapping[str, str]
    route: str = ""
    log: str = ""
    later: tuple[str, ...] = ()
    question: str = ""
    secret: str = ""


def utterances(one: Slice, sealer: Sealer, marked: Mapping[int, Mark]) -> Iterator[Utterance]:
    """Of one slice, in the order of the record. `marked`: what the model says of the exchanges of the whole."""
    secret = _secret(one.history)
    for said in _told(one, sealer):
        mark = marked.get(said.number, Mark()) if said.place in _MARKED else Mark()
        yield replace(said, aspects={**said.aspects, **mark.aspects}, later=mark.later, secret=secret)


def _secret(history: History) -> str:
    """The 個人番号 of a resident, which is told to the gateway and by nobody else."""
    bodies = (call.body for call in history.calls if isinstance(call.body, dict))
    return next((str(body["my_number"]) for body in bodies if "my_number" in body), "")


def _told(one: Slice, sealer: Sealer) -> Iterator[Utterance]:
    history = one.history
    for call in history.calls:
        asked = call.number in one.lines and call.scenario
        if asked and isinstance(call.answer, dict) and call.status is not None:
            yield _call(call, call.answer)
    if one.logs:
        for log in LOGS:
            yield from _entries(history, log)
    else:
        yield from _messages(one, sealer)


def _messages(one: Slice, sealer: Sealer) -> Iterator[Utterance]:
    history = one.history
    for delivery in history.deliveries:
        if delivery.number in one.lines and delivery.status is not None:
            yield _delivery(delivery)
    turns: dict[tuple[str, object], int] = {}
    for sending in history.sendings:
        told = sending.number in one.lines and sending.problem is None
        if told and (parts := sealer.opened(sending)):
            turn = turns[str(sending.header["kind"]), sending.person] = (
                turns.get((str(sending.header["kind"]), sending.person), 0) + 1
            )
            yield _sending(sending, parts, turn)
    for asked in history.redemptions:
        if asked.number in one.lines and (parts := taken_apart(asked.token)):
            yield Utterance(
                Place.REDEMPTION, "リンクコードの要求", asked.number, parts, {"応答": str(asked.status)}
            )


def _call(call: Call, answer: Document) -> Utterance:
    asked = f"{call.method} {shape_of(call.path)}"
    route = f"南側 {asked}" if asked in _operations() else _UNLISTED
    code = answer.get("code") if call.status is not None and call.status >= 400 else None
    document: Document = {"status": call.status, "answer": answer, "media": call.media}
    aspects = {
        "利用者": call.caller or "なし",
        "職責": call.staff.role or "",
        "本文": _sizes(call.body),
        "絞り込み": "、".join(sorted({name for name, _ in call.query})),
        "応答": _sizes(answer),
    }
    if call.path.startswith(LOG_PATH) and call.status == 200:
        # Entries are changed in all answers alike, as of a gateway that wrote them so.
        document["answer"] = {"entries": answer.get("entries")}
    return Utterance(
        Place.CALL,
        f"{route} {code or call.status}",
        call.number,
        document,
        _said(aspects),
        route,
        question=f"{call.path} {call.query} {call.caller}" if call.method == "GET" else "",
    )


@cache
def _operations() -> frozenset[str]:
    """Method and shape of path of all that the contract lists."""
    paths = json_document("published", "south.openapi.json")["paths"]
    return frozenset(
        f"{method.upper()} {_PARAMETER.sub('{…}', path)}"
        for path, listed in paths.items()
        for method in listed
    )


def _sizes(body: object) -> str:
    """Empty, one or several: of the first list or map in it."""
    if isinstance(body, dict):
        lists = [value for value in body.values() if isinstance(value, list | dict)]
        return _size(lists[0]) if lists else ""
    return ""


def _size(value: list[object] | dict[str, object]) -> str:
    return "空" if not value else "一つ" if len(value) == 1 else "幾つも"


def _delivery(delivery: Delivery) -> Utterance:
    outcome = str((delivery.error or {}).get("code") or delivery.status)
    document: Document = {"status": delivery.status}
    document |= {"error": dict(delivery.error)} if delivery.error is not None else {}
    aspects = {**_of_header(delivery.header), "書換え": delivery.alteration or "なし"}
    route = f"受信 {delivery.header.get('kind')}"
    return Utterance(Place.DELIVERY, f"{route} {outcome}", delivery.number, document, _said(aspects), route)


def _sending(sending: Sending, document: Document, turn: int) -> Utterance:
    content = document["content"] if isinstance(document["content"], dict) else {}
    aspects = {
        **_of_header(sending.header),
        "内容": str(content.get("code") or _sizes(content)),
        "同じ人に": "初めて" if turn == 1 else "二度目から",
        "ネットワークの応答": str(sending.status),
    }
    way = f"送信 {sending.header.get('kind')}"
    return Utterance(Place.SENDING, way, sending.number, document, _said(aspects))


def _of_header(header: Said) -> dict[str, str]:
    basis = header.get("basis")
    table = str(basis.get("table")) if isinstance(basis, Mapping) else ""
    named = {"連携情報": "information", "相手": "to", "相手元": "from", "利用": "mode", "職責": "role"}
    return {"根拠": table} | {word: str(header.get(name) or "") for word, name in named.items()}


def _entries(history: History, log: str) -> Iterator[Utterance]:
    for number, shown in enumerate(Book.of(history, log).first_shown()):
        said = shown.said
        if history.scenario_of(said.get("correlation_id")) != shown.look.call.scenario:
            continue  # another scenario's: what happened then is no part of this slice
        kind = " ".join(str(said[name]) for name in ("event", "kind", "outcome") if name in said)
        names = {"符号": "code", "連携情報": "information", "何をしたか": "action", "局面": "phase"}
        aspects = {word: str(said.get(name) or "") for word, name in names.items()}
        key = shown.seq if log in SEALED else number
        yield Utterance(
            Place.ENTRY, f"{WORDS[log]} {kind}".rstrip(), key, dict(said), _said(aspects), log=log
        )


def _said(aspects: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in aspects.items() if value}
