"""A file in several parts (guide §12 file-set): in any order, again, with a part that is not the one that was announced."""

import base64
from collections.abc import Sequence
from hashlib import blake2b

from harness.contract.legacy_layout import LINE_END, line_of
from harness.gateways.south import Request
from harness.stimuli.south_requests import Body
from harness.stimuli.stage import Stage

_TAX = "地方税関係情報"
_FILES = 3


def file_sets(stage: Stage) -> None:
    """Whatever is refused is asked for at the end: none of it is there."""
    resident = stage.registered(1)[0]
    id_ = set_id(resident.enrolled["enrolment_tokens"][stage.own.code])
    lines = [line_of(_TAX, resident.local_id, {"相当年度": str(2001 + n)}) for n in range(2 * _FILES)]
    parts = [lines[2 * n : 2 * n + 2] for n in range(_FILES)]

    def sent(part: Sequence[bytes], **members: object) -> None:
        announced = {"id": id_, "number": 1, "of": _FILES, "lines": len(part), **members}
        stage.ask(Request("POST", "/v1/imports", "business", _body(part, announced)))

    for wrong in ({"lines": 3}, {"lines": 1}, {"number": _FILES + 1}, {"number": 0}, {"of": "3"}, {"id": ""}):
        sent(parts[0], **wrong)
    for number in (2, 2, 3, 1, 2):
        sent(parts[number - 1], number=number)
    sent(parts[0], id=f"{id_}-1", of=1)
    sent((), id=f"{id_}-0", of=1)


def set_id(token: str) -> str:
    """Of something that comes in one run alone."""
    return blake2b(token.encode(), digest_size=16).hexdigest()


def _body(part: Sequence[bytes], announced: Body) -> Body:
    data = b"".join(line + LINE_END for line in part)
    return {"information": _TAX, "file": base64.b64encode(data).decode(), "set": announced}
