"""A list of people, however long → its sketch; one scan, in bounded memory.

Every row is normalised, put into a keyed order (MD5 of key and person, of which 16 bits are used), and dropped if its place
lies beyond what the sketch will keep; the few that remain get their keyed mark (HMAC-SHA256). A list whose length was
guessed too high is read once more.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from breachtrail.errors import FileRefused, SketchError
from breachtrail.people import matching
from breachtrail.people.key import Key
from breachtrail.people.sketch import KEPT, ORDER_BITS, Sketch, below, made, number
from breachtrail.questions import engine

Progress = Callable[[str, int, int], None]

Run = Callable[[str, Mapping[str, Any]], list[tuple[Any, ...]]]

_ORDERS = 2**ORDER_BITS
#: So many times the numbers that a sketch keeps are asked for, so that chance leaves enough.
_PLENTY = 2


def sketched(path: Path, key: Key, columns: Mapping[str, str], progress: Progress = lambda what, done, of: None) -> Sketch:
    """The sketch of the people on the list in ``path`` (.csv in UTF-8, .tsv, either packed as .gz, or .parquet).

    columns: field → header, for columns that are not known by their names (``matching.HEADERS``)

    Raises SketchError for a list that cannot be read to its end, or whose columns cannot be told.
    """
    source = _source(path)
    with engine.apart() as run:
        try:
            headers = [name for name, *_ in run(f"DESCRIBE SELECT * FROM {source}", {"path": str(path)})]
            rule = matching.matched(headers, columns)
            order = min(_ORDERS, -(-_PLENTY * KEPT * _ORDERS // max(_guessed(run, path, source), 1)))
            while True:
                progress(path.name, 0, 0)
                groups = run(_scan(source, rule), {"path": str(path), "prefix": key.prefix, "order": order})
                numbers = {number(key, place, person) for person, place, *_ in groups if person is not None}
                if order == _ORDERS or len(numbers) > KEPT:
                    break
                order = min(_ORDERS, order * max(2, -(-_PLENTY * KEPT // max(len(numbers), 1))))
        except FileRefused as error:
            raise SketchError(
                f"{path} cannot be read as a list of people: {error}. A list is a table with one row a person and a header, as "
                "CSV in UTF-8 or Parquet; nothing was sketched."
            ) from None
    rows, day_first, *unread = (sum(group[place] for group in groups) for place in range(2, 4 + len(rule.columns)))
    if day_first:
        raise SketchError(
            f"In {path.name} {day_first:,} days of birth have their month after their day, so others may be misread as well. "
            "Write all of them as YYYY-MM-DD."
        )
    return made(
        path.name, rule.rule, rows, dict(zip(matching.RULES[rule.rule], unread, strict=True)), key, below(order), list(numbers)
    )


def _source(path: Path) -> str:
    if not path.is_file():
        raise SketchError(f"There is no list {path}.")
    kind = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    if kind == "parquet":
        return "read_parquet($path)"
    if kind in ("csv", "tsv", "txt"):
        return "read_csv($path, all_varchar = true, header = true)"
    raise SketchError(f"{path} is neither .csv, .tsv nor .parquet. Save the list as CSV in UTF-8, with a header.")


def _guessed(run: Run, path: Path, source: str) -> int:
    """About how many rows there are, never far too many: of Parquet exactly, of text by its size."""
    if source.startswith("read_parquet"):
        [(rows,)] = run("SELECT sum(num_rows) FROM parquet_file_metadata($path)", {"path": str(path)})
        return int(rows)
    with path.open("rb") as file:
        head = file.read(1 << 20)
    if path.suffix.lower() == ".gz":
        return 0
    return path.stat().st_size * head.count(b"\n") // max(len(head), 1)


def _scan(source: str, rule: matching.Matched) -> str:
    """One row for each person whose place lies below ``$order``, and one without a person for all others.

    Why a row gives no person is looked into for such rows alone.
    """
    why = {"day_first": rule.day_first, **{one: f"{rule.read(one)} IS NULL" for one in matching.RULES[rule.rule]}}
    unread = ", ".join(f"count(*) FILTER (CASE WHEN person IS NULL THEN {sql} ELSE false END)" for sql in why.values())
    return f"""WITH told AS ({rule.told(source)}),
        placed AS (SELECT *, md5_number(concat($prefix, person)) >> {128 - ORDER_BITS} AS place FROM told),
        chosen AS (SELECT *, CASE WHEN place < $order THEN place::INTEGER END AS kept FROM placed)
        SELECT CASE WHEN kept IS NOT NULL THEN person END AS known, kept, count(*), {unread} FROM chosen GROUP BY known, kept"""
