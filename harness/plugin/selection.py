"""Which requirements and scenarios take part: by statement, by option. What is not declared is 対象外."""

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from random import Random

import pytest
from pytest_bdd.parser import Feature, Scenario, ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry

from harness.catalogue.features import (
    CONTRACT_TAG,
    INTERCONNECTION_TAG,
    REQUIREMENT_TAG,
    TIME_TAG,
    FeatureScenario,
    row_id,
    without_row,
)
from harness.catalogue.requirements import requirements
from harness.contract.organisations import attributes, organisations
from harness.contract.statement import Declares, Statement
from harness.plugin.options import Options
from harness.record.effect import PAIR_TAG

USE_CASE_TAG = "ユースケース:"
_IN_BULK = "00_機能/26_契約の表.feature"
FUNCTION_TAG = "機能:"  # of scenarios about one function of the gateway, whichever the use case
INCIDENT_TAG = (
    "事例:"  # of scenarios after what happened to such systems; they take part as those of functions do
)
KIND_TAG = "団体:"  # kinds or attributes of the organisations whose gateway a scenario is for; without one, any 市町村
EXCEPT_TAG = "団体外:"  # attributes of organisations, among those, whose gateway a scenario is not for
DECLARED_TAG = "宣言:"  # what else a scenario needs to be declared, beside its requirement, in whichever list
_MUNICIPALITY = "市町村"
MARKERS = {
    REQUIREMENT_TAG: "requirement",
    USE_CASE_TAG: "use_case",
    FUNCTION_TAG: "function",
    INCIDENT_TAG: "incident",
    KIND_TAG: "kind",
    EXCEPT_TAG: "except_kind",
    DECLARED_TAG: "declared",
    CONTRACT_TAG: "contract",
    PAIR_TAG: "pair",
    TIME_TAG: "time",
    INTERCONNECTION_TAG: "interconnection",
}


def selected(
    options: Options, statement: Statement, scenarios: Iterable[FeatureScenario]
) -> dict[str, str | None]:
    """Requirement id → None where it is tested, else the reason why it is 対象外 for this statement. Not listed is what
    whoever started the run left out."""
    about: dict[str, list[tuple[str, ...]]] = {}
    for scenario in scenarios:
        for id_ in _values(scenario.tags, REQUIREMENT_TAG):
            about.setdefault(id_, []).append(scenario.tags)
    found: dict[str, str | None] = {}
    for id_ in options.requirements or requirements():
        chosen = [tags for tags in about.get(id_, ()) if _chosen(options, tags)]
        if chosen:
            found[id_] = excluded(id_, statement.declares) or _untested(statement, chosen)
    return found


def narrowed(config: pytest.Config) -> bool:
    """Did the user leave out scenarios with pytest's own means? Then an untested requirement says nothing."""
    option = config.option
    own_arguments = config.args_source is pytest.Config.ArgsSource.ARGS and any(
        "::" in a for a in config.args
    )
    return bool(
        option.scenarios
        or option.rerun_failed
        or option.keyword
        or option.markexpr
        or any(getattr(option, name, None) for name in ("deselect", "lf", "stepwise"))
        or own_arguments
    )


def mark_scenario(tag: str, function: pytest.Function) -> bool:
    """Tag → marker; False for a tag that is not ours."""
    for prefix, marker in MARKERS.items():
        if tag.startswith(prefix):
            getattr(pytest.mark, marker)(tag.removeprefix(prefix))(function)
            return True
    return False


def deselect(items: list[pytest.Item], options: Options, statement: Statement) -> list[pytest.Item]:
    """Takes out the scenarios that do not take part, in place; returns them."""
    declares = statement.declares
    tested = {id_ for id_ in options.requirements or requirements() if excluded(id_, declares) is None}
    keep: list[pytest.Item] = []
    out: list[pytest.Item] = []
    for item in items:
        tags = [prefix + value for prefix, marker in MARKERS.items() for value in marked(item, marker)]
        asked = _out_of_scope(statement, tags) is None
        asked = asked and _chosen(options, tags) and not _left_out(item, options)
        stays = bool(tested & marked(item, "requirement")) and asked
        (keep if stays else out).append(item)
    items[:] = keep
    return out


def shuffle(items: list[pytest.Item], seed: int) -> None:
    """In place, and the same in every process of a run: no scenario needs another before it."""
    Random(seed).shuffle(items)  # noqa: S311  # chance that comes again


def longest_first(items: list[pytest.Item]) -> None:
    """For several workers, in place: what waits begins at once, each with a short one behind it, as xdist gives a worker
    the next one before it has done the last."""
    long = sorted((item for item in items if _seconds(item)), key=_seconds, reverse=True)
    short = [item for item in items if not _seconds(item)]
    behind = min(len(long), len(short))
    pairs = [item for pair in zip(long, short, strict=False) for item in pair]
    items[:] = [*pairs, *long[behind:], *short[behind:]]


