"""Lint of the features: what pytest-bdd drops or accepts without a word."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from types import ModuleType

import pytest
from pytest_bdd.feature import get_feature
from pytest_bdd.parser import Scenario, Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from harness.catalogue.features import (
    CONTRACT_TAG,
    INTERCONNECTION_TAG,
    REQUIREMENT_TAG,
    TIME_TAG,
    FeatureScenario,
    scenarios_in,
)
from harness.catalogue.requirements import all_requirements, requirements
from harness.contract.law import bases
from harness.contract.law.competence import competences
from harness.contract.organisations import attributes_since, organisations
from harness.contract.resources import json_document
from harness.contract.use_cases import use_cases
from harness.contract.versions import VERSIONS
from harness.model.rules import rules
from harness.plugin.entry import FEATURES
from harness.plugin.selection import (
    DECLARED_TAG,
    EXCEPT_TAG,
    FUNCTION_TAG,
    INCIDENT_TAG,
    KIND_TAG,
    USE_CASE_TAG,
)
from harness.record.effect import APPLIED, DECIDED, PAIR_TAG, REGIME
from harness.steps import STEP_MODULES

_TIME = re.compile(rf"{TIME_TAG}[1-9][0-9]?")
FUNCTIONS, INCIDENTS = "00_機能", "90_過去の事例"
INTERCONNECTION = "91_相互接続"  # stories of two gateways: which requirement is broken, and by whom, only their records tell
FILES = sorted(FEATURES.parent.glob("*/*.feature"))
ALL = [scenario for path in FILES for scenario in scenarios_in(path)]


def duplicate_names(scenarios: list[FeatureScenario]) -> list[str]:
    """pytest-bdd keeps only the last of two scenarios of one name in a feature."""
    names = Counter((s.file, s.name) for s in scenarios)
    return [f"{file}: {name}" for (file, name), count in names.items() if count > 1]


def unregistered_tags(scenarios: list[FeatureScenario]) -> list[str]:
    """Tags that name no requirement and no use case, and tags on 例, which bypass pytest-bdd's tag hook."""
    known = {f"{REQUIREMENT_TAG}{id_}" for id_ in requirements()}
    known |= {f"{USE_CASE_TAG}{name}" for name in use_cases()}
    known |= {f"{FUNCTION_TAG}{requirement.function}" for requirement in requirements().values()}
    held = {organisation.kind for organisation in organisations().values()}
    held |= {name for competence in competences() for name in competence.holders}
    held |= {name for since in attributes_since().values() for name in since}
    known |= {f"{tag}{name}" for tag in (KIND_TAG, EXCEPT_TAG) for name in held}
    known |= {f"{CONTRACT_TAG}{version}" for version in VERSIONS}
    known |= {f"{DECLARED_TAG}{word}" for word in (*bases(), *_declarable())}
    known.add(INTERCONNECTION_TAG)
    free = (PAIR_TAG, INCIDENT_TAG)  # names of their own, which only the report shows
    wrong = [
        f"{s.file}:{s.line} @{tag}"
        for s in scenarios
        for tag in s.tags
        if tag not in known and not tag.startswith(free) and not _TIME.fullmatch(tag)
    ]
    return wrong + [f"{s.file}:{s.line} 例の @{tag}" for s in scenarios for tag in s.example_tags]


def _declarable() -> list[str]:
    """Words that the schema of the statement lists."""
    declares = json_document("published", "schemas", "statement.schema.json")["properties"]["declares"]
    return [word for list_ in declares["properties"].values() for word in list_["items"].get("enum", ())]


def rendered(path: Path) -> Iterator[tuple[Scenario, Step]]:
    """Every step of a file, with the background's and with the rows of outlines filled in."""
    feature = get_feature(str(path.parent), path.name)
    for template in feature.scenarios.values():
        rows = [row for examples in template.examples for row in examples.as_contexts()] or [{}]
        for row in rows:
            scenario = template.render(row)
            for step in scenario.steps:
                yield scenario, step


def step_definitions(module: ModuleType) -> list[StepFunctionContext]:
    """The steps that a module defines."""
    registered = list(step_function_context_registry.values())
    return [context for context in registered if context.step_func.__module__ == module.__name__]


DEFINITIONS = [context for module in STEP_MODULES for context in step_definitions(module)]


def matches(step: Step) -> list[str]:
    """The step functions that a step could call."""
    return [
        d.step_func.__name__ for d in DEFINITIONS if d.type == step.type and d.parser.is_matching(step.name)
    ]


def test_there_are_features_steps_and_enough_scenarios() -> None:
    assert len(FILES) >= 8
    assert len(DEFINITIONS) >= 40
    assert len(ALL) >= 24


def test_no_scenario_name_repeats_within_a_feature() -> None:
    assert duplicate_names(ALL) == []


def test_the_lint_finds_a_repeated_name() -> None:
    assert duplicate_names([ALL[0], ALL[0]]) == [f"{ALL[0].file}: {ALL[0].name}"]


def test_every_tag_is_registered_and_none_stands_on_examples() -> None:
    assert unregistered_tags(ALL) == []


