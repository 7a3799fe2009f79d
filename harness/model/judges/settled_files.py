"""What contract 2 decides of fixed-width files (guide §12): how a number is written, a character that is cut, blank keys, empty files."""

from collections.abc import Iterator, Mapping
from typing import Final

from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.judges.of_calls import case
from harness.model.likeness import listed, members
from harness.model.state.changes import imported
from harness.model.state.lines import NOBODY, Line, is_of_crlf_alone, lines
from harness.model.state.subjects import Subjects

_EMPTY: Final = "contract-2-file-empty"


def files_by_contract_2(history: History) -> Iterator[Case]:
    """Every file that was not refused as a whole."""
    subjects = history.once(Subjects.of)
    for call in imported(history):
        body, answer = members(call.body), members(call.answer)
        found = lines(str(body["information"]), str(body["file"]), settles=True)
        errors = [members(error) for error in listed(answer.get("errors"))]
        if found is None:
            continue
        if not found or is_of_crlf_alone(found):
            yield _blank(call, found, answer.get("accepted"), [error.get("code") for error in errors])
            continue
        if answer.get("accepted") != len(found) - len(errors):
            continue  # which lines were taken cannot be told
        named = {error.get("line"): error for error in errors}
        for line in found:
            yield from _line(call, line, named.get(line.number), subjects)


def _blank(call: Call, found: tuple[Line, ...], accepted: object, codes: list[object]) -> Case:
    kept = accepted == 0 and codes == ["LINE_MALFORMED"] * len(found)
    broken = None if kept else (f"accepted が {accepted}、errors が {len(codes)} 件", f"{len(found)} 行")
    return case(_EMPTY, "CRLF だけのファイル" if found else "空のファイル", call, broken)


def _line(call: Call, line: Line, error: Mapping[str, object] | None, subjects: Subjects) -> Iterator[Case]:
    """Where contract 2 decides something about it."""
    registered = subjects.registered(line.local_id, call.span) if line.local_id else (False,)
    if not line.settled or len(registered) != 1:
        return
    taken = line.items is not None and registered == (True,)
    if taken:
        kept, expected = error is None, "取り込む"
    else:
        nobody = registered == (False,)
        said = (error.get("item"), error.get("code")) if error else None
        kept = error is not None and (said in line.faults or (nobody and error.get("code") == NOBODY))
        expected = "、".join(sorted({f"{code}（{item or '行'}）" for item, code in line.faults}))
    told_ = f"{str(error.get('code'))[:60]} と知らされた" if error else "取り込まれた"
    for rule, word in sorted(line.settled):
        broken = None if kept else (f"{line.number} 行目（{word}）が{told_}", expected)
        yield case(f"contract-2-{rule}", word, call, broken, f"subject:{line.local_id}")
