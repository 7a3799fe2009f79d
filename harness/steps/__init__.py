"""Gherkin steps, one file a function of the gateway; households and claims beside them."""

from harness.steps import (
    access_log,
    authorisation,
    business_log,
    child_rearing_allowance,
    crypto,
    households,
    id_conversion,
    linkage,
    network_connection,
    record_store,
)

STEP_MODULES = (
    households,
    network_connection,
    crypto,
    authorisation,
    linkage,
    id_conversion,
    record_store,
    access_log,
    business_log,
    child_rearing_allowance,
)
