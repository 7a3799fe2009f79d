"""Where the other gateway is real, only that gateway opens what is sealed to it: what nobody could read convicts nobody."""

from dataclasses import replace

import pytest

from harness.contract.keys import bench_keys
from harness.contract.keys.ring import KeyRing, known_of
from harness.contract.organisations import network_organisation
from harness.model.history.exchanges import Delivery
from harness.model.judges.inbound import arrivals
from harness.model.judges.results import results
from harness.model.judges.statuses import statuses
from tests.model.asking import ERROR, Asked, enquiry
from tests.model.histories import PARTNER, Told, broken
from tests.model.letters import Post

OF_ITS_OWN = KeyRing("a secret of this gateway").of(PARTNER).public()
REAL = KeyRing("of the run", {PARTNER: known_of(PARTNER, OF_ITS_OWN)})


def test_the_keys_of_a_real_gateway_take_the_place_of_the_played_ones() -> None:
    published = known_of(PARTNER, bench_keys(PARTNER).public())
    opened = KeyRing("of the run", {PARTNER: published})
    assert REAL.public(PARTNER).to_jwk() == OF_ITS_OWN.to_jwk()
    assert REAL.of(PARTNER).encryption.private_key is None
    assert opened.of(PARTNER).encryption.private_key is not None
    network = network_organisation().code
    assert REAL.public(network).to_jwk() == KeyRing("of the run").public(network).to_jwk()


def _came(kind: str, *, known: bool) -> Asked:
    asked = enquiry(Told())
    asked.send()
    asked.answered(12, {"items": {"所得額": 1}} if kind == "照会応答" else ERROR, kind)
    if not known:
        (came,) = (e for e in asked.told.exchanges if isinstance(e, Delivery))
        asked.told.exchanges[asked.told.exchanges.index(came)] = replace(came, content=None)
    return asked


@pytest.mark.parametrize(("known", "rules"), [(True, ["result-as-answered"]), (False, [])])
def test_a_result_is_held_against_what_came_where_that_can_be_read(known: bool, rules: list[str]) -> None:
    asked = _came("照会応答", known=known)
    asked.result(20, {"所得額": 2})
    assert sorted(set(broken(results, asked.told))) == rules


@pytest.mark.parametrize(("known", "rules"), [(True, ["error-of-partner-unchanged"]), (False, [])])
def test_so_is_an_error(known: bool, rules: list[str]) -> None:
    asked = _came("エラー", known=known)
    asked.look(20, "エラー", {**ERROR, "reason": "別の理由"})
    assert broken(statuses, asked.told) == rules


def test_an_error_that_nobody_could_read_is_shown_all_the_same() -> None:
    asked = _came("エラー", known=False)
    asked.look(20, "エラー", None)
    assert broken(statuses, asked.told) == ["error-of-partner-unchanged"]


@pytest.mark.parametrize(("keys", "rules"), [(KeyRing("of the run"), ["inbox-decryption"]), (REAL, [])])
def test_a_body_that_only_the_gateway_opens_may_be_refused_by_it_or_not(
    keys: KeyRing, rules: list[str]
) -> None:
    post = Post()
    header = post.header()
    token, _ = post.proper(header)
    post.post(header, token, None, "202")
    history = replace(post.told.history(), keys=keys)
    assert [case.rule for case in arrivals(history) if case.breach] == rules
