"""A profile is checked before anything starts: what cannot be is one sentence, and everything in it is used."""

import json
from pathlib import Path

import pytest

from harness.catalogue.load import gate_kinds
from load.prepare import profiles
from load.prepare.profiles import Profile, ProfileError, find, names
from load.send.latency import Series

PHASE = "[[phase]]\nseconds = 10\ntimes = 1\n"
BEGIN = f'summary = "x"\nper_second = 5\n{PHASE}'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "phase"),
        ("gates = 5", r"\[gates\] に"),
        ("gates = []", r"\[gates\] に"),
        ("[gates]\np99_ms = nan", "nan は数ではない"),
        ("[[phase]]\nseconds = inf\ntimes = 1", "inf は数ではない"),
        ('summary = "x"\n' + PHASE, "season|per_second|全体"),
        ('summary = "x"\nper_second = 0\n' + PHASE, "per_second"),
        ('summary = "x"\nseason = "夏"\n' + PHASE, "season"),
        ('summary = "x"\nper_second = 1\nphase = []', "phase"),
        (BEGIN + "[gates]\np98_ms = 1", "p98_ms はない"),
        (BEGIN + "[gates]\nerror_ratio = 2", "error_ratio"),
        (BEGIN + "[gates]\np99_ms = -1", "p99_ms"),
        (BEGIN + "[line]\ncuts = [[5, 5]]", "始めを先に"),
        (BEGIN + "[line]\nloss = 1.5", "loss"),
        ("unknown = 1\n" + BEGIN, "unknown"),
        ("= 1", "TOML として読めない"),
    ],
)
def test_an_impossible_profile_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(ProfileError, match=says) as caught:
        Profile.parse(text, "mine")
    assert str(caught.value).startswith("mine: ")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="読めない"):
        find(str(tmp_path / "none.toml"))


@pytest.mark.parametrize(
    ("base", "seconds"), [(0.0, 10.0), (2e5, 10.0), (1e4, 86_400.0), (5.0, 0.5), (5.0, 1e6)]
)
def test_an_impossible_rate_or_length_is_said(base: float, seconds: float) -> None:
    with pytest.raises(ProfileError):
        Profile.parse(BEGIN, "mine").over(base, seconds)


def test_phases_are_stretched_to_the_length_that_is_asked_for() -> None:
    text = BEGIN + "[[phase]]\nseconds = 30\nfrom = 1\nto = 3\n"
    first, second = Profile.parse(text, "mine").over(2.0, 20.0)
    assert (first.begin, first.end, first.from_per_second) == (0.0, 5.0, 2.0)
    assert (second.begin, second.end, second.from_per_second, second.to_per_second) == (5.0, 20.0, 2.0, 6.0)


def test_the_profiles_of_the_package_are_those_that_are_needed() -> None:
    assert set(names()) == {"通常期", "繁忙期", "一斉照会", "増加", "耐久", "急増", "横浜型", "復旧"}
    shapes = {name: find(name)[0] for name in names()}
    assert shapes["横浜型"].connections
    assert shapes["復旧"].line.cuts
    assert shapes["耐久"].seconds >= 3600
    assert all(one.gates for one in shapes.values())


def test_a_profile_may_name_every_gate_and_no_other() -> None:
    schema = json.loads(Path(profiles.__file__).with_name("profile.schema.json").read_text(encoding="utf-8"))
    assert set(schema["properties"]["gates"]["properties"]) == set(gate_kinds())


def test_every_series_of_a_gate_is_measured() -> None:
    assert {kind.series for kind in gate_kinds().values()} <= set(Series)
