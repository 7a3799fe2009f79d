"""One file a defect: a gateway that breaks one requirement. File name = defect name, in commands with hyphens."""

from mocks.defects.registry import Defect, UnknownDefectError, defect, defects

__all__ = ["Defect", "UnknownDefectError", "defect", "defects"]
