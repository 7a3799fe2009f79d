"""Defects that show under load only: once in so many messages. `reference+loses-one-in-10000`; not in the kill matrix, as
the suite asks a few hundred times and may never meet one."""

from mocks.defects.under_load.registry import LoadDefect, load_defect, load_names

__all__ = ["LoadDefect", "load_defect", "load_names"]
