"""The documents of the top folder: both languages say the same commands, options and files, and all of them exist."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("README", "CONTRIBUTING", "ARCHITECTURE")
POE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["poe"]["tasks"]
PLACES = (
    *("renkei", "renkei_door", "harness", "mocks", "load", "reports", "features", "tests"),
    *("docs", "examples", "container", ".ci"),
)
_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHORT_AND_LONG = re.compile(r"(?<![\w-])--?[a-z][a-z-]*(?![\w])")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def both(name: str) -> tuple[str, str]:
    return text(f"{name}.md"), text(f"{name}.en.md")


def commands(document: str) -> list[list[str]]:
    """Each line of the fenced blocks as its command, subcommands and options; comments and what is to fill in left out."""
    lines = [line.split(" #")[0] for block in _FENCED.findall(document) for line in block.splitlines()]
    return [
        re.findall(r"^[.\w/]+|(?<=renkei )[a-z]+(?: run)?|(?<!\w)--?[a-z][a-z-]*", line) for line in lines
    ]


def options(document: str) -> set[str]:
    """Every option that is named."""
    return set(_SHORT_AND_LONG.findall(document))


def files(document: str) -> set[str]:
    """Every path that is named in backticks or by a link, where it has nothing to fill in."""
    found = re.findall(r"`([\w./-]+/[\w./-]*)`|\]\(([^):]+)\)", document)
    paths = {quoted or linked for quoted, linked in found}
    return {path for path in paths if path.split("/")[0] in PLACES or path.endswith(".md")}


def in_japanese(paths: set[str]) -> set[str]:
    """The same of the other language, without the links from one language to the other."""
    return {re.sub(r"\.(en|ja)\.md$", ".md", path) for path in paths} - {f"{name}.md" for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_name_the_same_commands(name: str) -> None:
    japanese, english = (commands(document) for document in both(name))
    assert english == japanese


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_name_the_same_options(name: str) -> None:
    japanese, english = (options(document) for document in both(name))
    assert english == japanese


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_name_the_same_files(name: str) -> None:
    japanese, english = (in_japanese(files(document)) for document in both(name))
    assert english == japanese


@pytest.mark.parametrize("document", [f"{name}{end}" for name in NAMES for end in (".md", ".en.md")])
def test_every_file_that_is_named_exists(document: str) -> None:
    assert {path for path in files(text(document)) if not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_shape(name: str) -> None:
    japanese, english = (
        re.findall(r"^(?:#+|\||\d\.|-)(?= )", document, re.MULTILINE) for document in both(name)
    )
    assert english == japanese


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "CONTRIBUTING.en.md"])
def test_contributing_names_the_words_of_the_task_runner(document: str) -> None:
    assert set(re.findall(r"poe ([a-z]+)", text(document))) == set(POE)


def test_the_task_runner_tests_as_the_readme_says() -> None:
    assert f".venv/bin/{POE['test']['cmd']}" in text("README.md").splitlines()


def test_a_command_that_differs_is_seen() -> None:
    ours = "```\nrenkei load run --scale 2 # 倍\n```\n"
    assert commands(ours) == [["renkei", "load run", "--scale"]]
    assert commands(ours.replace("--scale", "--seconds")) != commands(ours)
    assert options("`--web-ui` と `-n 2`、a-b") == {"--web-ui", "-n"}
    assert files("`harness/none.py` と [x](docs/none.md)、`runs/`") == {"harness/none.py", "docs/none.md"}
