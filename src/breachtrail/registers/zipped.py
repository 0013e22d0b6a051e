"""Zips, opened with care: what lists their members may lie, and a small one may unpack to more than any disk holds."""

import errno
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from breachtrail.errors import FileRefused

#: What a file may unpack to, if it comes as a zip.
LARGEST_UNPACKED = 8 * 1024**3
#: Beyond this, no more than so many times its own size: exports shrink to a tenth or so, bombs to a thousandth.
FREELY_UNPACKED = 256 * 1024**2
MOST_SHRUNK = 100
#: The list of members may take so many bytes: some ten thousand members, and a workbook has dozens.
_LONGEST_LIST = 1024**2
_END = b"PK\x05\x06"
#: What a damaged zip makes the library raise.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip in ``path``, if its list of members is no longer than any file of ours needs. Raises FileRefused."""
    try:
        if _length_of_list(path) > _LONGEST_LIST:
            raise FileRefused(
                f"{path.name} is a zip of more members than any export has; unpack it and name the files."
            )
        with zipfile.ZipFile(path) as archive:
            yield archive
    except BROKEN as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise FileRefused(
            f"{path.name} is a zip that cannot be unpacked ({why(error)}). Fetch or export it again."
        ) from None


def why(error: Exception) -> str:
    """What is wrong with a zip, in words of ours: the library quotes from the file."""
    if isinstance(error, NotImplementedError):
        return "it is packed in a way that is not known here"
    return "it is locked with a password" if "password" in str(error) else "it is damaged"


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, to: Path) -> None:
    """Write a member to ``to``. Raises FileRefused, naming ``path``, if it unpacks to too much."""
    most = min(LARGEST_UNPACKED, max(FREELY_UNPACKED, MOST_SHRUNK * path.stat().st_size))
    left = most
    with archive.open(member) as inner, to.open("wb") as outer:
        while block := inner.read(1 << 20):
            left -= len(block)
            if left < 0:
                raise FileRefused(f"{path.name} unpacks to more than {most:,} bytes, and no export does so.")
            outer.write(block)


def _length_of_list(path: Path) -> int:
    """Bytes of the list of members, as the end of the file says; 0 where it says nothing."""
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        file.seek(max(0, size - 65536 - 22))
        end = file.read()
    at = end.rfind(_END)
    return int(struct.unpack_from("<L", end, at + 12)[0]) if 0 <= at <= len(end) - 16 else 0
