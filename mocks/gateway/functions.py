"""The gateway as its functions (§4-3), one object each. Faces and flows reach every function through here, so
that another implementation of one function is put in with dataclasses.replace and nothing else changes."""

from dataclasses import dataclass, fields
from typing import Any, Final, TypeVar

from mocks.gateway.access_log import AccessLog
from mocks.gateway.authorisation import Authorisation
from mocks.gateway.batches import Batches
from mocks.gateway.business_log import BusinessLog
from mocks.gateway.crypto import Crypto
from mocks.gateway.id_conversion import IdConversion
from mocks.gateway.legacy_files import LegacyFiles
from mocks.gateway.linkage import Linkage
from mocks.gateway.network_connection import NetworkConnection
from mocks.gateway.notices import Notices
from mocks.gateway.offers import Offers
from mocks.gateway.platform_messaging import PlatformMessaging
from mocks.gateway.portal import Portal
from mocks.gateway.profiles import PROFILES
from mocks.gateway.record_store import RecordStore
from mocks.gateway.settings import Settings
from mocks.gateway.storage import Storage
from mocks.web.http_client import HttpClient

Broken = TypeVar("Broken")
_KEEPERS: Final = (
    PlatformMessaging,
    NetworkConnection,
    IdConversion,
    RecordStore,
    Linkage,
    Batches,
    Notices,
    Portal,
    AccessLog,
    BusinessLog,
    LegacyFiles,
)
TABLES: Final = "".join(keeper.TABLES for keeper in _KEEPERS)


@dataclass(frozen=True)
class Functions:
    """連携IF: network, messaging, crypto, authorisation, access_log. 中間IF: linkage, batches, notices, ids, records,
    business_log, legacy_files, portal. `offers`: which of them are declared."""

    network: NetworkConnection
    messaging: PlatformMessaging
    crypto: Crypto
    authorisation: Authorisation
    access_log: AccessLog
    linkage: Linkage
    batches: Batches
    notices: Notices
    ids: IdConversion
    records: RecordStore
    business_log: BusinessLog
    legacy_files: LegacyFiles
    portal: Portal
    offers: Offers
    storage: Storage


def assemble(settings: Settings, storage: Storage) -> Functions:
    """A gateway that meets the contract."""
    messaging = PlatformMessaging(storage)
    return Functions(
        network=NetworkConnection(HttpClient(settings.network), storage, messaging),
        messaging=messaging,
        crypto=Crypto(settings.keys),
        authorisation=Authorisation(
            settings.organisation, settings.tokens, PROFILES[settings.profile].tables
        ),
        access_log=AccessLog(storage),
        linkage=Linkage(settings.organisation, storage),
        batches=Batches(storage),
        notices=Notices(settings.organisation, storage),
        ids=IdConversion(storage),
        records=RecordStore(storage),
        business_log=BusinessLog(storage),
        legacy_files=LegacyFiles(storage),
        portal=Portal(storage),
        offers=Offers(PROFILES[settings.profile], settings.contract),
        storage=storage,
    )


def as_a(implementation: type[Broken], function: Any, **more: Any) -> Broken:
    """The same function with the methods of a subclass of it: same fields, other behaviour. `more`: fields that only the
    subclass has."""
    values = {f.name: getattr(function, f.name) for f in fields(function)}
    return implementation(**values, **more)
