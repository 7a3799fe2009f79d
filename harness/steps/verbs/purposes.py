"""For what a scenario asks or tells, by the words of the features (`purpose` in the case.toml of each use case)."""

from typing import Final

from harness.use_cases.purposes import purposes

PURPOSES: Final = purposes()
