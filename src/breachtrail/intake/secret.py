"""What the office must be told and nobody else may know: read from the environment once, and none has a default."""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from breachtrail.errors import IntakeError

KEY = "BREACHTRAIL_INTAKE_KEY"
ADDRESS = "BREACHTRAIL_INTAKE_ADDRESS"
ISSUER = "BREACHTRAIL_INTAKE_OIDC_ISSUER"
CLIENT = "BREACHTRAIL_INTAKE_OIDC_CLIENT"
CLIENT_SECRET = "BREACHTRAIL_INTAKE_OIDC_SECRET"

#: Bytes of the key, of a session's token, of an access key: 256 bits each.
STRENGTH = 32
_NONCE = 12


@dataclass(frozen=True)
class Provider:
    """One OpenID Connect provider: its issuer as it writes it itself, and what it knows this office by."""

    issuer: str
    client: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Secrets:
    """key: seals what must be read again (the seeds of one-time codes); address: the origin people type; provider."""

    address: str
    key: bytes = field(repr=False)
    provider: Provider | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Secrets":
        """Read and judge the variables. Raises IntakeError for one that is missing or cannot be meant."""
        return cls(address_of(environment), _key(environment), _provider(environment))

    @property
    def host(self) -> str:
        """The host of the address, as a request names it in its Host line, without the port."""
        return urlsplit(self.address).hostname or ""

    def seal(self, text: str, bound_to: str) -> str:
        """``text`` under AES-256-GCM with a fresh nonce; it opens again only for the same ``bound_to``."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(self.key).encrypt(nonce, text.encode(), bound_to.encode())
        return base64.b64encode(nonce + sealed).decode("ascii")

    def unseal(self, sealed: str, bound_to: str) -> str:
        """What was sealed. Raises IntakeError where another key sealed it, or it was changed."""
        raw = base64.b64decode(sealed)
        try:
            return AESGCM(self.key).decrypt(raw[:_NONCE], raw[_NONCE:], bound_to.encode()).decode()
        except InvalidTag:
            raise IntakeError(
                f"What is sealed in the store does not open with {KEY}. The store was made with another key, or was "
                "changed from outside. Start with the key it was made with."
            ) from None


def new_key() -> str:
    """A fresh key, as ``BREACHTRAIL_INTAKE_KEY`` wants it."""
    return base64.b64encode(secrets.token_bytes(STRENGTH)).decode("ascii")


def _key(environment: Mapping[str, str]) -> bytes:
    try:
        key = base64.b64decode(environment.get(KEY, ""), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != STRENGTH or len(set(key)) < STRENGTH // 4:
        raise IntakeError(
            f"{KEY} must hold 32 random bytes in base64; it is missing, or holds something else. "
            "Make one with `breachtrail intake key`, and keep it where no backup of the store lies."
        )
    return key


def address_of(environment: Mapping[str, str]) -> str:
    """The origin that people type. Raises IntakeError where it is missing or cannot be meant."""
    address = environment.get(ADDRESS, "").rstrip("/")
    parts = urlsplit(address)
    local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if (
        not parts.hostname
        or parts.path
        or parts.query
        or not (parts.scheme == "https" or (parts.scheme == "http" and local))
    ):
        raise IntakeError(
            f"{ADDRESS} must hold the address that people type, such as https://register.example.org, without a path; "
            f"it holds {address!r}. Plain http is for this machine alone."
        )
    return address


def _provider(environment: Mapping[str, str]) -> Provider | None:
    told = {name: environment.get(name, "") for name in (ISSUER, CLIENT, CLIENT_SECRET)}
    missing = [name for name, value in told.items() if not value]
    if len(missing) == len(told):
        return None
    if missing:
        raise IntakeError(f"An OpenID Connect provider takes three variables; missing: {', '.join(missing)}.")
    return Provider(told[ISSUER], told[CLIENT], told[CLIENT_SECRET])
