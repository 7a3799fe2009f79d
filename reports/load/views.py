"""Writes every view of a load run into its folder: `python -m reports.load.views FOLDER`, a process of its own, as the library
of the figures takes a second to load."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from harness.languages.choice import LANGUAGES, language, speaking, spoken
from harness.record.load_run import LoadRun, read_load_run
from reports.languages import files_of
from reports.load import json_view as load_json
from reports.load import page as load_page
from reports.load.attached import in_language
from reports.load.junit import load_junit
from reports.load.plots import figures
from reports.run import junit
from reports.run.views import write_file

_KINDS = ("svg", "png")


def write_load_views(folder: Path) -> LoadRun:
    """load.html, junit.xml, load.json and the figures, those of the other language under their own names. The same journal gives the
    same bytes, of PNG apart. Raises OSError."""
    run = read_load_run(folder)
    own = language()
    drawn = {each: figures(run, speaking(each), _KINDS if each == own else ("svg",)) for each in LANGUAGES}
    files = {
        **{
            name: load_page.load_page(run, drawn[each], each)
            for each, name in files_of(load_page.FILE_NAME).items()
        },
        load_json.FILE_NAME: load_json.load_json(run),
        junit.FILE_NAME: load_junit(run, speaking(own)),
    }
    for each in LANGUAGES:
        for name, kinds in drawn[each].items():
            among = name if each == own else in_language(name, each)
            files |= {f"{among}.{kind}": content for kind, content in kinds.items()}
    for name, content in files.items():
        write_file(folder / name, content)
    for (
        name
    ) in load_page.CAPTIONS:  # what an earlier report in the other language left would be taken for ours
        (folder / f"{in_language(name, own)}.svg").unlink(missing_ok=True)
    return run


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0, or 2 with one sentence."""
    parser = argparse.ArgumentParser(prog="python -m reports.load.views", description="負荷の報告を書く")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    try:
        write_load_views(given.folder)
    except OSError as error:
        said = f"{given.folder}: 記録を読めない、又は報告を書けない（{error.strerror}）。"
        sys.stderr.write(f"{spoken(said)}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
