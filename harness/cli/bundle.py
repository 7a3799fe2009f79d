"""`renkei bundle`, `renkei attest`, `renkei key`: what leaves the run folder, and who stands for it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Exit
from harness.certificate import attestation
from harness.certificate.archive import packed
from harness.certificate.attestation import Attestation
from harness.certificate.audit import audit
from harness.certificate.bundle import Contents, as_file, bundle
from harness.certificate.claims import CERTIFICATE, JOURNAL
from harness.certificate.keys import create, load
from harness.certificate.refused import RefusedBundleError
from harness.cli.ending import end
from harness.cli.streams import told
from harness.contract.keys import public_jwk
from harness.contract.texts import one_line
from reports.run.views import write_file, write_views

Key = Annotated[Path, typer.Option(help="署名する者の秘密鍵（renkei key で作る）")]
Out = Annotated[Path | None, typer.Option(help="書き出すファイル")]


def bundle_command(  # noqa: PLR0913  # one parameter an option of the command line
    run_folder: Annotated[Path, typer.Argument(help="実行フォルダー")],
    key: Key,
    matrix: Annotated[Path | None, typer.Option(help="renkei matrix が書いた matrix.json")] = None,
    calibration: Annotated[Path | None, typer.Option(help="回線の較正の記録 calibration.json")] = None,
    out: Out = None,
    views: Annotated[
        Path | None, typer.Option(help="束の中の記録（個人の情報を伏せたもの）から、報告を書き出すフォルダー")
    ] = None,
) -> None:
    """Exits 0, 1 where the run may not leave its folder, 2 for what cannot be read or written."""
    target = out or Path(f"{run_folder.name or 'run'}.renkei.zip")
    try:
        signer = load(key, private=True)
        _write(target, bundle(run_folder, signer, Contents(matrix, calibration)))
        held = _must_hold(target)
        if views is not None:
            write_masked_views(views, held)
    except (ConfigurationError, RefusedBundleError) as error:
        _end(error)
    told("書き出した束: {0}", one_line(str(target), 300))
    print(f"署名者の鍵の拇印: {signer.kid}")


def attest_command(  # noqa: PLR0913  # one parameter an option of the command line
    path: Annotated[Path, typer.Argument(help="束", metavar="BUNDLE")],
    key: Key,
    organisation: Annotated[str, typer.Option(help="団体")],
    name: Annotated[str, typer.Option(help="証言する人の氏名")],
    role: Annotated[str, typer.Option(help="職")],
    remarks: Annotated[str, typer.Option(help="所見")] = "",
    out: Out = None,
) -> None:
    """Exits 0, 1 where the bundle does not hold: nobody signs for what is wrong; 2 for what cannot be read."""
    try:
        signer = load(key, private=True)
        said = Attestation(organisation, name, role, date.today(), remarks)
        files = dict(_holding(path))
        token, public = attestation.names(signer)
        files[token] = attestation.signed(said, files[CERTIFICATE], signer)
        files[public] = as_file(public_jwk(signer.dict_value))
        _write(out or path, packed(files), replace=out is None)
    except OSError as error:
        _end(ConfigurationError(f"{path}: 束を読めない（{error.strerror}）。"))
    except (ConfigurationError, RefusedBundleError) as error:
        _end(error)
    told("証言を添えた束: {0}", one_line(str(out or path), 300))


def key_command(path: Annotated[Path, typer.Argument(help="秘密鍵のファイル")]) -> None:
    """Exits 0, or 2 where a file is there already."""
    try:
        public = create(path)
        told("秘密鍵: {0}　公開鍵: {1}", one_line(str(path), 300), one_line(str(public), 300))
    except ConfigurationError as error:
        _end(error)


def write_masked_views(folder: Path, files: Mapping[str, bytes]) -> None:
    """The reports of a bundle, of nothing but its own record: they hold no more than the bundle. Raises ConfigurationError."""
    try:
        folder.mkdir(parents=True)
        (folder / JOURNAL).write_bytes(files[JOURNAL])
        write_views(folder)
    except OSError as error:
        raise ConfigurationError(f"{folder}: 報告を書けない（{error.strerror}）。") from error


def _must_hold(path: Path) -> Mapping[str, bytes]:
    """What another would not believe is not handed out."""
    try:
        return _holding(path)
    except RefusedBundleError:
        path.unlink()
        raise


def _holding(path: Path) -> Mapping[str, bytes]:
    """The files of a bundle that holds. Raises RefusedBundleError for another, OSError where there is none."""
    found = audit(path)
    if found.objections or found.files is None:
        first = found.objections[0]
        raise RefusedBundleError(first.code, first.observed, first.expected)
    return found.files


def _write(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Whole or not at all; an existing file is replaced where that was asked for only. Raises ConfigurationError."""
    if path.exists() and not replace:
        raise ConfigurationError(f"{path}: もうある。別の --out を指定する。")
    try:
        write_file(path, content)
    except OSError as error:
        raise ConfigurationError(f"{path}: 書けない（{error.strerror}）。") from error


def _end(error: Exception) -> NoReturn:
    end(error, Exit.DOES_NOT_CONFORM if isinstance(error, RefusedBundleError) else Exit.CONFIGURATION)
