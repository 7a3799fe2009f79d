"""Defects that show after a restart only: whenever the gateway starts, something of what it confirmed is no longer so.
`reference+loses-pending-at-restart`; not in the kill matrix, as no scenario restarts the gateway: exploration does, and every whole run."""

from mocks.defects.at_restart.registry import RestartDefect, restart_defect, restart_names

__all__ = ["RestartDefect", "restart_defect", "restart_names"]
