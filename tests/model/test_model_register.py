"""Registers of what may be held, and spans as the record tells them."""

from harness.model.history.exchanges import Restart
from harness.model.history.history import Declared, History
from harness.model.history.spans import Span
from harness.model.state.patience import Patience
from harness.model.state.register import Register

_LATER = Span(100, 101)


def test_what_a_request_met_is_what_would_be_without_it() -> None:
    register: Register[int | None] = Register(None)
    register.write(Span(1, 2), 1, by=1)
    register.write(Span(5, 7), 2, by=2)
    assert register.possible(Span(5, 7)) == (1, 2)
    assert register.possible(Span(5, 7), without=2) == (1,)
    assert register.possible(_LATER, without=2) == (1,)
    assert register.possible(_LATER) == (2,)


def test_what_is_not_certain_may_come_later_or_never() -> None:
    register: Register[int | None] = Register(None)
    register.write(Span(1, 2), 1, certain=False)
    assert register.possible(_LATER) == (None, 1)
    register.write(Span(3, 4), 2)
    assert register.possible(_LATER) == (1, 2)


def test_exchanges_within_a_millisecond_keep_their_order_where_the_record_is_exact() -> None:
    first = Span.of("2027-01-15T08:00:00.000100Z", 0.0002)
    second = Span.of("2027-01-15T08:00:00.000600Z", 0.0002)
    assert first.before(second)
    rough = Span.of("2027-01-15T08:00:00.000Z", 0.0002)
    assert not rough.before(Span.of("2027-01-15T08:00:00.001Z", 0.0002))


def test_kills_lie_between_two_moments() -> None:
    history = History(
        Declared("1", "221007", {}, {}), 0, 100, restarts=(Restart(2, Span(50, 51)), Restart(1, Span(10, 11)))
    )
    kills = Patience.of(history)
    assert kills.between(9, 11)
    assert kills.between(20, 60)
    assert not kills.between(11, 49)
    assert not kills.between(51, 90)


def test_a_kill_meets_what_it_touches() -> None:
    history = History(Declared("1", "221007", {}, {}), 0, 100, restarts=(Restart(1, Span(10, 11)),))
    kills = Patience.of(history)
    for span, met in (((8, 9), False), ((9, 10), True), ((11, 20), True), ((12, 20), False)):
        assert kills.meets(Span(*span)) is met
