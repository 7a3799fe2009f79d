"""The feature files as values, read with the Gherkin parser that pytest-bdd itself uses: for --list and the lint."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.parser import Parser
from gherkin.token_scanner import TokenScanner

FEATURE_FOLDER = Path(__file__).parents[2] / "features"


@dataclass(frozen=True)
class FeatureScenario:
    """One scenario or outline: where it stands, its tags with those of feature and rule, rows of its 例."""

    file: str
    line: int
    feature: str
    rule: str | None
    name: str
    tags: tuple[str, ...]
    steps: int
    rows: int
    example_tags: tuple[str, ...]


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
    return FeatureScenario(
        file=f"{path.parent.name}/{path.name}",
        line=node["location"]["line"],
        feature=feature,
        rule=rule,
        name=node["name"],
        tags=(*inherited, *_tags(node)),
        steps=len(node["steps"]),
        rows=sum(len(e["tableBody"]) for e in examples) if examples else 1,
        example_tags=tuple(tag for e in examples for tag in _tags(e)),
    )


def _tags(node: dict[str, Any]) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])
