"""The Japanese summary on a terminal: the verdict, what is not met and where to look, then everything."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from harness.catalogue.verdicts import Exit, Verdict
from harness.contract.journal import FILE_NAME as JOURNAL
from harness.contract.organisations import organisations
from harness.contract.texts import one_line
from harness.record.blame import by_requirement, gravest_first
from harness.record.conclusion import CONSEQUENCE, Assessment, RequirementResult, assess, count, executed
from harness.record.known_failure_states import SENTENCES
from harness.record.values import Run, ScenarioRun
from reports.layout import crop, pad, wrap
from reports.run import allure, html_report, json_view, junit, sarif
from reports.run.effect_block import effect_block
from reports.run.judge_words import consequences, coverage_lines, not_tried
from reports.run.reasons import heading, reasons, where

WIDTH = 100  # columns at most; longer lines are hard to read
_NARROWEST = 40
_OBSERVED = 300  # characters of what a gateway said; the rest is in the journal
_NAME = 120
_FOLLOWING = 5  # consequences that are told; all are in the HTML report
_LABEL = 14  # cells of 「責任分解点」, indented and with a gap
_STYLES = MappingProxyType(
    {
        Verdict.PASS: "green",
        Verdict.FAIL: "bold red",
        Verdict.KNOWN: "red",
        Verdict.INCONCLUSIVE: "yellow",
        Verdict.NOT_APPLICABLE: "dim",
    }
)
_HEAD_STYLES = MappingProxyType(
    {Exit.CONFORMS: "bold white on green", Exit.DOES_NOT_CONFORM: "bold white on red"}
)
_COUNTED = (Verdict.FAIL, Verdict.KNOWN, Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.NOT_APPLICABLE)
_SELDOM = frozenset({Verdict.KNOWN})  # counted only where there are some


def print_summary(run: Run, console: Console, folder: Path | None = None) -> None:
    """Prints the summary; with `folder`, also where the run's files are. Plain where the console is."""
    for line in summary(run, min(console.width, WIDTH), folder):
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)


def summary(run: Run, width: int = WIDTH, folder: Path | None = None) -> Iterator[Text]:
    """The lines of the summary, `width` cells each at most (40 at least). Nothing in them controls a terminal."""
    assessment = assess(run)
    width = max(width, _NARROWEST)
    yield from _head(assessment, width)
    yield from _failing(assessment, width)
    yield from _inconclusive(assessment, width)
    yield from _known(assessment, width)
    yield from _table(assessment, width)
    yield from effect_block(run)
    yield from _foot(run, width, folder)


def _head(assessment: Assessment, width: int) -> Iterator[Text]:
    run = assessment.run
    found = count(result.verdict for result in assessment.results)
    counts = "  ".join(f"{v} {found[v]}" for v in _COUNTED if found[v] or v not in _SELDOM)
    style = _HEAD_STYLES.get(assessment.exit, "bold black on yellow")
    gateway = one_line(run.meta.gateway, _NAME)
    head = Text().append(f" {assessment.heading} ", style=style)
    more = [f"要件 {len(assessment.results)}: {counts}", gateway]
    while more and head.cell_len + 2 + cell_len(more[0]) <= width:
        head.append(f"  {more.pop(0)}")
    yield Text()
    yield head
    for line in more:
        yield from _paragraph(line, width)
    yield from _paragraph(_subject(run), width)
    for reason in reasons(assessment):
        yield from _paragraph(reason, width)


def _subject(run: Run) -> str:
    code = one_line(run.meta.organisation, _NAME)
    name = f"{organisations()[code].name}（{code}）" if code in organisations() else code
    product = one_line(run.meta.product, _NAME)
    contract = one_line(run.meta.contract, _NAME)
    parts = (("団体", name), ("製品", product), ("契約の版", contract))
    return "　".join(f"{title}: {said}" for title, said in parts if said)


