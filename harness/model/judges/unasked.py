"""Nothing goes out that nobody asked for: a refused request leaves no trace on the north face (guide §2 Refusals)."""

import json
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind
from harness.model.cases import Case
from harness.model.history.exchanges import Call, Sending
from harness.model.history.history import History
from harness.model.likeness import listed, members
from harness.model.occasions import Occasion
from harness.model.state.batches import Batch, batches
from harness.model.state.errands import Traffic, What, confirmed, refused
from harness.model.state.looks import errands_of

_ASKED_BY: Final[Mapping[str, What]] = {"/v1/enquiries": What.ENQUIRY, "/v1/notices": What.NOTICE}
_CONTENT: Final[Mapping[What, str]] = {What.ENQUIRY: "key", What.ROW: "key", What.NOTICE: "items"}
_KINDS: Final[Mapping[object, What]] = {Kind.ENQUIRY: What.ENQUIRY, Kind.NOTICE: What.NOTICE}


# Refusals that a request of these may meet (guide §2 Refusals).
_CODES: Final = frozenset(
    {
        "UNAUTHENTICATED",
        "STAFF_REQUIRED",
        "STAFF_SESSION_EXPIRED",
        "INVALID_REQUEST",
        "NOT_DECLARED",
        "ROLE_NOT_ALLOWED",
        "UNDELIVERED",
        "PARTNER_UNKNOWN",
        "BASIS_NOT_LAWFUL",
        "SUBJECT_UNKNOWN",
    }
)


class _Refused(NamedTuple):
    """A request, or a row, that was refused with a code."""

    what: What
    call: Call
    code: str


def unasked(history: History) -> Iterator[Case]:
    """Every refused request, and every message that no confirmed one explains."""
    all_batches = batches(history, history.once(Traffic.of))
    denied: dict[str, list[_Refused]] = {}
    for key, one in (*_refused_calls(history), *_refused_rows(all_batches)):
        denied.setdefault(key, []).append(one)
    open_ = {*_unanswered(history), *_open_rows(all_batches)}
    sent = {errand.correlation_id for errand in errands_of(history)}
    convicted: set[tuple[int, str]] = set()
    for sending in history.sendings:
        header = sending.header
        what = _KINDS.get(header.get("kind"))
        # whom this run does not know may have been asked about in an earlier one
        if what is None or sending.person is None:
            continue
        if header.get("correlation_id") in sent:
            yield Case("nothing-unasked", what)
            continue
        key = _key_of(what, sending)
        if key in open_:
            continue
        before = [one for one in denied.get(key, ()) if one.call.span.begin <= sending.span.end]
        yield _unasked(what, sending, before, convicted)
    for one in (one for all_ in denied.values() for one in all_):
        if (one.call.number, one.code) not in convicted and one.code in _CODES:
            yield Case(_rule(one.code), one.what)


def _unasked(what: What, sending: Sending, before: list[_Refused], convicted: set[tuple[int, str]]) -> Case:
    correlation_id = str(sending.header.get("correlation_id"))
    about = (f"correlation:{correlation_id}",)
    if not before:
        occasion = Occasion(sending, "", sending.span.end, about)
        observed = "受け付けたどの要求にも対応しない電文が送られる"
        return occasion.case("nothing-unasked", what, False, observed, "受け付けた要求の電文だけが送られる")
    one = before[-1]
    convicted.add((one.call.number, one.code))
    occasion = Occasion(sending, one.call.scenario, sending.span.end, about)
    observed = f"{one.code} として拒否した{one.what}（{one.call.words}）の電文が送られる"
    return occasion.case(_rule(one.code), one.what, False, observed, "拒否したものについて何も送られない")


def _rule(code: str) -> str:
    return f"no-trace-of-{code.lower().replace('_', '-')}" if code in _CODES else "nothing-unasked"


def _refused_calls(history: History) -> Iterator[tuple[str, _Refused]]:
    for call in history.calls:
        what = _ASKED_BY.get(call.path) if call.method == "POST" else None
        if what and refused(call):
            yield _key(what, members(call.body)), _Refused(what, call, str(members(call.answer).get("code")))


def _refused_rows(all_batches: tuple[Batch, ...]) -> Iterator[tuple[str, _Refused]]:
    for batch in all_batches:
        for row, looks in zip(batch.rows, batch.row_looks, strict=True):
            # each code once, by the last answer that showed it
            shown = {members(k.said.get("error")).get("code"): k.call for k in looks if k.ids is None}
            for code, call in shown.items():
                if isinstance(code, str):
                    yield _key(What.ENQUIRY, row), _Refused(What.ROW, call, code)


def _unanswered(history: History) -> Iterator[str]:
    """What may have been accepted without anybody knowing; or was, and its ids cannot be read."""
    for call in history.calls:
        if call.method != "POST" or refused(call):
            continue
        known = isinstance(members(call.answer).get("correlation_id"), str)
        if call.path in _ASKED_BY and not known:
            what = _ASKED_BY[call.path]
            yield _key(what, members(call.body))
        elif call.path == "/v1/batches" and not confirmed(call):
            yield from (_key(What.ENQUIRY, members(row)) for row in listed(members(call.body).get("rows")))


def _open_rows(all_batches: tuple[Batch, ...]) -> Iterator[str]:
    """Rows that may have become an enquiry since anybody looked."""
    for batch in all_batches:
        for row, looks in zip(batch.rows, batch.row_looks, strict=True):
            last = looks[-1] if looks else None
            has_error = last is not None and last.said.get("error") is not None
            resent = last is None or any(
                c.span.end >= last.call.span.begin for c in batch.resends if c is not last.call
            )
            if last is None or resent or (last.ids is None and not has_error):
                yield _key(What.ENQUIRY, row)


def _key_of(what: What, sending: Sending) -> str:
    """Without the content where nobody can open it."""
    content = members(sending.content).get(_CONTENT[what])
    return _key(what, {**sending.header, _CONTENT[what]: content})


def _key(what: What, said: Said) -> str:
    named = [said.get(name) for name in ("to", "basis", "affair", "information", _CONTENT[what])]
    return json.dumps([what, *named], ensure_ascii=False, sort_keys=True, default=str)
