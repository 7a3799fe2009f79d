"""A file that says which one of a set it is (guide §12 file-set): whether it is the one that it says."""

import base64
from collections.abc import Mapping
from typing import Final

from harness.contract.schemas import deviations
from harness.contract.versions import VERSIONS
from harness.model.south.faults import Fault, decided, none_now
from harness.model.state.lines import SET, parted

_ROW: Final = "file-set"
_WHOLE, _FORM, _NUMBER, _LINES = "組のファイル", "組の形", "組の番号", "組の行数"


def set_fault(body: Mapping[str, object], code: str, *, settles: bool) -> Fault:
    """Of a body that is as contract 1 wants it but for its `set`; contract 1 leaves open whether it is taken."""
    if deviations("import", body, VERSIONS[-1]):
        return decided(_ROW, code, _FORM, settles=settles)
    said = body[SET]
    assert isinstance(said, dict)
    if said["number"] > said["of"]:
        return decided(_ROW, code, _NUMBER, settles=settles)
    if said["lines"] != len(parted(base64.b64decode(str(body["file"])))):
        return decided(_ROW, code, _LINES, settles=settles)
    return none_now(_ROW, code, _WHOLE, settles=settles)
