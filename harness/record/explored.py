"""What exploration found, as a record keeps it, and the three texts by which somebody has it again: a scenario, a file for `renkei replay`,
a shell script."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.contract.journal_entries import Said
from harness.contract.texts import one_line
from harness.record.fields import text

VERSION: Final = 1  # of the file that `renkei replay` reads
_LINE: Final = 1_000  # characters


@dataclass(frozen=True)
class Explored:
    """`name`: of its files; `feature`, `script`: without what the gateway said; `story`: as JSON; `steps`: how many operations; `again`: how
    often it failed of so many `times`; `returned`: it is of the corpus, and was found before."""

    name: str
    requirement: str
    code: str
    observed: str
    expected: str
    where: str
    seed: int
    again: int
    times: int
    steps: int
    story: object
    feature: str
    script: str
    returned: bool = False

    @property
    def sentence(self) -> str:
        """What it is, for people."""
        known = all_requirements().get(self.requirement)
        return (
            f"{self.requirement} {known.ja if known else ''}: {self.observed}。期待: {self.expected}"
            f"（操作 {self.steps} 個。再実行 {self.times} 回のうち {self.again} 回で再現）"
        )

    @property
    def texts(self) -> Mapping[str, str]:
        """By the suffixes of their files."""
        return {
            ".feature": self._told(self.feature),
            ".json": self._replayed(),
            ".sh": self._told(self.script),
        }

    def _told(self, body: str) -> str:
        """The first line of either has to stay the first."""
        first, _, rest = body.partition("\n")
        told = (self.sentence, f"見るところ: {self.where}")
        return "\n".join([first, *(f"# {one_line(line, _LINE)}" for line in told), rest])

    def _replayed(self) -> str:
        finding = findings().get(self.code)
        document = {
            "version": VERSION,
            "seed": self.seed,
            "requirement": self.requirement,
            "code": self.code,
            "finding": finding.ja if finding else "",
            "observed": self.observed,
            "expected": self.expected,
            "again": self.again,
            "times": self.times,
            "story": self.story,
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def to_entry(self) -> Said:
        """As a journal keeps it."""
        return {**vars(self)}

    @classmethod
    def from_entry(cls, entry: Said) -> Self:
        """The way back, believing none of its members."""
        return cls(
            name=text(entry.get("name")),
            requirement=text(entry.get("requirement")),
            code=text(entry.get("code")),
            observed=text(entry.get("observed")),
            expected=text(entry.get("expected")),
            where=text(entry.get("where")),
            seed=_number(entry.get("seed")),
            again=_number(entry.get("again")),
            times=_number(entry.get("times")),
            steps=_number(entry.get("steps")),
            story=entry.get("story"),
            feature=text(entry.get("feature")),
            script=text(entry.get("script")),
            returned=entry.get("returned") is True,
        )


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
