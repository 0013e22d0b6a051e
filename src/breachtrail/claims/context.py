"""What an article has said so far, and so need not say again: period, unit, conditions, the organisation spoken of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from breachtrail.claims.figure import Unit
from breachtrail.questions.condition import Condition

Days = tuple[date | None, date | None]
NO_DAYS: Days = (None, None)


@dataclass
class Context:
    """Grows from sentence to sentence; a heading, and a new paragraph, take back what was narrower than they are.

    title, section, paragraph: the period in force there; None where none was told
    lead:         the first period that the text told, for what has no other
    heading:      conditions in the heading of the section
    before:       conditions in the sentence before, in the same paragraph
    counted:      conditions of the last claim in the paragraph, which "of those" means
    unit:         unit of the last figure; ``list_unit``: that of the sentence that introduces a list
    organisation: the one named last in the paragraph
    """

    title: Days | None = None
    section: Days | None = None
    paragraph: Days | None = None
    lead: Days | None = None
    heading: tuple[Condition, ...] = ()
    heading_unit: Unit = Unit.UNTOLD
    before: tuple[Condition, ...] = ()
    counted: tuple[Condition, ...] | None = None
    unit: Unit = Unit.UNTOLD
    list_unit: Unit = Unit.UNTOLD
    list_days: Days | None = None
    list_conditions: tuple[Condition, ...] = ()
    organisation: str = ""

    def days(self) -> Days | None:
        """The period that holds where a sentence tells none."""
        for told in (self.paragraph, self.section, self.title, self.lead):
            if told is not None:
                return told
        return None

    def new_section(self, days: Days | None, conditions: Sequence[Condition], unit: Unit) -> None:
        self.section, self.heading, self.heading_unit = days, tuple(conditions), unit
        self.new_paragraph()
        self.list_unit, self.list_days, self.list_conditions = unit, days, tuple(conditions)

    def new_paragraph(self) -> None:
        self.paragraph, self.before, self.counted = None, (), None
        self.unit = Unit.UNTOLD
