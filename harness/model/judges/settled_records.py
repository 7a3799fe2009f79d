"""What contract 2 decides of records (guide §12): rows of one body in their order, which record is the last, how numbers are carried, and
whom an enquiry that waits is about."""

from collections.abc import Iterator, Mapping
from typing import Final

from harness.contract.items import informations
from harness.contract.messages import Kind
from harness.contract.schemas import problem_with
from harness.model.cases import Case
from harness.model.history.exchanges import Call, Sending
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.judges.of_calls import case, of_record
from harness.model.judges.providing import APPROVED, due_at
from harness.model.judges.repeating import further_names
from harness.model.judges.reply_contents import permitted
from harness.model.judges.replying import Replying, Talk, code_of
from harness.model.judges.shown import part_of, shown_names
from harness.model.judges.versions import STALE
from harness.model.likeness import listed, members, same
from harness.model.state.changes import BULK, DELETION, held, told
from harness.model.state.held import Held
from harness.model.state.holdings import Holding, Holdings, all_holdings, is_stale
from harness.model.state.outcomes import Outcome, outcome, refused_with
from harness.model.state.register import UNKNOWN
from harness.model.state.subjects import Subjects

_LOOK_UP: Final = ("POST", "/v1/own-information")
_LAST: Final = "最後に登録した件"


def records_by_contract_2(history: History) -> Iterator[Case]:
    """Bulk requests, look-ups and deletions of residents; then what was provided."""
    holdings = history.once(all_holdings)
    for call in history.calls:
        if call.caller != "business":
            continue
        if (call.method, call.path) == BULK:
            yield from _bulk(call, holdings, history.once(Subjects.of))
        elif (call.method, call.path) == DELETION:
            yield from _deletion(call, holdings)
        elif (call.method, call.path) == _LOOK_UP:
            yield from _shown(call, holdings)
    replying = Replying(history)
    for conversation in replying.conversations:
        if conversation.correlation_id in replying.stands:
            yield from _provided(Talk(replying, conversation))


def _bulk(call: Call, holdings: Holdings, subjects: Subjects) -> Iterator[Case]:
    """Against what the rows before it left, as if each had come alone."""
    refused = told(call)
    if refused is None or problem_with("records", call.body) is not None:
        return
    current: dict[str, Holding] = {}
    for index, row in enumerate(listed(members(call.body)["records"])):
        body = members(row)
        key = body["key"]
        assert isinstance(key, dict)
        place = (str(body["local_id"]), str(body["information"]), key)
        name, record = of_record(*place), held(body)
        if subjects.registered(place[0], call.span) != (True,):
            continue
        if name not in current:
            met = holdings.found_by(*place, call)
            stale = len(met) == 1 and is_stale(met[0], record)
            current[name] = met[0] if stale else record if len(met) == 1 else UNKNOWN
            continue
        if current[name] is UNKNOWN:
            continue
        stale = is_stale(current[name], record)
        said = refused.get(index)
        kept = said == (STALE if stale else None)
        broken = (
            None
            if kept
            else (f"一括登録の {index} 件目（0から）に {said or '登録'}", "先の件の後に登録したのと同じ")
        )
        word = "先の件より小さい版" if stale else "先の件の後の版"
        yield case("contract-2-bulk-in-order", word, call, broken, name)
        current[name] = current[name] if stale else record


def _deletion(call: Call, holdings: Holdings) -> Iterator[Case]:
    """A deletion takes the exact key, of an information that has none as well."""
    body, done = call.body, outcome(call) is Outcome.DONE
    if problem_with("record-key", body) is not None or not (done or refused_with(call) == "NOT_FOUND"):
        return
    said = members(body)
    local_id, information, key = str(said["local_id"]), str(said["information"]), said["key"]
    assert isinstance(key, dict)
    if not _is_keyless(information) or len(holdings.places.get((local_id, information), ())) < 2:
        return
    met = holdings.record(local_id, information, key, call.span, without=call.number)
    certain = {isinstance(holding, Held) for holding in met}
    if len(certain) == 1 and all(h is None or isinstance(h, Held) for h in met):
        kept = done in certain
        broken = None if kept else ("ほかの照会キーの件が削除された", "照会キーの完全に一致する件だけ")
        yield case(
            "contract-2-portal-last-record", "削除", call, broken, of_record(local_id, information, key)
        )


def _shown(call: Call, holdings: Holdings) -> Iterator[Case]:
    """For an information without a key the last of any."""
    said, shown = members(call.body), members(call.answer)
    local_id, information = str(said.get("local_id")), str(said.get("information"))
    done = outcome(call) is Outcome.DONE
    if not _is_keyless(information) or not (done or refused_with(call) == "NOT_FOUND"):
        return
    names = shown_names(information)
    met = holdings.newest(local_id, information, call.span)
    if all(isinstance(holding, Held) for holding in met):
        kept = done and any(same(_part(holding, names), shown.get("items")) for holding in met)
        broken = None if kept else (f"{_LAST}でない件が示された、又は示されない", _LAST)
        about = of_record(local_id, information, said.get("key"))
        yield case("contract-2-portal-last-record", "閲覧", call, broken, about)


def _provided(talk: Talk) -> Iterator[Case]:
    information, affair = (str(talk.asked.header.get(name)) for name in ("information", "affair"))
    for reply in talk.replies:
        due = due_at(talk, reply.first.span.begin)
        if reply.kind == Kind.ANSWER and _is_keyless(information) and not due.open:
            names = permitted(information, affair) | further_names(information, affair)
            yield from _last(talk, reply.first, due.since, names, due.way)
        if due.way == APPROVED and code_of(reply):
            yield from _waited(talk, reply.first, code_of(reply))


def _last(talk: Talk, sending: Sending, since: float, names: frozenset[str], way: str) -> Iterator[Case]:
    holdings, owners = talk.replying.holdings, talk.stand.owners
    information, content = str(talk.asked.header.get("information")), sending.content
    if content is None or len(owners) != 1 or not isinstance(owners[0], str):
        return
    if len(holdings.places.get((owners[0], information), ())) < 2:
        return
    begin = sending.span.begin
    met = holdings.newest(owners[0], information, Span(min(since, begin), begin))
    if all(isinstance(holding, Held) for holding in met):
        kept = any(same(_part(holding, names), content.get("items")) for holding in met)
        broken = None if kept else f"{_LAST}でない件を送っている"
        yield talk.case("contract-2-last-registered", way, broken, _LAST, sending)


def _waited(talk: Talk, sending: Sending, code: str) -> Iterator[Case]:
    """Of an enquiry whose link code was this resident's when it came, and nobody's any more when staff approved."""
    taken = [d.call.span for d in talk.effective if d.approves and d.taken]
    link_code, subjects = str(talk.asked.header.get("link_code")), talk.replying.subjects
    if len(taken) != 1 or not isinstance(talk.stand.owners[0], str):
        return
    if subjects.owner(link_code, Span(taken[0].begin, sending.span.begin)) == (None,):
        kept = code == "SUBJECT_UNKNOWN"
        broken = None if kept else f"届いたリンクコードが置き換わった後に {code} を送っている"
        yield talk.case("contract-2-pending-link-code", "承認", broken, "エラー SUBJECT_UNKNOWN", sending)


def _is_keyless(information: str) -> bool:
    known = informations().get(information)
    return known is not None and not known.key


def _part(holding: Holding, names: frozenset[str]) -> Mapping[str, object]:
    return part_of(holding, names) if isinstance(holding, Held) else {}
