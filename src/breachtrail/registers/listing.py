"""One list as a portal showed it: a CSV file, and how many rows it has."""

from dataclasses import dataclass

#: The column of record ids in lists that were read from a page's table.
RECORD_ID = "Record Id"


@dataclass(frozen=True)
class Listing:
    """The bytes of a list, whole and well-formed, and its number of rows."""

    body: bytes
    rows: int

    @property
    def has_record_ids(self) -> bool:
        """Whether it shows the register's own record ids."""
        return self.body.removeprefix(b"\xef\xbb\xbf").startswith(f'"{RECORD_ID}"'.encode())
