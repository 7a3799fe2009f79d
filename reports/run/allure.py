"""Allure results, through Allure's own model: a result and a transcript a scenario, joined by uuid."""

import json
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from uuid import UUID, uuid5

from allure_commons.logger import AllureMemoryLogger
from allure_commons.model2 import (
    ATTACHMENT_PATTERN,
    Attachment,
    Label,
    Link,
    Parameter,
    Status,
    StatusDetails,
    TestResult,
    TestStepResult,
)
from allure_commons.types import AttachmentType, LabelType, LinkType, Severity

from harness.catalogue.requirements import Requirement, all_requirements
from harness.catalogue.verdicts import Verdict
from harness.contract.texts import bounded, one_line, visible
from harness.contract.use_cases import use_cases
from harness.languages.choice import Tell, in_japanese
from harness.record.causes import MANDATORY
from harness.record.values import Exchange, Run, ScenarioRun, Step

FOLDER_NAME = "allure-results"
# (own) Drawn once. Changing it would cut every history in Allure.
_NAMESPACE = UUID("9d1c9a3a-51c4-4b0e-8f6e-4f6b7a2f6a53")
_MESSAGE = 10_000
_NAME = 300
_STATUS = MappingProxyType(
    {
        Verdict.PASS: Status.PASSED,
        Verdict.FAIL: Status.FAILED,
        Verdict.KNOWN: Status.FAILED,
        Verdict.INCONCLUSIVE: Status.BROKEN,
        Verdict.NOT_APPLICABLE: Status.SKIPPED,
    }
)
_STEP_STATUS = MappingProxyType({"ok": Status.PASSED, "failed": Status.FAILED, "error": Status.BROKEN})


def allure(run: Run, tell: Tell = in_japanese) -> Iterator[tuple[str, bytes]]:
    """File name and content of everything in the results folder. Names depend on run and scenario alone."""
    for scenario in run.scenarios:
        yield from of_scenario(scenario, own_uuid(run, scenario), tell)


def of_scenario(scenario: ScenarioRun, uuid: UUID, tell: Tell = in_japanese) -> Iterator[tuple[str, bytes]]:
    """File name and content of its result and its transcript, under a uuid."""
    attachment = ATTACHMENT_PATTERN.format(prefix=uuid, ext=AttachmentType.JSON.extension)
    result = _result(scenario, str(uuid), attachment, tell)
    # allure_commons has no annotations.
    memory = AllureMemoryLogger()  # type: ignore[no-untyped-call]
    memory.report_result(result)  # type: ignore[no-untyped-call]
    yield result.file_pattern.format(prefix=uuid), _json(memory.test_cases[0])
    yield attachment, transcript(scenario)


def own_uuid(run: Run, scenario: ScenarioRun) -> UUID:
    """Of a result in the results folder of a run."""
    return _uuid("result", run.meta.run_id, scenario.scenario.id)


def transcript(run: ScenarioRun) -> bytes:
    """Both faces of a scenario: {"scenario", "south": [entries], "north": [entries]}, an entry a line, unchanged."""
    id_ = json.dumps(visible(run.scenario.id), ensure_ascii=False)
    faces = f'"south":{_entries(run.south)},\n"north":{_entries(run.north)}'
    return f'{{"scenario":{id_},\n{faces}}}\n'.encode()


def _result(run: ScenarioRun, uuid: str, attachment: str, tell: Tell) -> TestResult:
    scenario, check = run.scenario, run.outcome
    start = scenario.at or 0
    same_test = (scenario.file, scenario.rule, scenario.name)
    return TestResult(
        uuid=uuid,
        testCaseId=str(_uuid("case", *same_test)),
        historyId=str(_uuid("history", *same_test, *(part for pair in scenario.example for part in pair))),
        fullName=one_line(f"{scenario.file or scenario.feature}:{scenario.name}", _NAME),
        name=one_line(scenario.name, _NAME),
        titlePath=[one_line(part, _NAME) for part in (scenario.use_case, scenario.feature) if part],
        description=_description(_known(run), tell),
        status=_STATUS[check.verdict],
        statusDetails=_details(run, tell),
        stage="finished",
        steps=[_step(step, run, tell) for step in run.steps],
        attachments=[
            Attachment(
                name=tell(_attachment_name(run)), source=attachment, type=AttachmentType.JSON.mime_type
            )
        ],
        parameters=[
            Parameter(name=one_line(k, _NAME), value=one_line(v, _NAME)) for k, v in scenario.example
        ],
        labels=_labels(run),
        links=[_link(requirement) for requirement in _known(run)],
        start=start,
        stop=max(start, check.at or start),
    )


