"""The CI templates: what they call is what there is, with options that there are, and they keep what is written."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from harness.cli.command_line import loaded
from reports.run import html_report, json_view, junit, sarif

FOLDER = Path(__file__).parents[2] / "harness" / "cli" / "templates" / "ci"
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
    assert {"run", "bundle"} <= names <= {"run", "bundle", "key"}
    for name, *words in commands(path):
        there = {option for parameter in loaded(name).params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= there


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_is_kept_is_what_is_written(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    kept = set(re.findall(r"-public/([a-z.]+)", text))
    written = {*html_report.FILE_NAMES.values(), junit.FILE_NAME, json_view.FILE_NAME, sarif.FILE_NAME}
    assert {junit.FILE_NAME, json_view.FILE_NAME, "report.html"} <= kept <= written


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_what_is_published_is_the_bundle_and_what_was_made_of_it(path: Path) -> None:
    """The run folder holds residents and tokens; its views as well."""
    files = re.findall(r"[^\s,'\"]+\.(?:html|xml|json|sarif|zip|jsonl)\b", path.read_text(encoding="utf-8"))
    assert files
    assert [f for f in files if "-public/" not in f and not f.endswith(".renkei.zip")] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_build_has_a_run_folder_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"RUN\b.*(BUILD_NUMBER|CI_JOB_ID|github\.run_id.*github\.run_attempt)", text)
    for name, *words in commands(path):
        if name != "key":
            folder = words[words.index("--run-folder") + 1] if name == "run" else words[0]
            assert folder == "$RUN"


@pytest.mark.parametrize(("code", "bundles"), [(0, True), (1, True), (2, False), (4, False)])
def test_two_builds_in_one_folder(code: int, bundles: bool, tmp_path: Path) -> None:
    """The steps of GitLab in a shell: the second publishes nothing of the first, and ends as its run did."""
    script = yaml.safe_load((FOLDER / "gitlab-ci.yml").read_text(encoding="utf-8"))["conformance"]
    command = tmp_path / "renkei" / ".venv" / "bin" / "renkei"
    first = build(script, tmp_path, command, 1, 0, bundles=True)
    assert (first, [p.name for p in tmp_path.glob("conformance-*-public/junit.xml")]) == (0, ["junit.xml"])
    assert build(script, tmp_path, command, 2, code, bundles=bundles) == code
    assert [p.parent.name for p in tmp_path.glob("conformance-*-public/junit.xml")] == (
        ["conformance-2-public"] if bundles else []
    )


def build(
    script: dict[str, list[str]], place: Path, command: Path, job: int, code: int, *, bundles: bool
) -> int:
    """What it ends with; its command makes what the real one makes and ends with this code."""
    kept = [line for line in script["before_script"] if line.startswith("rm ")]
    stand_in = f"""#!/bin/sh
case "$1" in
run) mkdir "conformance-{job}" && echo personal > "conformance-{job}/junit.xml"; exit {code};;
bundle) {"mkdir" if bundles else "false"} "conformance-{job}-public" && echo > "conformance-{job}-public/junit.xml";;
esac
"""
    made = f"mkdir -p {shlex.quote(str(command.parent))} && cp stand-in {shlex.quote(str(command))}"
    (place / "stand-in").write_text(stand_in, encoding="utf-8")
    (place / "stand-in").chmod(0o755)
    lines = "\n".join(["set -e", *kept, made, *script["script"]])
    variables = {"PATH": "/usr/bin:/bin", "RUN": f"conformance-{job}", "GATEWAY": "x"}
    return subprocess.run(["bash", "-c", lines], cwd=place, env=variables, check=False).returncode


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_it_is_installed_as_the_readme_says(path: Path) -> None:
    install = (
        README.read_text(encoding="utf-8").split("pip install uv", 1)[1].split("requirements.lock", 1)[0]
    )
    assert f"pip install uv{install}requirements.lock" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.suffix == ".yml"], ids=lambda path: path.name)
def test_it_is_yaml(path: Path) -> None:
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)
