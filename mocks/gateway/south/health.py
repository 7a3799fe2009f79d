"""Who the gateway is (schema `health`)."""

from collections.abc import Iterable

from harness.contract.keys import KeyPair
from harness.contract.messages import timestamp
from harness.contract.statement import CONTRACT
from mocks.gateway.south.call import Answer, Call

PRODUCT = "renkei 参照ゲートウェイ"


async def get_health(call: Call) -> Answer:
    """GET /v1/health."""
    functions = call.functions
    tables = functions.offers.tables()
    return 200, health(functions.linkage.organisation, functions.crypto.keys, PRODUCT, tables)


def health(organisation: str, keys: KeyPair, product: str, tables: Iterable[str]) -> dict[str, object]:
    """The object of GET /v1/health."""
    return {
        "status": "ok",
        "contract": CONTRACT,
        "organisation": organisation,
        "product": product,
        "time": timestamp(),
        "tables": list(tables),
        "keys": {"signature": keys.signature.kid, "encryption": keys.encryption.kid},
    }
