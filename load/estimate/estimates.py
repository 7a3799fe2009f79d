"""The table behind the estimates (§4-4): which information of which use case makes how many KB a year."""

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NotRequired, Self, TypedDict, cast

from jsonschema_rs import Draft202012Validator

from harness.contract.schemas import problem_by, validator_of
from harness.contract.user_files import parsed, text_of
from load.estimate.traffic import NATIONAL_ENQUIRY_DAY_KB, NATIONAL_POPULATION, Season, share_kb

RANKS = {"A": 10_000_000, "B": 1_000_000, "C": 100_000, "D": 10_000, "E": 1_000}  # enquiries a year (§4-4)
REST = "その他のユースケース"
_REMEDY = (
    "[national] と、一つ以上の [[row]] を書く。row には use_case、information、size_kb と、rank（A〜E）か per_year の一方を書き、"
    "persons と correction を添えられる。数は0より大きい。"
)
_SCHEMA = Path(__file__).with_name("estimates.schema.json")
_OWN = Path(__file__).with_name("estimates.toml")


class _RowEntry(TypedDict):
    use_case: str
    information: str
    size_kb: float
    persons: NotRequired[float]
    rank: NotRequired[str]
    per_year: NotRequired[float]
    correction: NotRequired[float]


class _TableEntry(TypedDict):
    row: list[_RowEntry]
    national: NotRequired[dict[str, float]]


class EstimatesError(ValueError):
    """A table that cannot be used; the message is one sentence with the remedy."""


@dataclass(frozen=True)
class Row:
    """One information of one use case. per_year: enquiries of the whole country; persons: about how many each asks;
    correction: 2 where municipalities answer each other."""

    use_case: str
    information: str
    size_kb: float
    persons: int
    per_year: int
    correction: int

    @property
    def kb(self) -> float:
        """KB a year of the whole country: ① × ② × ③ × ④."""
        return self.size_kb * self.messages

    @property
    def messages(self) -> int:
        """Answers a year of the whole country."""
        return self.persons * self.per_year * self.correction


@dataclass(frozen=True)
class Table:
    """The rows, and the total of a year that they are part of; population: of the whole country, or of whatever the rows
    count; mass_enquiry_kb: of a day of 一斉照会, which the document gives without a table."""

    rows: tuple[Row, ...]
    total_kb: int
    population: int
    mass_enquiry_kb: int

    @classmethod
    def read(cls, path: Path) -> Self:
        """Of a TOML file. Raises EstimatesError in one sentence."""
        return cls.parse(text_of(path, EstimatesError), path.name)

    @classmethod
    def parse(cls, text: str, name: str) -> Self:
        """Of a TOML text. Raises EstimatesError in one sentence."""
        document = parsed(text, name, EstimatesError)
        if problem := problem_by(_validator(), document):
            raise EstimatesError(f"{name}: 見積りの表が正しくない（{problem}）。{_REMEDY}")
        table = cast(_TableEntry, document)
        read = tuple(_row(row) for row in table["row"])
        national = table.get("national", {})
        listed = sum(row.kb for row in read)
        total = national.get("total_kb", round(listed))
        if total < listed:
            raise EstimatesError(f"{name}: 行の合計 {listed:,.0f} KB が total_kb {total:,.0f} KB を超える。")
        population = national.get("population", NATIONAL_POPULATION)
        day = national.get("mass_enquiry_kb", NATIONAL_ENQUIRY_DAY_KB)
        return cls(read, int(total), int(population), int(day))

    @property
    def rest_kb(self) -> float:
        """What the rows leave of the total."""
        return self.total_kb - sum(row.kb for row in self.rows)

    @property
    def kb_a_message(self) -> float:
        """KB of an answer, on average over the rows; the rest is taken to be like them."""
        return sum(row.kb for row in self.rows) / sum(row.messages for row in self.rows)

    def referring(self, size_kb: float) -> Self:
        """The same enquiries where only a reference of this size travels and the partner looks into the database, as
        the evaluators of the document proposed."""
        rows = tuple(replace(row, size_kb=size_kb) for row in self.rows)
        ratio = size_kb / self.kb_a_message
        total, day = round(self.total_kb * ratio), round(self.mass_enquiry_kb * ratio)
        return replace(self, rows=rows, total_kb=total, mass_enquiry_kb=day)

    def shares(self) -> list[tuple[str, float]]:
        """Use case → its part of the total, the rest last."""
        found: dict[str, float] = {}
        for row in self.rows:
            found[row.use_case] = found.get(row.use_case, 0.0) + row.kb / self.total_kb
        return [*found.items(), (REST, self.rest_kb / self.total_kb)]

    def kb_of(self, season: Season, population: int) -> int:
        """KB of a municipality: of a year where the season spreads a year, of a day where it is the mass enquiry. Raises
        ValueError for no population."""
        whole = self.mass_enquiry_kb if season is Season.MASS_ENQUIRY else self.total_kb
        return share_kb(whole, population, self.population)


@cache
def own() -> Table:
    """The table of the package."""
    return Table.read(_OWN)


def _row(row: _RowEntry) -> Row:
    return Row(
        use_case=row["use_case"],
        information=row["information"],
        size_kb=row["size_kb"],
        persons=int(row.get("persons", 1)),
        per_year=RANKS[row["rank"]] if "rank" in row else int(row["per_year"]),
        correction=int(row.get("correction", 1)),
    )


@cache
def _validator() -> Draft202012Validator:
    return validator_of(json.loads(_SCHEMA.read_text(encoding="utf-8")))
