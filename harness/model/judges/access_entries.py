"""What an entry of the access log says of its message (guide §7, schema `access-log`), member by member."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind
from harness.model.state.recorded import REFUSED, Due, Recorded

_COPIED: Final = ("kind", "correlation_id", "basis", "affair", "information")


class Told(NamedTuple):
    """A member, or two, and what is wrong with it (None for nothing)."""

    rule: str
    alternative: str
    problem: str | None = None
    expected: str = ""


def members(said: Said, dues: Sequence[Due], recorded: Recorded) -> Iterator[Told]:
    """Against the messages that it may be the entry of: it is held against the one that it is nearest to."""
    found = [list(_of_one(said, due, recorded)) for due in dues]
    yield from min(found, key=lambda told: sum(one.problem is not None for one in told))


def _of_one(said: Said, due: Due, recorded: Recorded) -> Iterator[Told]:
    for name in _COPIED:
        same = said.get(name) == due.header.get(name)
        problem = None if same else f"{name} が電文と違う"
        yield Told("access-header", name, problem, f"電文のヘッダーの {name}")
    yield _parties(said, due, recorded)
    yield _items(said, due)
    yield _code(said, due)


def _parties(said: Said, due: Due, recorded: Recorded) -> Told:
    """Which of the two is which is open for a 連絡 and what answers it (guide §11); an エラー answers either."""
    sender, recipient = due.header.get("from"), due.header.get("to")
    told = (said.get("requester"), said.get("provider"))
    if due.kind == Kind.ENQUIRY:
        right = told == (sender, recipient)
    elif due.kind == Kind.ANSWER or (due.kind == Kind.ERROR and recorded.answers_enquiry(due)):
        right = told == (recipient, sender)
    else:
        right = told in ((sender, recipient), (recipient, sender))
    problem = None if right else "requester と provider が照会の両者でない"
    return Told("access-parties", due.kind, problem, "電文の向きによらず、照会の照会者と提供者")


def _items(said: Said, due: Due) -> Told:
    """What was refused may not have been opened, so that its items may be unknown."""
    told = said.get("items")
    names = sorted(str(name) for name in told) if isinstance(told, list) else None
    if due.kind != Kind.ANSWER:
        return Told(
            "access-items", due.kind, None if names == [] else "items が空でない", "照会応答のほかは空"
        )
    given = due.content.get("items") if due.content else None
    expected = sorted(given) if isinstance(given, dict) else None
    right = names == expected or expected is None or (due.event == REFUSED and names == [])
    problem = None if right else f"items が {len(names or ())} 件で、電文の項目の名称と違う"
    return Told("access-items", due.kind, problem, "照会応答のすべての項目の名称、値は書かない")


def _code(said: Said, due: Due) -> Told:
    told = said.get("code")
    inner = due.content.get("code") if due.content and due.kind == Kind.ERROR else None
    if due.event == REFUSED:
        right = told is not None if due.code is None else told in {due.code, inner} - {None}
        return Told("access-code-refusal", due.kind, None if right else f"code が {told}", str(due.code))
    if due.kind == Kind.ERROR:
        right = told is not None and inner in (None, told)
        return Told(
            "access-code-error", due.event, None if right else f"code が {told}", f"エラーの符号 {inner}"
        )
    return Told("access-code-none", due.kind, None if told is None else f"code が {told}", "null")
