"""NTC-10: the content of a 連絡 is believed without its signature."""

from dataclasses import replace
from typing import Any

from harness.contract import json_binding
from harness.contract.keys import PublicKeys
from harness.contract.messages import Header, Kind
from mocks.gateway.crypto import Crypto
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "NTC-10"
SUMMARY = "連絡の本文の署名を確かめない"


class NoticeTrusting(Crypto):
    """Takes news from anybody."""

    def open_content(self, header: Header, body: str, sender: PublicKeys) -> dict[str, Any]:
        """Unverified where it is a 連絡."""
        if header.kind != Kind.NOTICE:
            return super().open_content(header, body, sender)
        content: dict[str, Any] = json_binding.peek(self.decrypt(body))["content"]
        return content


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, crypto=as_a(NoticeTrusting, functions.crypto))
