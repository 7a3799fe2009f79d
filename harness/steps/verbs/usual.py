"""What a scenario uses that is about something else: staff, fiscal year, and the claimant's record of that year."""

from typing import Any

from harness.contract.roles import owner_of, roles
from harness.gateways.south import Staff
from harness.residents.data_items import TAX, tax_items
from harness.steps.verbs.scene import Scene

STAFF = "児童扶養手当担当"
YEAR = "2012"


def owner(scene: Scene, information: str) -> Staff:
    """Somebody of an office that owns an information: who sees and decides what waits for it."""
    return scene.staff(roles()[owner_of(information)].name)


def tax_key(information: str, year: str = YEAR) -> dict[str, str]:
    """The enquiry key of an information, for this fiscal year where it has one."""
    return {"相当年度": year} if information == TAX else {}


def taxed(scene: Scene) -> dict[str, Any]:
    """The claimant's items of 地方税関係情報 for the year that scenarios ask for."""
    income = scene.household.income_of(scene.household.claimant, YEAR)
    assert income is not None
    return tax_items(income)
