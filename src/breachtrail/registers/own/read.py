"""Its exports wear the portal's dress, with the number of each notice before it: by this column they are known."""

from collections.abc import Sequence

from breachtrail.errors import FileRefused
from breachtrail.registers.register import Layout, Register
from breachtrail.registers.us_hhs_ocr import read


def layout(register: Register, header: Sequence[str], file_name: str) -> Layout:
    """Which cell of a row holds which column of a notice. Raises FileRefused for a header without the number."""
    known = {cell.strip().casefold() for cell in header}
    if not known & {name.casefold() for name in register.record_id}:
        raise FileRefused(
            f"{file_name} is no export of {register.title['en']}: it has no column {register.record_id[0]!r}. "
            "Write one with `breachtrail intake publish`."
        )
    return read.layout(register, header, file_name)
