"""Reports as somebody may file them: one that is whole, and texts that are meant to be more than text."""

#: Every field that a covered entity's own report wants, answered.
WHOLE: dict[str, str | list[str]] = {
    "filer": "covered_entity",
    "entity_name": "Alder Clinic",
    "entity_type": "Healthcare Provider",
    "entity_street": "1 Main Street",
    "entity_city": "Austin",
    "entity_state": "TX",
    "entity_zip": "78701",
    "entity_first_name": "Ann",
    "entity_last_name": "Alder",
    "entity_email": "ann@example.org",
    "entity_phone": "512 555 0100",
    "entity_phone_usage": "work",
    "affecting": "500_or_more",
    "breach_start": "2026-06-01",
    "breach_end": "2026-06-03",
    "discovered_start": "2026-06-10",
    "discovered_end": "2026-06-10",
    "individuals": "1234",
    "is_estimate": "Yes",
    "breach_type": "Hacking/IT Incident",
    "locations": ["Email", "Network Server"],
    "phi": ["clinical"],
    "phi_clinical": ["medications"],
    "description": "Somebody read the mail of a nurse.",
    "safeguards": ["privacy_rule"],
    "notice_start": "2026-07-01",
    "notice_end": "2026-08-15",
    "substitute_notice": "No",
    "media_notice": "No",
    "actions": ["passwords", "workforce_training"],
    "delay": "none",
    "attested": "true_and_accurate",
    "attested_by": "Ann Alder",
}

#: Texts that a page, a sheet or a reader could take for something else.
HOSTILE = {
    "script": "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} <%= 7*7 %>",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "turned": "Alder \u202egnp.exe\u2066 \u200f Clinic",
    "long": "Ä" * 4000,
    "address": "javascript:alert(1)",
    "lines": "first\nSet-Cookie: a=b\nlast",
}
