"""What a run goes through in part: named for whoever has to know what a pass does not show."""

from dataclasses import dataclass
from functools import cache

from harness.contract.resources import toml
from harness.languages.choice import ENGLISH


@dataclass(frozen=True)
class Sample:
    """One of them, in both languages; `thorough_…`: what --thorough makes of it."""

    ja: str
    en: str
    thorough_ja: str
    thorough_en: str

    def text(self, language: str, *, thorough: bool) -> str:
        """As a run of that kind has it."""
        ja, en = (self.thorough_ja, self.thorough_en) if thorough else (self.ja, self.en)
        return en if language == ENGLISH else ja


@cache
def samples() -> tuple[Sample, ...]:
    """All of samples.toml."""
    return tuple(Sample(**row) for row in toml("samples.toml", room="harness.stimuli")["sample"])
