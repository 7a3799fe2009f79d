"""Arrivals follow the rate of the profile, the same for the same seed, and no profile of the package is impossible."""

import pytest

from load.prepare.arrivals import Phase, Spacing, arrivals
from load.prepare.profiles import ProfileError, find, names, planned


def test_even_arrivals_of_a_ramp_follow_its_integral() -> None:
    found = list(arrivals((Phase(0, 10, 0, 100),), Spacing.EVEN, 1))
    assert len(found) == 500
    assert found[50 - 1] == pytest.approx((49.5 / 5) ** 0.5)


def test_the_same_seed_gives_the_same_arrivals() -> None:
    phases = (Phase(0, 10, 20, 20),)
    first, again, other = (list(arrivals(phases, Spacing.POISSON, seed)) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("name", names())
def test_each_profile_of_the_package_can_be_run(name: str) -> None:
    profile, municipality = find(f"A-{name}")
    assert municipality == "A"
    assert len(planned(profile.over(2.0), profile.spacing, 1)) > 100


def test_a_profile_that_there_is_not_is_named() -> None:
    with pytest.raises(ProfileError, match="E-通常期"):
        find("E-通常期")
