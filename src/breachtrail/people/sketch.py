"""A sketch of the people on one list, and its file.

What is kept of each person is a keyed number, spread evenly over 63 bits; of a long list only the smallest numbers are
kept. That is a theta sketch (Dasgupta, Lang, Rhodes and Thaler 2016), and unions, intersections and their error bounds are
Apache DataSketches'. Its Python door takes one person at a time, so the numbers are made here, set-based, and handed over
in the library's own form (compact, serial version 3).

The file: a line with its kind, a line of JSON with what must be known of it, the library's bytes, and the SHA-256 of all that.
"""

import hashlib
import hmac
import json
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from breachtrail.errors import SketchError
from breachtrail.people.key import Key
from breachtrail.people.matching import RULES

if TYPE_CHECKING:
    from datasketches import compact_theta_sketch

#: So many numbers (2 to this power) are kept at most: a standard error of 0.4% of what is counted.
LG_KEPT = 16
KEPT: int = 2**LG_KEPT
#: All numbers lie below this, which also says that nobody was left out.
WHOLE = 2**63 - 1
#: Bits of a number that the order takes; the mark fills the other 47.
ORDER_BITS, _MARK_BITS = 16, 47

_LARGEST_FILE = 8 * KEPT + 2**20
_FIRST_LINE = b"BreachTrail sketch of people 1\n"
#: Preamble longs, serial version, family (compact), flags: ordered, compact, read-only.
_HEAD = struct.Struct("<BBBBBBHII")
_PREAMBLE, _SERIAL, _FAMILY, _ORDERED, _EMPTY = 3, 3, 3, 0x1A, 0x1E


@dataclass(frozen=True)
class Sketch:
    """The people on a list.

    name:        of the list, as its owner calls it
    rule:        by which two rows are one person (``people.matching``)
    rows, unread: rows of the list, and rows left out because a field could not be read: field → rows
    fingerprint: of the key, hexadecimal
    theta:       numbers below it are kept, of all up to ``WHOLE``; numbers: these, ascending
    """

    name: str
    rule: str
    rows: int
    unread: dict[str, int]
    fingerprint: str
    theta: int
    numbers: bytes = field(repr=False)

    @property
    def library(self) -> "compact_theta_sketch":
        """The same as Apache DataSketches takes it."""
        from datasketches import compact_theta_sketch

        return compact_theta_sketch.deserialize(_image(self), self.seed)

    @property
    def seed(self) -> int:
        """Tells the library which key the numbers were made by, so that it refuses to lay two together as well."""
        return int(self.fingerprint, 16)


def made(
    name: str, rule: str, rows: int, unread: dict[str, int], key: Key, theta: int, numbers: Sequence[int]
) -> Sketch:
    """A sketch of the numbers below ``theta``, of which the smallest ``KEPT`` are kept."""
    ordered = sorted(numbers)
    if len(ordered) > KEPT:
        theta, ordered = ordered[KEPT], ordered[:KEPT]
    packed = struct.pack(f"<{len(ordered)}Q", *ordered)
    return Sketch(name, rule, rows, unread, key.fingerprint.hex(), theta, packed)


def number(key: Key, person: str) -> int:
    """The keyed number of a person: 16 bits of MD5 over key and person, which a scan can sort by, then 47 of HMAC-SHA256.

    Never 0, which the library does not keep.
    """
    place = hashlib.md5(f"{key.prefix}{person}".encode(), usedforsecurity=False).digest()
    order = int.from_bytes(place, "little") >> (128 - ORDER_BITS)
    mark = int.from_bytes(hmac.digest(key.mark, person.encode(), hashlib.sha256)[:8], "big") >> (64 - _MARK_BITS)
    return order << _MARK_BITS | mark or 1


def below(order: int) -> int:
    """The smallest number that does not come before ``order``."""
    return min(order << _MARK_BITS, WHOLE)


def write(sketch: Sketch, path: Path, *, replace: bool = False) -> None:
    """Write the sketch. Raises SketchError where a file lies there already, unless it may be replaced."""
    told = {name: value for name, value in asdict(sketch).items() if name not in ("theta", "numbers")}
    content = _FIRST_LINE + json.dumps(told, ensure_ascii=True).encode() + b"\n" + _image(sketch)
    try:
        with path.open("wb" if replace else "xb") as file:
            file.write(content + hashlib.sha256(content).digest())
    except FileExistsError:
        raise SketchError(f"{path} is there already. Name another file, or write over it with --replace.") from None
    except OSError as error:
        raise SketchError(f"{path} cannot be written ({error.strerror}).") from None


def read(path: Path) -> Sketch:
    """The sketch in ``path``. Raises SketchError for a file that is none, or not whole."""
    try:
        content = b"" if path.stat().st_size > _LARGEST_FILE else path.read_bytes()
    except OSError as error:
        raise SketchError(f"{path} cannot be read ({error.strerror}).") from None
    if not content.startswith(_FIRST_LINE):
        raise SketchError(
            f"{path} is no sketch of people: it should begin with {_FIRST_LINE.decode().strip()!r}. Make one of a list with "
            "`breachtrail sketch LIST --key KEY`; sketches of other programs, or of a newer BreachTrail, cannot be read."
        )
    body, seal = content[:-32], content[-32:]
    if hashlib.sha256(body).digest() != seal:
        raise SketchError(
            f"{path} is not what was written: it was cut short or changed on its way. Nothing is counted; get it again."
        )
    head, _, image = body[len(_FIRST_LINE) :].partition(b"\n")
    try:
        return _checked(json.loads(head), image)
    except (ValueError, TypeError, KeyError, AttributeError, struct.error):
        raise SketchError(
            f"{path} says of itself what no sketch of people can be. It was not written by BreachTrail; nothing is counted."
        ) from None


def _image(sketch: Sketch) -> bytes:
    seed_hash = _seed_hash(sketch.seed)
    kept = len(sketch.numbers) // 8
    if not kept and sketch.theta == WHOLE:
        return struct.pack("<BBBBBBH", 1, _SERIAL, _FAMILY, 0, 0, _EMPTY, seed_hash)
    head = _HEAD.pack(_PREAMBLE, _SERIAL, _FAMILY, 0, 0, _ORDERED, seed_hash, kept, 0)
    return head + struct.pack("<Q", sketch.theta) + sketch.numbers


def _seed_hash(seed: int) -> int:
    from datasketches import update_theta_sketch

    return int(update_theta_sketch(seed=seed).get_seed_hash())


def _checked(told: dict[str, Any], image: bytes) -> Sketch:
    empty = len(image) == 8
    theta = WHOLE if empty else struct.unpack_from("<Q", image, 16)[0]
    sketch = Sketch(
        str(told["name"]), str(told["rule"]), int(told["rows"]), {str(k): int(v) for k, v in told["unread"].items()},
        str(told["fingerprint"]), theta, b"" if empty else image[24:],
    )  # fmt: skip
    numbers = struct.unpack(f"<{len(sketch.numbers) // 8}Q", sketch.numbers)
    ascends = all(one < other for one, other in zip((0, *numbers), (*numbers, theta), strict=True))
    if sketch.rule not in RULES or len(sketch.fingerprint) != 16 or len(numbers) > KEPT or not ascends or theta > WHOLE:
        raise ValueError
    if _image(sketch) != image or sketch.rows < len(numbers) or min(sketch.unread.values(), default=0) < 0:
        raise ValueError
    return sketch
