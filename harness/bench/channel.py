"""How an instruction gets to the mocked network: over HTTP, or not at all where a record answers in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from harness.catalogue.findings import InconclusiveError


@dataclass(frozen=True)
class Instruction:
    """One call of the control API."""

    method: str
    path: str
    body: Any
    query: dict[str, str] | None


ControlAnswer = dict[str, Any]
NoteInstruction = Callable[[Instruction, ControlAnswer | None, str], None]


class Channel(Protocol):
    """Whatever answers an instruction: the network, or a record in its place."""

    def send(self, instruction: Instruction) -> ControlAnswer:
        """The answer. Raises InconclusiveError NETWORK_FAILED."""


@dataclass(frozen=True)
class HttpChannel:
    """The network over HTTP."""

    client: httpx.Client

    def send(self, instruction: Instruction) -> ControlAnswer:
        """As Channel."""
        try:
            response = self.client.request(
                instruction.method, instruction.path, json=instruction.body, params=instruction.query
            )
            response.raise_for_status()
            answer: ControlAnswer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            said = error.response.text[:300] if isinstance(error, httpx.HTTPStatusError) else str(error)
            raise InconclusiveError(
                "NETWORK_FAILED", f"{instruction.method} {instruction.path}: {type(error).__name__} {said}"
            ) from error
        return answer
