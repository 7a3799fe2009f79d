"""What may be wrong with a message: each changes exactly one thing of a proper one. By name, for the control API."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from joserfc.jwk import ECKey

from harness.spec.json_binding import encrypt, wrap
from harness.spec.keys import PublicKeys, bench_keys
from harness.spec.messages import Header, Message, timestamp
from harness.spec.organisations import network_organisation, organisations
from harness.spec.refusals import RefusedError

STRANGER = "intruder"


@dataclass(frozen=True)
class Draft:
    """A message about to be delivered: as the network would send it, and another one of the same sender about
    somebody else."""

    message: Message
    recipient: PublicKeys
    other: Message

    def body(self) -> str:
        """The proper body."""
        return encrypt(
            self.message, bench_keys(self.message.header.sender).signature, self.recipient.encryption
        )

    def token(
        self, header: Header | None = None, body: str | None = None, signer: ECKey | None = None
    ) -> str:
        """The proper message, or with one part replaced."""
        network = bench_keys(network_organisation().code).signature
        return wrap(header or self.message.header, body or self.body(), signer or network)


def unsigned(draft: Draft) -> str:
    """The signature is cut off."""
    return draft.token().rpartition(".")[0] + "."


def alg_none(draft: Draft) -> str:
    """An unsecured JWS (RFC 7515 appendix A.5) that claims to need no signature."""
    protected, payload, _ = draft.token().split(".")
    claims = json.loads(_decoded(protected))
    return f"{_encoded(json.dumps(claims | {'alg': 'none'}).encode())}.{payload}."


def signed_by_stranger(draft: Draft) -> str:
    """Signed with a key nobody knows, under the network's kid."""
    return draft.token(signer=_stranger_as(bench_keys(network_organisation().code).signature))


def signed_by_sender(draft: Draft) -> str:
    """Signed by the sending organisation, as if the network could be left out."""
    return draft.token(signer=bench_keys(draft.message.header.sender).signature)


def tampered_header(draft: Draft) -> str:
    """The time of sending is changed after signing: a field that no other check would notice."""
    return _with_payload(
        draft.token(), lambda payload: payload["header"].update(sent_at=timestamp(timedelta(hours=-1)))
    )


def tampered_body(draft: Draft) -> str:
    """Another body of the same sender for the same message is put in after signing."""
    body = draft.body()
    return _with_payload(draft.token(), lambda payload: payload.update(body=body))


def content_of_stranger(draft: Draft) -> str:
    """The content is signed with a key nobody knows, under the sender's kid."""
    stranger = _stranger_as(bench_keys(draft.message.header.sender).signature)
    return draft.token(body=encrypt(draft.message, stranger, draft.recipient.encryption))


def moved_content(draft: Draft) -> str:
    """The content of another message of the same sender, properly signed for that one."""
    signer = bench_keys(draft.other.header.sender).signature
    return draft.token(body=encrypt(draft.other, signer, draft.recipient.encryption))


def misaddressed(draft: Draft) -> str:
    """Properly signed and delivered here, addressed to somebody else."""
    header = replace(draft.message.header, recipient=_elsewhere(draft.message.header))
    return replace(draft, message=replace(draft.message, header=header)).token()


def expired(draft: Draft) -> str:
    """Properly signed, and its time is over."""
    header = replace(
        draft.message.header,
        sent_at=timestamp(timedelta(minutes=-2)),
        expires_at=timestamp(timedelta(minutes=-1)),
    )
    return replace(draft, message=replace(draft.message, header=header)).token()


def encrypted_to_other(draft: Draft) -> str:
    """Properly signed, encrypted to somebody else."""
    signer = bench_keys(draft.message.header.sender).signature
    other = bench_keys(_elsewhere(draft.message.header)).public().encryption
    return draft.token(body=encrypt(draft.message, signer, other))


def replayed(draft: Draft) -> str:
    """Nothing wrong in itself: whoever sends it has sent the same bytes before."""
    return draft.token()


def not_jose(draft: Draft) -> str:
    """Text."""
    return "照会依頼 " + draft.message.header.message_id


REPLAYED: Final = "replayed"
ALTERATIONS: Final = MappingProxyType[str, Callable[[Draft], str]](
    {
        "unsigned": unsigned,
        "alg-none": alg_none,
        "signed-by-stranger": signed_by_stranger,
        "signed-by-sender": signed_by_sender,
        "tampered-header": tampered_header,
        "tampered-body": tampered_body,
        "content-of-stranger": content_of_stranger,
        "moved-content": moved_content,
        "misaddressed": misaddressed,
        "expired": expired,
        "encrypted-to-other": encrypted_to_other,
        "not-jose": not_jose,
        REPLAYED: replayed,
    }
)


def altered(draft: Draft, name: str | None) -> str:
    """The message as it goes out; without a name nothing is wrong with it."""
    return ALTERATIONS[name](draft) if name else draft.token()


def must_be_known(name: str | None) -> None:
    """Raises RefusedError INVALID_REQUEST naming the ones there are."""
    if name is not None and name not in ALTERATIONS:
        raise RefusedError("INVALID_REQUEST", f"alteration {name}: ある名前は {'、'.join(ALTERATIONS)}")


def _elsewhere(header: Header) -> str:
    """Another organisation, of the recipient's kind where there is one: all other checks would let it pass."""
    here = organisations().get(header.recipient)
    taken = {header.sender, header.recipient, network_organisation().code}
    others = [o for o in organisations().values() if o.code not in taken]
    return min(others, key=lambda o: here is None or o.kind != here.kind).code


def _stranger_as(claimed: ECKey) -> ECKey:
    """The stranger's key under somebody else's kid."""
    return ECKey.import_key(
        {**bench_keys(STRANGER).signature.as_dict(private=True), "kid": claimed.kid or ""}
    )


def _with_payload(token: str, change: Callable[[dict[str, Any]], None]) -> str:
    protected, payload, signature = token.split(".")
    value = json.loads(_decoded(payload))
    change(value)
    return f"{protected}.{_encoded(json.dumps(value, ensure_ascii=False).encode())}.{signature}"


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
