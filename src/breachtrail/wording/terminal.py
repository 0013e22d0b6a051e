"""What the commands say, as columns and lines of text in the reader's language; only ``cli.py`` prints it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from breachtrail.ledger.asof import Coverage
from breachtrail.ledger.trails import look_before
from breachtrail.questions import catalog
from breachtrail.wording.phrases import Phrases
from breachtrail.wording.runs import details, run_line

Table = tuple[Sequence[str], Sequence[Sequence[str]], Sequence[bool]]

#: Columns of a list of notices for machines, with their DuckDB types.
NOTICE_COLUMNS = (
    ("id", "name", "state", "entity_type", "individuals", "submitted_on", "breach_types", "locations",
     "business_associate", "status", "first_seen", "known_from", "description"),
    ("VARCHAR", "VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "DATE", "VARCHAR[]", "VARCHAR[]",
     "VARCHAR", "VARCHAR", "DATE", "DATE", "VARCHAR"),
)  # fmt: skip
DOUBTFUL_COLUMNS = (
    (
        "row",
        "id",
        "known_from",
        "rung",
        "state",
        "submitted_on",
        "name_before",
        "name",
        "individuals_before",
        "individuals",
    ),
    ("VARCHAR", "VARCHAR", "DATE", "VARCHAR", "VARCHAR", "DATE", "VARCHAR", "VARCHAR", "BIGINT", "BIGINT"),
)
_PARTS = {"share", "individuals_share"}
_DECIMALS = {"notices_per_million", "individuals_per_million", "mean", "median", "posting_delay", "days_open"}


def say(language: str, key: str, **values: Any) -> str:
    """A phrase of the commands."""
    return Phrases.of(language).say(f"terminal.{key}", **values)


def answer_table(answer: Any, language: str) -> Table:
    """An answer as a table: labels for values, figures grouped to the digit."""
    phrases = Phrases.of(language)
    split = len(answer.question.dimensions)
    names = [
        phrases.heading(name, "dimension") if place < split else measure_heading(name, phrases)
        for place, name in enumerate(answer.columns)
    ]
    rows = [
        [
            _heading(answer.columns[place], value, phrases)
            if place < split
            else figure(answer.columns[place], value, phrases)
            for place, value in enumerate(row)
        ]
        for row in answer.rows
    ]
    return names, rows, [place >= split for place in range(len(names))]


def measure_heading(measure: str, phrases: Phrases) -> str:
    """A measure at the head of its column: a share says that it is a part of all rows of the answer together, days that they are days."""
    if measure in _PARTS:
        return phrases.say(f"terminal.of_answer.{measure}")
    heading = phrases.heading(measure, "measure")
    return phrases.say("terminal.in_days", measure=heading) if catalog.MEASURES[measure].unit == "days" else heading


def _heading(dimension: str, value: Any, phrases: Phrases) -> str:
    """A value of a dimension at the head of its row; a name stays as it was filed."""
    return str(value) if dimension == "name" else phrases.heading(str(value), dimension)


def figure(measure: str, value: Any, phrases: Phrases) -> str:
    """A figure of a measure as a table prints it; a dash where there is none."""
    if value is None:
        return "–"
    if measure in _PARTS:
        return phrases.numbers.percent(float(value))
    if measure in _DECIMALS and float(value) != int(value) and float(value) < 1000:
        return phrases.numbers.decimal(float(value), 1)
    return phrases.numbers.count(round(value))


def answer_notes(answer: Any, language: str) -> list[str]:
    """What stands below an answer: what it saw and when, its caveats, the ledger's head."""
    phrases = Phrases.of(language, answer.question.register)
    notes = [observed_line(answer, language)]
    notes += ["· " + phrases.say(f"caveat.{caveat.code}", **caveat.values) for caveat in answer.caveats]
    return [*notes, say(language, "head", head=answer.head)]


def observed_line(answer: Any, language: str) -> str:
    """Register, day, and the last look at each view by then."""
    phrases = Phrases.of(language)
    return phrases.say(
        "terminal.observed",
        register=answer.question.register,
        as_of=answer.question.as_of,
        looks=looks(answer, phrases),
    )


def looks(answer: Any, phrases: Phrases) -> tuple[str, ...]:
    """The last look at each view by the day of an answer, a text each."""
    # Until July 2017 there was one list: it is named once, not as two views.
    seen = {
        ("all" if look is not None and look.view == "all" else view): look for view, look in answer.observed.items()
    }
    return tuple(
        phrases.say("terminal.look", view=view, taken_on=look.taken_on)
        if look is not None
        else phrases.say("terminal.no_look", view=view)
        for view, look in seen.items()
    )


