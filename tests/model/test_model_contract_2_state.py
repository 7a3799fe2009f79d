"""What contract 2 decides of what is kept, sent and told: each decision kept, and broken in each of its alternatives."""

from dataclasses import replace
from typing import Final

import pytest

from harness.model.rules import rules
from harness.model.weighing import judges_of
from tests.model import (
    decided_file_sets,
    decided_files,
    decided_items,
    decided_owners,
    decided_records,
    decided_sending,
)
from tests.model.histories import Told
from tests.model.trials import Trial

TRIALS: Final = [
    *decided_sending.TRIALS,
    *decided_records.TRIALS,
    *decided_files.TRIALS,
    *decided_owners.TRIALS,
    *decided_items.TRIALS,
    *decided_file_sets.TRIALS,
]


def of_contract_2(trial: Trial, told: Told) -> list[tuple[str, str, bool]]:
    """What the judge says by rules of contract 2."""
    found = trial.judge(told.history())
    return [(c.rule, c.alternative, c.breach is None) for c in found if rules()[c.rule].contract == "2"]


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: f"{trial.rule}-{trial.alternative}")
def test_a_decision_is_kept_and_broken(trial: Trial) -> None:
    rule = f"contract-2-{trial.rule}"
    kept, wrong = (of_contract_2(trial, trial.tells(right)) for right in (True, False))
    assert (rule, trial.alternative, True) in kept
    assert all(right for _, _, right in kept)
    assert (rule, trial.alternative, False) in wrong
    assert {(name, word) for name, word, right in wrong if not right} == {(rule, trial.alternative)}


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: f"{trial.rule}-{trial.alternative}")
def test_a_gateway_of_contract_1_is_never_judged_by_it(trial: Trial) -> None:
    told = trial.tells(False)
    told.declared = replace(told.declared, contract="1")
    history = told.history()
    if trial.judge in judges_of(history):
        assert not any(rules()[case.rule].contract == "2" for case in trial.judge(history))
