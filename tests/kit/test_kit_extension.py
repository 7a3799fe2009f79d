"""What others add lies beside ours and touches nothing of it: the example is run, and what would take the place of ours is refused."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.contract import extensions
from harness.contract.extension_faults import faults
from harness.contract.extensions import GROUP, merged
from harness.contract.items import informations
from harness.contract.law import bases
from harness.contract.resources import toml
from harness.plugin.added import added_steps
from harness.record import suite
from tests.kit.installed import ROOT, beside

EXAMPLE = ROOT / "examples" / "extension"
PACKAGE = "renkei_elderly"


@pytest.mark.slow
def test_the_example_adds_a_use_case_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(EXAMPLE, project)
    environment = beside(project, tmp_path)
    run = tmp_path / "run"
    asked = ("--use-case", "老人福祉", "--requirement", "UC-01", "--run-folder", str(run))
    done = environment.renkei(tmp_path, "run", *asked)
    assert done.returncode == 0, done.stdout + done.stderr
    results = json.loads((run / "results.json").read_text(encoding="utf-8"))
    assert results["counts"]["scenarios"]["合格"] == 3
    lines = map(json.loads, (run / "journal.jsonl").read_bytes().splitlines())
    told = [entry for entry in lines if entry["type"] == "exchange" and entry["face"] == "north"]
    assert {"table": "見守り条例", "item": "1"} in [entry["header"]["basis"] for entry in told]
    answered = [entry["content"]["items"] for entry in told if "items" in entry["content"]]
    # By its own items, and no more of them than its own affair needs.
    assert {"見守りの要否": "1", "緊急連絡先の有無": "0"} in answered
    shutil.copy(ROOT / "harness/contract/items/健診関係情報.toml", project / PACKAGE / "items")
    done = environment.renkei(tmp_path, "run", *asked)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "items/健診関係情報.toml は既にある" in done.stderr


@pytest.fixture
def extension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package that is named as an extension."""
    name = f"added_{uuid4().hex}"  # one of its own: packages and their files are read once a process
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(extensions, "extensions", lambda: (name,))
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_an_extension_of_which_nothing_is_wrong(extension: Path) -> None:
    write(extension, "roles.toml", '[names]\nelderly = "老人福祉担当"\n')
    write(
        extension,
        "law/terms.toml",
        '[[information]]\nphrase = "見守りに関する情報"\nname = "見守り関係情報"\n',
    )
    assert list(faults()) == []
    ours = toml("roles.toml")["names"]
    assert merged.__wrapped__("roles.toml")["names"] == {**ours, "elderly": "老人福祉担当"}
    rows = merged.__wrapped__("law", "terms.toml")["information"]
    assert rows[:-1] == toml("law", "terms.toml")["information"]
    assert rows[-1]["name"] == "見守り関係情報"
    assert "elderly" not in toml("roles.toml")["names"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("items/地方税関係情報.toml", "", "items/地方税関係情報.toml は既にある"),
        ("law/table2_2015-09-09.tsv", "", "law/table2_2015-09-09.tsv は既にある"),
        ("law/table2_2015-09-09.toml", "", "law/table2_2015-09-09.toml は既にある"),
        (
            "roles.toml",
            '[names]\nchild-allowance = "別の担当"\n',
            "roles.toml の names child-allowance は既にある",
        ),
        ("roles.toml", "[names", "TOML として読めないファイルがある"),
        (
            "items/別の名前.toml",
            '[information]\nname = "地方税関係情報"\n',
            "連携情報 地方税関係情報 は既にある",
        ),
        (
            "law/competence.toml",
            '[[party]]\nphrase = "都道府県知事等"\nholders = ["市"]\n',
            "law/competence.toml の party 都道府県知事等 は既にある",
        ),
        (
            "law/other_bases.toml",
            '[[basis]]\nname = "条例"\n',
            "law/other_bases.toml の basis 条例 は既にある",
        ),
    ],
)
def test_what_would_take_the_place_of_ours_is_refused(
    extension: Path, name: str, text: str, said: str
) -> None:
    write(extension, name, text)
    found = list(faults())
    assert len(found) == 1
    assert said in found[0]
    assert extension.name in found[0]


def test_a_use_case_that_is_called_or_numbered_like_ours_is_refused(extension: Path) -> None:
    write(extension, "use_cases/__init__.py", "")
    affair = '[[affair]]\nname = "児童扶養手当の支給"\n[[claim]]\nbenefit = "児童扶養手当"'
    heads = ('number = 8\nname = "新"', 'number = 9\nname = "災害"', f'number = 10\nname = "別"\n{affair}')
    for folder, head in zip("abc", heads, strict=True):
        (extension / "use_cases" / folder).mkdir()
        (extension / "use_cases" / folder / "case.toml").write_text(f"{head}\n", encoding="utf-8")
    assert [fault.partition(": ")[2] for fault in faults()] == [
        "ユースケースの number 8 は既にある。別の名前にする。",
        "ユースケースの name 災害 は既にある。別の名前にする。",
        "事務 児童扶養手当の支給 は既にある。別の名前にする。",
        "給付 児童扶養手当 は既にある。別の名前にする。",
    ]


def test_tables_of_an_extension_are_part_of_what_the_law_is(
    extension: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = suite.law_hash()
    monkeypatch.setattr(suite, "extensions", extensions.extensions)
    write(extension, "law/other_bases.toml", '[[basis]]\nname = "見守り条例"\n')
    assert suite.law_hash() != ours


def test_sentences_that_cannot_be_loaded_are_told(extension: Path) -> None:
    assert added_steps() == ()
    write(extension, "steps.py", "import nowhere_to_be_found\n")
    with pytest.raises(ConfigurationError, match=f"拡張 {extension.name}: steps.py .*nowhere_to_be_found"):
        added_steps()


def test_a_package_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extensions, "extensions", lambda: ("nowhere.to_be_found",))
    assert [GROUP in fault and "nowhere" in fault for fault in faults()] == [True]


def test_entry_points_are_taken_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    there = [SimpleNamespace(name=name, value=f"p_{name}") for name in ("b", "a")]
    monkeypatch.setattr(extensions, "entry_points", lambda group: there if group == GROUP else [])
    assert extensions.extensions.__wrapped__() == ("p_a", "p_b")


def test_without_extensions_there_is_what_is_published() -> None:
    assert "見守り関係情報" not in informations()
    assert "見守り条例" not in bases()
