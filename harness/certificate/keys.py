"""The key of whoever signs a bundle: the one who ran it, or the one who attests it. Never a key of the bench."""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from joserfc.jwk import ECKey

from harness.catalogue.findings import ConfigurationError
from harness.contract.keys import public_jwk
from harness.contract.strict_json import read_json

_THUMBPRINT_MEMBERS = ("crv", "kty", "x", "y")  # RFC 7638 §3.2


def create(path: Path) -> Path:
    """Writes a new private key (mode 600) and beside it its public half; the path of that. Raises ConfigurationError
    where one of them is there already."""
    key = ECKey.generate_key("P-256", private=True)
    private = key.as_dict(private=True)
    private["kid"] = thumbprint(private)
    public = path.with_suffix(".pub.jwk")
    for target, content in ((path, private), (public, public_jwk(private))):
        _write_new(target, json.dumps(content, indent=1) + "\n", 0o600 if target == path else 0o644)
    return public


def load(path: Path, *, private: bool) -> ECKey:
    """A key file as `create` writes it. Raises ConfigurationError."""
    try:
        return imported(read_json(path.read_bytes()), private=private)
    except OSError as error:
        raise ConfigurationError(
            f"{path}: 鍵を読めない（{error.strerror}）。renkei key で作れる。"
        ) from error
    except ValueError as error:
        raise ConfigurationError(f"{path}: 鍵として使えない（{error}）。renkei key で作れる。") from error


def imported(document: Any, *, private: bool) -> ECKey:
    """A JWK as key. Raises ValueError for what is no P-256 key with its own thumbprint as kid."""
    if not isinstance(document, dict) or document.get("kty") != "EC" or document.get("crv") != "P-256":
        raise ValueError("EC P-256 の JWK ではない")
    if ("d" in document) != private:
        raise ValueError("秘密鍵ではない" if private else "秘密鍵である。公開鍵を渡す")
    try:
        key = ECKey.import_key(document)
        kid = thumbprint(document)
    except Exception as error:  # joserfc and cryptography raise many kinds for a broken key
        raise ValueError(f"壊れている（{type(error).__name__}）") from error
    if document.get("kid") != kid:
        raise ValueError("kid が鍵の拇印（RFC 7638）ではない")
    return key


def thumbprint(jwk: Mapping[str, object]) -> str:
    """SHA-256 of the public members, base64url (RFC 7638)."""
    members = {name: jwk[name] for name in _THUMBPRINT_MEMBERS}
    text = json.dumps(members, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def _write_new(path: Path, text: str, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except OSError as error:
        raise ConfigurationError(f"{path}: 書けない（{error.strerror}）。別の名前を指定する。") from error
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
