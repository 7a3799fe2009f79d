"""Fixed-width files: which lines are taken, and how the others are reported (guide §2 Files)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from harness.model.cases import Case
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.judges.of_calls import case
from harness.model.state.changes import imported
from harness.model.state.cp932 import UNMAPPABLE
from harness.model.state.lines import NOBODY, Line, is_of_crlf_alone, lines
from harness.model.state.subjects import Subjects

_WIDTHS: Final = frozenset({"空の行", "短い行", "長い行"})
_CHARACTERS: Final = frozenset({"IBM拡張文字", "NEC特殊文字", "JISと違う文字"})
_NUMBERS: Final = frozenset({"9", "S9"})
_CODES: Final = frozenset({"切れた文字", "外字", "割当てのない符号", "符号でないバイト"})
_RULES: Final = {
    "文字のない符号": "import-unmappable",
    "幅の誤り": "import-width",
    "数の誤り": "import-number",
    "知らない識別番号": "import-nobody",
}
_NAMED: Final = {
    "文字のない符号": "import-unmappable-named",
    "幅の誤り": "import-width-named",
    "数の誤り": "import-number-named",
    "知らない識別番号": "import-nobody-named",
}

_Error = Mapping[str, object]  # of schema `import-result`


def imports(history: History) -> Iterator[Case]:
    """Every line of every file that was not refused as a whole."""
    subjects = history.once(Subjects.of)
    for call in imported(history):
        assert isinstance(call.body, dict)
        assert isinstance(call.answer, dict)
        found = lines(call.body["information"], call.body["file"])
        if found is not None and not is_of_crlf_alone(found):
            yield from _file(call, found, call.answer["errors"], call.answer["accepted"], subjects)


def _file(
    call: Call, found: Sequence[Line], errors: Sequence[_Error], accepted: int, subjects: Subjects
) -> Iterator[Case]:
    moved, added_up = _moved(call, found, errors, subjects), _added_up(call, found, accepted + len(errors))
    yield from _order(call, found, errors, moved=moved)
    yield added_up
    if moved or added_up.breach:
        return  # which lines were taken cannot be told
    named = {error["line"]: error for error in errors}
    faulty = [line.number for line in found if line.items is None]
    for line in found:
        yield from _line(call, line, named.get(line.number), subjects, spoilt=_neighbours(line, faulty))


def _moved(call: Call, found: Sequence[Line], errors: Sequence[_Error], subjects: Subjects) -> bool:
    """Every line that may not be taken is reported as it should be, but as another line."""
    faulty = [line for line in found if line.items is None or not any(_registered(line, call, subjects))]
    if len(faulty) != len(errors) or [line.number for line in faulty] == [error["line"] for error in errors]:
        return False
    pairs = zip(faulty, errors, strict=True)
    return all(
        _may_be_named(line, error, nobody=False in _registered(line, call, subjects)) for line, error in pairs
    )


def _registered(line: Line, call: Call, subjects: Subjects) -> tuple[bool, ...]:
    return subjects.registered(line.local_id, call.span) if line.local_id else (False,)


def _order(call: Call, found: Sequence[Line], errors: Sequence[_Error], *, moved: bool) -> Iterator[Case]:
    numbers = [int(str(error["line"])) for error in errors]
    if not numbers:
        return
    ordered = all(one < other for one, other in pairwise(numbers))
    known = numbers[-1] <= max(len(found), 1)
    broken = None
    if moved or not (ordered and known):
        broken = ("errors の行が、取り込めない行と違う", "1 からの行の昇順に、各行一度")
    alternative = "1行" if len(numbers) == 1 else "2行以上"
    yield case("import-lines-in-order", alternative, call, broken, f"call:{call.number}")


def _added_up(call: Call, found: Sequence[Line], total: int) -> Case:
    """Whether a file without a byte has no line or an empty one is not said."""
    fits = total == len(found) or (not found and total == 1)
    broken = None if fits else (f"accepted と errors の合計が {total}", f"ファイルの行数 {len(found)}")
    return case("import-adds-up", _ends(found), call, broken, f"call:{call.number}")


def _ends(found: Sequence[Line]) -> str:
    if not found:
        return "空のファイル"
    return (
        "末尾の CRLF がないファイル"
        if "末尾の CRLF がない行" in found[-1].traits
        else "末尾に CRLF のあるファイル"
    )


def _line(call: Call, line: Line, error: _Error | None, subjects: Subjects, *, spoilt: str) -> Iterator[Case]:
    registered = _registered(line, call, subjects)
    about, nobody = f"subject:{line.local_id}", False in registered
    if line.items is None or True not in registered:
        yield from _faulty(call, line, error, about, nobody=nobody)
        return
    broken: dict[str, tuple[str, str]] = {}
    if error is not None and not _may_be_named(line, error, nobody=nobody):
        rule = "import-characters" if error["code"] == UNMAPPABLE else "import-line-taken"
        broken[rule] = (f"{line.number} 行目は正しいが、{_words(error)} と知らされた", "取り込む")
    if broken or not (line.faults or nobody):
        yield from _good(call, line, broken, spoilt)


def _good(call: Call, line: Line, broken: Mapping[str, tuple[str, str]], spoilt: str) -> Iterator[Case]:
    """`broken`: the rule that is. A line is refused once, so that it is said of the first of what is special about it."""
    characters = line.traits & _CHARACTERS
    for rule, alternatives in (
        ("import-characters", sorted(characters) or ["ほかの文字"]),
        ("import-line-taken", [spoilt, *sorted(line.traits - characters)]),
    ):
        first, *others = alternatives
        yield case(rule, first, call, broken.get(rule), f"subject:{line.local_id}")
        yield from (Case(rule, other) for other in others)


def _faulty(call: Call, line: Line, error: _Error | None, about: str, *, nobody: bool) -> Iterator[Case]:
    kind = _kind(line)
    broken = None
    if error is None:
        broken = (
            f"{line.number} 行目は取り込めない（{kind}）のに取り込まれた",
            "取り込まず、errors に知らせる",
        )
    yield case(_RULES[kind], _special(line), call, broken, about)
    if error is None:
        return
    broken = None
    if not _may_be_named(line, error, nobody=nobody):
        expected = {f"{code}（{item or 'item は null'}）" for item, code in line.faults} | (
            {NOBODY} if nobody else set()
        )
        broken = (f"{line.number} 行目が {_words(error)} と知らされた", "、".join(sorted(expected)))
    yield case(_NAMED[kind], _special(line), call, broken, about)


def _may_be_named(line: Line, error: _Error, *, nobody: bool) -> bool:
    """Which of several faults is free, and so is the item of a local id that nobody has (§11)."""
    return (error["item"], error["code"]) in line.faults or (nobody and error["code"] == NOBODY)


def _kind(line: Line) -> str:
    """The fault that a rule speaks of: of several, the one that is seldom met."""
    if UNMAPPABLE in {code for _, code in line.faults}:
        return "文字のない符号"
    if line.traits & _WIDTHS:
        return "幅の誤り"
    return "数の誤り" if line.traits & _NUMBERS else "知らない識別番号"


def _special(line: Line) -> str:
    """Which of its alternatives: of several, the first that its kind has."""
    kinds = {"幅の誤り": _WIDTHS, "数の誤り": _NUMBERS, "文字のない符号": _CODES}.get(
        _kind(line), frozenset()
    )
    return min(line.traits & kinds, default="知らない識別番号")


def _neighbours(line: Line, faulty: Sequence[int]) -> str:
    """A line that cannot be taken may spoil those after it."""
    if not faulty:
        return "誤りのないファイル"
    return "誤った行の後" if faulty[0] < line.number else "誤った行の前"


def _words(error: _Error) -> str:
    return f"{str(error['code'])[:60]}（{str(error['item'])[:40] if error['item'] else 'item は null'}）"