def answer_document(answer: Any, language: str) -> dict[str, Any]:
    """An answer for machines: question, rows, caveats with their sentence, what was observed, SQL, head."""
    question = answer.question
    phrases = Phrases.of(language, question.register)
    return {
        "question": {
            "register": question.register,
            "measures": question.measures,
            "dimensions": question.dimensions,
            "conditions": [str(one) for one in question.conditions],
            "submitted_from": question.submitted_from,
            "submitted_to": question.submitted_to,
            "as_of": question.as_of,
            "view": question.view,
            "same_days": question.same_days,
        },
        "rows": answer.records(),
        "caveats": [
            {"code": one.code, "values": one.values, "text": phrases.say(f"caveat.{one.code}", **one.values)}
            for one in answer.caveats
        ],
        "observed": {view: look.taken_on if look else None for view, look in answer.observed.items()},
        "sql": answer.sql,
        "head": {"generation": answer.head.generation, "content": answer.head.content},
    }


def notices_table(found: Sequence[dict[str, Any]], language: str) -> Table:
    """A list of notices."""
    phrases = Phrases.of(language)
    names = [
        say(language, f"column.{name}") for name in ("id", "name", "state", "individuals", "submitted_on", "status")
    ]
    rows = [
        [
            one["id"],
            one["name"],
            one["state"] or "",
            count(one["individuals"], phrases),
            str(one["submitted_on"] or ""),
            phrases.label(one["status"], "status"),
        ]
        for one in found
    ]
    return names, rows, [False, False, False, True, False, False]


def page_notes(answer: Any, shown: int, page: int, rows: int, language: str) -> list[str]:
    """How much of a list is shown, and what it was seen in."""
    [(notices, individuals)] = answer.rows
    first = (page - 1) * rows + 1 if rows else 1
    return [
        say(
            language, "page", first=first if shown else 0, last=first + shown - 1 if shown else 0, notices=notices, individuals=individuals
        ),
        *answer_notes(answer, language),
    ]  # fmt: skip


def notice_heading(notice: dict[str, Any], language: str) -> str:
    """Who a notice is about, in two lines."""
    phrases = Phrases.of(language)
    facts = [
        phrases.label(notice["entity_type"] or "", "entity_type"),
        phrases.label(notice["state"] or "", "state"),
        *[phrases.label(value, "breach_type") for value in notice["breach_types"] or ()],
        *[phrases.label(value, "location") for value in notice["locations"] or ()],
    ]
    return say(
        language, "notice", name=notice["name"], id=notice["id"], submitted_on=notice["submitted_on"], facts=facts
    )


def trail_table(trail: Sequence[dict[str, Any]], looks: Sequence[Coverage], language: str) -> Table:
    """Every version of a notice: since when, after which look, what, by which snapshot, and how it was recognised."""
    phrases = Phrases.of(language)
    names = [
        say(language, f"column.{name}")
        for name in ("look_before", "known_from", "individuals", "status", "changed", "snapshot", "rung")
    ]
    rows = []
    for place, (before, one) in enumerate(zip([None, *trail[:-1]], trail, strict=True)):
        changed = [
            say(language, f"column.{name}")
            for name in (
                "name",
                "state",
                "entity_type",
                "breach_types",
                "locations",
                "business_associate",
                "description",
            )
            if before is not None and one[name] != before[name]
        ]
        rows.append(
            [
                str(look_before(trail, place, looks) or "–"),
                str(one["known_from"]),
                count(one["individuals"], phrases),
                phrases.label(one["status"], "status"),
                phrases.numbers.listed(changed) if changed else "",
                one["snapshot"] or "–",
                phrases.say(f"rung.{one['rung'].replace(' ', '_').replace(',', '')}"),
            ]
        )
    return names, rows, [False, False, True, False, False, False, False]


def coverage_table(looks: Sequence[Any], language: str) -> Table:
    """Snapshots, oldest first."""
    phrases = Phrases.of(language)
    names = [
        say(language, f"column.{name}")
        for name in ("taken_on", "window", "view", "rows", "accepted", "held", "dress", "source")
    ]
    rows = [
        [
            str(look.taken_on),
            _window(look.taken_not_before, look.taken_not_after),
            phrases.label(look.view, "view"),
            phrases.numbers.count(look.rows),
            phrases.numbers.count(look.accepted),
            phrases.numbers.count(look.held),
            look.dress + (f" · {say(language, 'derived')}" if look.derived else ""),
            look.fetched_from,
        ]
        for look in looks
    ]
    return names, rows, [False, False, False, True, True, True, False, False]


