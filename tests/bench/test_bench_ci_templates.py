"""The CI templates: what they call is what there is, with options that there are, and they keep what is written."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from harness.cli.main import loaded
from reports import html_report, json_view, junit, sarif

FOLDER = Path(__file__).parents[2] / "docs" / "ci"
TEMPLATES = sorted(FOLDER.iterdir())
README = Path(__file__).parents[2] / "README.md"


def commands(path: Path) -> list[list[str]]:
    """The renkei commands of a template, as words."""
    found = re.findall(r"renkei/\.venv/bin/renkei ([^';\n]+)", path.read_text(encoding="utf-8"))
    return [shlex.split(command) for command in found]


def test_there_is_one_for_each_of_the_three() -> None:
    assert [path.name for path in TEMPLATES] == ["Jenkinsfile", "github-actions.yml", "gitlab-ci.yml"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_commands_and_options_exist(path: Path) -> None:
    names = {words[0] for words in commands(path)}
    assert names == {"run", "bundle"}
    for name, *words in commands(path):
        there = {option for parameter in loaded(name).params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= there


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_is_kept_is_what_is_written(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    kept = set(re.findall(r"conformance/([a-z.]+)", text))
    written = {*html_report.FILE_NAMES.values(), junit.FILE_NAME, json_view.FILE_NAME, sarif.FILE_NAME}
    assert {junit.FILE_NAME, json_view.FILE_NAME, "report.html"} <= kept <= written


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_it_is_installed_as_the_readme_says(path: Path) -> None:
    install = (
        README.read_text(encoding="utf-8").split("pip install uv", 1)[1].split("requirements.lock", 1)[0]
    )
    assert f"pip install uv{install}requirements.lock" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.suffix == ".yml"], ids=lambda path: path.name)
def test_it_is_yaml(path: Path) -> None:
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)
