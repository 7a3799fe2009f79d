"""Keys of one run: the same for all who know its secret, others in every other run, and named so that nothing follows from a name."""

from typing import Any

import anyio
import httpx
import pytest

from harness.contract.json_binding import decrypt, open_body, peek, unwrap
from harness.contract.keys import STRANGER, bench_keys, further_keys
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import RefusedError
from mocks.network.alterations.drafts import Draft, decoded
from mocks.network.alterations.names import ALTERATIONS
from mocks.network.alterations.recipes import Recipe, cooked
from mocks.network.app import application, make_network
from tests.network.test_network_recipes import OWN, PARTNER, message

ONE, OTHER = KeyRing("one"), KeyRing("other")
NETWORK = network_organisation().code
RECIPES: list[dict[str, object]] = [
    {},
    {"signer": "sender"},
    {"signer": "stranger"},
    {"content_signer": "network"},
    {"content_signer": "stranger-as-sender"},
    {"content_signer": "former"},
    {"content_signer": "revoked"},
    {"encrypted_to": "131016"},
]


def test_without_a_secret_they_are_the_published_ones() -> None:
    assert PUBLISHED.of(PARTNER) is bench_keys(PARTNER)
    assert PUBLISHED.further(PARTNER) is further_keys(PARTNER)


def test_the_same_secret_makes_the_same_keys_and_another_makes_others() -> None:
    assert ONE.public(PARTNER).to_jwk() == KeyRing("one").public(PARTNER).to_jwk()
    assert ONE.public(PARTNER).to_jwk() != OTHER.public(PARTNER).to_jwk()


def test_every_key_of_a_run_has_an_id_of_its_own_that_tells_nothing() -> None:
    kids = [str(key.key.kid) for code in organisations() for key in ONE.further(code).values()]
    for code in (*organisations(), STRANGER):
        kids += [str(ONE.of(code).signature.kid), str(ONE.of(code).encryption.kid)]
    assert len(set(kids)) == len(kids)
    assert {len(kid) for kid in kids} == {43}  # SHA-256 in base64url


def test_nobody_else_has_keys_and_a_secret_is_not_shown() -> None:
    with pytest.raises(KeyError):
        ONE.of("999997")
    assert "one" not in repr(ONE)


def test_what_the_network_delivers_is_signed_and_encrypted_with_them() -> None:
    token, _ = cooked(message(), ONE.public(OWN), Recipe.from_wire({}), ONE)
    header, body = unwrap(token, ONE.public(NETWORK).signature)
    content = decrypt(header, body, ONE.of(OWN).encryption, ONE.public(PARTNER).signature)
    assert content == message().content
    with pytest.raises(RefusedError):
        unwrap(token, bench_keys(NETWORK).signature)


def shown(token: str, keys: KeyRing) -> str:
    """The protected headers that a message shows to its recipient, in one text."""
    parts = [token.split(".", maxsplit=1)[0]]
    try:
        body = str(peek(token).get("body"))
        parts += [body.split(".", maxsplit=1)[0], open_body(body, keys.of(OWN).encryption).split(".")[0]]
    except (RefusedError, IndexError):
        pass  # what cannot be opened shows nothing more
    return " ".join(decoded(part).decode("utf-8", "replace") for part in parts)


@pytest.mark.parametrize("recipe", RECIPES)
def test_no_recipe_shows_a_published_key(recipe: dict[str, object]) -> None:
    token, _ = cooked(message(), ONE.public(OWN), Recipe.from_wire(recipe), ONE)
    assert "TEST-ONLY" not in shown(token, ONE)


@pytest.mark.parametrize("name", ALTERATIONS)
def test_no_alteration_shows_a_published_key(name: str) -> None:
    token = ALTERATIONS[name](Draft(message(), ONE.public(OWN), message(), keys=ONE))
    if token.count(".") == 2:
        assert "TEST-ONLY" not in shown(token, ONE)


async def directory(keys: KeyRing) -> dict[str, Any]:
    """Of a network with these keys."""
    transport = httpx.ASGITransport(application(make_network(keys=keys), "t"))
    async with httpx.AsyncClient(transport=transport, base_url="http://network.test") as client:
        said: dict[str, Any] = (await client.get("/v1/directory")).json()
        return said


def test_the_directory_tells_them_and_not_which_is_which_by_its_order() -> None:
    orders = set()
    for number in range(6):
        keys = KeyRing(f"secret {number}")
        said = anyio.run(directory, keys)
        assert said["network"]["keys"] == keys.public(NETWORK).to_jwk()
        partner = next(o for o in said["organisations"] if o["code"] == PARTNER)
        states = {str(key.key.kid): state for state, key in keys.further(PARTNER).items()}
        orders.add(tuple(states[row["key"]["kid"]] for row in partner["further_keys"]))
    assert len(orders) > 1
