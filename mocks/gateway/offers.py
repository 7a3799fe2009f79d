"""What the statement declares (実装適合宣言); everything else is refused and leaves no trace."""

from dataclasses import dataclass

from harness.contract.messages import Header, Kind
from harness.contract.refusals import RefusedError
from harness.contract.statement import Declares

Need = tuple[str, str]  # a list of the statement's [declares], and the word that must be in it
_INWARD: dict[str, tuple[str, ...]] = {
    Kind.ENQUIRY: ("応答側",),
    Kind.ANSWER: ("照会側",),
    Kind.ERROR: ("照会側", "連絡"),
    Kind.NOTICE: ("連絡",),
    Kind.RECEIPT: ("連絡",),
}


@dataclass(frozen=True)
class Offers:
    """Which functions this gateway has, and by which version of the contract it is to be judged."""

    declares: Declares
    contract: str

    def tables(self) -> tuple[str, ...]:
        """Versions of 別表第二 as the health object names them."""
        return self.declares.tables

    def must_offer(self, needs: tuple[Need, ...]) -> None:
        """Raises RefusedError NOT_DECLARED where one of the needs is not declared."""
        for list_, word in needs:
            if word not in getattr(self.declares, list_):
                raise RefusedError("NOT_DECLARED", word)

    def must_take(self, header: Header) -> None:
        """The same for a message of this kind. Raises RefusedError NOT_DECLARED."""
        if not set(_INWARD[header.kind]) & set(self.declares.roles):
            raise RefusedError("NOT_DECLARED", header.kind)