def held_table(found: Sequence[dict[str, Any]], language: str) -> Table:
    """Held rows with their reason in words."""
    names = [say(language, f"column.{name}") for name in ("snapshot", "row", "reason", "raw")]
    rows = [
        [
            one["snapshot"],
            str(one["row"]),
            Phrases.of(language).say(f"rule.{one['rule']}", field=one["field"], seen=one["seen"]),
            one["raw"],
        ]
        for one in found
    ]  # fmt: skip
    return names, rows, [False, True, False, False]


def doubtful_table(found: Sequence[dict[str, Any]], language: str) -> Table:
    """Matches on thin evidence."""
    phrases = Phrases.of(language)
    names = [
        say(language, f"column.{name}") for name in ("id", "known_from", "rung", "name_before", "name", "individuals")
    ]
    rows = [
        [
            one["id"],
            str(one["known_from"]),
            phrases.say(f"rung.{one['rung'].replace(' ', '_').replace(',', '')}"),
            one["name_before"] or "",
            one["name"],
            f"{count(one['individuals_before'], phrases)} → {count(one['individuals'], phrases)}",
        ]
        for one in found
    ]
    return names, rows, [False] * 6


def file_line(result: Any, language: str) -> str:
    """What became of one file, in a line."""
    if result.refused:
        return say(language, "refused", reason=result.refused)
    if result.known:
        return say(language, "known", name=result.name)
    return say(
        language, "read", name=result.name, rows=result.rows, accepted=result.accepted, held=result.held, view=result.view,
        taken_on=result.taken_on, dress=result.dress, unread=list(result.unread),
    )  # fmt: skip


def ingested_lines(done: Any, language: str) -> list[str]:
    """What the days brought, and the head."""
    if not done.days:
        return [say(language, "nothing_new"), *([say(language, "head", head=done.head)] if done.head else [])]
    return [
        say(
            language, "days", days=len(done.days), new=sum(day.new for day in done.days), changed=sum(day.changed for day in done.days),
            unlisted=sum(day.unlisted for day in done.days),
        ),
        say(language, "head", head=done.head),
    ]  # fmt: skip


def source_lines(source: Any, folder: Any, language: str) -> list[str]:
    """Where the ledger's notices come from, and what was brought in just now."""
    brought = source.ingested
    new = sum(not (result.known or result.refused) for result in brought.files) if brought else 0
    refused = [result for result in brought.files if result.refused] if brought else []
    told = [*[file_line(result, language) for result in refused]]
    if source.run is not None:
        told += [run_line(source.run, language), *details(source.run, language)]
    if source.unreached:
        told.append(say(language, "unreached", portal=source.unreached))
    return [say(language, f"source.{source.kind}", folder=str(folder or ""), files=new), *told]


def made_line(made: Any, folder: Any, language: str) -> str:
    """What was made up, and where it is."""
    return say(language, "made", files=len(made.files), rows=sum(made.rows), folder=str(folder), truth=str(made.truth))


def portal_line(url: str, day: Any, language: str) -> str:
    """Where the stand-in portal is, and which day it shows."""
    return say(language, "portal", url=url, day=day)


def request_line(entry: Any, language: str) -> str:
    """A request to the stand-in portal and its answer, in a line."""
    told = {
        name: getattr(entry, name)
        for name in ("method", "path", "kind", "node", "status", "answered", "bytes", "fault")
    }
    return say(language, "portal_request", **told)


def law_line(law: Any, language: str) -> str:
    """A law and whether it holds, in a line."""
    phrases = Phrases.of(language)
    verdict = say(language, "law_holds" if law.holds else "law_broken", broken=law.broken, of=law.of)
    return f"{verdict}  {phrases.say(f'law.{law.name}')}"


def copied_lines(what: str, copied: Any, file: Any, language: str) -> list[str]:
    """What a backup or a restore (``backed_up``, ``restored``) came to, and what is still to be done."""
    told = [say(language, what, file=str(file), snapshots=copied.snapshots, bytes=copied.bytes)]
    if copied.needs_rebuild:
        return [*told, say(language, "needs_rebuild")]
    return [*told, say(language, "head", head=copied.head)]


def _window(first: date, last: date) -> str:
    return str(first) if first == last else f"{first} – {last}"


def count(value: int | None, phrases: Phrases) -> str:
    """A number of individuals to the digit; a dash where none is given."""
    return "–" if value is None else phrases.numbers.count(value)
