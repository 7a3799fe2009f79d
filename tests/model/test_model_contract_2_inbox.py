"""What contract 2 decides of messages that reach the inbox: each decision kept, and broken in each of its alternatives. Of a gateway of
contract 1 either answer passes."""

import base64
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import pytest
from joserfc.jwk import ECKey

from harness.contract.keys import bench_keys
from harness.model.history.history import Declared
from harness.model.rules import rules
from tests.model.histories import LISTS, OTHER, OWN, PARTNER, Told
from tests.model.letters import NETWORK, Post, closed, directory, further, party, signed, with_party

Header = dict[str, Any]
Made = tuple[str, str | None]  # token, and what is encrypted in it
Make = Callable[[Post, Header], Made]
KINDS: Final = ("照会依頼", "連絡", "照会応答", "受領", "エラー")
ANSWERS: Final = ("照会応答", "エラー")
AGO, FAR = "2010-01-01T00:00:00Z", "2090-01-01T00:00:00Z"
MORE: Final[Mapping[str, Any]] = {"cty": "json"}
REVOKED: Final = {"organisations": with_party(party(PARTNER, ("next", AGO, FAR, True)))}
WITHOUT_OWN: Final = {"organisations": [row for row in directory()["organisations"] if row["code"] != OWN]}
ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
SIGNATURE: Final = "SIGNATURE_INVALID"


def loosened(text: str) -> str:
    """The same bytes in base64url, one of the bits that fill up its end set."""
    return text[:-1] + ALPHABET[ALPHABET.index(text[-1]) | 1]


def around(post: Post, header: Header, inner: str, **protected: Any) -> Made:
    return post.outer(header, closed(inner, protected)), inner


def spelt(change: Callable[[str], str]) -> Make:
    def make(post: Post, header: Header) -> Made:
        token, inner = post.proper(header)
        return change(token), inner

    return make


PARTNERS: Final = bench_keys(PARTNER).signature


def inside(**how: Any) -> Make:
    return lambda post, header: around(post, header, post.inner(header, **how))


def inside_is(payload: object, key: ECKey = PARTNERS) -> Make:
    return lambda post, header: around(post, header, signed(payload, key, "renkei-content+jws"))


def loose_inside(post: Post, header: Header) -> Made:
    return around(post, header, loosened(post.inner(header)))


def loose_body(post: Post, header: Header) -> Made:
    inner = post.inner(header)
    return post.outer(header, loosened(closed(inner))), inner


def longer_epk(post: Post, header: Header) -> Made:
    inner = post.inner(header)
    head, _, rest = closed(inner).partition(".")
    said = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).replace(b'"kty"', b'"use":"enc","kty"')
    return post.outer(header, f"{base64.urlsafe_b64encode(said).decode().rstrip('=')}.{rest}"), inner


def longer_head(post: Post, header: Header) -> Made:
    return post.outer(header, closed(post.inner(header)), protected=MORE), None


def by(key: ECKey) -> Make:
    return lambda post, header: (post.outer(header, closed(post.inner(header)), key=key), post.inner(header))


def forged(post: Post, header: Header) -> Made:
    """The kid of a revoked key, and the signature of another."""
    key = ECKey.import_key({**bench_keys(OTHER).signature.dict_value, "kid": str(further("next").kid)})
    return around(post, header, post.inner(header, key=key))


def from_network(post: Post, header: Header) -> Made:
    return around(post, header, post.inner(header, key=bench_keys(NETWORK).signature))


def unchanged(post: Post, header: Header) -> Made:
    return post.proper(header)


class Trial(NamedTuple):
    """`right`: what contract 2 asks for; `wrong`: what contract 1 lets be said as well. `fetched`: members of the directory that
    differ; `changes`: members of the header."""

    rule: str
    alternative: str
    make: Make
    right: str
    wrong: str
    fetched: Mapping[str, Any] = {}
    changes: Mapping[str, Any] = {}

    @property
    def kind(self) -> str:
        return self.alternative.partition("・")[0]


