"""Who the gateway is (schema `health`)."""

from collections.abc import Iterable

from harness.contract.keys import KeyPair
from harness.contract.messages import timestamp
from mocks.gateway.south.call import Answer, Call

PRODUCT = "renkei 参照ゲートウェイ"


async def get_health(call: Call) -> Answer:
    """GET /v1/health."""
    functions = call.functions
    offers = functions.offers
    who = functions.linkage.organisation, functions.crypto.keys, PRODUCT
    return 200, health(*who, offers.tables(), offers.contract)


def health(
    organisation: str, keys: KeyPair, product: str, tables: Iterable[str], contract: str
) -> dict[str, object]:
    """The object of GET /v1/health."""
    return {
        "status": "ok",
        "contract": contract,
        "organisation": organisation,
        "product": product,
        "time": timestamp(),
        "tables": list(tables),
        "keys": {"signature": keys.signature.kid, "encryption": keys.encryption.kid},
    }
