"""Entry point of the plugin: options, and one Run plugin per process when --gateway is given."""

import sys
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from harness.bench.bench import Bench, Introduced, Reach, Target, open_bench
from harness.bench.network import Address
from harness.bench.partner import Partner, open_with_partner
from harness.bench.presence import forget
from harness.bench.run_folder import keep_gateway, make
from harness.catalogue.features import FEATURE_FOLDER
from harness.catalogue.findings import ConfigurationError, InconclusiveError
from harness.catalogue.verdicts import Exit
from harness.contract.extension_faults import faults
from harness.contract.journal import FILE_NAME, Journal
from harness.contract.seclusion import seclude
from harness.contract.statement import Statement
from harness.contract.whereabouts import answering
from harness.languages.choice import spoken
from harness.model.history.reading import keys_of
from harness.plugin import fixtures, partner, selection
from harness.plugin.added import added_steps, feature_modules
from harness.plugin.closing import Opening
from harness.plugin.command_line import add_options, refuse_empty, refuse_endless
from harness.plugin.earlier import take_up
from harness.plugin.evidence import Before, Evidence, WorkersWord
from harness.plugin.exploring import kept_in
from harness.plugin.options import Options
from harness.plugin.recorder import Recorder
from harness.plugin.replay import recorded_in
from harness.plugin.run_log import RunLog, Views, Worker
from harness.plugin.stacks import tidy
from harness.plugin.standstill import watching
from harness.plugin.unforeseen import unforeseen
from harness.record.reader import read
from harness.steps import STEP_MODULES
from renkei_door.pytest_plugin import ASKING

