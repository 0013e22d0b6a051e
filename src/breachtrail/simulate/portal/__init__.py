"""A stand-in of the HHS OCR breach portal, for whoever reads it by machine: see docs/stand-in-portal.md."""

from breachtrail.simulate.portal import days
from breachtrail.simulate.portal.answer import Answer
from breachtrail.simulate.portal.faults import FAULTS, Fault
from breachtrail.simulate.portal.log import Entry
from breachtrail.simulate.portal.portal import Portal
from breachtrail.simulate.portal.state import Row, State
from breachtrail.simulate.portal.switches import Switches

__all__ = ["FAULTS", "Answer", "Entry", "Fault", "Portal", "Row", "State", "Switches", "days"]
