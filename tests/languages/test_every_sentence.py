"""Whatever the suite can say has its English: a sentence that is added without fails here."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from harness.contract.decision_scope import scope_of
from harness.contract.use_cases import use_cases
from harness.languages.english import english
from harness.languages.sentences import tables, whole
from harness.languages.writing import is_japanese
from load.prepare.profiles import FOLDER, names
from tests.languages.sentences_of_code import in_code, in_template

ROOT = Path(__file__).parents[2]
SENTENCE = re.compile(r"[ぁ-ん]")  # words without one of these are mostly names
# Not said to whoever runs the suite: rows of the law, what residents and staff of the test say, Gherkin and scripts that exploration writes.
NOT_SAID = {
    "harness/contract/law/",
    "harness/contract/published/making/",
    "harness/explore/feature.py",
    "harness/explore/script.py",
    "harness/explore/south_moves.py",
    "harness/gateways/manners.py",
    "harness/residents/",
    "harness/explore/vocabulary.py",
    "harness/steps/verbs/alterations.py",
    "harness/stimuli/",
    "harness/use_cases/child_rearing_allowance/facts.py",
    "harness/plugin/selection.py",
    "reports/layout.py",
}

# Parts of patterns of Gherkin, a value of an item, and what joins two that are said.
PARTS = {
    "(?:認定を請求した|現況を届け出た)",
    "申請者|一人暮らしの申請者|一人暮らしの申請者（父は別に暮らす）|一人暮らしの要保護者",
    "両下肢の機能障害",
    "{0}の{1}",
}

# Names of items with what they hold, and of stories in the record.
NAMED = {
    "{0}接種日",
    "野山{0}\u3000花子",
    "氏名 {0}",
    "住所 {0}",
    "総所得額 {0}",
    "基礎支援金 {0}",
    "探索: {0}",
    "探索 {0}",
    "{0}/探索/{1}",
}


def sources() -> list[Path]:
    return [
        path
        for top in ("harness", "reports", "load", "renkei_door")
        for path in sorted((ROOT / top).rglob("*.py"))
    ]


def known() -> set[str]:
    return {sentence for table in tables().values() for sentence in table} | set(whole())


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """File and sentence of all that the code may say; what stands in scenarios is Gherkin."""
    gherkin = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "features").rglob("*.feature"))
    named = ((path.relative_to(ROOT).as_posix(), path) for path in sources())
    return tuple(
        (name, said.strip())
        for name, path in named
        if not name.startswith(tuple(NOT_SAID))
        for said in in_code(path)
        if _is_said(said) and "(?P<" not in said and said not in gherkin and said not in PARTS
    )


def _is_said(text: str) -> bool:
    """A sentence, or words with blanks: what is put together is said, though it be kanji alone."""
    return bool(SENTENCE.search(text)) or ("{0}" in text and is_japanese(text))


def test_every_sentence_of_the_code_has_its_english() -> None:
    there = known()
    missing = [(name, said) for name, said in sentences() if said not in there | NAMED]
    in_words = [said for _, said in missing if not SENTENCE.search(said) and not is_japanese(english(said))]
    assert [f"{name}: {said}" for name, said in missing if said not in in_words] == []


def test_there_are_sentences_to_look_at() -> None:
    assert len({said for _, said in sentences()}) > 1400


def test_every_sentence_of_the_pages_has_its_english() -> None:
    pages = sorted((ROOT / "reports").rglob("*.jinja"))
    said = {text for page in pages for text in in_template(page.read_text(encoding="utf-8"))}
    assert len(said) > 80
    assert sorted(text for text in said if is_japanese(text) and english(text) == text) == []


def defects() -> Iterator[str]:
    for path in sorted((ROOT / "mocks/defects").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "breaks":
                yield ast.literal_eval(call.args[1])


def test_what_a_defect_does_has_its_english() -> None:
    found = list(defects())
    assert len(found) > 150
    assert [text for text in found if english(text) == text] == []


def test_profiles_and_use_cases_have_their_english() -> None:
    summaries = [
        re.search(r'^summary = "(.*)"', (FOLDER / f"{name}.toml").read_text(encoding="utf-8"), re.MULTILINE)
        for name in names()
    ]
    texts = [found[1] for found in summaries if found]
    for name, case in use_cases().items():
        scope = scope_of(name)
        texts += [case.title, *((*scope.assumed, *scope.articles, *scope.undecided) if scope else ())]
    assert len(texts) > 90
    assert [text for text in texts if english(text) == text] == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("f'{a} がない'", ["{0} がない"]),
        ("'{} がない'", ["{0} がない"]),
        ("x['は'] == 'が'", []),
        ("given('が')", []),
    ],
)
def test_what_is_said_is_found(source: str, said: list[str], tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text(f"y = {source}", encoding="utf-8")
    assert list(filter(SENTENCE.search, in_code(path))) == said