def _failing(assessment: Assessment, width: int) -> Iterator[Text]:
    for verdict, title in ((Verdict.FAIL, "不合格の要件"), (Verdict.KNOWN, "既知の不合格の要件")):
        yield from _section(assessment, verdict, title, width)


def _inconclusive(assessment: Assessment, width: int) -> Iterator[Text]:
    yield from _section(assessment, Verdict.INCONCLUSIVE, "判定不能の要件", width)


def _known(assessment: Assessment, width: int) -> Iterator[Text]:
    """Entries of the file of known failures that fail the run by themselves."""
    if not assessment.wrong_known_failures:
        return
    yield Text()
    yield Text(f"既知の不適合の一覧の誤り  {len(assessment.wrong_known_failures)}件", style="bold red")
    for result in assessment.wrong_known_failures:
        owner = one_line(result.entry.owner, _NAME)
        target = one_line(result.entry.target, _NAME)
        sentence = f"{target}（担当: {owner}）: {SENTENCES[result.state]}。"
        yield from (Text(f"  {line}") for line in wrap(sentence, width - 2))


def _section(assessment: Assessment, verdict: Verdict, title: str, width: int) -> Iterator[Text]:
    """One verdict: what a check observed in full, 必須 first; what was never tested by name."""
    results = [r for r in assessment.results if r.verdict == verdict]
    if not results:
        return
    yield Text()
    yield Text(f"{title}  {len(results)}件", style=_STYLES[verdict])
    follows = consequences(assessment.run)
    for result in gravest_first((r for r in results if r.deciding), assessment.run):
        yield from _detail(result, follows.get(result.requirement.id, ()), width)
    undecided = [r for r in results if not r.deciding]
    for result in (r for r in undecided if r.code == CONSEQUENCE):
        yield from _paragraph(f"{one_line(result.requirement.id, _NAME)}: {result.reason}", width)
    untested = [one_line(r.requirement.id, _NAME) for r in undecided if r.code != CONSEQUENCE]
    if untested:
        yield Text()
        yield from _paragraph(
            f"検査が実行されていない要件（{len(untested)}件）: {'、'.join(untested)}", width
        )


def _detail(result: RequirementResult, follows: Sequence[str], width: int) -> Iterator[Text]:
    requirement = result.requirement
    yield Text()
    sentence = f"{one_line(requirement.id, _NAME)}（{requirement.level}） {requirement.ja}"
    yield from (Text(line.plain, style="bold") for line in _paragraph(sentence, width))
    for label, value in _finding(result):
        yield from _labelled(label, value, width)
    if follows:
        more = [f"ほか {len(follows) - _FOLLOWING} 件"] if len(follows) > _FOLLOWING else []
        yield from _labelled("帰結", "\n".join([*follows[:_FOLLOWING], *more]), width)


def _finding(result: RequirementResult) -> Iterator[tuple[str, str]]:
    """Label and text of what is to be known of a requirement that is not met, in the order of asking."""
    requirement, scenario = result.requirement, result.deciding[0]
    check = scenario.outcome
    yield "判定の理由", heading(check.code)
    yield "観測", one_line(check.observed, _OBSERVED)
    yield "期待", one_line(check.expected, _OBSERVED)
    yield "根拠", requirement.source
    yield "責任分解点", where(requirement)
    yield "確認先", one_line(check.see, _OBSERVED) or requirement.see
    yield from _place(scenario)
    if len(result.deciding) > 1:
        yield "ほか", f"この要件が{result.verdict}のシナリオがあと {len(result.deciding) - 1}件"


def _place(run: ScenarioRun) -> Iterator[tuple[str, str]]:
    scenario, step = run.scenario, run.outcome.step
    example = "、".join(value for _, value in scenario.example)
    row = f"［{one_line(example, _NAME)}］" if example else ""
    place = f"\n{one_line(scenario.place, _NAME)}" if scenario.file else ""
    yield "シナリオ", f"{one_line(scenario.name, _NAME)}{row}{place}"
    if step:
        words = one_line(f"{step.keyword} {step.text}", _NAME)
        yield "ステップ", f"{words}\n{one_line(scenario.file, _NAME)}:{step.line}"


