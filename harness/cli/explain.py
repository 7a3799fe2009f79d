"""`renkei explain`: all that is known of a requirement, a finding or a rule, by the name that a report or the terminal shows."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from harness.catalogue.features import REQUIREMENT_TAG, all_scenarios
from harness.catalogue.findings import ConfigurationError, findings
from harness.catalogue.requirements import Requirement, all_requirements
from harness.catalogue.verdicts import Verdict
from harness.cli.ending import end
from harness.cli.streams import as_it_is
from harness.cli.trace import newest
from harness.contract.names import unknown
from harness.contract.texts import bounded
from harness.contract.versions import FIRST
from harness.languages.choice import JAPANESE, language, of_gherkin, spoken
from harness.matrix.plan import NoDefectsError, all_defects
from harness.model.rules import Rule, rules
from harness.record.run import read_run
from harness.record.values import ScenarioRun
from reports.layout import wrap
from reports.run.transcript import SOUTH, transcript

_WIDTH: Final = 80
_FEW: Final = 6  # exchanges of an example; a scenario that has more than these repeats itself
_BODY: Final = 600  # characters of a body
_NO_RUN: Final = "まだ記録がない。renkei run --requirement {} を行うと、ここに示す。"
_BODIES: Final = ("body", "request", "response", "header", "content")


def explain_command(
    name: Annotated[
        str,
        typer.Argument(metavar="ID", help="要件（STO-03）、所見の符号（NOT_REFUSED）、規則（token-others）"),
    ],
    run_folder: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="やり取りの例をとる実行フォルダー（省略時は runs の最も新しいもの）"
        ),
    ] = None,
) -> None:
    """Prints it; exit code 0, or 2 for a name that there is not and a record that cannot be read."""
    try:
        lines = _explained(name, run_folder)
        if lines is None:
            end(unknown("renkei explain", name, [*all_requirements(), *findings(), *rules()]))
        with as_it_is():
            print("\n".join(lines))
    except ConfigurationError as error:
        end(error)
    except OSError as error:
        end(f"{error.filename}: 実行の記録を読めない（{error.strerror}）。")


def _explained(name: str, folder: Path | None) -> Iterable[str] | None:
    plain = name.strip()
    if found := all_requirements().get(plain.upper()):
        return _requirement(found, folder)
    if plain.upper() in findings():
        return _finding(plain.upper())
    rule = rules().get(plain.lower())
    return [*_rule(rule), "", *_about(all_requirements()[rule.requirement])] if rule else None


def _requirement(found: Requirement, folder: Path | None) -> Iterator[str]:
    yield from _about(found)
    yield from _titled("手引の文（docs/gateway-guide.ja.md）", _sentences(found.id))
    yield from _titled("シナリオ", _scenarios(found.id))
    yield from _titled("やり取りの例", _example(found.id, folder))
    yield from _titled("よくある原因", _causes(found))


def _about(found: Requirement) -> Iterator[str]:
    yield from wrap(f"{found.id}  {spoken(found.ja)}", _WIDTH)
    yield from _other(found.en)
    depends = [
        *(f"{word} を宣言するとき。" for word in found.needs),
        *(f"{word} を宣言しないとき。" for word in found.lacks),
    ]
    yield from _indented(f"{found.level}・{found.role}・{found.block} {found.function}。{''.join(depends)}")
    yield from _indented(f"出典: {found.source}")
    yield from _indented(f"確認先: {found.see}")


def _sentences(id_: str) -> Iterator[str]:
    own = [rule for rule in rules().values() if rule.requirement == id_]
    for rule in own:
        yield from _rule(rule)
    if not own:
        yield from _indented("全記録を判定する規則はない。シナリオだけが確かめる。")


def _rule(rule: Rule) -> Iterator[str]:
    since = "" if rule.contract == FIRST else f"（契約{rule.contract}から）"
    yield from _indented(f"{rule.see}: {rule.ja}{since}")
    yield from _other(rule.en, 4)


def _scenarios(id_: str) -> Iterator[str]:
    of_it = [each for each in all_scenarios() if REQUIREMENT_TAG + id_ in (*each.tags, *each.example_tags)]
    for each in of_it:
        yield from _gherkin(f"{of_gherkin(each.name, spoken)} ({each.rows})")
        yield f"    features/{each.file}:{each.line}"
    if of_it:
        yield from _indented(f"実行: renkei run --requirement {id_}")
    else:
        yield from _indented("この要件だけのシナリオはない。実行のすべてのやり取りを規則が判定する。")


def _causes(found: Requirement) -> Iterator[str]:
    """What the defects do that break it: each was tried, and is convicted by it."""
    yield from _indented(f"まず {found.see} を確かめる。")
    try:
        known = [each for each in all_defects() if each.requirement == found.id]
    except NoDefectsError as error:
        yield from _indented(str(error))
        return
    for each in known:
        yield from _indented(f"・{each.summary}（試す: --gateway reference+{each.name}）")


def _finding(code: str) -> Iterator[str]:
    found = findings()[code]
    yield from wrap(f"{code}  {spoken(found.ja)}", _WIDTH)
    yield from _indented(f"次に: {found.next}")
    about = [rule for rule in rules().values() if rule.code == code]
    yield from _titled("この符号で示す規則", (f"  {rule.requirement}  {rule.id}" for rule in about))


def _example(id_: str, folder: Path | None) -> Iterator[str]:
    """Of a scenario that passed where there is one: what it should look like."""
    try:
        source, run = (folder, read_run(folder)) if folder else newest()
    except ConfigurationError:
        yield from _indented(_NO_RUN.format(id_))
        return
    of_it = [each for each in run.scenarios if id_ in each.requirements and (each.south or each.north)]
    of_it.sort(key=lambda each: each.outcome.verdict != Verdict.PASS)
    if of_it:
        yield from _exchanges(of_it[0], source)
    else:
        yield from _indented(f"{source} にこの要件のやり取りはない。{_NO_RUN.format(id_).partition('。')[2]}")


def _exchanges(run: ScenarioRun, source: Path) -> Iterator[str]:
    yield from _gherkin(f"{of_gherkin(run.scenario.name, spoken)} ({spoken(run.outcome.verdict)}, {source})")
    shown = transcript(run, _BODY)
    for each in shown[:_FEW]:
        face = "南側" if each["side"] == SOUTH else "北側"
        yield from _indented(f"{face} {each['title']} {each['status']}".rstrip())
        for part, value in _bodies(each["parts"]):
            yield from _indented(f"{part}: {value}", 6)
    if len(shown) > _FEW:
        yield from _indented(f"ほかに {len(shown) - _FEW} 件。すべては、その実行の report.html で見る。")


def _bodies(parts: Any) -> Iterator[tuple[str, str]]:
    for name in _BODIES:
        if parts.get(name):
            yield name, bounded(json.dumps(parts[name], ensure_ascii=False), _BODY)


def _other(english: str, by: int = 2) -> Iterator[str]:
    """Beside the Japanese sentence; on its own where that was said in English already."""
    if language() == JAPANESE:
        yield from _indented(english, by)


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", spoken(title))
    yield from lines


def _gherkin(text: str) -> Iterator[str]:
    """As it stands in its file, or as the sentence that it is."""
    yield from ("  " + line for line in wrap(text, _WIDTH - 2))


def _indented(text: str, by: int = 2) -> Iterator[str]:
    yield from (" " * by + line.lstrip(" ") for line in wrap(spoken(text), _WIDTH - by))
