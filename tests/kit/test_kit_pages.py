"""docs/kit: its blocks run as they stand, in a project that has nothing of ours but what is installed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness.plugin.alluredir import OPTION
from renkei import fixtures
from tests.kit.conftest import EXAMPLE

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONFTEST = "# conftest.py\n"
BROKEN = """\
import pytest
from gateway import Gateway, application
from renkei.bench import Gateway as UnderTest

class Broken(Gateway):
    def answer(self, header, content):
        return "照会応答", {"items": {}}

@pytest.fixture
def renkei_gateway(renkei_network_url):
    return UnderTest(application(renkei_network_url, Broken(renkei_network_url)), "gateway.toml")

def test_broken(renkei_bench):
    about = {"information": "地方税関係情報", "key": {}}
    affair = "児童扶養手当法による児童扶養手当の支給に関する事務"
    basis = {"table": "2015-09-09", "item": "57"}
    asked = {"as": "401307", "basis": basis, "affair": affair, "role": "child-allowance", **about}
    ref = renkei_bench.resident().ref
    renkei_bench.network.enquire({**asked, "person": ref})
    renkei_bench.network.exchanges(at_least=2, seconds=5, person=ref)
"""


def blocks(language: str, kind: str, page: str = "kit") -> list[str]:
    text = (DOCS / f"{page}.{language}.md").read_text(encoding="utf-8")
    return [block for of, block in _BLOCK.findall(text) if of == kind]


def pytest_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest as installed, with the plugins that it finds."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-I", "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
        timeout=300,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the gateway of the example, and without its tests."""
    folder = tmp_path / "project"
    ours = shutil.ignore_patterns("test_*", "conftest.py", "__pycache__")
    shutil.copytree(EXAMPLE, folder, ignore=ours)
    return folder


@pytest.mark.parametrize(
    ("page", "kind"), [("kit", "python"), ("kit", ""), ("extension", "toml"), ("extension", "")]
)
def test_both_languages_have_the_same_blocks(page: str, kind: str) -> None:
    assert blocks("ja", kind, page) == blocks("en", kind, page) != []


def test_what_the_page_of_extensions_names_is_in_the_examples() -> None:
    """The entry points are theirs, and each place where something may lie is one of ours."""
    told = {line for block in blocks("en", "toml", "extension") for line in block.splitlines() if line}
    projects = [folder / "pyproject.toml" for folder in EXAMPLE.parent.iterdir()]
    there = {line for path in projects if path.exists() for line in path.read_text("utf-8").splitlines()}
    assert told <= there
    page = (DOCS / "extension.en.md").read_text(encoding="utf-8")
    places = re.findall(r"\| `((?:harness|features)[\w/]*/)` \|", page)
    assert len(places) == 7
    assert all((DOCS.parent / place).is_dir() for place in places)


@pytest.mark.slow
def test_the_blocks_run_as_they_stand(project: Path) -> None:
    """And a test that looks at nothing fails by what the judge has to say when it is over."""
    found = blocks("en", "python")
    for number, block in enumerate(found):
        name = "conftest.py" if block.startswith(_CONFTEST) else f"test_{number}.py"
        (project / name).write_text(block, encoding="utf-8")
        assert len(block.strip().splitlines()) <= 16
    (project / "test_broken.py").write_text(BROKEN, encoding="utf-8")
    done = pytest_in(project)
    assert f"{len(found)} passed, 1 error" in done.stdout, done.stdout + done.stderr
    assert "ERROR at teardown of test_broken" in done.stdout
    assert re.search(r"契約に反する。\nE +[A-Z]+-\d+ ", done.stdout)


def test_the_pages_name_what_there_is() -> None:
    named = set(re.findall(r"`(renkei_[a-z_]+)`", (DOCS / "kit.en.md").read_text(encoding="utf-8")))
    assert {name for name in named if name != "renkei_door"} == {
        name for name in vars(fixtures) if name.startswith("renkei_") and name != "renkei_seed"
    }
    assert OPTION == "allure_report_dir"


def test_a_package_of_a_project_that_is_called_like_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "harness").mkdir()
    (tmp_path / "harness" / "__init__.py").touch()
    done = subprocess.run(
        [sys.executable, "-c", "import renkei"], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert f"{tmp_path / 'harness'}: renkei の harness と同じ名前のパッケージが先に見つかる" in done.stderr
