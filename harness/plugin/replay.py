"""--replay: the scenarios of a recorded run once more, with the record in place of gateway and network."""

from dataclasses import replace
from pathlib import Path

from harness.catalogue.findings import ConfigurationError
from harness.contract.journal import FILE_NAME
from harness.plugin.options import Options
from harness.record.scripts import RecordedRun


def recorded_in(folder: Path, target: Path) -> tuple[RecordedRun, Options]:
    """A whole run to be followed once more, into another folder. Raises ConfigurationError for what cannot be."""
    try:
        record = RecordedRun.read(folder / FILE_NAME)
        options = Options.from_entry(record.run, target)
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigurationError(f"{folder}: 記録をたどれない（{type(error).__name__} {error}）。") from error
    if options.narrowed:
        options = replace(options, scenarios=frozenset(record.plan))
    return record, options
