"""What entries of the audit log claim (guide §7): ids, codes and persons of what did happen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from harness.contract.messages import Kind
from harness.model.cases import Breach, Case
from harness.model.history.history import History
from harness.model.state.audited import BY_STAFF, REFUSED
from harness.model.state.correlations import Correlation, Correlations
from harness.model.state.log_books import Shown
from harness.model.state.log_filters import TOLERANCE

_NANO: Final = 1_000_000_000
_UNVERIFIED: Final = frozenset(
    {"MALFORMED", "SIGNATURE_INVALID", "UNDELIVERED"}
)  # which ids these show is open (guide §11)
_OWN: Final = frozenset({"UNDELIVERED", "EXPIRED"})  # of what was given up: no exchange shows it
_OF_ANSWERING: Final = frozenset(
    {"SUBJECT_UNKNOWN", "RECORD_NOT_FOUND", BY_STAFF}
)  # before its エラー leaves
_ASKING: Final = frozenset({Kind.ENQUIRY, Kind.NOTICE})


def claims(history: History, entries: Iterable[Shown], known: Correlations) -> Iterator[Case]:
    """Each entry of this run, by its ids or by its time. One that claims something that nobody can know of is left alone."""
    happened = _Happened.of(history, known)
    for shown in entries:
        ids = (shown.text("correlation_id"), shown.text("message_id"))
        mine = any(id_ in known.by_id or id_ in happened.messages for id_ in ids)
        if mine or shown.at / _NANO > history.began + TOLERANCE:
            yield from _judged(shown, happened)


@dataclass(frozen=True)
class _Happened:
    """`messages`: their correlations by message id; `staff`: ids of everybody who was named; `codes` of all refusals; `guessed`: codes of
    submissions that were refused, for which a gateway may have chosen ids that nobody saw."""

    known: Correlations
    messages: dict[str, set[str]]
    staff: set[str]
    codes: set[str]
    guessed: set[str]
    unanswered: bool
    looked_in_vain: tuple[float, ...]

    @classmethod
    def of(cls, history: History, known: Correlations) -> "_Happened":
        messages: dict[str, set[str]] = defaultdict(set)
        for id_, one in known.by_id.items():
            for message in one.messages:
                messages[message].add(id_)
        refused = [(c, str(c.answer.get("code"))) for c in history.calls if isinstance(c.answer, dict)]
        submitted = [code for call, code in refused if call.path in ("/v1/enquiries", "/v1/notices")]
        codes = {code for one in known.by_id.values() for code in one.codes} | {code for _, code in refused}
        inside = {code for call in history.calls for code in _inside(call.answer)}
        unanswered = any(one.unanswered for one in known.by_id.values())
        unanswered |= any(call.status is None for call in history.calls)
        staff = {call.staff.id for call in history.calls if call.staff.id}
        looked = (c for c in history.calls if c.path == "/v1/own-information")
        vain = tuple(c.span.end for c in looked if c.status is not None and c.status >= 400)
        return cls(known, messages, staff, codes | inside, {*submitted, *inside}, unanswered, vain)


def _inside(answer: object) -> Iterator[str]:
    """Codes of rows, lines and records that were not taken."""
    if not isinstance(answer, dict):
        return
    parts: list[object] = []
    for name in ("rows", "errors"):
        rows = answer.get(name)
        parts += (
            [row.get("error", row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        )
    yield from (str(part["code"]) for part in parts if isinstance(part, dict) and "code" in part)


def _judged(shown: Shown, happened: _Happened) -> Iterator[Case]:
    message, correlation = shown.text("message_id"), shown.text("correlation_id")
    one = happened.known.by_id.get(correlation) if correlation else None
    if not _may_be_unseen(shown, happened):
        if message is not None:
            proper = message in happened.messages or message in happened.known.by_id or one is not None
            yield _case(shown, "message_id", None if proper else "だれも送らなかった電文の番号がある")
        if correlation is not None:
            wrong = _wrong_correlation(shown, correlation, one, happened)
            yield _case(shown, "correlation_id", wrong)
    if shown.text("staff_id") is not None:
        yield _case(shown, "staff_id", _wrong_person(shown, one, happened))
    if shown.said.get("outcome") == REFUSED and shown.text("code") is not None:
        yield _case(shown, "code", _wrong_code(shown, one, happened))
    yield _in_time(shown, one)


def _may_be_unseen(shown: Shown, happened: _Happened) -> bool:
    """Ids of a message that came from nobody, of a submission that was refused, or of one whose answer never came."""
    code, staff = shown.text("code"), shown.text("staff_id")
    if shown.said.get("outcome") == REFUSED and (code in _UNVERIFIED or code in happened.guessed):
        return True
    unseen = happened.known.unseen
    return bool(unseen) and (staff is None or staff in unseen)


def _wrong_correlation(
    shown: Shown, correlation: str, one: Correlation | None, happened: _Happened
) -> str | None:
    message = shown.text("message_id")
    if one is None:
        # a look-up that was refused may count as one (§11), with an id that nobody saw
        looked = any(abs(shown.at / _NANO - at) <= TOLERANCE for at in happened.looked_in_vain)
        return None if looked else "だれも使わなかった照会番号がある"
    mine = happened.messages.get(message) if message else None
    if mine and correlation not in mine and message != correlation:
        return "電文番号と照会番号が別の照会のものである"
    return None


def _wrong_person(shown: Shown, one: Correlation | None, happened: _Happened) -> str | None:
    staff = str(shown.text("staff_id"))
    if staff in happened.known.unseen:
        return None
    if staff not in happened.staff:
        return "何もしていない職員の識別がある"
    acted = one is None or staff in one.staff
    return None if acted else "その照会について何もしていない職員の識別がある"


def _wrong_code(shown: Shown, one: Correlation | None, happened: _Happened) -> str | None:
    """Of a correlation among those that it had; what nobody answered may have been refused for any reason."""
    code = str(shown.text("code"))
    if code in _OWN or (one.unanswered if one else happened.unanswered):
        return None
    if one is None:
        return None if code in happened.codes else f"だれも受けなかった拒否の符号 {code} がある"
    inward = code in _OF_ANSWERING and bool(one.kinds & _ASKING)
    return None if code in one.codes or inward else f"その照会になかった拒否の符号 {code} がある"


def _in_time(shown: Shown, one: Correlation | None) -> Case:
    """Neither before anything of it was known, nor after it was shown."""
    at = shown.at / _NANO
    if one and at < one.began - TOLERANCE:
        observed = f"日時が、照会の始まる {one.began - at:.0f} 秒前である"
    elif at > shown.look.call.span.end + TOLERANCE:
        observed = f"日時が、示された時の {at - shown.look.call.span.end:.0f} 秒後である"
    else:
        return Case("audit-recorded-at", "recorded_at")
    return Case(
        "audit-recorded-at", "recorded_at", _breach(shown, observed, "起きた日時（時計の差は5秒まで）")
    )


def _case(shown: Shown, alternative: str, observed: str | None) -> Case:
    if observed is None:
        return Case("audit-truthful", alternative)
    return Case("audit-truthful", alternative, _breach(shown, observed, "起きたことの記録だけ"))


def _breach(shown: Shown, observed: str, expected: str) -> Breach:
    call = shown.look.call
    ids = (("correlation", shown.text("correlation_id")), ("message", shown.text("message_id")))
    about = tuple(f"{name}:{id_}" for name, id_ in ids if id_)
    return Breach(f"監査ログ: {observed}", expected, call.words, call.scenario, call.span.end, about)
