"""What contract 2 decides and an exchange shows for itself (guide §12). Of contract 1 all of it is free (§11)."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind, Mode
from harness.model.cases import Breach, Case
from harness.model.history.exchanges import Call, Delivery, Sending
from harness.model.history.history import History

_ENQUIRY: Final = re.compile(r"/v1/enquiries/[^/]+")
_RESULT: Final = re.compile(r"/v1/enquiries/[^/]+/result")
_LOG: Final = re.compile(r"/v1/logs/(access|audit)")
_MILLISECONDS: Final = re.compile(r".*:\d\d\.\d{3,9}(Z|[+-]\d\d:\d\d)")
_ASKING: Final = frozenset({Kind.ENQUIRY, Kind.RECEIPT})  # `from` of these is the requester
_COPIED: Final = ("basis", "affair", "information", "role", "mode", "expires_at", "link_code")


def decided(history: History) -> Iterator[Case]:
    """Every occasion on which one of the rules of contract_2.toml could be broken."""
    headers = _headers(history)
    for call in history.calls:
        yield from _of_call(call, history)
        yield from _of_log(call, headers)
    for sending in history.sendings:
        yield from _of_sending(sending, history)


def _of_call(call: Call, history: History) -> Iterator[Case]:
    answer = call.answer if isinstance(call.answer, dict) else {}
    of_enquiry = (call.method, call.path, call.status) == ("POST", "/v1/enquiries", 202)
    if of_enquiry or (call.method == "GET" and call.status == 200 and _ENQUIRY.fullmatch(call.path)):
        yield _case("status-error", call.method, call, None if "error" in answer else "error がない")
    elif call.method != "GET" or call.status != 200:
        return
    elif _RESULT.fullmatch(call.path):
        yield _case("no-empty-reasons", "結果", call, _empty(answer))
    elif call.path == "/v1/health":
        declared = history.declared.lists.get("tables", frozenset())
        wrong = None if _texts(answer.get("tables")) == declared else "tables が宣言と違う"
        yield _case("health-tables", "health", call, wrong)


def _of_log(call: Call, headers: Mapping[str, Said]) -> Iterator[Case]:
    found = _LOG.fullmatch(call.path)
    if found is None or call.status != 200:
        return
    log, answer = found[1], call.answer if isinstance(call.answer, dict) else {}
    entries = answer.get("entries")
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        moment = str(entry.get("recorded_at"))
        wrong = None if _MILLISECONDS.fullmatch(moment) else "recorded_at にミリ秒がない"
        yield _case("log-moments", log, call, wrong)
        if log == "access":
            yield from _of_access(entry, call, headers.get(str(entry.get("message_id")), {}))


def _of_access(entry: Said, call: Call, header: Said) -> Iterator[Case]:
    kind = str(entry.get("kind"))
    if entry.get("event") == "拒否":
        wrong = f"拒否の items が {entry['items']}" if entry.get("items") else None
        yield _case("refused-items", kind if kind == Kind.ANSWER else "ほか", call, wrong)
    if header.get("kind") == kind and kind in set(Kind):
        ends = ("from", "to") if kind in _ASKING else ("to", "from")
        expected = tuple(header.get(end) for end in ends)
        told = entry.get("requester"), entry.get("provider")
        wrong = None if told == expected else f"{kind}の照会者と提供者が {told}"
        yield _case("log-parties", kind, call, wrong)


def _of_sending(sending: Sending, history: History) -> Iterator[Case]:
    header, kind = sending.header, sending.header.get("kind")
    if kind == Kind.NOTICE:
        wrong = None if header.get("mode") == Mode.ONLINE else f"mode が {header.get('mode')}"
        yield _sent("notice-mode", Kind.NOTICE, sending, history, wrong)
    elif kind == Kind.ANSWER and sending.content is not None:
        yield _sent("no-empty-reasons", Kind.ANSWER, sending, history, _empty(sending.content))
    elif kind in {Kind.RECEIPT, Kind.ERROR} and (told := history.once(_notices).get(_ends(header, "to"))):
        wrong = None if any(_copies(header, notice.header) for notice in told) else "写した値が違う"
        yield _sent("receipt-header", str(kind), sending, history, wrong)


def _notices(history: History) -> dict[tuple[str, str], list[Delivery]]:
    """The 連絡 that a reply may answer: of one partner and correlation id, each with a header of its own."""
    found: dict[tuple[str, str], list[Delivery]] = {}
    for delivery in history.deliveries:
        header = delivery.header
        taken = (delivery.accepted or delivery.maybe) and delivery.alteration is None
        if header.get("kind") == Kind.NOTICE and taken:
            found.setdefault(_ends(header, "from"), []).append(delivery)
    return found


def _ends(header: Said, partner: str) -> tuple[str, str]:
    return str(header.get(partner)), str(header.get("correlation_id"))


def _copies(header: Said, asked: Said) -> bool:
    return all(header.get(name) == asked.get(name) for name in _COPIED)


def _headers(history: History) -> dict[str, Said]:
    """By message id; of one that came under two headers, or was altered on its way, none: nobody can tell which an entry is
    about."""
    altered = {str(d.header.get("message_id")) for d in history.deliveries if d.alteration is not None}
    found: dict[str, Said] = {id_: {} for id_ in altered}
    for header in (*(d.header for d in history.deliveries), *(s.header for s in history.sendings)):
        id_ = str(header.get("message_id"))
        ends = ("kind", "from", "to")
        known = found.setdefault(id_, header)
        if any(known.get(end) != header.get(end) for end in ends):
            found[id_] = {}
    return found


def _empty(answer: Said) -> str | None:
    return "reasons が空の {}" if answer.get("reasons") == {} else None


def _texts(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _case(rule: str, alternative: str, call: Call, wrong: str | None) -> Case:
    return Case(_id(rule), alternative, _breach(wrong, call.words, call.scenario, call.span.end))


def _sent(rule: str, alternative: str, sending: Sending, history: History, wrong: str | None) -> Case:
    scenario = history.scenario_of(sending.person, sending.header.get("correlation_id"))
    breach = _breach(wrong, sending.words, scenario, sending.span.end)
    return Case(_id(rule), alternative, breach)


def _id(rule: str) -> str:
    return f"contract-2-{rule}"


def _breach(wrong: str | None, where: str, scenario: str, moment: float) -> Breach | None:
    return Breach(f"{where}: {wrong}", "手引12章のとおり", where, scenario, moment) if wrong else None
