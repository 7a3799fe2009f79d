"""Where failures are kept: three files each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from harness.explore.feature import to_feature
from harness.explore.found import Found, to_json
from harness.explore.script import to_script

FOLDER: Final = "exploration"  # in the run folder


def keep(folder: Path, found: Sequence[Found], own: str) -> list[Path]:
    """The files that `renkei replay` reads; beside each a feature and a script of the same name."""
    target = folder / FOLDER
    files = []
    for number, one in enumerate(found, 1):
        target.mkdir(mode=0o700, exist_ok=True)
        name = f"{number:02}-{one.violation.requirement}"
        written = {
            f"{name}.json": to_json(one),
            f"{name}.feature": to_feature(one),
            f"{name}.sh": to_script(one, name, own),
        }
        for file, text in written.items():
            (target / file).write_text(text, encoding="utf-8")
        files.append(target / f"{name}.json")
    return files
