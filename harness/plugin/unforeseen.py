"""What nobody foresaw, told in one sentence; the details go into a file."""

import os
import re
import tempfile
import traceback
from pathlib import Path

from harness.contract.texts import one_line

LOG = "bench-error.log"
_LONGEST = 300
_NAMED = re.compile(r"^ *(?:E +)?((?:\w+\.)*\w+(?:Error|Exception|Exit)\b.*)$", re.MULTILINE)


def unforeseen(error: BaseException, folder: Path | None = None) -> str:
    """The sentence: what it was, that nothing is judged, where the details are. `folder`: of the run, if there is one."""
    log = _kept("".join(traceback.format_exception(error)), folder)
    where = f"詳しくは {log}" if log else "詳しい記録は、書く所がなく残せなかった"
    record = "そこまでの記録は残る。" if folder is not None and folder.is_dir() else ""
    return f"検証環境の誤り（{_reason(error)}）。判定はしていない。{record}{one_line(where, _LONGEST)}。"


def _reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        path = error.filename if isinstance(error.filename, str | bytes | os.PathLike) else None
        place = f"{os.fsdecode(path)}: " if path else ""
        return one_line(f"{place}{error.strerror}", _LONGEST)
    # A worker of xdist hands over its whole traceback as the words of an error.
    named = _NAMED.findall(str(error)) if "Traceback (" in str(error) else []
    said = one_line(named[-1] if named else str(error), _LONGEST)
    if named or not said:
        return said or type(error).__name__
    return f"{type(error).__name__}: {said}"


def _kept(details: str, folder: Path | None) -> Path | None:
    """For their owner's eyes only, as everything of a run; beside the others' temporary files where the folder is gone."""
    data = details.encode("utf-8", "backslashreplace")
    try:
        if folder is not None and folder.is_dir():
            path = folder / LOG
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        else:
            descriptor, name = tempfile.mkstemp(prefix="renkei-error-", suffix=".log")
            path = Path(name)
        with open(descriptor, "ab") as file:
            file.write(data)
    except OSError:
        return None
    return path
