"""--lang wherever it stands, then RENKEI_LANG, then renkei.toml; what is none of these is refused in a sentence."""

from pathlib import Path

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.cli.command_line import carry_out
from harness.cli.language import in_language
from harness.cli.streams import line_by_line
from harness.languages.choice import VARIABLE, language, speaking

ENGLISH = speaking("en")


@pytest.mark.parametrize(
    ("arguments", "environment", "file", "chosen"),
    [
        (["run", "--lang", "en", "--brief"], {}, "", "en"),
        (["--lang=en", "run", "--brief"], {VARIABLE: "ja"}, "", "en"),
        (["run", "--brief"], {VARIABLE: " EN "}, 'lang = "ja"', "en"),
        (["run", "--brief"], {}, 'lang = "en"', "en"),
        (["run", "--brief"], {}, 'lang = " EN "', "en"),
        (["run", "--brief"], {}, "lang = [", "ja"),  # for the command to say that reads it
        (["run", "--brief"], {}, "", "ja"),
    ],
)
def test_the_nearest_says(
    arguments: list[str], environment: dict[str, str], file: str, chosen: str, tmp_path: Path
) -> None:
    (tmp_path / "renkei.toml").write_text(file, encoding="utf-8")
    assert in_language(arguments, environment, tmp_path) == ("run", "--brief")
    assert language(environment) == chosen


@pytest.mark.parametrize(
    ("arguments", "environment", "file"),
    [
        (["--lang", "fr"], {}, ""),
        (["--lang"], {}, ""),
        (["--lang="], {}, ""),
        ([], {VARIABLE: "english"}, ""),
        ([], {VARIABLE: ""}, ""),
        ([], {}, "lang = 1"),
        ([], {}, 'lang = ""'),
        ([], {}, 'lang = "english"'),
        ([], {}, 'lang = ["en"]'),
    ],
)
def test_what_is_no_language_is_refused(
    arguments: list[str], environment: dict[str, str], file: str, tmp_path: Path
) -> None:
    (tmp_path / "renkei.toml").write_text(file, encoding="utf-8")
    with pytest.raises(ConfigurationError):
        in_language(arguments, environment, tmp_path)


def test_a_command_says_it_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv(VARIABLE, "ja")
    assert carry_out(["--lang", "fr"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_lines_are_said_one_by_one_and_json_as_it_is() -> None:
    said = line_by_line("\x1b[1m再起動した。\x1b[0m\n知らない文\n", ENGLISH)
    assert said == "\x1b[1mStarted again.\x1b[0m\n知らない文\n"
    document = '{"次に": "再起動した。"}'
    assert line_by_line(document, ENGLISH) == document


def test_where_nothing_can_be_translated_all_is_said_as_it_is() -> None:
    def broken(_: str) -> str:
        raise ModuleNotFoundError

    assert line_by_line("再起動した。\n", broken) == "再起動した。\n"
