"""What a load does to a line: the published figures, the theory of the queue, and what to change."""

import pytest

from load.estimate.capacity import (
    COMFORTABLE,
    LINES_KBPS,
    CapacityError,
    Offered,
    hours_needed,
    line_kbps,
    line_needed,
    on_the_line,
    published,
    schedule,
    state,
)
from load.estimate.estimates import own
from load.estimate.message_size import envelope
from load.estimate.traffic import MODELS, Season


def test_the_published_estimates_are_those_of_the_document() -> None:
    found = {season.ja: published(season, own(), 100_000).kbps for season in Season}
    assert found == {"通常期": 16.58, "繁忙期": 33.17, "一斉照会": 130.15}


def test_only_b_exceeds_its_line_by_the_document_and_more_do_with_real_messages() -> None:
    def over(measure: object) -> list[str]:
        offered = {m: measure(Season.MASS_ENQUIRY, own(), m.population) for m in MODELS}  # type: ignore[operator]
        return [m.name for m, o in offered.items() if state(o, m.line_kbps).utilisation > 1]

    assert over(published) == ["市町村B"]
    assert over(on_the_line) == ["市町村B", "市町村C"]


def test_a_message_grows_by_base64_three_times() -> None:
    """JWS in JWE in JWS: (4/3)³, and headers."""
    assert envelope().factor == pytest.approx((4 / 3) ** 3, rel=0.001)
    assert 1_500 < envelope().fixed < 3_000
    assert envelope().wire_bytes(1_000) > envelope().message_bytes(1_000) > 2_370


def offered(kbps: float, seconds: int = 3600, message_kb: float = 16.0) -> Offered:
    """A load of so many kbps."""
    kb = kbps * seconds / 8
    return Offered(round(kb), seconds, kbps, kb / message_kb, message_kb)


@pytest.mark.parametrize(("utilisation", "delay"), [(0.5, 1.5), (0.8, 3.0), (0.9, 5.5)])
def test_the_delay_is_that_of_md1(utilisation: float, delay: float) -> None:
    """A message of 16 KB takes one second on 128 kbps; the mean wait is ρ/(2(1−ρ)) of it (Pollaczek–Khinchine)."""
    found = state(offered(128 * utilisation), 128)
    assert found.delay_seconds == pytest.approx(delay)
    assert (found.backlog_kb, found.drain_seconds) == (0, 0)


def test_what_a_line_does_not_carry_waits_until_it_is_free() -> None:
    found = state(offered(256), 128, background_kbps=64)
    assert found.delay_seconds is None
    assert found.backlog_kb == 128 * 3600 / 8
    assert found.drain_seconds == 128 * 3600 / 64


def test_a_line_that_is_never_free_never_drains() -> None:
    assert state(offered(256), 128, background_kbps=128).drain_seconds is None


def test_what_to_change_makes_the_line_comfortable() -> None:
    load = on_the_line(Season.MASS_ENQUIRY, own(), 100_000)
    hours, line = hours_needed(load, 128), line_needed(load)
    spread = Offered(
        load.kb, round(hours * 3600), load.line_kb * 8 / (hours * 3600), load.messages, load.message_kb
    )
    assert line is not None
    assert state(spread, 128).utilisation <= COMFORTABLE
    assert (
        state(load, line).utilisation
        <= COMFORTABLE
        < state(load, LINES_KBPS[LINES_KBPS.index(line) - 1]).utilisation
    )


def test_no_line_on_offer_is_fast_enough_for_everything() -> None:
    assert line_needed(offered(1e9)) is None


def test_a_paced_schedule_sends_everything_and_never_too_much() -> None:
    load = on_the_line(Season.MASS_ENQUIRY, own(), 100_000)
    hours = list(schedule(load, 128))
    assert sum(hour.messages for hour in hours) == pytest.approx(load.messages, abs=1)
    assert max(hour.kb for hour in hours) <= 128 * COMFORTABLE * 3600 / 8
    assert [hour.number for hour in hours] == list(range(1, len(hours) + 1))


def test_a_line_too_slow_for_one_message_an_hour_has_no_schedule() -> None:
    with pytest.raises(CapacityError):
        list(schedule(offered(1), 0.001))


@pytest.mark.parametrize(
    ("text", "kbps"),
    [("128k", 128), ("10M", 10_000), ("1G", 1e6), ("64000", 64), ("1.5M", 1500), ("128kbps", 128)],
)
def test_lines_as_people_write_them(text: str, kbps: float) -> None:
    assert line_kbps(text) == kbps


@pytest.mark.parametrize("text", ["", "0", "0k", "-1k", "k", "10T", "1e3", "9999999G", "128 k"])
def test_no_line(text: str) -> None:
    with pytest.raises(CapacityError, match="0より大きい速度"):
        line_kbps(text)
