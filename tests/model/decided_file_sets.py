"""Files that were split, told."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from harness.model.history.exchanges import Call
from harness.model.judges.settled_file_sets import file_sets
from tests.model.bodies import file, line, reported
from tests.model.histories import Told
from tests.model.trials import Trial

OF: Final = 3
Part = tuple[int, Sequence[int]]  # which file, and what is said to be missing after it


def came(told: Told, number: float, missing: object, *, id_: str = "s", **how: Any) -> Call:
    """One file of a set, taken."""
    body = {**file([line()]), "set": {"id": id_, "number": number, "of": OF, "lines": 1}}
    answer = {**reported(total=1), **({} if missing is None else {"missing": missing})}
    return told.call("POST", "/v1/imports", body, **{"answer": answer, **how})


def after(*parts: Part, wrong: object) -> Callable[[bool], Told]:
    """The last of the parts answers rightly, or as is wrong."""

    def tells(kept: bool) -> Told:
        told = Told()
        told.register("a")
        for number, missing in parts[:-1]:
            came(told, number, list(missing))
        number, missing = parts[-1]
        came(told, number, list(missing) if kept else wrong)
        return told

    return tells


TRIALS: Final = [
    Trial("file-set", alternative, file_sets, after(*parts, wrong=wrong))
    for alternative, parts, wrong in (
        ("最初のファイル", [(2, (1, 3))], []),
        ("最初のファイル", [(2, (1, 3))], [3, 1]),
        ("最初のファイル", [(2, (1, 3))], None),
        ("最初のファイル", [(2, (1, 3))], [1, 2, 3]),
        ("途中のファイル", [(2, (1, 3)), (1, (3,))], [1, 3]),
        ("最後のファイル", [(1, (2, 3)), (2, (3,)), (3, ())], [3]),
        ("同じファイルがもう一度", [(1, (2, 3)), (1, (2, 3))], [3]),
    )
]
