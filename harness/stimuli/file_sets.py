"""A file in several parts (guide §12 file-set): in any order, again, with a part that is not the one that was announced."""

import base64
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

from harness.contract.legacy_layout import LINE_END, line_of
from harness.gateways.south import Request
from harness.stimuli.south_requests import Body
from harness.stimuli.stage import Resident, Stage

_TAX: Final = "地方税関係情報"
_FILES: Final = 3
_LINES: Final = 2  # of each file: a year each
_FIRST: Final = 2001  # year of those that are taken
_FIRST_WRONG: Final = 2101  # of those that are refused: nothing else says anything of these years
_WRONG: Final[Sequence[Body]] = (
    {"lines": _LINES + 1},
    {"lines": _LINES - 1},
    {"number": _FILES + 1},
    {"number": 0},
    {"of": str(_FILES)},
    {"id": ""},
)


def file_sets(stage: Stage) -> None:
    """Whatever is refused is asked for at the end: none of it is there. Beside it some of what was taken."""
    resident = stage.registered(1)[0]
    id_ = set_id(resident.enrolled["enrolment_tokens"][stage.own.code])
    years = [[str(_FIRST + _LINES * n + line) for line in range(_LINES)] for n in range(_FILES)]
    refused = [[str(_FIRST_WRONG + _LINES * n + line) for line in range(_LINES)] for n in range(len(_WRONG))]

    def sent(of_years: Sequence[str], **members: object) -> None:
        lines = [line_of(_TAX, resident.local_id, {"相当年度": year}) for year in of_years]
        announced = {"id": id_, "number": 1, "of": _FILES, "lines": len(lines), **members}
        stage.ask(Request("POST", "/v1/imports", "business", _body(lines, announced)))

    for of_years, wrong in zip(refused, _WRONG, strict=True):
        sent(of_years, **wrong)
    for number in (2, 2, 3, 1, 2):
        sent(years[number - 1], number=number)
    sent(years[0], id=f"{id_}-1", of=1)
    sent((), id=f"{id_}-0", of=1)
    _asked_for(stage, resident, [year for part in (*refused, years[0]) for year in part])


def _asked_for(stage: Stage, resident: Resident, years: Sequence[str]) -> None:
    """By a counterpart, where one may."""
    citation = next((c for c in stage.citations(asks=False) if c.information == _TAX), None)
    if citation is None:
        return
    for year in years:
        stage.enquired(resident, citation, key={"相当年度": year})
    stage.settled({resident.ref: len(years)})


def set_id(token: str) -> str:
    """Of something that comes in one run alone."""
    return blake2b(token.encode(), digest_size=16).hexdigest()


def _body(part: Sequence[bytes], announced: Body) -> Body:
    data = b"".join(line + LINE_END for line in part)
    return {"information": _TAX, "file": base64.b64encode(data).decode(), "set": announced}