def _table(assessment: Assessment, width: int) -> Iterator[Text]:
    results, rules = assessment.results, by_requirement(assessment.run)
    if not results:
        return
    yield Text()
    yield Text("要件ごとの判定", style="bold")
    yield Text()
    yield Text(f"  {pad('判定', 9)}{pad('要件', 9)}{pad('合格/検査', 10)}内容", style="dim")
    for place, group in groupby(results, key=lambda r: where(r.requirement)):
        yield Text(f"  {place}", style="bold")
        for result in group:
            yield from _row(result, not_tried(result, rules), width)


def _row(result: RequirementResult, untried: str, width: int) -> Iterator[Text]:
    passed = sum(s.outcome.verdict == Verdict.PASS for s in result.scenarios)
    checks = executed(result.scenarios)
    share = f"{passed}/{checks}" if checks else "-"
    level = "" if result.mandatory else f"［{result.requirement.level}］"
    # The other reasons stand above, with what was observed.
    excluded = result.verdict == Verdict.NOT_APPLICABLE and result.reason
    said = one_line(result.reason, _NAME) if excluded else untried
    reason = f"（{said}）" if said else ""
    id_ = crop(one_line(result.requirement.id, _NAME), 8)
    lead = 30
    first, *rest = wrap(f"{level}{result.requirement.ja}{reason}", width - lead)
    line = Text("  ")
    line.append(pad(result.verdict, 9), style=_STYLES[result.verdict])
    line.append(f"{pad(id_, 8)} {pad(share.rjust(5), 10)}{first}")
    yield line
    yield from (Text(" " * lead + more) for more in rest)


def _foot(run: Run, width: int, folder: Path | None) -> Iterator[Text]:
    yield Text()
    yield from _paragraph(_times(run), width)
    yield from _paragraph(_conditions(run), width)
    for line in coverage_lines(run):
        yield from _paragraph(line, width)
    if folder:
        yield from _paragraph(f"実行フォルダー  {one_line(str(folder), _OBSERVED)}", width)
        files = (
            (html_report.FILE_NAMES["ja"], "報告（HTML。英語は report.en.html）"),
            (JOURNAL, "すべての通信と検査の記録"),
            (json_view.FILE_NAME, "結果（JSON）"),
            (junit.FILE_NAME, "結果（JUnit XML）"),
            (sarif.FILE_NAME, "満たしていない要件（SARIF）"),
            (f"{allure.FOLDER_NAME}/", "結果（Allure）"),
        )
        for name, what in files:
            yield from _paragraph(f"  {pad(name, 18)}{what}", width)
    yield Text()


def _times(run: Run) -> str:
    checks = f"シナリオ {len(run.scenarios)}件"
    if run.end is None:
        return f"{checks}、所要時間は不明（終了の記録がない）"
    waiting = run.end.waiting_seconds
    return f"{checks}、所要時間 {run.end.seconds:.1f}秒（ゲートウェイの応答待ち 延べ {waiting:.1f}秒）"


def _conditions(run: Run) -> str:
    """What it takes to run the same test again."""
    meta = run.meta
    law = "、".join(one_line(table, _NAME) for table in meta.law)
    parts = (("種", meta.seed), ("別表第二", law), ("実行番号", meta.run_id))
    return "　".join(f"{name}: {one_line(value, _NAME)}" for name, value in parts if value)


def _labelled(label: str, value: str, width: int) -> Iterator[Text]:
    if not value:
        return
    indent = 4 + _LABEL
    for number, line in enumerate(wrap(value, width - indent)):
        lead = Text("    ")
        lead.append(pad(label if number == 0 else "", _LABEL), style="dim")
        yield lead + Text(line)


def _paragraph(text: str, width: int) -> Iterable[Text]:
    return [Text(f"  {line}") for line in wrap(text, width - 2)] if text else []
