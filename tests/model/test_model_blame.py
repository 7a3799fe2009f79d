"""What broke a rule by itself, what only followed, and how often each was seen."""

from harness.model.blame import blamed
from harness.model.cases import OTHERS_DATA, Breach
from harness.model.rules import Rule, rules
from harness.model.violation import Violation

VALUES, STANDS = rules()["result-as-answered"], rules()["result-stands"]
OWN = rules()["own-record"]


def breach(moment: float, *about: str, scenario: str = "", code: str = "") -> Breach:
    return Breach("観測", "期待", "どこか", scenario, moment, about, code)


def test_what_comes_later_about_the_same_follows() -> None:
    violations, consequences = blamed([(STANDS, breach(2, "c1")), (VALUES, breach(1, "c1"))])
    assert [v.rule for v in violations] == [VALUES.id]
    assert [(v.rule, v.cause) for v in consequences] == [(STANDS.id, VALUES.id)]


def test_what_is_about_something_else_is_for_itself() -> None:
    violations, consequences = blamed([(VALUES, breach(1, "c1")), (STANDS, breach(2, "c2"))])
    assert [v.rule for v in violations] == [VALUES.id, STANDS.id]
    assert consequences == ()


def test_a_breach_that_recurs_is_one_violation_with_a_count() -> None:
    again = [(VALUES, breach(n, f"c{n}", scenario=f"s{n % 2}")) for n in range(13)]
    violations, consequences = blamed(again)
    assert [(v.count, v.scenarios) for v in violations] == [(13, ("s0", "s1"))]
    assert violations[0].told.endswith("（ほか 12 件）")
    assert consequences == ()


def test_one_that_was_seen_once_counts_no_more() -> None:
    violations, _ = blamed([(VALUES, breach(1))])
    assert violations[0].told == violations[0].observed


def test_what_follows_from_a_recurrence_follows_from_the_rule() -> None:
    _, consequences = blamed(
        [
            (VALUES, breach(1, "c1")),
            (VALUES, breach(2, "c2")),
            (STANDS, breach(3, "c2")),
            (STANDS, breach(4, "c1")),
        ]
    )
    assert [(v.rule, v.cause, v.count) for v in consequences] == [(STANDS.id, VALUES.id, 2)]


def test_another_rule_of_the_same_requirement_convicts_it_no_second_time() -> None:
    other = next(r for r in rules().values() if r.requirement == VALUES.requirement and r.id != VALUES.id)
    violations, consequences = blamed([(VALUES, breach(1, "c1")), (other, breach(2, "c2"))])
    assert [v.rule for v in violations] == [VALUES.id]
    assert [(v.rule, v.cause) for v in consequences] == [(other.id, VALUES.id)]


def test_somebody_elses_data_is_never_merely_a_consequence() -> None:
    broken: list[tuple[Rule, Breach]] = [(VALUES, breach(1, "c1")), (OWN, breach(2, "c1", code=OTHERS_DATA))]
    violations, consequences = blamed(broken)
    assert [v.code for v in violations] == [VALUES.code, OTHERS_DATA]
    assert consequences == ()


def test_of_the_same_moment_somebody_elses_data_comes_first() -> None:
    violations, consequences = blamed([(VALUES, breach(1, "c1")), (OWN, breach(1, "c1", code=OTHERS_DATA))])
    assert [v.code for v in violations] == [OTHERS_DATA]
    assert [v.cause for v in consequences] == [OWN.id]


def test_a_violation_goes_to_the_record_and_back() -> None:
    violations, consequences = blamed([(VALUES, breach(1, "c1", scenario="s")), (STANDS, breach(2, "c1"))])
    for violation in (*violations, *consequences):
        entry = violation.to_entry()
        assert Violation.from_entry(entry) == violation
    old = {n: v for n, v in entry.items() if n not in {"rule", "cause", "count", "scenarios"}}
    assert Violation.from_entry(old).count == 1  # type: ignore[arg-type]  # as a record of before has it
