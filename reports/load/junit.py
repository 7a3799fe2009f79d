"""JUnit XML of a load run: a case a gate, one for the answers that were checked, one for the records, as CI reads it."""

from xml.etree import ElementTree as ET

from harness.catalogue.verdicts import Verdict
from harness.contract.texts import one_line
from harness.languages.choice import Tell, in_japanese
from harness.record.fields import milliseconds, seconds
from harness.record.load_run import Gate, LoadRun, fit
from reports.run.junit import count_cases, timestamp, written

_NAME = 300
_SAID = {"name", "classname", "message"}


def load_junit(run: LoadRun, tell: Tell = in_japanese) -> bytes:
    """The XML document, UTF-8. A run without a verdict has an error, so that a reader of this file alone sees it."""
    root = ET.Element("testsuites")
    began = milliseconds(run.first.get("at")) or 0
    suite = ET.SubElement(root, "testsuite", name="負荷", timestamp=timestamp(began))
    for gate in run.gates:
        _gate(suite, gate, judged=run.verdict == Verdict.FAIL)
    _sample(suite, run)
    _reconciliation(suite, run)
    _whole(suite, run)
    _translate(root, tell)
    count_cases(suite, suite.iter("testcase"))
    return written(root)


def _translate(root: ET.Element, tell: Tell) -> None:
    """What a reader of CI sees."""
    for element in root.iter():
        for name in _SAID.intersection(element.keys()):
            element.set(name, tell(element.get(name, "")))


def _gate(suite: ET.Element, gate: Gate, *, judged: bool) -> None:
    """judged: not where the bench was late itself: what was missed then is an error, and nobody's failure."""
    case = _case(suite, f"{gate.title} {gate.bound}", "ゲート")
    if gate.met is False:
        kind = "failure" if judged else "error"
        _problem(case, kind, "GATE_MISSED", f"実測 {gate.measured}、限度 {gate.bound}")
    elif gate.met is None:
        _problem(case, "error", "NOT_MEASURED", "測っていない")


def _sample(suite: ET.Element, run: LoadRun) -> None:
    case = _case(suite, "応答の検査（署名・人・項目・値）", "適合")
    if run.failed:
        first = run.failed[0]
        message = f"{run.checked:,} 件のうち {len(run.failed):,} 件。{fit(first.get('observed'))}"
        _problem(case, "failure", fit(first.get("code")), message)
    elif not run.checked:
        _problem(case, "error", "NOT_MEASURED", "検査した応答がない")


def _reconciliation(suite: ET.Element, run: LoadRun) -> None:
    case = _case(suite, "記録の突合（失われず、二度来ない）", "適合")
    said = run.reconciliation
    if said is None:
        _problem(case, "error", "NOT_MEASURED", "突合していない")
    elif said.get("verdict") == Verdict.FAIL:
        _problem(case, "failure", fit(said.get("code")), fit(said.get("observed")))
    elif said.get("verdict") != Verdict.PASS:
        _problem(case, "error", fit(said.get("code")), fit(said.get("observed")))


def _whole(suite: ET.Element, run: LoadRun) -> None:
    """What no single case says: the generator was late, the run was cut off, the gateway refused before any load."""
    case = _case(suite, "負荷を予定どおりに終える", "実行")
    case.set("time", f"{seconds((run.end or {}).get('seconds')):.3f}")
    if run.verdict == Verdict.INCONCLUSIVE:
        _problem(case, "error", run.code or "NOT_MEASURED", run.sentence)
    elif run.verdict == Verdict.FAIL and run.reconciliation is None:
        _problem(case, "failure", run.code, run.sentence)


def _case(suite: ET.Element, name: str, class_name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", name=one_line(name, _NAME), classname=class_name, time="0.000")


def _problem(case: ET.Element, kind: str, code: str, message: str) -> None:
    ET.SubElement(case, kind, type=code, message=message)
