"""The feature files as the suite reads them before pytest-bdd does: both name every scenario alike."""

from pytest_bdd.feature import get_feature

from harness.catalogue.features import FEATURE_FOLDER, all_scenarios, scenario_names, without_row
from harness.plugin.selection import scenario_id


def test_every_scenario_has_the_id_that_the_journal_gives_it() -> None:
    found = []
    for path in sorted(FEATURE_FOLDER.glob("*/*.feature")):
        feature = get_feature(str(path.parent), path.name)
        for template in feature.scenarios.values():
            rows = [row for examples in template.examples for row in examples.as_contexts()]
            found += [scenario_id(feature, template, dict(row)) for row in rows or [{}]]
    ids = [id_ for scenario in all_scenarios() for id_ in scenario.ids]
    assert sorted(ids) == sorted(found)
    assert len(ids) == len(set(ids)) > 400


def test_an_outline_can_be_named_without_its_row() -> None:
    outlines = {without_row(s.ids[0]) for s in all_scenarios() if s.rows > 1}
    assert outlines
    assert outlines < scenario_names()
