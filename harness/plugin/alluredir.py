"""`--alluredir DIR` of allure-pytest. While the run goes on it writes what pytest sees of each scenario; when the record is at its
end, what stands there is what the record says, as in every view: a verdict may rest on what came later."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from allure_commons import plugin_manager

from harness.contract.journal_entries import Said
from harness.contract.journal_text import DamagedLineError
from harness.languages.choice import Tell
from harness.record.fields import rows, text
from harness.record.reader import unbelieved
from harness.record.values import Run
from reports.run.allure import of_scenario, own_uuid
from reports.run.views import write_file

OPTION = "allure_report_dir"  # where allure-pytest keeps the value of --alluredir
SCENARIO_LABEL = "renkei.scenario"


def label(scenario: str) -> None:
    """Tells Allure, where it listens, which scenario the test that runs now is."""
    plugin_manager.hook.add_label(label_type=SCENARIO_LABEL, labels=[scenario])


def settle(folder: Path, run: Run, tell: Tell) -> None:
    """Each scenario in place of what allure-pytest wrote of it and under the same uuid, by which its fixtures are found; beside them what
    is no test of pytest: what the whole record shows, and what was run before a run was taken up again. In the language of the other
    views. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    seen = list(_seen(folder, run.meta.at or 0))
    uuids = {one.scenario: one.uuid for one in seen}
    for scenario in run.scenarios:
        uuid = uuids.get(scenario.scenario.id) or own_uuid(run, scenario)
        for name, content in of_scenario(scenario, uuid, tell):
            write_file(folder / name, content)
    for one in seen:
        one.path.unlink()


@dataclass(frozen=True)
class _Seen:
    """A result of allure-pytest: its file, which is not named by the uuid, and whose it is."""

    path: Path
    uuid: UUID
    scenario: str


def _seen(folder: Path, began: int) -> Iterator[_Seen]:
    """Those since the run began, in ms since 1970; what is settled has the label no longer."""
    for path in folder.glob("*-result.json"):
        result = _read(path)
        labels = [row for row in rows(result.get("labels")) if row.get("name") == SCENARIO_LABEL]
        uuid, start = _uuid(result.get("uuid")), result.get("start")
        if labels and uuid and isinstance(start, int) and start >= began:
            yield _Seen(path, uuid, text(labels[0].get("value")))


def _read(path: Path) -> Said:
    """Empty for what others left there in whatever form."""
    try:
        return unbelieved(path.read_bytes())[0]
    except DamagedLineError:
        return {}


def _uuid(value: object) -> UUID | None:
    """None for what is none."""
    try:
        return UUID(text(value))
    except ValueError:
        return None
