"""Facts of a claim for 老齢基礎年金: age, kinship and livelihood of a couple."""

from dataclasses import dataclass
from datetime import date

from harness.residents.data_items import RESIDENT, TAX
from harness.use_cases.claim import Claim, Knowledge
from harness.use_cases.reading import must_know, text, whole


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a decision needs. relation, address: 続柄 and 住所 of the spouse on the 住民票; own_relation: 続柄 of the
    claimant, which tells where the spouse is 世帯主; income: the claimant's 所得 in yen a year; spouse_has_addition: the 機構
    pays the spouse a 加給年金. circumstances: what else there is, by the names in rules.toml of what is not modelled."""

    claim_date: date
    birth_date: date
    relation: str
    address: str
    spouse_address: str
    income: int
    spouse_has_addition: bool
    own_relation: str = "世帯主"
    circumstances: tuple[str, ...] = ()


def facts_of(claim: Claim, known: Knowledge) -> Facts:
    """For a claimant and a spouse. Raises NonconformityError where one's record is not known, or cannot be read."""
    claimant, spouse = claim.members
    own, other = must_know(known, claimant, RESIDENT), must_know(known, spouse, RESIDENT)
    return Facts(
        claim_date=claim.day,
        birth_date=claimant.birth_date,
        relation=text(other, "続柄"),
        address=text(own, "住所"),
        spouse_address=text(other, "住所"),
        income=whole(must_know(known, claimant, TAX), "総所得額"),
        spouse_has_addition=claim.stated.get("spouse_has_addition", True),
        own_relation=text(own, "続柄"),
        circumstances=claim.circumstances,
    )
