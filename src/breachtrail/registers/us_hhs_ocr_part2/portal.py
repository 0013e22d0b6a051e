"""Its page is one of the portal's, and is read as the others are."""

from breachtrail.registers.us_hhs_ocr.portal import content, look

__all__ = ["content", "look"]