def _seconds(item: pytest.Item) -> int:
    return max((int(seconds) for seconds in marked(item, "time")), default=0)


def marked(item: pytest.Item, marker: str) -> set[str]:
    """The values of one of our markers on a scenario."""
    return {mark.args[0] for mark in item.iter_markers(marker)}


def excluded(id_: str, declares: Declares) -> str | None:
    """Why a requirement is 対象外 for what is declared, None where it is mandatory."""
    requirement = requirements()[id_]
    for list_, word in (n.split(":") for n in (f"roles:{requirement.role}", *requirement.needs)):
        if word not in getattr(declares, list_):
            return f"実装適合宣言の {list_} に {word} がない"
    for list_, word in (n.split(":") for n in requirement.lacks):
        if word in getattr(declares, list_):
            return f"実装適合宣言の {list_} に {word} がある"
    return None


def identity(item: pytest.Item) -> str:
    """The id that the journal gives a scenario."""
    template = scenario_wrapper_template_registry[item.function]  # type: ignore[attr-defined]
    row = getattr(item, "callspec", None)
    return scenario_id(template.feature, template, row.params.get("_pytest_bdd_example") if row else None)


def scenario_id(
    feature: Feature, scenario: Scenario | ScenarioTemplate, example: dict[str, str] | None
) -> str:
    """`folder/file.feature:line`, with the row of an outline behind it."""
    place = f"{feature_file(feature)}:{scenario.line_number}"
    return row_id(place, example.values()) if example else place


def feature_file(feature: Feature) -> str:
    """The feature file below features/."""
    path = Path(feature.filename)
    return f"{path.parent.name}/{path.name}"


def _left_out(item: pytest.Item, options: Options) -> bool:
    """--scenarios: not named. --brief: a row of an outline that is not its first, and what is sent in bulk, unless the whole of
    its requirement was asked for."""
    if options.scenarios is not None:
        id_ = identity(item)
        if not options.scenarios & {id_, without_row(id_)}:
            return True
    if not options.brief or set(options.whole) & marked(item, "requirement"):
        return False
    row = getattr(item, "callspec", None)
    further = row is not None and any(index > 0 for index in row.indices.values())
    return further or identity(item).startswith(_IN_BULK)


def _chosen(options: Options, tags: Iterable[str]) -> bool:
    """A scenario of a use case that was asked for; any where none was."""
    return not options.use_cases or bool(_values(tags, USE_CASE_TAG) & set(options.use_cases))


def _untested(statement: Statement, about: Iterable[tuple[str, ...]]) -> str | None:
    """Why none of the scenarios about a requirement takes part; None where one does. That there are others for another
    kind of organisation explains nothing where there is one for this."""
    reasons = {_out_of_scope(statement, tags): _is_for(statement, tags) for tags in about}
    if None in reasons:
        return None
    return "、".join(str(r) for r, own in reasons.items() if own or not any(reasons.values()))


def _out_of_scope(statement: Statement, tags: Iterable[str]) -> str | None:
    """Why a scenario does not take part for a statement: the kind of its organisation, its contract, its use cases, what
    else it declares. None where it does."""
    declares, cases = statement.declares, _values(tags, USE_CASE_TAG)
    if not _is_for(statement, tags):
        name, kinds = organisations()[statement.organisation].name, sorted(_kinds(tags))
        return f"{name}のゲートウェイの検査がない（検査は{'・'.join(kinds)}のもの）"
    if later := {version for version in _values(tags, CONTRACT_TAG) if version > statement.contract}:
        return f"契約{min(later)}から求めること（宣言は契約{statement.contract}）"
    if cases and not cases & set(declares.use_cases):
        return f"実装適合宣言の use_cases に {'、'.join(sorted(cases))} がない"
    words = {word for field in fields(declares) for word in getattr(declares, field.name)}
    if lacking := sorted(_values(tags, DECLARED_TAG) - words):
        return f"実装適合宣言に {'、'.join(lacking)} がない"
    return None


def _is_for(statement: Statement, tags: Iterable[str]) -> bool:
    own = attributes(organisations()[statement.organisation], "")
    among = not own.isdisjoint(_kinds(tags))
    return among and own.isdisjoint(_values(tags, EXCEPT_TAG))


def _kinds(tags: Iterable[str]) -> set[str]:
    return _values(tags, KIND_TAG) or {_MUNICIPALITY}


def _values(tags: Iterable[str], prefix: str) -> set[str]:
    return {tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)}
