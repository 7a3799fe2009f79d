"""GET /v1/health: who a gateway says that it is (schema health)."""

from typing import TypedDict


class Kids(TypedDict):
    """kid of the keys in use."""

    signature: str
    encryption: str


class Health(TypedDict):
    """An answer that keeps the schema."""

    status: str
    contract: str
    organisation: str
    product: str
    time: str
    tables: list[str]
    keys: Kids