def _details(run: ScenarioRun, tell: Tell) -> StatusDetails | None:
    check = run.outcome
    if check.verdict == Verdict.PASS:
        return None
    lines = (("観測", check.observed), ("期待", check.expected), ("確認先", check.see))
    message = "\n".join(f"{tell(label)}: {bounded(tell(value), _MESSAGE)}" for label, value in lines if value)
    place = f"{run.scenario.file}:{check.step.line}" if check.step else run.scenario.place
    return StatusDetails(
        message=visible(f"{check.code}\n{message}" if check.code else message),
        trace=one_line(place, _NAME) or None,
        known=True if check.verdict == Verdict.KNOWN else None,
    )


def _step(step: Step, run: ScenarioRun, tell: Tell) -> TestStepResult:
    status = _STEP_STATUS.get(step.outcome, Status.UNKNOWN)
    stop = step.at or run.scenario.at or 0
    return TestStepResult(
        name=one_line(f"{step.keyword} {step.text}", _NAME),
        status=status,
        statusDetails=None if status == Status.PASSED else _details(run, tell),
        stage="finished",
        start=max(0, stop - round(step.seconds * 1000)),
        stop=stop,
    )


def _labels(run: ScenarioRun) -> list[Label]:
    scenario, known = run.scenario, _known(run)
    case = use_cases().get(scenario.use_case)
    mandatory = any(requirement.level == MANDATORY for requirement in known)
    pairs = [
        (LabelType.EPIC, case.title if case else scenario.use_case),
        *((LabelType.FEATURE, function) for function in dict.fromkeys(r.function for r in known)),
        (LabelType.STORY, scenario.rule or scenario.feature),
        (LabelType.SUITE, scenario.feature),
        (LabelType.SEVERITY, Severity.CRITICAL.value if mandatory else Severity.MINOR.value),
        *(("requirement", id_) for id_ in run.requirements),
        *((LabelType.TAG, tag) for tag in dict.fromkeys((*run.requirements, *scenario.tags))),
        *(("block", block) for block in dict.fromkeys(r.block for r in known)),
        (LabelType.LANGUAGE, "gherkin"),
        (LabelType.FRAMEWORK, "renkei"),
    ]
    return [Label(name=str(name), value=one_line(value, _NAME)) for name, value in pairs if value]


def _link(requirement: Requirement) -> Link:
    """A name, not an address: the source is a printed report."""
    name = f"{requirement.id} {requirement.source}"
    return Link(type=LinkType.TEST_CASE, url=f"urn:renkei:requirement:{requirement.id}", name=name)


def _description(known: Sequence[Requirement], tell: Tell) -> str:
    """Only the catalogue's own words: Allure renders a description as HTML."""
    said = (f"**{r.id}**（{r.level}） {r.ja}。根拠: {r.source}。確認先: {r.see}。" for r in known)
    return "\n\n".join(map(tell, said))


def _known(run: ScenarioRun) -> list[Requirement]:
    return [all_requirements()[id_] for id_ in run.requirements if id_ in all_requirements()]


def _attachment_name(run: ScenarioRun) -> str:
    return f"両面の記録（南面 {len(run.south)}件、北面 {len(run.north)}件）"


def _entries(exchanges: Sequence[Exchange]) -> str:
    return "[\n" + ",\n".join(exchange.line for exchange in exchanges) + "\n]" if exchanges else "[]"


def _uuid(*parts: str) -> UUID:
    return uuid5(_NAMESPACE, json.dumps(parts))


def _json(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()
