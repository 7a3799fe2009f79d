"""既知の不適合: what is known to fail, who mends it, why and until when. Never counted as conformance."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from jsonschema_rs import Draft202012Validator

from harness.catalogue.features import scenario_names
from harness.catalogue.requirements import requirements
from harness.contract.journal_entries import Said
from harness.contract.journal_options import Known
from harness.contract.names import unknown
from harness.contract.schemas import problem_by, validator_of
from harness.contract.user_files import parsed, text_of, with_days_as_texts

_SCHEMA = Path(__file__).with_name("known-failures.schema.json")
_REMEDY = (
    "[[known]] の並びだけに、requirement と scenario のどちらか一つ、owner（担当）、reason（理由）、"
    "expires（期限。例 2027-03-31）を書く。"
)


class KnownFailuresError(ValueError):
    """A file that cannot be used; the message is one sentence with the remedy."""


class _Row(TypedDict):
    requirement: NotRequired[str]
    scenario: NotRequired[str]
    owner: str
    reason: str
    expires: object


class _Document(TypedDict):
    known: list[_Row]


@dataclass(frozen=True)
class KnownFailure:
    """One entry: a requirement, or a scenario id (without its [row] for all rows), the other being empty.
    `expires` is the first day, of Japan, on which it holds no more."""

    requirement: str
    scenario: str
    owner: str
    reason: str
    expires: date

    @property
    def target(self) -> str:
        """What it is about."""
        return self.requirement or self.scenario

    def covers(self, scenario: str, ids: Iterable[str]) -> bool:
        """Is a scenario of this id, which speaks for these requirements, known to fail?"""
        if self.requirement:
            return self.requirement in ids
        return self.scenario in {scenario, scenario.partition("[")[0]}

    @classmethod
    def from_entry(cls, row: Said) -> "KnownFailure":
        """Out of the journal; an entry whose day cannot be read has expired long ago."""
        try:
            expires = date.fromisoformat(str(row.get("expires")))
        except ValueError:
            expires = date.min
        requirement, scenario, owner, reason = (
            str(row.get(name) or "") for name in ("requirement", "scenario", "owner", "reason")
        )
        return cls(requirement, scenario, owner, reason, expires)

    def to_entry(self) -> Known:
        """As the journal keeps it."""
        return Known(
            requirement=self.requirement,
            scenario=self.scenario,
            owner=self.owner,
            reason=self.reason,
            expires=self.expires.isoformat(),
        )


def load(path: Path) -> tuple[KnownFailure, ...]:
    """The entries of a TOML file. Raises KnownFailuresError in one sentence."""
    if not path.exists():
        raise KnownFailuresError(f"{path}: 既知の不適合のファイルがない。パスを確かめる。")
    return parse(text_of(path, KnownFailuresError), path.name)


def parse(text: str, name: str) -> tuple[KnownFailure, ...]:
    """The entries of a TOML text. Raises KnownFailuresError in one sentence."""
    document = parsed(text, name, KnownFailuresError)
    if problem := problem_by(_validator(), with_days_as_texts(document)):
        raise KnownFailuresError(f"{name}: 既知の不適合が正しくない（{problem}）。{_REMEDY}")
    return tuple(
        _read(row, f"{name} の {number} 番目")
        for number, row in enumerate(cast(_Document, document)["known"], 1)
    )


def _read(row: _Row, where: str) -> KnownFailure:
    targets = (
        ("requirement", row.get("requirement"), requirements()),
        ("scenario", row.get("scenario"), scenario_names()),
    )
    for target, word, known in targets:
        if word is not None and word not in known:
            raise KnownFailuresError(unknown(f"{where}: {target}", word, known))
    expires = row["expires"]
    if type(expires) is not date:
        raise KnownFailuresError(f"{where}: expires（期限）を日付で書く（例 2027-03-31）。")
    return KnownFailure(
        row.get("requirement", ""), row.get("scenario", ""), row["owner"], row["reason"], expires
    )


@cache
def _validator() -> Draft202012Validator:
    return validator_of(json.loads(_SCHEMA.read_text(encoding="utf-8")))
