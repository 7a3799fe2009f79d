"""The file of a bundle: nothing beside, before, behind or between its members, however well they are compressed."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from harness.certificate.archive import packed, unpacked
from harness.certificate.refused import RefusedBundleError

FILES = {
    "a.json": b'{"a":' + b"0123456789" * 500 + b"}",
    "attestations/b.jws": bytes(range(256)),
    "c.jsonl": b"",
}


def written(names: list[str], level: int = 6, **changes: Any) -> bytes:
    """A ZIP in our form, but for these names in this order, and what of each member is otherwise."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            member.external_attr = 0o600 << 16
            for field, value in changes.items():
                setattr(member, field, value)
            archive.writestr(member, FILES.get(name, b"x"), compresslevel=level)
    return target.getvalue()


def refused(raw: bytes, folder: Path) -> str:
    """The code by which it is refused."""
    (folder / "b.zip").write_bytes(raw)
    with pytest.raises(RefusedBundleError) as caught:
        unpacked(folder / "b.zip")
    return caught.value.objection.code


@pytest.mark.parametrize("level", [0, 1])
def test_another_zlib_packs_the_same_bundle(level: int, tmp_path: Path) -> None:
    raw = written(sorted(FILES), level)
    assert raw != packed(FILES)
    (tmp_path / "b.zip").write_bytes(raw)
    assert unpacked(tmp_path / "b.zip") == FILES


@pytest.mark.parametrize(
    ("names", "changes"),
    [
        (sorted(FILES, reverse=True), {}),
        ([*sorted(FILES), "c.jsonl"], {}),
        (["a.json", "あ.json"], {}),
        (sorted(FILES), {"date_time": (1981, 1, 1, 0, 0, 0)}),
        (sorted(FILES), {"comment": b"x"}),
        (sorted(FILES), {"extra": b"\xfe\xca\x00\x00"}),
        (sorted(FILES), {"external_attr": 0o777 << 16}),
        (sorted(FILES), {"compress_type": zipfile.ZIP_STORED}),
        (sorted(FILES), {"compress_type": zipfile.ZIP_BZIP2}),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_another_form_is_refused(names: list[str], changes: dict[str, Any], tmp_path: Path) -> None:
    assert refused(written(names, **changes), tmp_path) in {"BUNDLE_CHANGED", "BUNDLE_BROKEN"}


def test_what_is_hidden_in_the_file_is_refused(tmp_path: Path) -> None:
    raw = packed(FILES)
    second = raw.index(b"PK\3\4", 1)
    directory = raw.index(b"PK\1\2")
    for place in (0, second, directory, len(raw)):
        assert refused(raw[:place] + b"hidden" + raw[place:], tmp_path) in {"BUNDLE_CHANGED", "BUNDLE_BROKEN"}
    assert refused(raw[:second] + raw, tmp_path) in {"BUNDLE_CHANGED", "BUNDLE_BROKEN"}


def test_what_is_hidden_behind_the_end_of_a_stream_is_refused(tmp_path: Path) -> None:
    """The headers count it as compressed, and no reader inflates it."""
    content = b"abc" * 50
    honest = packed({"a": content})
    deflater = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    stream = deflater.compress(content) + deflater.flush()
    size, longer = len(stream).to_bytes(4, "little"), (len(stream) + 6).to_bytes(4, "little")
    assert honest.count(size) >= 2
    raw = honest.replace(size, longer).replace(stream, stream + b"hidden")
    offset = honest.index(b"PK\1\2").to_bytes(4, "little")
    raw = raw.replace(offset, (honest.index(b"PK\1\2") + 6).to_bytes(4, "little"))
    assert refused(raw, tmp_path) == "BUNDLE_BROKEN"


def test_a_bomb_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    raw = packed({"a": b"\0" * 10_000_000})
    size = (10_000_000).to_bytes(4, "little")
    for said in (5, 4_000_000_000):
        assert refused(raw.replace(size, said.to_bytes(4, "little")), tmp_path) == "BUNDLE_BROKEN"
