"""A name without its dress."""

#: OCR's own notes in names; no part of who filed.
_NOTES = r"dormant:|\(?see master file\)?|,? ?privacy manager breach"
_KEY = "regexp_replace(regexp_replace(lower(strip_accents({name})), '{notes}', '', 'g'), '[^a-z0-9]+', '', 'g')"


def name_key(column: str = "name") -> str:
    """SQL for the letters and digits of a name: case, accents, blanks, punctuation and OCR's notes put aside."""
    return _KEY.format(name=column, notes=_NOTES)