def of_kinds(kinds: tuple[str, ...], rule: str, variant: str, *rest: Any) -> Iterator[Trial]:
    for kind in kinds:
        yield Trial(rule, f"{kind}・{variant}", *rest)


NEXT: Final = further("next")
NETWORKS: Final = [{"network": party(NETWORK, ("next", AGO, FAR, revoked))} for revoked in (False, True)]
TRIALS: Final = [
    *of_kinds(KINDS, "token-form", "base64url でない文字", spelt(lambda t: f"{t}\n"), "MALFORMED", SIGNATURE),
    *of_kinds(KINDS, "token-form", "詰め文字", spelt(lambda t: t.replace(".", "=.", 1)), SIGNATURE, "MALFORMED"),
    *of_kinds(KINDS, "token-form", "署名の余りのビット", spelt(loosened), SIGNATURE, "202"),
    *of_kinds(KINDS, "token-form", "内側の署名の余りのビット", loose_inside, SIGNATURE, "202"),
    *of_kinds(KINDS, "token-form", "本文の余りのビット", loose_body, "DECRYPTION_FAILED", "202"),
    *of_kinds(KINDS, "exact-protected-headers", "電文の署名", longer_head, SIGNATURE, "202"),
    *of_kinds(KINDS, "exact-protected-headers", "内側の署名", inside(protected=MORE), SIGNATURE, "202"),
    *of_kinds(KINDS, "exact-protected-headers", "暗号化した本文",
              lambda p, h: around(p, h, p.inner(h), cty="JOSE"), "DECRYPTION_FAILED", "202"),
    *of_kinds(KINDS, "exact-protected-headers", "epk", longer_epk, "DECRYPTION_FAILED", "202"),
    *of_kinds(KINDS, "exact-protected-headers", "本文の kid",
              lambda p, h: around(p, h, p.inner(h), kid="other"), "DECRYPTION_FAILED", "202"),
    Trial("network-further-keys", "照会依頼・有効な鍵", by(NEXT), "202", SIGNATURE, NETWORKS[0]),
    Trial("network-further-keys", "照会依頼・有効でない鍵", by(NEXT), SIGNATURE, "202", NETWORKS[1]),
    *of_kinds(KINDS, "key-after-signature", "署名も違う", forged, SIGNATURE, "KEY_NOT_VALID", REVOKED),
    *of_kinds(KINDS, "key-after-signature", "項目も違う", inside(key=NEXT, message_id="other"),
              "KEY_NOT_VALID", SIGNATURE, REVOKED),
    *of_kinds(KINDS, "unbound-content", "項目がない", inside_is({"content": {}}), SIGNATURE, "MALFORMED"),
    *of_kinds(KINDS, "unbound-content", "オブジェクトでない", inside_is([]), SIGNATURE, "MALFORMED"),
    *of_kinds(KINDS, "format-asserted", "電文", unchanged, "MALFORMED", "202", {},
              {"sent_at": "2027-13-01T00:00:00Z"}),
    *of_kinds(("照会応答", "連絡"), "whole-numbers", "届いた電文",
              inside(content={"items": {"所得額": 812000.0}}), "202", "MALFORMED"),
    *(
        Trial("network-is-no-partner", f"{kind}・送信元", from_network, "PARTNER_UNKNOWN", wrong, {}, {"from": NETWORK})
        for kind, wrong in zip(KINDS, ("BASIS_NOT_LAWFUL", "202", "BASIS_NOT_LAWFUL", "NOT_FOUND", "NOT_FOUND"), strict=True)
    ),
    Trial("own-kind", "照会依頼・自団体が一覧にない", unchanged, "BASIS_NOT_LAWFUL", "202", WITHOUT_OWN),
    Trial("tables-declared", "照会依頼・一覧の示さない版", unchanged, "202", "BASIS_NOT_LAWFUL",
          {"tables": ["2012-02-14"]}),
]  # fmt: skip


