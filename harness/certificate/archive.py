"""The file of a bundle: a ZIP of which there is one form only, but for how well each file was compressed: that differs
from one zlib to the next, and says nothing."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.certificate.refused import RefusedBundleError

LONGEST_BUNDLE = 500_000_000  # bytes, packed and unpacked; a run of 1,000 checks is some 30 MB unpacked
_MOST_FILES = 100
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that ZIP knows
_DAY = 1 << 5 | 1  # the same as ZIP writes it
_VERSION, _UNIX, _RIGHTS = 20, 3, 0o600 << 16
_NOT_WRITTEN_BY_US = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    ValueError,
    RuntimeError,
)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The bytes of a bundle: members sorted by name, without dates, rights or comments."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = _UNIX
            member.external_attr = _RIGHTS
            archive.writestr(member, files[name], compresslevel=6)
    return target.getvalue()


def unpacked(path: Path) -> dict[str, bytes]:
    """The members of a bundle by name. Raises RefusedBundleError for what is none, or has anything in it beside them;
    OSError where it cannot be read."""
    if path.stat().st_size > LONGEST_BUNDLE:
        raise RefusedBundleError("BUNDLE_BROKEN", f"{path.stat().st_size:,} バイト", "大きすぎない束")
    raw = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
        _must_be_bounded(members)
        streams = [_stream(raw, member) for member in members]
        files = {
            member.filename: _inflated(member, stream)
            for member, stream in zip(members, streams, strict=True)
        }
        same = raw == _framed(members, streams)
    except _NOT_WRITTEN_BY_US as error:
        raise RefusedBundleError("BUNDLE_BROKEN", type(error).__name__, "renkei bundle が書いた束") from error
    if not same or sorted(files) != [member.filename for member in members]:
        raise RefusedBundleError("BUNDLE_CHANGED", "束の形が違う", "renkei bundle が書いたままの束")
    return files


def _must_be_bounded(members: Sequence[zipfile.ZipInfo]) -> None:
    size = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES or size > LONGEST_BUNDLE:
        observed = f"{len(members)}件、{size:,} バイト"
        raise RefusedBundleError("BUNDLE_BROKEN", observed, "大きすぎない束")


def _stream(raw: bytes, member: zipfile.ZipInfo) -> bytes:
    """What stands between two headers, where our own form has it."""
    start = member.header_offset + _LOCAL.size + len(member.filename)
    return raw[start : start + member.compress_size]


def _inflated(member: zipfile.ZipInfo, stream: bytes) -> bytes:
    """As long as the member says, never more, and nothing behind it. Raises zlib.error, ValueError."""
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    content = reader.decompress(stream, member.file_size + 1)
    if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
        raise ValueError("another content")
    # An empty read lets zlib see the end of a stream whose last byte gave nothing more.
    if reader.decompress(reader.unconsumed_tail, 1) or not reader.eof or reader.unused_data:
        raise ValueError("more than the content")
    return content


_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


def _framed(members: Sequence[zipfile.ZipInfo], streams: Sequence[bytes]) -> bytes:
    """Our own form around these streams: what is hidden elsewhere, or said twice, is not in it."""
    parts, directory, offset = [], [], 0
    for member, stream in zip(members, streams, strict=True):
        name = member.filename.encode("ascii")
        sizes = (member.CRC, len(stream), member.file_size)
        common = (_VERSION, 0, zipfile.ZIP_DEFLATED, 0, _DAY, *sizes, len(name))
        local = _LOCAL.pack(b"PK\3\4", *common, 0) + name + stream
        made_by = _UNIX << 8 | _VERSION
        directory.append(_CENTRAL.pack(b"PK\1\2", made_by, *common, 0, 0, 0, 0, _RIGHTS, offset) + name)
        parts.append(local)
        offset += len(local)
    central = b"".join(directory)
    counts = (0, 0, len(members), len(members), len(central), offset, 0)
    return b"".join((*parts, central, _END.pack(b"PK\5\6", *counts)))
