"""SIG-08: the kid of a signature is not looked at."""

from joserfc import jws
from joserfc.jwk import ECKey

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from mocks.defects.defect import breaks
from mocks.gateway.crypto import Crypto


class NameBlind(Crypto):
    """Knows one key and calls it as the message does."""

    def verify_outer(self, token: str, network: PublicKeys) -> dict[str, object]:
        """Whatever the key is called."""
        claims = jws.extract_compact(token.encode()).headers()
        if claims.get("kid") == network.signature.kid or claims.get("typ") != json_binding.MESSAGE_TYPE:
            return super().verify_outer(token, network)
        renamed = ECKey.import_key({**network.signature.as_dict(private=False), "kid": str(claims["kid"])})
        return json_binding.verify(token, renamed, json_binding.MESSAGE_TYPE)


DEFECT = breaks("SIG-08", "一覧にない鍵の名による署名を認める", crypto=NameBlind)
