"""The key of the sketches: a file of random bytes that those who compare their lists share, and nobody else has."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

from breachtrail.errors import SketchError

#: Bytes of a key that is made here, and the fewest that one may have.
_BYTES = 32
_FIRST_LINE = "BreachTrail key 1"


@dataclass(frozen=True, repr=False)
class Key:
    """Keys for one purpose each, derived from the one in the file by HMAC-SHA256."""

    order: bytes
    mark: bytes
    fingerprint: bytes

    @classmethod
    def of(cls, secret: bytes) -> "Key":
        """The derived keys; the fingerprint (8 bytes) tells two keys apart and gives neither away."""
        order, mark, fingerprint = (
            hmac.digest(secret, f"BreachTrail people 1, {purpose}".encode(), hashlib.sha256)
            for purpose in ("order", "mark", "fingerprint")
        )
        return cls(order, mark, fingerprint[:8])

    @property
    def prefix(self) -> str:
        """What stands before every person where the order of a sketch is drawn: 96 bits as text."""
        return base64.b64encode(self.order).decode()[:16]

    def __repr__(self) -> str:
        return f"Key({self.fingerprint.hex()})"


def make(path: Path) -> Key:
    """Write a new key to ``path``, readable by its owner alone. Raises SketchError where a file lies there already."""
    secret = secrets.token_bytes(_BYTES)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(f"{_FIRST_LINE}\n{secret.hex()}\n")
    except FileExistsError:
        raise SketchError(
            f"{path} is there already, and a key that was used is not written over: without it no new list can be "
            "compared with the sketches made by it. Name another file."
        ) from None
    except OSError as error:
        raise SketchError(f"{path} cannot be written ({error.strerror}).") from None
    return Key.of(secret)


def load(path: Path) -> Key:
    """The key in ``path``. Raises SketchError where there is none, or a file that is no key."""
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise SketchError(
            f"There is no key {path}. Get the file from those whose lists are to be compared, or make the first one with "
            "`breachtrail sketch --new-key FILE`."
        ) from None
    except (OSError, UnicodeDecodeError):
        text = ""
    first, _, rest = text.partition("\n")
    try:
        secret = bytes.fromhex(rest.strip())
    except ValueError:
        secret = b""
    if first.strip() != _FIRST_LINE or len(secret) < _BYTES:
        raise SketchError(
            f"{path} is no key of BreachTrail: its first line should be {_FIRST_LINE!r}, its second {_BYTES} random bytes in "
            "hexadecimal. Words that somebody thought of are no key: they can be guessed, and with them everybody on the list."
        )
    return Key.of(secret)
