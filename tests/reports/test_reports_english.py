"""What the suite itself says in Japanese is said in English on the English page."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.catalogue.features import all_scenarios
from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.catalogue.verdicts import Verdict
from harness.model.rules import rules
from harness.record.effect import PAIR_TAG
from harness.record.entries import meta
from harness.record.run import read_run
from harness.record.trace import trace
from reports import facts
from reports.english import english
from reports.run.html_report import html_reports
from reports.run.reasons import heading, where
from reports.trace.html import trace_html
from tests.reports.journal_book import Book

ROOT = Path(__file__).parents[2]
# Where sentences are made, and the functions of each that make them.
MAKERS = {
    "reports/run/reasons.py": {"reasons", "_about_choice", "damage", "_about_the_end", "_about_known"},
    "harness/record/conclusion.py": {"_because", "_not_executed"},
    "harness/plugin/selection.py": {"excluded", "_out_of_scope"},
    "reports/run/judge_words.py": {"not_tried"},
}
JAPANESE = range(0x3040, 0xA000)


def is_japanese(text: str) -> bool:
    return any(ord(character) in JAPANESE for character in text)


def filled(node: ast.expr) -> str:
    """A text of the code, with 9 in its blanks."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "9" for part in node.values)


def sentences() -> Iterator[str]:
    """Everything that those functions yield, return or give as a reason."""
    for file, names in MAKERS.items():
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in names):
            for node in ast.walk(function):
                said = node.value if isinstance(node, ast.Yield | ast.Return | ast.Assign) else None
                if isinstance(said, ast.Constant | ast.JoinedStr) and is_japanese(filled(said)):
                    yield filled(said)


def test_there_are_sentences_to_look_at() -> None:
    assert len(set(sentences())) > 18


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_what_the_suite_says_has_its_english(sentence: str) -> None:
    if sentence == "。9 の 9 行目":  # a part of the sentence about a damaged record
        return
    said = english(sentence.replace("件9）", "件）"))
    assert said is not None
    assert not is_japanese(said)
    assert said.count("9") == sentence.replace("件9）", "件）").count("9")


def test_several_reasons_in_one_are_all_said() -> None:
    both = "実装適合宣言の use_cases に 災害 がない、実装適合宣言に 連絡 がない"
    assert (
        english(both)
        == "use_cases of the statement does not declare 災害; The statement does not declare 連絡"
    )


def test_what_is_not_known_is_left_to_the_reader() -> None:
    assert english("知らない文") is None


def test_places_levels_and_findings_have_their_english() -> None:
    for requirement in all_requirements().values():
        assert english(where(requirement))
        assert english(requirement.level)
    for code, finding in findings().items():
        assert heading(code, "en") == f"{finding.en} ({code})"
        assert not is_japanese(finding.en + finding.next_en)


@pytest.mark.parametrize(("at", "said"), [(0, "1970-01-01 09:00 JST"), (None, "-"), (10**30, "-")])
def test_the_day_of_a_run(at: int | None, said: str) -> None:
    assert facts.moment(at) == said


def test_an_organisation_is_shown_by_its_name() -> None:
    told = meta({"organisation": "221007", "versions": {"renkei": "0.1.0"}, "at": 0})
    assert facts.organisation(told) == "静岡市 221007"
    assert facts.suite(told) == "0.1.0"


def test_of_a_violation_the_sentence_of_the_guide_is_said_in_english() -> None:
    rule = rules()["text-unchanged"]
    said = english(f"項目「氏名」の値が違う（{rule.see}「{rule.ja}」）（ほか 3 件）")
    assert said == f'{rule.see}: "{rule.en}" (and 3 more). As recorded: 項目「氏名」の値が違う'


def test_every_page_names_organisation_day_and_suite(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",), Verdict.PASS)
    book.end()
    run = read_run(book.folder)
    pages = [*html_reports(run).values(), trace_html(run, trace(run, None))]
    for page in pages:
        for told in (facts.organisation(run.meta), facts.day(run.meta), facts.suite(run.meta)):
            assert told in page.decode()
            assert told not in {"", "-"}


def test_what_is_contrasted_is_said_in_english() -> None:
    paired = [(tag, s) for s in all_scenarios() for tag in s.tags if tag.startswith(PAIR_TAG)]
    assert paired
    said = {tag.removeprefix(PAIR_TAG) for tag, _ in paired}
    said |= {id_.partition("[")[2].partition("、")[0] for _, s in paired for id_ in s.ids}
    assert {text for text in said if not english(text)} == set()