FEATURES = FEATURE_FOLDER / "test_features.py"
BENCH = pytest.StashKey[Reach]()
OPTIONS = pytest.StashKey[Options]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of a run."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Markers that scenario tags become."""
    for tag, marker in selection.MARKERS.items():
        config.addinivalue_line("markers", f"{marker}(value): @{tag}")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Opens the bench before pytest starts a session, so that bad input ends with one sentence and exit 2."""
    try:
        refuse_empty(config)
        refuse_endless(config)
        if not _is_a_run(config) or config.option.collectonly:
            return None
        for fault in faults():
            raise ConfigurationError(fault)
        sentences = (*STEP_MODULES, *added_steps())
        seclude()
        if hasattr(config, "workerinput"):
            _attach(config)
        elif config.getoption("replay"):
            _replay(config, Path(config.getoption("replay")))
        else:
            _open(config)
    except ConfigurationError as error:
        sys.stderr.write(f"{spoken(str(error))}\n")
        return int(Exit.CONFIGURATION)
    except InconclusiveError as error:
        sys.stderr.write(f"{spoken(str(error))}\n")
        return int(Exit.INCONCLUSIVE)
    except KeyboardInterrupt:
        sys.stderr.write(f"{spoken('中断した。まだ何も検証していない。')}\n")
        return int(Exit.INCONCLUSIVE)
    except Exception as error:
        sys.stderr.write(f"{spoken(unforeseen(error, _folder_of(config)))}\n")
        return int(Exit.BENCH_ERROR)
    for module in (fixtures, *sentences):
        config.pluginmanager.register(module)
    return None


def pytest_bdd_apply_tag(tag: str, function: pytest.Function) -> bool | None:
    """Requirement and use case tags become markers; pytest-bdd keeps the others."""
    return selection.mark_scenario(tag, function) or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The selection holds, in the order of the seed."""
    if BENCH in config.stash:
        options = config.stash[OPTIONS]
        bench = config.stash[BENCH]
        if bench.partner is None:
            out = selection.deselect(items, options, bench.statement)
        else:
            out = partner.deselect(items, bench.statement, bench.partner)
        selection.shuffle(items, options.seed)
        config.hook.pytest_deselected(items=out)
        if hasattr(config, "workerinput"):
            selection.longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """xdist: every worker gets the addresses of the one network and the one gateway."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]  # xdist is untyped
    if BENCH in config.stash:
        bench, options = config.stash[BENCH], config.stash[OPTIONS]
        node.workerinput["renkei"] = {  # type: ignore[attr-defined]
            "statement": bench.statement.to_document(),
            "partner": bench.partner.to_document() if bench.partner else None,
            "network": [bench.network.url, bench.network.token],
            "folder": str(options.folder),
            "options": options.to_entry(),
            "faulthandler": options.faulthandler,
            "tbstyle": config.getoption("tbstyle", "auto"),
            "args": list(config.args),
            "pyargs": config.option.pyargs,
        }


def _open(config: pytest.Config) -> None:
    """The controlling process: starts everything and ends it when pytest unconfigures, however it goes."""
    options = Options.read(config)
    if options.corpus:
        kept_in(options.corpus)  # before anything is started
    keys = None
    if config.getoption("resume"):
        take_up(options.folder)
        forget(options.folder)
        keys = keys_of(read(options.folder / FILE_NAME))  # one run, one set of keys
    else:
        make(options.folder)
        keep_gateway(options.folder, options.gateway)
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args[:], config.option.pyargs = feature_modules(), True
    before = Before.of(options.folder / FILE_NAME)
    stack = ExitStack()
    config.add_cleanup(partial(_close, stack, options.folder))
    # First, so that it is over last: what ends the processes is watched, too.
    stack.callback(tidy, options.folder)
    stack.enter_context(answering(options.folder, "bench", again_and_again=options.faulthandler))
    watch = stack.enter_context(watching(options.folder, options.standstill))
    opening = Opening(options.seed)
    target = Target(
        options.gateway, options.statement, options.folder, options.allowed, keys=keys, seed=options.seed
    )
    bench = stack.enter_context(_bench(target, options, opening))
    partner.must_have_business(bench)
    journal = Journal.open(options.folder / FILE_NAME, "bench")
    stack.callback(journal.close)
    _keep(config, options, bench, journal, partial(fixtures.live, bench, options.folder, options.seed))
    evidence = Evidence(options.folder, journal, bench.network, before)
    config.pluginmanager.register(evidence, "renkei-evidence")
    config.pluginmanager.register(
        RunLog(config, options, bench, evidence, opening=opening, watch=watch), "renkei-run-log"
    )
    config.pluginmanager.register(Views(evidence), "renkei-views")


def _bench(target: Target, options: Options, opening: Opening) -> AbstractContextManager[Bench]:
    if options.partner:
        return open_with_partner(target, Partner(options.partner, options.partner_statement))
    return open_bench(target if options.requirements else replace(target, first=opening))


def _replay(config: pytest.Config, folder: Path) -> None:
    """The scenarios of a recorded run once more, with the record in place of gateway and network."""
    record, options = recorded_in(folder, Path(config.getoption("run_folder")).absolute())
    make(options.folder)
    statement = Statement.from_document(record.run["statement"])
    bench = Bench(statement, Address("", ""), Introduced(statement, record.health, record.introduction))
    journal = Journal.open(options.folder / FILE_NAME, "bench")
    config.add_cleanup(journal.close)
    _keep(config, options, bench, journal, partial(fixtures.recorded, record, bench.statement))
    evidence = Evidence(options.folder, journal, bench.network, Before())
    run_log = RunLog(config, options, bench, evidence, recorded=folder / FILE_NAME)
    config.pluginmanager.register(run_log, "renkei-run-log")


def _attach(config: pytest.Config) -> None:
    """A worker of xdist: reaches what the controlling process has started."""
    given = config.workerinput["renkei"]  # type: ignore[attr-defined]  # set by pytest_configure_node
    config.args[:], config.option.pyargs = given["args"], given["pyargs"]
    config.option.tbstyle = given["tbstyle"]
    its = Statement.from_document(given["partner"]) if given["partner"] else None
    bench = Reach(Statement.from_document(given["statement"]), Address(*given["network"]), partner=its)
    options = Options.from_entry(given["options"], Path(given["folder"]))
    worker: str = config.workerinput["workerid"]  # type: ignore[attr-defined]
    stacks = ExitStack()
    config.add_cleanup(stacks.close)
    stacks.enter_context(answering(options.folder, worker, again_and_again=given["faulthandler"]))
    journal = Journal.open(options.folder / FILE_NAME, worker)
    _keep(config, options, bench, journal, partial(fixtures.live, bench, options.folder, options.seed))
    config.pluginmanager.register(Worker(), "renkei-worker")
    config.pluginmanager.register(WorkersWord(journal), "renkei-workers-word")


def _folder_of(config: pytest.Config) -> Path | None:
    return config.stash[OPTIONS].folder if OPTIONS in config.stash else None


def _close(stack: ExitStack, folder: Path) -> None:
    """What fails while everything is ended changes no verdict: that was reached, and is written."""
    try:
        stack.close()
    except Exception as error:
        sys.stderr.write(f"{spoken(unforeseen(error, folder))}\n")


def _is_a_run(config: pytest.Config) -> bool:
    return any(config.getoption(option) for option in ASKING)


def _keep(
    config: pytest.Config, options: Options, bench: Reach, journal: Journal, opening: fixtures.Opening
) -> None:
    """Where hooks and fixtures of this process find what it has to do with."""
    config.stash[OPTIONS], config.stash[BENCH] = options, bench
    config.pluginmanager.register(Recorder(journal), "renkei-recorder")
    config.pluginmanager.register(fixtures.Access(options.seed, journal, opening), fixtures.ACCESS)
