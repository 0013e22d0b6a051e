"""Its page is one of the portal's, and is read as the others are."""

from breachtrail.registers.us_hhs_ocr.portal import look

__all__ = ["look"]
