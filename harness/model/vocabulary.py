"""The words of the contract, which anybody may write anywhere: some are long enough to hold a short name."""

from functools import cache

from harness.contract.items import informations
from harness.contract.law import bases, table
from harness.contract.organisations import organisations
from harness.contract.refusals import refusals


@cache
def affairs_and_informations() -> frozenset[str]:
    """What `affair` and `information` of a header may hold."""
    return frozenset(informations()) | {row.affair for name in bases() for row in table(name)}


@cache
def words() -> frozenset[str]:
    """Everything that has a name or a sentence in the contract."""
    known = informations().values()
    items = {item.name for one in known for item in (*one.items, *one.further_items)}
    refused = {word for refusal in refusals().values() for word in (refusal.ja, refusal.phase)}
    return (
        affairs_and_informations()
        | items
        | refused
        | {organisation.name for organisation in organisations().values()}
    )
