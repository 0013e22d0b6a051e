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
    wider:        the last period of a paragraph that holds more than the title's: what the text went on to speak of
    is_doubtful:  the paragraph spoke of several years: of which it counts next is not sure
    is_of_another_day: the paragraph gives figures as they were known on another day
    lead:         the first period that the text told, for what has no other
    heading:      conditions in the heading of the section
    before:       conditions in the sentence before, in the same paragraph
    counted:      conditions of the last claim in the paragraph, which "of those" means
    unit, units:  unit of the last figure, and of all in the sentence before; ``section_units``: of all since the heading;
                  ``list_unit``: that of the sentence that introduces a list
    organisation: the one named last in the paragraph
    """

    title: Days | None = None
    section: Days | None = None
    paragraph: Days | None = None
    lead: Days | None = None
    wider: Days | None = None
    is_doubtful: bool = False
    is_of_another_day: bool = False
    heading: tuple[Condition, ...] = ()
    heading_unit: Unit = Unit.UNTOLD
    before: tuple[Condition, ...] = ()
    counted: tuple[Condition, ...] | None = None
    unit: Unit = Unit.UNTOLD
    units: frozenset[Unit] = frozenset()
    section_units: frozenset[Unit] = frozenset()
    list_unit: Unit = Unit.UNTOLD
    list_days: Days | None = None
    list_conditions: tuple[Condition, ...] = ()
    organisation: str = ""

    def days(self) -> Days | None:
        """The period that holds where a sentence tells none."""
        if self.paragraph is not None:
            return self.paragraph
        around = next((told for told in (self.section, self.title) if told is not None), None)
        if around is not None and self.wider is not None and _holds(self.wider, around):
            return self.wider
        return around or self.lead

    def speak_of(self, days: Days) -> None:
        """A sentence names its period; of one within the period before, it is not sure which of them holds next."""
        if self.paragraph is not None and days != self.paragraph and _holds(self.paragraph, days):
            self.is_doubtful = True
        self.paragraph = days
        self.lead = self.lead or days
        if self.title is not None and not _within_a_year(days) and _within_a_year(self.title):
            self.is_doubtful = True
        around = self.section or self.title
        if around is not None and days != around:
            self.wider = days if _holds(days, around) else self.wider
        elif around is not None:
            self.wider = None

    def new_section(self, days: Days | None, conditions: Sequence[Condition], unit: Unit) -> None:
        self.section, self.heading, self.heading_unit = days, tuple(conditions), unit
        self.new_paragraph()
        self.section_units = frozenset({unit} - {Unit.UNTOLD})
        self.list_unit, self.list_days, self.list_conditions = unit, days, tuple(conditions)

    def new_paragraph(self) -> None:
        self.paragraph, self.before, self.counted = None, (), None
        self.is_doubtful = self.is_of_another_day = False
        self.unit, self.units = Unit.UNTOLD, frozenset()


def _holds(outer: Days, inner: Days) -> bool:
    """Whether the inner period lies within the outer one, both being closed and of one year."""
    return (
        None not in (*outer, *inner)
        and str(outer[0]) <= str(inner[0])
        and str(inner[1]) <= str(outer[1])
        and str(outer[0])[:4] == str(inner[0])[:4]
    )


def _within_a_year(days: Days) -> bool:
    return None not in days and str(days[0])[:4] == str(days[1])[:4]
