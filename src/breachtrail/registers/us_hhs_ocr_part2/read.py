"""Its exports are those of the portal's first list, with other headings and one column less."""

from breachtrail.registers.us_hhs_ocr.read import layout

__all__ = ["layout"]
