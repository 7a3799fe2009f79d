"""AUTH-07: a sender outside of the directory is taken for somebody of it."""

from dataclasses import replace

from harness.contract.messages import Header
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.directory import Directory, Party
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-07"
SUMMARY = "団体一覧にない団体を別の団体とみなす"


class Obliging(Authorisation):
    """Finds a partner for everybody."""

    def partner(self, header: Header, directory: Directory) -> Party:
        """Somebody, where there is nobody of this code."""
        return directory.parties.get(header.sender) or next(iter(directory.parties.values()))


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(Obliging, functions.authorisation))
