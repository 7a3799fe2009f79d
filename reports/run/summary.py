"""The Japanese summary on a terminal: the verdict, what is not met and where to look, then everything."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
from harness.languages.choice import JAPANESE, Tell, of_gherkin, speaking
from harness.record.blame import by_requirement, gravest_first
from harness.record.conclusion import CONSEQUENCE, Assessment, RequirementResult, assess, count, executed
from harness.record.known_failure_states import SENTENCES
from harness.record.values import Run, ScenarioRun
from reports.layout import crop, pad, wrap
from reports.run import allure, badge, ctrf, html_report, json_view, junit, sarif
from reports.run.effect_block import effect_block
from reports.run.judge_words import consequences, coverage_lines, not_tried
from reports.run.reasons import heading, reasons, where

WIDTH = 100  # columns at most; longer lines are hard to read
NARROWEST = 40
_OBSERVED = 300  # characters of what a gateway said; the rest is in the journal
_NAME = 120
_FOLLOWING = 5  # consequences that are told; all are in the HTML report
_LABEL = 16  # cells of 「責任分解点」, indented and with a gap
_STYLES = MappingProxyType(
    {
        Verdict.PASS: "green",
        Verdict.FAIL: "bold red",
        Verdict.KNOWN: "red",
        Verdict.INCONCLUSIVE: "yellow",
        Verdict.NOT_APPLICABLE: "dim",
    }
)
HEAD_STYLES = MappingProxyType(
    {Exit.CONFORMS: "bold white on green", Exit.DOES_NOT_CONFORM: "bold white on red"}
)
_COUNTED = (Verdict.FAIL, Verdict.KNOWN, Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.NOT_APPLICABLE)
_SELDOM = frozenset({Verdict.KNOWN})  # counted only where there are some


@dataclass(frozen=True)
class _Form:
    """How wide, and in which language."""

    width: int
    tell: Tell
    page: str

    @property
    def share(self) -> int:
        """Cells of how many checks passed."""
        return max(10, cell_len(self.tell("合格/検査")) + 2)

    @property
    def verdict(self) -> int:
        """Cells of a verdict, with a gap behind it."""
        return max(cell_len(self.tell(verdict)) for verdict in Verdict) + 1


def print_summary(run: Run, console: Console, folder: Path | None = None, language: str = JAPANESE) -> None:
    """Prints the summary; with `folder`, also where the run's files are. Plain where the console is."""
    for line in summary(run, min(console.width, WIDTH), folder, language):
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)


def summary(
    run: Run, width: int = WIDTH, folder: Path | None = None, language: str = JAPANESE
) -> Iterator[Text]:
    """The lines of the summary, `width` cells each at most (40 at least). Nothing in them controls a terminal. What is read first stands
    last, right above the prompt: failures, each with what follows from it, and the verdict."""
    assessment = assess(run)
    form = _Form(max(width, NARROWEST), speaking(language), html_report.FILE_NAMES[language])
    yield from _table(assessment, form)
    yield from effect_block(run, form.tell)
    yield from _foot(run, form, folder)
    yield from _known(assessment, form)
    yield from _inconclusive(assessment, form)
    yield from _failing(assessment, form)
    yield from _head(assessment, form)


def _head(assessment: Assessment, form: _Form) -> Iterator[Text]:
    run = assessment.run
    found = count(result.verdict for result in assessment.results)
    counts = "  ".join(f"{form.tell(v)} {found[v]}" for v in _COUNTED if found[v] or v not in _SELDOM)
    style = HEAD_STYLES.get(assessment.exit, "bold black on yellow")
    gateway = one_line(run.meta.gateway, _NAME)
    head = Text().append(f" {form.tell(assessment.heading)} ", style=style)
    more = [f"{form.tell('要件')} {len(assessment.results)}: {counts}", gateway]
    while more and head.cell_len + 2 + cell_len(more[0]) <= form.width:
        head.append(f"  {more.pop(0)}")
    yield Text()
    yield head
    for line in more:
        yield from _paragraph(line, form)
    yield from _paragraph(_titled(_subject(run), form), form)
    for reason in reasons(assessment):
        yield from _told(reason, form)


def _titled(parts: Iterable[tuple[str, str]], form: _Form) -> str:
    """What whoever was tested says of itself is not translated."""
    return "　".join(f"{form.tell(title)}: {said}" for title, said in parts if said)


def _subject(run: Run) -> tuple[tuple[str, str], ...]:
    code = one_line(run.meta.organisation, _NAME)
    name = f"{organisations()[code].name}（{code}）" if code in organisations() else code
    product = one_line(run.meta.product, _NAME)
    contract = one_line(run.meta.contract, _NAME)
    return ("団体", name), ("製品", product), ("契約の版", contract)


