"""What every run reads and compiles before its first scenario and after its last: a warm process (processes/warm.py) does
it once for all of them."""

from importlib import import_module

from _pytest.config import default_plugins
from pytest_bdd.feature import get_features

from harness.catalogue.features import FEATURE_FOLDER, scenario_names
from harness.catalogue.findings import findings
from harness.catalogue.requirements import requirements
from harness.contract.items import informations
from harness.contract.keys import bench_keys
from harness.contract.law import table, versions
from harness.contract.organisations import organisations
from harness.contract.refusals import refusals
from harness.contract.roles import roles
from harness.contract.schemas import schema_names
from harness.contract.use_cases import use_cases
from harness.record.suite import suite_hash
from harness.residents.addresses import towns
from harness.residents.names import name_table
from reports.run import html_report

_PLUGINS = ("pytest_bdd.plugin", "xdist.plugin", "xdist.looponfail")


def everything() -> None:
    """All of it is kept by whoever reads it; the features by pytest-bdd, which keeps what it has parsed."""
    for name in default_plugins:
        import_module(f"_pytest.{name}")
    for name in _PLUGINS:
        import_module(name)
    get_features([str(FEATURE_FOLDER)])
    for read in (scenario_names, requirements, findings, informations, refusals, roles, use_cases):
        read()
    for read_too in (schema_names, suite_hash, towns, name_table, html_report.prepare):
        read_too()
    for version in versions():
        table(version)
    for code in organisations():
        bench_keys(code)
