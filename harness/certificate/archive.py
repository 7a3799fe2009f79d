"""The file of a bundle: a ZIP of which there is one form only, so that not a byte of it can differ unseen."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from harness.certificate.refused import RefusedBundleError

LONGEST_BUNDLE = 500_000_000  # bytes, packed and unpacked; a run of 1,000 checks is some 30 MB unpacked
_MOST_FILES = 100
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that ZIP knows


def packed(files: Mapping[str, bytes]) -> bytes:
    """The bytes of a bundle: members sorted by name, without dates, rights or comments."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o600 << 16
            archive.writestr(member, files[name], compresslevel=6)
    return target.getvalue()


def unpacked(path: Path) -> dict[str, bytes]:
    """The members of a bundle by name. Raises RefusedBundleError for what is none, OSError where it cannot be read."""
    if path.stat().st_size > LONGEST_BUNDLE:
        raise RefusedBundleError("BUNDLE_BROKEN", f"{path.stat().st_size:,} バイト", "大きすぎない束")
    raw = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if len(members) > _MOST_FILES or size > LONGEST_BUNDLE:
                raise RefusedBundleError(
                    "BUNDLE_BROKEN", f"{len(members)}件、{size:,} バイト", "大きすぎない束"
                )
            files = {member.filename: _read(archive, member) for member in members}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError) as error:
        raise RefusedBundleError("BUNDLE_BROKEN", type(error).__name__, "renkei bundle が書いた束") from error
    return files


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """No more than the member says that it holds."""
    with archive.open(member) as file:
        return file.read(member.file_size + 1)