def posted(trial: Trial, answer: str, contract: str) -> Post:
    post = Post(Told(Declared(contract, OWN, LISTS, bench_keys(OWN).public().to_jwk())), fetched=False)
    post.fetch(**trial.fetched)
    person = post.person()
    header = {**post.header(trial.kind, person), **trial.changes}
    if trial.kind in {*ANSWERS, "受領"}:
        header["correlation_id"] = post.ask(person, "連絡" if trial.kind == "受領" else "照会依頼")
    post.post(header, *trial.make(post, header), answer)
    return post


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: f"{trial.rule}-{trial.alternative}")
def test_a_decision_is_kept_and_broken(trial: Trial) -> None:
    rule = f"contract-2-{trial.rule}"
    assert posted(trial, trial.wrong, "2").broken() == [rule]
    kept = posted(trial, trial.right, "2")
    assert kept.broken() == []
    assert (rule, trial.alternative) in kept.occasions()


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: f"{trial.rule}-{trial.alternative}")
def test_contract_1_leaves_it_open(trial: Trial) -> None:
    for answer in (trial.right, trial.wrong):
        post = posted(trial, answer, "1")
        assert post.broken() == []
        assert not any(rules()[rule].contract == "2" for rule, _ in post.occasions())


def registered_anew(answered_with: str, kind: str, answer: str, contract: str) -> Post:
    """Somebody got another link code after the gateway had asked."""
    post = Post(Told(Declared(contract, OWN, LISTS, bench_keys(OWN).public().to_jwk())))
    before, after = post.person("before"), post.person("after")
    post.told.register("10", before)
    correlation_id = post.ask(before)
    post.told.register("10", after, status=200)
    codes = {"before": before.codes[OWN], "after": after.codes[OWN]}
    header = {**post.header(kind), "correlation_id": correlation_id, "link_code": codes[answered_with]}
    post.post(header, answer=answer)
    return post


SENT, LATER = "送ったときのリンクコード", "後のリンクコード"
ASKED: Final = frozenset(f"{kind}・{code}" for kind in ANSWERS for code in (SENT, LATER))


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize(
    ("code", "right", "wrong", "variant"),
    [
        ("before", "202", "NOT_FOUND", SENT),
        ("after", "NOT_FOUND", "202", LATER),
    ],
)
def test_an_answer_is_about_the_link_code_that_was_asked_with(
    kind: str, code: str, right: str, wrong: str, variant: str
) -> None:
    rule = "contract-2-asked-link-code"
    assert registered_anew(code, kind, wrong, "2").broken() == [rule]
    kept = registered_anew(code, kind, right, "2")
    assert kept.broken() == []
    assert (rule, f"{kind}・{variant}") in kept.occasions()
    assert registered_anew(code, kind, wrong, "1").broken() == []
    assert registered_anew(code, kind, right, "1").broken() == []


def test_what_lacks_a_member_or_is_read_otherwise_by_the_rfc_stays_open() -> None:
    for answer in ("MALFORMED", SIGNATURE):
        post = Post(Told(Declared("2", OWN, LISTS, bench_keys(OWN).public().to_jwk())))
        header = post.header()
        token = post.outer(header, closed(post.inner(header)), protected={"alg": None, "cty": "json"})
        post.post(header, token, None, answer)
        assert post.broken() == []


@pytest.mark.parametrize(("answer", "broken"), [(SIGNATURE, 0), ("KEY_NOT_VALID", 0), ("MALFORMED", 1)])
def test_what_is_no_object_may_be_refused_before_its_key_is_looked_at(answer: str, broken: int) -> None:
    make = inside_is([], NEXT)
    trial = Trial("unbound-content", "照会依頼・オブジェクトでない", make, SIGNATURE, "MALFORMED", REVOKED)
    assert len(posted(trial, answer, "2").broken()) == broken
