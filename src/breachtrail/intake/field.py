"""The fields of a report, in the order of OCR's own pages: what each takes, and when it is asked (stand-in)."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from breachtrail.notices.vocabulary import Vocabulary

Answers = Mapping[str, str | list[str]]
PAGES = ("general", "contact", "breach", "notice", "attestation")
YES_NO = ("Yes", "No")


@dataclass(frozen=True)
class Field:
    name: str
    page: str
    kind: str
    options: tuple[str, ...] = ()
    required: bool = True
    most: int = 200
    asked_if: tuple[str, tuple[str, ...]] | None = None
    confirmed: bool = True

    def asked(self, answers: Answers) -> bool:
        if self.asked_if is None:
            return True
        told = answers.get(self.asked_if[0], "")
        return bool(set(told if isinstance(told, list) else [told]) & set(self.asked_if[1]))


V = Vocabulary.load()
STATES = tuple(v for v in V.values("state") if v)
FIELDS = (
    Field("filer", "general", "one", ("covered_entity", "associate", "entity_for_associate")),
    Field("entity_name", "contact", "text"),
    Field(
        "entity_type",
        "contact",
        "one",
        ("Health Plan", "Healthcare Clearing House", "Healthcare Provider"),
        confirmed=False,
    ),
    Field("street", "contact", "text"),
    Field("city", "contact", "text"),
    Field("state", "contact", "one", STATES),
    Field("zip", "contact", "text", most=10),
    Field("contact_name", "contact", "text"),
    Field("contact_email", "contact", "text"),
    Field("contact_phone", "contact", "text", most=30),
    Field("associate_name", "contact", "text", asked_if=("filer", ("associate", "entity_for_associate"))),
    Field("breach_start", "breach", "day"),
    Field("breach_end", "breach", "day"),
    Field("discovered_start", "breach", "day"),
    Field("discovered_end", "breach", "day"),
    Field("individuals", "breach", "count"),
    Field(
        "breach_types",
        "breach",
        "one",
        ("Hacking/IT Incident", "Improper Disposal", "Loss", "Theft", "Unauthorized Access/Disclosure"),
    ),
    Field(
        "locations",
        "breach",
        "many",
        (
            "Desktop Computer",
            "Electronic Medical Record",
            "Email",
            "Laptop",
            "Network Server",
            "Other",
            "Other Portable Electronic Device",
            "Paper/Films",
        ),
    ),
    Field("location_other", "breach", "text", asked_if=("locations", ("Other",))),
    Field("description", "breach", "long", most=4000),
    Field("substitute_notice", "notice", "yes_no", YES_NO),
    Field("media_notice", "notice", "yes_no", YES_NO),
    Field("attested_by", "attestation", "text"),
)


def refusals(answers: Answers, page: str | None = None, now: dt.datetime | None = None) -> dict[str, str]:
    out = {}
    for f in FIELDS:
        if (page and f.page != page) or not f.asked(answers):
            continue
        v = answers.get(f.name, "")
        if not v:
            if f.required:
                out[f.name] = "missing"
        elif f.kind == "day":
            try:
                dt.date.fromisoformat(str(v))
            except ValueError:
                out[f.name] = "day"
        elif f.kind == "count" and not str(v).isdecimal():
            out[f.name] = "count"
        elif f.options and not set(v if isinstance(v, list) else [v]) <= set(f.options):
            out[f.name] = "option"
        elif isinstance(v, str) and len(v) > f.most:
            out[f.name] = "long"
    return out
