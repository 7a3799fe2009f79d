"""What is told of a sample is what is drawn: each number in its words is one of the constants."""

import re

import pytest

from harness.model.kinds import ENOUGH
from harness.plugin.options import _EXPLORING_SECONDS
from harness.stimuli.messages import _MORE_PAIRS, _PAIRS
from harness.stimuli.samples import samples
from harness.stimuli.south_faults import _TRIPLES
from harness.stimuli.unlawful import _CODES, _OF_EACH, _ROLES
from harness.stimuli.whole_logs import _DRAWN

UNLAWFUL = _OF_EACH, _ROLES, _CODES
# By the English words with which a sample begins: its numbers, and those of what --thorough makes of it.
NUMBERS: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "Two faults at once in a message": ((_PAIRS,), (_MORE_PAIRS, _PAIRS)),
    "Three faults at once in a request": ((_TRIPLES,), ()),
    "Enquiries that are not lawful": ((min(UNLAWFUL), max(UNLAWFUL)), ()),
    "The business log": ((_DRAWN,), ()),
    "Values of items": ((), ()),
    "Orders of operations": ((_EXPLORING_SECONDS,), (ENOUGH,)),
}


def numbers(text: str) -> tuple[float, ...]:
    return tuple(map(float, re.findall(r"\d+", text)))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("begin", NUMBERS)
def test_numbers_are_those_of_the_constants(begin: str, language: str) -> None:
    [sample] = [one for one in samples() if one.en.startswith(begin)]
    usual, thorough = NUMBERS[begin]
    assert numbers(sample.text(language, thorough=False)) == usual
    assert numbers(sample.text(language, thorough=True)) == thorough


def test_each_sample_is_looked_at() -> None:
    assert len(samples()) == len(NUMBERS)
