"""Files of users: in UTF-8 with or without a BOM; any other encoding is named, whatever the file is for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.bench.run_folder import GATEWAY, kept_gateway
from harness.catalogue.findings import ConfigurationError
from harness.certificate.attachments import attached, objections
from harness.cli.matrix_file import read_matrix
from harness.contract.statement import Statement, StatementError
from harness.contract.user_files import names_in, text_of
from harness.explore.found import Kept
from harness.explore.story import StoryError
from harness.record import known_failures
from load.estimate.estimates import EstimatesError, Table
from load.prepare.profiles import FOLDER, Profile, ProfileError
from tests.bench.bench_statements import document, write

KNOWN = '[[known]]\nrequirement = "STO-03"\nowner = "開発課"\nreason = "調査中"\nexpires = 2027-03-31\n'
ESTIMATES = Path(str(FOLDER.parent / "estimate" / "estimates.toml"))


class RefusedError(Exception):
    """What the one who reads raises."""


@pytest.fixture
def texts(tmp_path: Path) -> dict[str, str]:
    """A good file of each kind."""
    return {
        "statement": write(tmp_path / "s.toml", document()).read_text(encoding="utf-8"),
        "known": KNOWN,
        "profile": (FOLDER / "通常期.toml").read_text(encoding="utf-8"),
        "estimates": ESTIMATES.read_text(encoding="utf-8"),
    }


READERS: dict[str, tuple[Callable[[Path], Any], type[Exception]]] = {
    "statement": (Statement.load, StatementError),
    "known": (known_failures.load, known_failures.KnownFailuresError),
    "profile": (Profile.read, ProfileError),
    "estimates": (Table.read, EstimatesError),
}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_bom_and_line_ends_of_windows_change_nothing(
    kind: str, line_end: str, texts: dict[str, str], tmp_path: Path
) -> None:
    read, _ = READERS[kind]
    plain, marked = tmp_path / "x" / "a.toml", tmp_path / "y" / "a.toml"
    for path in (plain, marked):
        path.parent.mkdir()
    plain.write_bytes(texts[kind].encode())
    marked.write_bytes(texts[kind].replace("\n", line_end).encode("utf-8-sig"))
    assert read(marked) == read(plain)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("cp932", "CP932")],
)
def test_another_encoding_is_one_sentence(
    kind: str, encoding: str, named: str, texts: dict[str, str], tmp_path: Path
) -> None:
    read, refused = READERS[kind]
    path = tmp_path / "a.toml"
    text = f"# 髙松市\n{texts[kind]}"
    path.write_bytes(text.encode(encoding, "replace"))
    with pytest.raises(refused) as caught:
        read(path)
    said = str(caught.value)
    assert said == f"{path}: 文字コードが UTF-8 ではない（{said.partition('（')[2]}"
    assert named in said
    assert said.endswith("UTF-8 で保存し直す。")


@pytest.mark.parametrize("kind", READERS)
def test_what_is_nested_too_deep_is_one_sentence(kind: str, texts: dict[str, str], tmp_path: Path) -> None:
    read, refused = READERS[kind]
    path = tmp_path / "a.toml"
    path.write_text(f"deep = {'[' * 3000}{']' * 3000}\n{texts[kind]}", encoding="utf-8")
    with pytest.raises(refused, match="入れ子が深すぎる"):
        read(path)


@pytest.mark.parametrize(
    ("read", "refused"),
    [
        (read_matrix, ConfigurationError),
        (lambda path: attached(path, None), ConfigurationError),
        (lambda path: attached(None, path), ConfigurationError),
        (Kept.read, StoryError),
    ],
)
def test_json_that_is_nested_too_deep_is_one_sentence(
    read: Callable[[Path], Any], refused: type[Exception], tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" * 100_000 + "]" * 100_000, encoding="utf-8")
    with pytest.raises(refused, match=r"a\.json: "):
        read(path)
    assert objections("matrix.json", path.read_bytes())
    (tmp_path / GATEWAY).write_bytes(path.read_bytes())
    assert kept_gateway(tmp_path) is None


def test_what_is_no_text_and_what_is_not_there(tmp_path: Path) -> None:
    noise = tmp_path / "noise"
    noise.write_bytes(bytes(range(128, 256)))
    for path, says in ((noise, "ほかの文字コード"), (tmp_path, "読めない（Is a directory）")):
        with pytest.raises(RefusedError) as caught:
            text_of(path, RefusedError)
        assert says in str(caught.value)


def test_a_list_of_names_may_have_blank_lines_and_remarks(tmp_path: Path) -> None:
    path = tmp_path / "names"
    path.write_bytes("甲\r\n\r\n# 一つ目\r\n  乙 \r\n".encode("utf-8-sig"))
    assert names_in(text_of(path, RefusedError)) == {"甲", "乙"}
