"""JUnit XML: a suite a feature file, a case a scenario (or row of an outline). Only what both the schema of Ant (JUnit.xsd) and that of
Jenkins (junit-10.xsd of its xUnit plugin) know: no attribute of the root, nothing but name, class and time of a case."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from xml.etree import ElementTree as ET

from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Verdict
from harness.contract.texts import bounded, one_line, visible
from harness.languages.choice import Tell, in_japanese
from harness.record.causes import is_of_model
from harness.record.conclusion import NOT_CONFORMING, RequirementResult, assess
from harness.record.known_failure_states import SENTENCES, WRONG, KnownFailureState
from harness.record.values import Run, ScenarioRun
from reports.run.judge_words import notes

FILE_NAME = "junit.xml"
_MESSAGE = 500  # characters of an attribute; readers show it on one line
_BODY = 10_000
_NAME = 300
Notes = Mapping[str, tuple[str, str]]


def junit(run: Run, tell: Tell = in_japanese) -> bytes:
    """The XML document, UTF-8. A requirement that no scenario speaks for is a case of its own, so that a reader
    of this file alone sees it fail."""
    assessment = assess(run)
    root = ET.Element("testsuites")
    said = notes(run, tell)
    of_model = [s for s in run.scenarios if is_of_model(s)]
    if of_model:  # what the whole record shows is a suite of its own, and the first
        root.append(_suite("", of_model, said, tell))
    others = (s for s in run.scenarios if not is_of_model(s))
    for file, group in groupby(others, key=lambda s: s.scenario.file):
        root.append(_suite(file, tuple(group), said, tell))
    untested = [r for r in assessment.results if r.code]
    if untested:
        root.append(_untested(untested, tell))
    if assessment.known_failures:
        root.append(_known_failures(assessment.known_failures, tell))
    if not assessment.complete:
        root.append(_incomplete(tell))
    return written(root)


def _suite(file: str, scenarios: Sequence[ScenarioRun], said: Notes, tell: Tell) -> ET.Element:
    suite = ET.Element("testsuite", name=one_line(scenarios[0].scenario.feature or file, _NAME))
    suite.set("timestamp", timestamp(min((s.scenario.at for s in scenarios if s.scenario.at), default=0)))
    ids = dict.fromkeys(id_ for s in scenarios for id_ in s.requirements)
    _properties(suite, [*([("file", file)] if file else []), *(("requirement", id_) for id_ in ids)])
    suite.extend(_case(scenario, said.get(scenario.scenario.id), tell) for scenario in scenarios)
    count_cases(suite, suite.iter("testcase"))
    return suite


def _case(run: ScenarioRun, note: tuple[str, str] | None, tell: Tell) -> ET.Element:
    scenario, check = run.scenario, run.outcome
    example = "、".join(value for _, value in scenario.example)
    name = f"{scenario.name}［{example}］" if example else scenario.name
    case = ET.Element(
        "testcase", name=one_line(name, _NAME), classname=_class_name(scenario.file or scenario.feature)
    )
    case.set("time", f"{check.seconds:.3f}")
    if check.verdict in NOT_CONFORMING:
        case.append(_problem("failure", run, note, tell))
    elif check.verdict == Verdict.INCONCLUSIVE:
        case.append(_problem("error", run, note, tell))
    elif check.verdict == Verdict.NOT_APPLICABLE:
        case.append(ET.Element("skipped", message=one_line(tell(check.observed or check.verdict), _MESSAGE)))
    return case


def _problem(kind: str, run: ScenarioRun, note: tuple[str, str] | None, tell: Tell) -> ET.Element:
    check = run.outcome
    found = [("観測", check.observed), *([("期待", check.expected)] if check.expected else [])]
    message = " ".join(f"{tell(label)}: {tell(value)}" for label, value in found)
    problem = ET.Element(kind, type=one_line(check.code or check.verdict, _NAME))
    problem.set("message", one_line(message, _MESSAGE))
    problem.text = visible(
        "\n".join(
            f"{tell(label)}: {bounded(value, _BODY)}"
            for label, value in (*_facts(run, tell), *([note] if note else []))
            if value
        )
    )
    return problem


def _facts(run: ScenarioRun, tell: Tell) -> Iterable[tuple[str, str]]:
    check, scenario = run.outcome, run.scenario
    yield "判定", tell(check.verdict)
    for id_ in run.requirements:
        if found := all_requirements().get(id_):
            source, block = tell(found.source), tell(found.block)
            about = f"{tell('根拠')}: {source}, {tell('責任分解点')}: {block}"
            yield "要件", f"{id_} {tell(found.ja)} ({about})"
        else:
            yield "要件", id_
    yield "観測", tell(check.observed)
    yield "期待", tell(check.expected)
    yield "確認先", tell(check.see)
    yield "シナリオ", scenario.place or scenario.name
    if check.step:
        yield "ステップ", f"{check.step.keyword} {check.step.text}（{scenario.file}:{check.step.line}）"


def _untested(results: Sequence[RequirementResult], tell: Tell) -> ET.Element:
    suite = ET.Element("testsuite", name=tell("検査が実行されていない要件"), timestamp=timestamp(0))
    for result in results:
        id_ = one_line(result.requirement.id, _NAME)
        case = ET.SubElement(
            suite,
            "testcase",
            name=f"{id_} {tell(result.requirement.ja)}",
            classname=tell("要件"),
            time="0.000",
        )
        kind = "failure" if result.verdict in NOT_CONFORMING else "error"
        ET.SubElement(case, kind, type=result.code, message=tell(result.reason))
    count_cases(suite, suite.iter("testcase"))
    return suite


def _known_failures(results: Sequence[KnownFailureState], tell: Tell) -> ET.Element:
    """The file of known failures is checked as well: an entry that fails the run fails here too."""
    suite = ET.Element("testsuite", name=tell("既知の不適合"), timestamp=timestamp(0))
    for result in results:
        name = one_line(result.entry.target, _NAME)
        case = ET.SubElement(suite, "testcase", name=name, classname=tell("既知の不適合"), time="0.000")
        if result.state in WRONG:
            message = one_line(tell(SENTENCES[result.state]), _MESSAGE)
            ET.SubElement(case, "failure", type=f"KNOWN_{result.state.name}", message=message)
    count_cases(suite, suite.iter("testcase"))
    return suite


def _incomplete(tell: Tell) -> ET.Element:
    """Without it, a run cut off after its last good check would look like a success."""
    suite = ET.Element("testsuite", name=tell("実行"), timestamp=timestamp(0))
    name, whole = tell("実行が最後まで終わる"), tell("実行")
    case = ET.SubElement(suite, "testcase", name=name, classname=whole, time="0.000")
    message = tell("実行が最後まで終わっていない、又は記録が損なわれている")
    ET.SubElement(case, "error", type="INCOMPLETE", message=message)
    count_cases(suite, suite.iter("testcase"))
    return suite


def written(root: ET.Element) -> bytes:
    """The document, with what both schemas ask of a suite: its number, package and host, what it has in what order."""
    for number, suite in enumerate(root):
        suite.set("id", str(number))
        suite.set("package", "renkei")
        suite.set("hostname", "localhost")
        if suite.find("properties") is None:
            suite.insert(0, ET.Element("properties"))
        for name in ("system-out", "system-err"):
            ET.SubElement(suite, name)
    ET.indent(root, " ")
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def count_cases(element: ET.Element, cases: Iterable[ET.Element]) -> None:
    """Tells how many there are, how many of them are no success, and how long they took together."""
    found = list(cases)
    element.set("tests", str(len(found)))
    for plural, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(plural, str(sum(case.find(kind) is not None for case in found)))
    element.set("time", f"{sum(float(case.get('time', 0)) for case in found):.3f}")


def _properties(element: ET.Element, pairs: Sequence[tuple[str, str]]) -> None:
    if pairs:
        parent = ET.SubElement(element, "properties")
        for name, value in pairs:
            ET.SubElement(parent, "property", name=name, value=one_line(value, _NAME))


def _class_name(file: str) -> str:
    """Readers take the last dot for the border of package and class."""
    return one_line(file.removesuffix(".feature").replace("/", "."), _NAME)


def timestamp(milliseconds: int) -> str:
    """UTC without offset, as the schema of Ant has it."""
    try:
        return f"{datetime.fromtimestamp(milliseconds // 1000, UTC):%Y-%m-%dT%H:%M:%S}"
    except (OverflowError, ValueError, OSError):
        return timestamp(0)
