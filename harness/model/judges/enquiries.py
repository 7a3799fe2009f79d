"""What goes out because of what business systems ask for (guide §2, §3): each thing once, soon, member by member as asked; and
nothing else."""

from collections.abc import Iterator, Mapping
from typing import Final

from harness.contract.journal_entries import Said
from harness.model.cases import Case
from harness.model.history.exchanges import Sending
from harness.model.history.history import History
from harness.model.likeness import moment, same
from harness.model.occasions import Occasion
from harness.model.state.errands import Errand, What, messages_of
from harness.model.state.looks import errands_of
from harness.model.state.patience import CLOCKS, ROUNDED, Patience
from harness.model.state.register import UNKNOWN
from harness.model.state.subjects import Subjects

_COPIED: Final = ("to", "affair", "information")
_ROW_MODE: Final = (What.ROW, "mode")  # a requirement of its own
_CONTENT: Final[Mapping[What, str]] = {What.ENQUIRY: "key", What.ROW: "key", What.NOTICE: "items"}


def enquiries(history: History) -> Iterator[Case]:
    """Each thing that was confirmed, against the messages that went out for it."""
    patience, subjects = Patience.of(history), history.once(Subjects.of)
    ids: dict[tuple[str, str], str] = {}
    for errand in errands_of(history):
        yield _ids_new(errand, ids)
        if errand.what is not What.ROW:  # when a row is due follows from the rows before it
            yield from _sent_soon(errand, history, patience)
        if not errand.sendings:
            continue
        messages = list(messages_of(errand.sendings).values())
        if errand.what is not What.NOTICE:
            yield from _sent_once(errand, messages)
        for sendings in messages if errand.what is What.NOTICE else messages[:1]:
            first = sendings[0]
            yield from _as_asked(errand, first, history)
            yield from _link_code(errand, first, subjects)
        yield from _expiry(errand, messages[0][0])


def _ids_new(errand: Errand, ids: dict[tuple[str, str], str]) -> Case:
    """Its ids are nobody else's. `ids` learns them."""
    mine = f"{errand.openers[0].number} {errand.id} {errand.correlation_id}"
    known = [
        ids.setdefault((errand.what.side, errand.id), mine),
        ids.setdefault(("correlation", errand.correlation_id), mine),
    ]
    rule = "notice-ids-new" if errand.what is What.NOTICE else "ids-new"
    occasion = Occasion(errand.openers[0], errand.scenario, errand.span.end, errand.about)
    kept = known == [mine, mine]
    return occasion.case(
        rule, errand.what, kept, "前に受け付けたものと同じ番号を付ける", "番号は受け付けるごとに新しい"
    )


def _sent_soon(errand: Errand, history: History, patience: Patience) -> Iterator[Case]:
    by = patience.until(errand.span.end)
    first = errand.sendings[0].span.begin if errand.sendings else None
    expires_before = errand.expires.begin < by  # then it may have become 期限切れ before anybody sent it
    if first is None and (by > history.ended or expires_before):
        return
    occasion = Occasion(errand.openers[0], errand.scenario, by, errand.about)
    kept = first is not None and first <= by
    observed = "電文が送られない" if first is None else f"{first - errand.span.end:.1f} 秒後に送られる"
    yield occasion.case(
        f"{errand.what.side}-sent-soon",
        errand.what,
        kept,
        f"{errand.words}: {observed}",
        "5秒以内に電文が一つ送られる",
    )


def _sent_once(errand: Errand, messages: list[list[Sending]]) -> Iterator[Case]:
    last = messages[-1][0]
    occasion = _about(errand, last)
    observed = f"一つの{errand.words}について、電文番号の違う照会依頼が {len(messages)} 通送られる"
    yield occasion.case(
        "enquiry-once", errand.what, len(messages) == 1, observed, "照会依頼は一通（再送は同じ電文番号）"
    )


def _as_asked(errand: Errand, sending: Sending, history: History) -> Iterator[Case]:
    rule, occasion = f"{errand.what.side}-as-asked", _about(errand, sending)
    for member, kept in _members(errand, sending.header, history.declared.organisation):
        observed = f"ヘッダーの {member} が、求められたものと違う"
        named = (
            ("row-mode", errand.what)
            if (errand.what, member) == _ROW_MODE
            else (rule, f"{errand.what}:{member}")
        )
        yield occasion.case(*named, kept, observed, f"{member} は求められたとおり")
    content = _CONTENT[errand.what]
    if sending.content is not None:
        # nobody gave reasons; an empty object of them says no more than none
        given = {name: value for name, value in sending.content.items() if name != "reasons" or value != {}}
        kept = same(given, {content: errand.said.get(content)})
        observed, expected = f"本文の {content} が、求められたものと違う", f"{content} は求められたとおり"
        yield occasion.case(rule, f"{errand.what}:{content}", kept, observed, expected)


def _members(errand: Errand, header: Said, own: str) -> Iterator[tuple[str, bool]]:
    yield "version", header.get("version") == "1"
    yield "from", header.get("from") == own
    for name in _COPIED:
        yield name, header.get(name) == errand.said.get(name)
    yield "basis", same(header.get("basis"), errand.said.get("basis"))
    yield "role", header.get("role") in errand.roles
    if errand.mode is not None:
        yield "mode", header.get("mode") == errand.mode
    if errand.what is not What.NOTICE:
        yield "correlation_id", header.get("message_id") == errand.correlation_id


def _link_code(errand: Errand, sending: Sending, subjects: Subjects) -> Iterator[Case]:
    local_id = str(errand.said.get("local_id"))
    codes = subjects.code(local_id, errand.span.until(sending.span))
    known = [code for code in codes if code is not None]
    if UNKNOWN in known or not known:
        return
    kept = sending.header.get("link_code") in known
    observed = "リンクコードが、対象者の自団体のリンクコードではない"
    yield _about(errand, sending).case(
        f"{errand.what.side}-link-code", errand.what, kept, observed, "対象者本人の自団体のリンクコード"
    )


def _expiry(errand: Errand, first: Sending) -> Iterator[Case]:
    """Counted from any moment between the request and the message, by the gateway's clock; what it says beside its own `sent_at`
    needs no clock of ours."""
    expires, sent = moment(first.header.get("expires_at")), moment(first.header.get("sent_at"))
    if expires is None:
        return
    began, ended = errand.span.begin + errand.life, first.span.end + errand.life
    kept = began - CLOCKS <= expires <= ended + CLOCKS
    if sent is not None:
        took = first.span.end - errand.span.begin + 2 * ROUNDED
        kept = kept and abs(expires - sent - errand.life) <= took
    named = "指定あり" if "expires_in_seconds" in errand.said else "指定なし"
    observed = f"expires_at が要求の {expires - errand.span.begin:.1f} 秒後"
    yield _about(errand, first).case(
        f"{errand.what.side}-expires",
        f"{errand.what}:{named}",
        kept,
        observed,
        f"要求の {errand.life} 秒後（誤差5秒まで）",
    )


def _about(errand: Errand, sending: Sending) -> Occasion:
    return Occasion(sending, errand.scenario, sending.span.end, errand.about)
