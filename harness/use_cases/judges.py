"""The judge of each benefit, and the words by which one applies for it: `claim` in the case.toml of a use case. The
folder's facts.py puts the facts together, its decide.py decides."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from harness.contract.use_cases import case_documents
from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.decision import Judgement

_ASSESSED = 6
Judge = Callable[[Claim, Knowledge], Judgement]


@cache
def judges() -> dict[str, Judge]:
    """All judges by the name of the benefit."""
    return {row["benefit"]: _judge(room, row.get("decide", "decide")) for room, row in _claims()}


@cache
def applications() -> dict[str, str]:
    """The names of benefits by the words that the features use for an application."""
    return {row["words"]: row["benefit"] for _, row in _claims() if "words" in row}


def assessed_from(benefit: str) -> int:
    """The month from which the tax of a fiscal year is looked at for a benefit: June, when it is assessed (地方税法319条の2 leaves
    the day to the notice: own), where the law of the benefit does not say."""
    return next((row["assessed_from"] for _, row in _claims() if _says(row, benefit)), _ASSESSED)


def _says(row: Mapping[str, Any], benefit: str) -> bool:
    return row["benefit"] == benefit and "assessed_from" in row


def _claims() -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((room, row) for room, case in case_documents().items() for row in case.get("claim", ()))


def _judge(room: str, decides: str) -> Judge:
    facts_of = import_module(f"{room}.facts").facts_of
    decide = getattr(import_module(f"{room}.decide"), decides)

    def judge(claim: Claim, known: Knowledge) -> Judgement:
        judgement: Judgement = decide(facts_of(claim, known))
        return judgement

    return judge
