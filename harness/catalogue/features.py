"""The feature files as values, read with the Gherkin parser that pytest-bdd itself uses: for the lint, and for what is
asked before pytest-bdd has read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gherkin.parser import Parser
from gherkin.token_scanner import TokenScanner

from harness.contract.extensions import extensions
from harness.contract.resources import resource

FEATURE_FOLDER = Path(__file__).parents[2] / "features"
TIME_TAG = "所要:"  # seconds that a long scenario takes, most of which it waits
REQUIREMENT_TAG = "要件:"
INTERCONNECTION_TAG = (
    "相互接続"  # of scenarios for two gateways against each other (--partner), and for nothing else
)
CONTRACT_TAG = "契約:"  # the version of the contract that brought what a scenario asks


@dataclass(frozen=True)
class FeatureScenario:
    """One scenario or outline: where it stands, its tags with those of feature and rule, rows of its 例; `ids`: as the
    journal names it, one a row."""

    file: str
    line: int
    feature: str
    rule: str | None
    name: str
    tags: tuple[str, ...]
    steps: int
    rows: int
    example_tags: tuple[str, ...]
    ids: tuple[str, ...]


@cache
def all_scenarios() -> tuple[FeatureScenario, ...]:
    """Those of the suite and of extensions, file by file."""
    folders = (FEATURE_FOLDER, *added_folders())
    return tuple(
        s for folder in folders for path in sorted(folder.glob("*/*.feature")) for s in scenarios_in(path)
    )


@cache
def added_folders() -> tuple[Path, ...]:
    """Where extensions have their features: a folder a use case, as ours."""
    places = (Path(str(resource(FEATURE_FOLDER.name, room=extension))) for extension in extensions())
    return tuple(place for place in places if place.is_dir())


def feature_path(file: str) -> Path:
    """A feature by its folder and name; of ours where nobody has it."""
    places = (folder / file for folder in (FEATURE_FOLDER, *added_folders()))
    return next((path for path in places if path.is_file()), FEATURE_FOLDER / file)


@cache
def scenario_names() -> frozenset[str]:
    """What a user may call a scenario: its id, or that of an outline without its row, for all rows."""
    ids = [id_ for scenario in all_scenarios() for id_ in scenario.ids]
    return frozenset(ids) | {without_row(id_) for id_ in ids}


def without_row(id_: str) -> str:
    """The id of the outline that a row belongs to; that of a scenario as it is."""
    return id_.partition("[")[0]


def row_id(place: str, values: Iterable[str]) -> str:
    """The id of a row of the outline at a place (`folder/file.feature:line`)."""
    return f"{place}[{'、'.join(values)}]"


def scenarios_in(path: Path) -> Iterator[FeatureScenario]:
    """Every scenario of a file, in order. Raises gherkin's ParserError for what is not Gherkin."""
    document: dict[str, Any] = dict(Parser().parse(TokenScanner(path.read_text(encoding="utf-8"))))
    feature = document["feature"]
    for child in feature["children"]:
        if "rule" in child:
            rule = child["rule"]
            tags = (*_tags(feature), *_tags(rule))
            for inner in rule["children"]:
                if "scenario" in inner:
                    yield _scenario(path, feature["name"], rule["name"], tags, inner["scenario"])
        elif "scenario" in child:
            yield _scenario(path, feature["name"], None, _tags(feature), child["scenario"])


def _scenario(
    path: Path, feature: str, rule: str | None, inherited: tuple[str, ...], node: dict[str, Any]
) -> FeatureScenario:
    examples = node["examples"]
    file, line = f"{path.parent.name}/{path.name}", node["location"]["line"]
    rows = [[cell["value"] for cell in row["cells"]] for e in examples for row in e["tableBody"]]
    place = f"{file}:{line}"
    return FeatureScenario(
        file=file,
        line=line,
        feature=feature,
        rule=rule,
        name=node["name"],
        tags=(*inherited, *_tags(node)),
        steps=len(node["steps"]),
        rows=len(rows) if examples else 1,
        example_tags=tuple(tag for e in examples for tag in _tags(e)),
        ids=tuple(row_id(place, row) for row in rows) if examples else (place,),
    )


def _tags(node: dict[str, Any]) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])
