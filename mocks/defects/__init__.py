"""One file a defect: a gateway that breaks one requirement. File name = defect name, in commands with hyphens."""

from mocks.defects.defect import Defect
from mocks.defects.registry import UnknownDefectError, defect, defects

__all__ = ["Defect", "UnknownDefectError", "defect", "defects"]
