"""The file of known failures: what it may hold, and one sentence for everything else."""

import json
from datetime import date
from pathlib import Path

import pytest

from harness.catalogue.features import all_scenarios, without_row
from harness.record.known_failures import KnownFailuresError, load, parse

GOOD = '[[known]]\nrequirement = "STO-03"\nowner = "開発課"\nreason = "調査中"\nexpires = 2027-03-31\n'
ROW = '[[known]]\nowner = "開発課"\nreason = "調査中"\nexpires = 2027-03-31\n'


def test_an_entry_is_read() -> None:
    (entry,) = parse(GOOD, "known.toml")
    assert (entry.target, entry.owner, entry.expires) == ("STO-03", "開発課", date(2027, 3, 31))
    assert entry.to_entry()["expires"] == "2027-03-31"


def test_what_an_entry_covers() -> None:
    (by_requirement,) = parse(GOOD, "x")
    one, other = next(s.ids for s in all_scenarios() if s.rows > 1)[:2]
    outline = without_row(one)
    (by_scenario,) = parse(ROW + f"scenario = {json.dumps(outline)}\n", "x")
    (by_row,) = parse(ROW + f"scenario = {json.dumps(one)}\n", "x")
    assert by_requirement.covers("a/b.feature:7", ("STO-03",))
    assert not by_requirement.covers("a/b.feature:7", ("STO-04",))
    assert by_scenario.covers(one, ())
    assert by_scenario.covers(other, ())
    assert not by_scenario.covers(f"{outline}0", ())
    assert by_row.covers(one, ())
    assert not by_row.covers(other, ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("known = 1\n", "（known: 1 is not of type"),
        ("[[other]]\nx = 1\n", "[[known]] の並びだけ"),
        ("[[known]\n", "TOML として読めない"),
        (ROW, "どちらか一つ"),
        (GOOD + 'scenario = "a"\n', "どちらか一つ"),
        (GOOD.replace("STO-03", "STO-99"), "requirement STO-99: それはない（近いもの: STO-"),
        (
            ROW + 'scenario = "01_児童扶養手当/01_認定請求.feature"\n',
            "それはない（近いもの: 01_児童扶養手当/",
        ),
        (ROW + 'scenario = "x"\n', "scenario x: それはない（ある: "),
        (GOOD.replace('"開発課"', '" "'), "（known/0/owner: "),
        (GOOD.replace("2027-03-31", '"2027-03-31"'), "expires（期限）を日付で"),
        (GOOD.replace("2027-03-31", "2027-03-31T00:00:00Z"), "known/0/expires: "),
        (GOOD + "more = 1\n", "known/0: Additional properties are not allowed ('more'"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(KnownFailuresError, match=r"known\.toml") as caught:
        parse(text, "known.toml")
    assert says in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnownFailuresError, match="ファイルがない"):
        load(tmp_path / "no.toml")
