"""A name without its dress, and the id that a person can read in which it stands."""

#: OCR's own notes in names; no part of who filed.
_NOTES = r"dormant:|\(?see master file\)?|,? ?privacy manager breach"
_KEY = "regexp_replace(regexp_replace(lower(strip_accents({name})), '{notes}', '', 'g'), '[^a-z0-9]+', '', 'g')"


def name_key(column: str = "name") -> str:
    """SQL for the letters and digits of a name: case, accents, blanks, punctuation and OCR's notes put aside."""
    return _KEY.format(name=column, notes=_NOTES)


def slug(column: str = "name") -> str:
    """SQL for the words of a name as they stand in an id; never changed, for ids once given stay valid for ever."""
    words = f"trim(left(regexp_replace(lower(strip_accents({column})), '[^a-z0-9]+', '-', 'g'), 40), '-')"
    return f"coalesce(nullif({words}, ''), 'unnamed')"


def readable_id() -> str:
    """SQL for an id, as ``ocr-2024-07-19-change-healthcare-inc-3f9a``, from what the first version of a notice says.

    It ends with the first four hex digits of ``row_hash``, or with a longer ``suffix`` where another notice's id does.
    """
    return f"concat_ws('-', prefix, coalesce(submitted_on::VARCHAR, 'undated'), {slug()}, coalesce(suffix, {short_suffix()}))"


def short_suffix() -> str:
    """SQL for the first four hex digits of the fifteen of ``row_hash``."""
    return "lower(lpad(to_hex(row_hash >> 44), 4, '0'))"


def shortened() -> str:
    """SQL for ``row_hash`` without the digits that no id shows."""
    return "row_hash >> 44 << 44"
