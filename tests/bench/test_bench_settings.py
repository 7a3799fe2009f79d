"""Files before a first run: what renkei init writes is what the others take, and options come from file, environment, command line."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.catalogue.findings import ConfigurationError
from harness.cli.command_line import carry_out
from harness.cli.settings import filled, options, settings
from harness.contract.statement import Statement, document_of, faults_in
from harness.record import known_failures

OPEN: dict[str, object] = {"gateway": None, "use_case": None, "brief": False, "seed": None, "n": None}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("code", ["221007", "220001", "011002"])
def test_what_is_written_can_be_used(code: str, tmp_path: Path) -> None:
    assert carry_out(["init", "--organisation", code, "--url", "http://127.0.0.1:9105/"]) == 0
    document = document_of(tmp_path / "gateway.toml")
    assert list(faults_in(document, "gateway.toml")) == []
    assert Statement.from_document(document).organisation == code
    assert known_failures.load(tmp_path / "known-failures.toml") == ()
    found = settings(tmp_path, {})
    assert found["gateway"].value == "http:http://127.0.0.1:9105/south"
    assert all((tmp_path / found[name].value).is_file() for name in ("statement", "known_failures"))
    assert "@" not in (tmp_path / "gateway.toml").read_text(encoding="utf-8")
    workflow = (tmp_path / ".github/workflows/conformance.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(workflow)["jobs"]


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gateway.toml").write_text("mine", encoding="utf-8")
    for _ in range(2):
        assert carry_out(["init"]) == 0
    assert (tmp_path / "gateway.toml").read_text(encoding="utf-8") == "mine"
    assert capsys.readouterr().out.count("もうあるので、そのままにした") == 1 + 6


@pytest.mark.parametrize(
    ("arguments", "nearest"), [(["--ci", "gitlb"], "gitlab"), (["--organisation", "22100"], "221007")]
)
def test_what_there_is_not_is_told_the_nearest_and_nothing_written(
    arguments: list[str], nearest: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert carry_out(["init", *arguments]) == 2
    assert f"近いもの: {nearest}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_file_then_environment_then_command_line(tmp_path: Path) -> None:
    text = 'gateway = "null"\nuse-case = ["災害"]\nbrief = true\nseed = 1\nn = 2\n'
    (tmp_path / "renkei.toml").write_text(text, encoding="utf-8")
    environment = {"RENKEI_SEED": "2", "RENKEI_USE_CASE": "災害,不動産", "RENKEI_BRIEF": "0"}
    assert filled(OPEN, tmp_path, {}) == {
        "gateway": "null",
        "use_case": ["災害"],
        "brief": True,
        "seed": 1,
        "n": 2,
    }
    found = filled(OPEN | {"gateway": "reference"}, tmp_path, environment)
    assert found == {
        "gateway": "reference",
        "use_case": ["災害", "不動産"],
        "brief": False,
        "seed": 2,
        "n": 2,
    }


def test_a_project_file_holds_them_too_unless_there_is_one_of_our_own(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\n[tool.renkei]\nseed = 3\n', encoding="utf-8"
    )
    assert settings(tmp_path, {})["seed"].value == 3
    (tmp_path / "renkei.toml").write_text("n = 1\n", encoding="utf-8")
    assert set(settings(tmp_path, {})) == {"n"}


def test_an_earlier_run_keeps_its_own(tmp_path: Path) -> None:
    (tmp_path / "renkei.toml").write_text('gateway = "null"\n', encoding="utf-8")
    given = OPEN | {"rerun_failed": Path("runs/x")}
    assert filled(given, tmp_path, {}) == given


@pytest.mark.parametrize("option", options(), ids=lambda option: option.name)
def test_every_option_can_stand_in_the_file(option: Any, tmp_path: Path) -> None:
    value = {bool: "true", int: "1", float: "1.5"}.get(option.kind, '["x"]' if option.many else '"x"')
    (tmp_path / "renkei.toml").write_text(f"{option.name.removeprefix('--')} = {value}\n", encoding="utf-8")
    assert set(settings(tmp_path, {})) == {option.dest}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("gatway = 'null'", "renkei.toml: gatway: それはない（近いもの: gateway"),
        ("use_case = ['災害']", "近いもの: use-case"),
        ("seed = 'x'", "renkei.toml: seed は整数で書く"),
        ("brief = 1", "renkei.toml: brief は true 又は false で書く"),
        ("explore = -1", "renkei.toml: explore は 0 以上の数で書く"),
        ("requirement = [1]", "renkei.toml: requirement は文字列の列で書く"),
        ("statement = ''", "renkei.toml: statement は文字列で書く"),
        ("= 1", "renkei.toml: TOML として読めない"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(
    text: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "renkei.toml").write_text(text, encoding="utf-8")
    assert carry_out(["run", "--list"]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1


def test_a_variable_that_is_empty_or_no_value_is_refused(tmp_path: Path) -> None:
    for value in ("", "many"):
        with pytest.raises(ConfigurationError, match="環境変数 RENKEI_SEED"):
            settings(tmp_path, {"RENKEI_SEED": value})
    for value in ("inf", "nan"):
        with pytest.raises(ConfigurationError, match="環境変数 RENKEI_EXPLORE は 0 以上の数で書く"):
            settings(tmp_path, {"RENKEI_EXPLORE": value})


def test_a_list_follows_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "renkei.toml").write_text('requirement = ["STO-03"]', encoding="utf-8")
    assert carry_out(["run", "--list"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "1 シナリオ、8 件"
