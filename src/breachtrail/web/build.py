"""The build: what of BreachTrail itself a page depends on, as one mark."""

import functools
import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@functools.cache
def mark() -> str:
    """A hash of every file of the package: code, templates, phrases, assets. It changes when any of them does."""
    found = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            found.update(f"{path.relative_to(_PACKAGE).as_posix()}\n{path.stat().st_size}\n".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]
