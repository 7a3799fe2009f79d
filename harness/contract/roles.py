"""Staff roles (職責): the affairs that each may cite, and the informations that each owns."""

from dataclasses import dataclass
from functools import cache

from harness.contract.affairs import affairs
from harness.contract.extensions import merged
from harness.contract.items import informations


@dataclass(frozen=True)
class Role:
    """One role: code as it travels, Japanese name, affairs (事務) it may cite."""

    code: str
    name: str
    affairs: frozenset[str]


@cache
def roles() -> dict[str, Role]:
    """All roles by code."""
    return {code: Role(code, name, _cited_by(code)) for code, name in merged("roles.toml")["names"].items()}


def role_called(name: str) -> Role:
    """A role by its name, or by the title of an office that has it. Raises KeyError naming the ones there are."""
    by_name = {role.name: role for role in roles().values()}
    by_name |= {title: roles()[code] for title, code in merged("roles.toml")["titles"].items()}
    if name not in by_name:
        raise KeyError(f"{name}: 職責は {'、'.join(by_name)} のみ")
    return by_name[name]


def role_fits(code: str, affair: str) -> bool:
    """§4-3 認証・認可機能: does the role fit the affair of the legal basis? An unknown role fits none."""
    role = roles().get(code)
    return role is not None and affair in role.affairs


def role_owns(code: str, information: str) -> bool:
    """May the role decide about what waits of an information? Where nobody owns it, every role may."""
    known = informations().get(information)
    return known is None or not known.owners or code in known.owners


def owner_of(information: str) -> str:
    """The code of a role that owns an information; of any where nobody does."""
    return next(code for code in roles() if role_owns(code, information))


def _cited_by(code: str) -> frozenset[str]:
    own = (affair for affair in affairs().values() if affair.role == code)
    return frozenset(wording for affair in own for wording in affair.wordings)