def test_the_lint_finds_an_unregistered_tag(tmp_path: Path) -> None:
    path = tmp_path / "x.feature"
    path.write_text("# language: ja\n@要件:NONE-1\n機能: x\n  シナリオ: y\n    前提 z\n", encoding="utf-8")
    assert unregistered_tags(list(scenarios_in(path))) == [f"{tmp_path.name}/x.feature:4 @要件:NONE-1"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_step_has_exactly_one_definition(path: Path) -> None:
    unclear = {step.name: found for _, step in rendered(path) if len(found := matches(step)) != 1}
    assert unclear == {}


def test_what_a_scenario_switches_for_the_whole_gateway_no_other_scenario_asks_for() -> None:
    """Scenarios run side by side: a switch of one must not hold up the answer that another waits for."""
    texts: dict[tuple[str, str], str] = {}
    for path in FILES:
        for scenario, step in rendered(path):
            place = (path.name, scenario.name)
            texts[place] = texts.get(place, "") + step.name + "\n"
    switch = re.compile(r"本市は、(\w+?)(?:の事務)?への応答を手動とした")
    switched = [(place, what) for place, text in texts.items() for what in switch.findall(text)]
    assert switched
    for place, what in switched:
        assert [other for other, text in texts.items() if other != place and what in text] == []


def test_every_step_definition_is_used_by_a_scenario() -> None:
    used = {name for path in FILES for _, step in rendered(path) for name in matches(step)}
    assert {d.step_func.__name__ for d in DEFINITIONS} - used == set()


def test_step_functions_have_names_of_their_own_within_a_module() -> None:
    for module in STEP_MODULES:
        names = Counter(d.step_func.__name__ for d in step_definitions(module))
        assert [name for name, count in names.items() if count > 1] == []


def test_every_scenario_cites_a_requirement_and_a_use_case_or_its_function() -> None:
    for scenario in ALL:
        if scenario.file.startswith(INTERCONNECTION):
            assert set(scenario.tags) <= {INTERCONNECTION_TAG, *(f"{DECLARED_TAG}{w}" for w in _declarable())}
            assert INTERCONNECTION_TAG in scenario.tags
            continue
        prefixes = {tag.split(":")[0] + ":" for tag in scenario.tags} - {
            CONTRACT_TAG,
            EXCEPT_TAG,
            KIND_TAG,
            DECLARED_TAG,
            PAIR_TAG,
            TIME_TAG,
        }
        places = {FUNCTIONS: FUNCTION_TAG, INCIDENTS: INCIDENT_TAG}
        where = places.get(scenario.file.split("/")[0], USE_CASE_TAG)
        assert prefixes == {REQUIREMENT_TAG, where}, f"{scenario.file}:{scenario.line}"


def sides(paths: list[Path]) -> Iterator[tuple[str, str, dict[str, str], str]]:
    """Of every row of a scenario under @対比: the pair, the use case, its example, and its steps."""
    for path in paths:
        feature = get_feature(str(path.parent), path.name)
        for template in feature.scenarios.values():
            tags = {*feature.tags, *template.tags, *(template.rule.tags if template.rule else ())}
            use_case = next((t for t in tags if t.startswith(USE_CASE_TAG)), "")
            for pair in (t for t in tags if t.startswith(PAIR_TAG)):
                for row in (row for examples in template.examples for row in examples.as_contexts()):
                    said = "\n".join(step.name for step in template.render(row).steps)
                    yield pair, use_case.removeprefix(USE_CASE_TAG), dict(row), said


SIDES = list(sides(FILES))


def test_every_use_case_has_regimes_side_by_side() -> None:
    assert {use_case for _, use_case, _, _ in SIDES} == set(use_cases())
    assert set(Counter(pair for pair, *_ in SIDES).values()) == {2}


@pytest.mark.parametrize("side", SIDES, ids=[f"{pair}/{row[REGIME]}" for pair, _, row, _ in SIDES])
def test_a_side_of_a_pair_tells_its_regime_its_decision_and_its_clock(
    side: tuple[str, str, dict[str, str], str],
) -> None:
    """A day that is later than the application is one that a step names: nobody waits for nothing."""
    _, _, row, said = side
    assert row["判断"]
    applied, decided = (date.fromisoformat(row[name]) for name in (APPLIED, DECIDED))
    assert applied <= decided
    assert applied == decided or row[DECIDED] in said or "連絡する" in said


def test_a_scenario_about_a_function_cites_a_requirement_of_it() -> None:
    for scenario in ALL:
        functions = [t.removeprefix(FUNCTION_TAG) for t in scenario.tags if t.startswith(FUNCTION_TAG)]
        ids = [t.removeprefix(REQUIREMENT_TAG) for t in scenario.tags if t.startswith(REQUIREMENT_TAG)]
        assert not functions or [requirements()[id_].function for id_ in ids] == functions, scenario


def test_every_requirement_has_a_scenario() -> None:
    cited = {tag.removeprefix(REQUIREMENT_TAG) for s in ALL for tag in s.tags}
    assert set(requirements()) == cited & set(all_requirements())


def test_what_no_scenario_is_about_has_a_rule() -> None:
    alone = all_requirements().keys() - requirements().keys()
    assert alone <= {rule.requirement for rule in rules().values()} <= all_requirements().keys()


def test_folders_are_those_of_the_use_cases() -> None:
    folders = {file for file, _ in groupby(sorted(s.file.split("/")[0] for s in ALL))}
    assert folders == {
        FUNCTIONS,
        INCIDENTS,
        INTERCONNECTION,
        *(use_case.folder for use_case in use_cases().values()),
    }