def _failing(assessment: Assessment, form: _Form) -> Iterator[Text]:
    for verdict, title in ((Verdict.KNOWN, "既知の不合格の要件"), (Verdict.FAIL, "不合格の要件")):
        yield from _section(assessment, verdict, title, form)


def _inconclusive(assessment: Assessment, form: _Form) -> Iterator[Text]:
    yield from _section(assessment, Verdict.INCONCLUSIVE, "判定不能の要件", form)


def _known(assessment: Assessment, form: _Form) -> Iterator[Text]:
    """Entries of the file of known failures that fail the run by themselves."""
    if not assessment.wrong_known_failures:
        return
    yield Text()
    title = f"既知の不適合の一覧の誤り  {len(assessment.wrong_known_failures)}件"
    yield Text(form.tell(title), style="bold red")
    for result in assessment.wrong_known_failures:
        owner = one_line(result.entry.owner, _NAME)
        target = one_line(result.entry.target, _NAME)
        sentence = f"{target}（担当: {owner}）: {SENTENCES[result.state]}。"
        yield from _told(sentence, form)


def _section(assessment: Assessment, verdict: Verdict, title: str, form: _Form) -> Iterator[Text]:
    """One verdict: what a check observed in full, 必須 first; what was never tested by name."""
    results = [r for r in assessment.results if r.verdict == verdict]
    if not results:
        return
    yield Text()
    yield Text(form.tell(f"{title}  {len(results)}件"), style=_STYLES[verdict])
    follows = consequences(assessment.run, form.tell)
    for result in gravest_first((r for r in results if r.deciding), assessment.run):
        yield from _detail(result, follows.get(result.requirement.id, ()), form)
    undecided = [r for r in results if not r.deciding]
    for result in (r for r in undecided if r.code == CONSEQUENCE):
        yield from _told(f"{one_line(result.requirement.id, _NAME)}: {result.reason}", form)
    untested = [one_line(r.requirement.id, _NAME) for r in undecided if r.code != CONSEQUENCE]
    if untested:
        yield Text()
        yield from _told(f"検査が実行されていない要件（{len(untested)}件）: {'、'.join(untested)}", form)


def _detail(result: RequirementResult, follows: Sequence[str], form: _Form) -> Iterator[Text]:
    requirement = result.requirement
    yield Text()
    named = form.tell(f"{one_line(requirement.id, _NAME)}（{requirement.level}）")
    sentence = f"{named} {form.tell(requirement.ja)}"
    yield from (Text(line.plain, style="bold") for line in _paragraph(sentence, form))
    for label, value in _finding(result, form.tell):
        yield from _labelled(label, value, form)
    if follows:
        more = [form.tell(f"ほか {len(follows) - _FOLLOWING} 件")] if len(follows) > _FOLLOWING else []
        yield from _labelled("帰結", "\n".join([*follows[:_FOLLOWING], *more]), form)


def _finding(result: RequirementResult, tell: Tell) -> Iterator[tuple[str, str]]:
    """Label and text of what is to be known of a requirement that is not met, in the order of asking."""
    requirement, scenario = result.requirement, result.deciding[0]
    check = scenario.outcome
    yield "判定の理由", heading(check.code, tell)
    yield "観測", one_line(tell(check.observed), _OBSERVED)
    yield "期待", one_line(tell(check.expected), _OBSERVED)
    yield "根拠", tell(requirement.source)
    yield "責任分解点", tell(where(requirement))
    yield "確認先", one_line(tell(check.see), _OBSERVED) or tell(requirement.see)
    yield from _place(scenario, tell)
    if len(result.deciding) > 1:
        yield "ほか", tell(f"この要件が{result.verdict}のシナリオがあと {len(result.deciding) - 1}件")


def _place(run: ScenarioRun, tell: Tell) -> Iterator[tuple[str, str]]:
    scenario, step = run.scenario, run.outcome.step
    example = "、".join(value for _, value in scenario.example)
    row = f"［{one_line(example, _NAME)}］" if example else ""
    place = f"\n{one_line(scenario.place, _NAME)}" if scenario.file else ""
    yield "シナリオ", f"{one_line(of_gherkin(scenario.name, tell), _NAME)}{row}{place}"
    if step:
        words = one_line(f"{step.keyword} {step.text}", _NAME)
        yield "ステップ", f"{words}\n{one_line(scenario.file, _NAME)}:{step.line}"


