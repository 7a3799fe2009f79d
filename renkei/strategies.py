"""Strategies of hypothesis: residents, records and messages that the contract allows, at its edges too."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from harness.contract.items import Information, Item, informations
from harness.contract.messages import Value
from harness.residents.build import household
from harness.residents.difficult_characters import CHARACTERS
from harness.residents.draw import MAX_INDEX, SEEDS
from harness.residents.household import Household
from harness.residents.people import Person
from harness.residents.wishes import Wishes
from harness.stimuli.values import GREATEST, REASONS

_LONGEST: Final = 200  # characters: a schema allows 2,000, which only makes failures hard to read
# Any character, and in half of the places those that break gateways; no surrogates, as JSON in UTF-8 has none.
# `map`, as hypothesis would put them into one alphabet of a million, where they are never met.
_LETTERS: Final = st.one_of(st.sampled_from(CHARACTERS).map(str), st.characters(exclude_categories=["Cs"]))


def households(**wishes: Any) -> SearchStrategy[Household]:
    """Households that belong together; wishes are those of harness.residents.wishes. Shrinks towards seed 0, household 0."""
    made = partial(household, wishes=Wishes(**wishes))
    return st.builds(made, st.integers(0, SEEDS - 1), st.integers(0, MAX_INDEX))


def residents(**wishes: Any) -> SearchStrategy[Person]:
    """Somebody of such a household."""
    return households(**wishes).flatmap(lambda home: st.sampled_from(list(home.people())))


def values(item: Item) -> SearchStrategy[Value]:
    """What an item may hold, as its table types it."""
    if item.codes:
        return st.sampled_from([code.partition(" ")[0] for code in item.codes])
    if item.is_integer:
        most = min(10**item.length - 1, GREATEST)
        return st.integers(-most if item.type == "S9" else 0, most)
    return st.text(_LETTERS, max_size=min(item.length, _LONGEST))


def contents(information: Information) -> SearchStrategy[dict[str, Any]]:
    """Every item of an information, some of them null with the reason why."""
    items = {
        item.name: st.one_of(values(item), st.sampled_from(REASONS).map(_Withheld))
        for item in information.items
    }
    return st.fixed_dictionaries(items).map(_content)


def keys(information: Information) -> SearchStrategy[dict[str, str]]:
    """An enquiry key: its names, with years for values."""
    return st.fixed_dictionaries({name: st.integers(2010, 2030).map(str) for name in information.key})


def records(information: str | None = None) -> SearchStrategy[dict[str, Any]]:
    """Bodies of PUT /v1/records, of one information or of any."""
    names = [information] if information else sorted(informations())
    return st.sampled_from(names).map(informations().__getitem__).flatmap(_record)


def _record(information: Information) -> SearchStrategy[dict[str, Any]]:
    about = {
        "local_id": residents().map(lambda person: person.local_id),
        "information": st.just(information.name),
        "key": keys(information),
    }
    return st.tuples(st.fixed_dictionaries(about), contents(information)).map(
        lambda parts: {**parts[0], **parts[1]}
    )


class _Withheld(str):
    """Why there is no value."""


def _content(items: Mapping[str, Value]) -> dict[str, Any]:
    reasons = {name: str(value) for name, value in items.items() if isinstance(value, _Withheld)}
    shown = {name: None if name in reasons else value for name, value in items.items()}
    return {"items": shown, "reasons": reasons} if reasons else {"items": shown}
