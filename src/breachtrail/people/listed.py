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

_ORDERS: int = 2**ORDER_BITS
#: So many times the numbers that a sketch keeps are asked for, so that chance leaves enough.
_PLENTY = 2
#: Rows of one scan that are held at most, about.
_MOST_ROWS = 4_000_000
#: A row takes hardly fewer bytes than this in a packed file.
_LEAST_PACKED = 10


def sketched(
    path: Path,
    key: Key,
    columns: Mapping[str, str],
    name: str | None = None,
    progress: Progress = lambda what, done, of: None,
) -> Sketch:
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
                [(rows, (*unread, day_first), found)] = run(
                    _scan(source, rule),
                    {"path": str(path), "prefix": key.prefix, "last": (order << (128 - ORDER_BITS)) - 1},
                )
                numbers = {number(key, person) for person in set(found or ())}
                more = _further(order, len(numbers), len(found or ()))
                if more == order:
                    break
                order = more
        except FileRefused as error:
            raise SketchError(
                f"{path} cannot be read as a list of people: {error}. A list is a table with one row a person and a header, as "
                "CSV in UTF-8 or Parquet; nothing was sketched."
            ) from None
    if day_first:
        raise SketchError(
            f"In {path.name} {day_first:,} days of birth have their month after their day, so others may be misread as well. "
            "Write all of them as YYYY-MM-DD."
        )
    return made(
        name or path.name,
        rule.rule,
        rows,
        dict(zip(matching.RULES[rule.rule], unread, strict=True)),
        key,
        below(order),
        list(numbers),
    )


def _further(order: int, kept: int, rows: int) -> int:
    """The order up to which a list is read once more, because it gave too few people; the same if it did not.

    A list that repeats the same people over and over is not read so far that its rows would fill the memory: its sketch
    then keeps fewer numbers, and its bounds say so.
    """
    if order == _ORDERS or kept > KEPT:
        return order
    wished = max(2 * order, -(-_PLENTY * KEPT * order // max(kept, 1)))
    allowed = order * _MOST_ROWS // max(rows, 1)
    return max(order, min(_ORDERS, wished, allowed))


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
        return path.stat().st_size // _LEAST_PACKED
    return path.stat().st_size * head.count(b"\n") // max(len(head), 1)


def _scan(source: str, rule: matching.Matched) -> str:
    """One row: the rows of the list, those of which a field cannot be read, and the people whose place is no higher than ``$last``.

    Why a row gives no person is looked into for such rows alone.
    """
    why = (*(f"{rule.read(one)} IS NULL" for one in matching.RULES[rule.rule]), rule.day_first)
    unread = ", ".join(f"count(*) FILTER (CASE WHEN person IS NULL THEN {sql} ELSE false END)" for sql in why)
    return f"""WITH told AS ({rule.told(source)}),
        placed AS (SELECT *, md5_number(concat($prefix, person)) AS place FROM told)
        SELECT count(*), [{unread}],
            list(person) FILTER (person IS NOT NULL AND place <= $last::UHUGEINT)
        FROM placed"""