def _table(assessment: Assessment, form: _Form) -> Iterator[Text]:
    results, rules = assessment.results, by_requirement(assessment.run)
    if not results:
        return
    yield Text()
    tell = form.tell
    yield Text(tell("要件ごとの判定"), style="bold")
    yield Text()
    head = f"{pad(tell('判定'), form.verdict)}{pad(tell('番号'), 9)}{pad(tell('合格/検査'), form.share)}{tell('内容')}"
    yield Text(f"  {head}", style="dim")
    for place, group in groupby(results, key=lambda r: where(r.requirement)):
        yield Text(f"  {tell(place)}", style="bold")
        for result in group:
            yield from _row(result, not_tried(result, rules), form)


def _row(result: RequirementResult, untried: str, form: _Form) -> Iterator[Text]:
    passed = sum(s.outcome.verdict == Verdict.PASS for s in result.scenarios)
    checks = executed(result.scenarios)
    share = f"{passed}/{checks}" if checks else "-"
    level = "" if result.mandatory else form.tell(f"［{result.requirement.level}］")
    # The other reasons stand above, with what was observed.
    excluded = result.verdict == Verdict.NOT_APPLICABLE and result.reason
    said = one_line(result.reason, _NAME) if excluded else untried
    reason = form.tell(f"（{said}）") if said else ""
    id_ = crop(one_line(result.requirement.id, _NAME), 8)
    lead = form.verdict + form.share + 11
    first, *rest = wrap(f"{level}{form.tell(result.requirement.ja)}{reason}", form.width - lead)
    line = Text("  ")
    line.append(pad(form.tell(result.verdict), form.verdict), style=_STYLES[result.verdict])
    line.append(f"{pad(id_, 8)} {pad(share.rjust(5), form.share)}{first}")
    yield line
    yield from (Text(" " * lead + more) for more in rest)


def _foot(run: Run, form: _Form, folder: Path | None) -> Iterator[Text]:
    yield Text()
    yield from _told(_times(run), form)
    yield from _paragraph(_titled(_conditions(run), form), form)
    for line in coverage_lines(run):
        yield from _told(line, form)
    if folder:
        yield from _paragraph(f"{form.tell('実行フォルダー')}  {one_line(str(folder), _OBSERVED)}", form)
        files = (
            (form.page, "報告（HTML。どちらの言語でも書く）"),
            (JOURNAL, "すべての通信と検査の記録"),
            (json_view.FILE_NAME, "結果（JSON）"),
            (junit.FILE_NAME, "結果（JUnit XML）"),
            (sarif.FILE_NAME, "満たしていない要件（SARIF）"),
            (ctrf.FILE_NAME, "結果（CTRF）"),
            (badge.FILE_NAME, "判定の札（SVG）"),
            (f"{allure.FOLDER_NAME}/", "結果（Allure）"),
        )
        # Of two gateways the second has its views in a folder below, and the record lies in the first one's.
        for name, what in (file for file in files if file[0] != JOURNAL or (folder / JOURNAL).exists()):
            yield from _paragraph(f"  {pad(name, 18)}{form.tell(what)}", form)
    yield Text()


def _times(run: Run) -> str:
    checks = f"シナリオ {len(run.scenarios)}件"
    if run.end is None:
        return f"{checks}、所要時間は不明（終了の記録がない）"
    waiting = run.end.waiting_seconds
    return f"{checks}、所要時間 {run.end.seconds:.1f}秒（ゲートウェイの応答待ち 延べ {waiting:.1f}秒）"


def _conditions(run: Run) -> tuple[tuple[str, str], ...]:
    """What it takes to run the same test again."""
    meta = run.meta
    law = "、".join(one_line(table, _NAME) for table in meta.law)
    parts = (("種", meta.seed), ("別表第二", law), ("実行番号", meta.run_id))
    return tuple((name, one_line(value, _NAME)) for name, value in parts)


def _labelled(label: str, value: str, form: _Form) -> Iterator[Text]:
    if not value:
        return
    indent = 4 + _LABEL
    for number, line in enumerate(wrap(value, form.width - indent)):
        lead = Text("    ")
        lead.append(pad(form.tell(label) if number == 0 else "", _LABEL), style="dim")
        yield lead + Text(line)


def _told(text: str, form: _Form) -> Iterable[Text]:
    return _paragraph(form.tell(text), form)


def _paragraph(text: str, form: _Form) -> Iterable[Text]:
    """In the right language already, or what whoever was tested, or whoever ran this, calls something."""
    return [Text(f"  {line}") for line in wrap(text, form.width - 2)] if text else []
