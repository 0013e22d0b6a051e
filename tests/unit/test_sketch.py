"""The file of a sketch: what is written is read; whatever else lies there is refused in a sentence."""

import json
from pathlib import Path

import pytest

from breachtrail.errors import SketchError
from breachtrail.people import sketch
from breachtrail.people.key import Key
from breachtrail.questions import engine

KEY = Key.of(b"k" * 32)


def made(numbers: list[int], theta: int = sketch.WHOLE) -> sketch.Sketch:
    return sketch.made("list", "name_birth", 10**6, {"family": 1, "given": 0, "birth": 2}, KEY, theta, numbers)


@pytest.mark.parametrize("numbers", [[], [5], [9, 7, 8], list(range(1, sketch.KEPT + 3))])
def test_what_is_written_is_read(tmp_path: Path, numbers: list[int]) -> None:
    before = made(numbers)
    sketch.write(before, tmp_path / "a")
    assert sketch.read(tmp_path / "a") == before
    assert before.library.num_retained == min(len(numbers), sketch.KEPT)


def test_the_library_sees_what_it_would_have_written_itself() -> None:
    ours = made([3, 5, 2**61])
    assert list(ours.library) == [3, 5, 2**61]
    assert (
        ours.library.serialize()
        == sketch._image(ours)[:8].replace(b"\x03", b"\x02", 1) + sketch._image(ours)[8:16] + ours.numbers
    )


def test_of_too_many_numbers_the_smallest_stay() -> None:
    found = made(list(range(1, sketch.KEPT + 10)))
    assert (len(found.numbers), found.theta) == (8 * sketch.KEPT, sketch.KEPT + 1)


def test_a_number_is_of_the_key_and_of_the_person() -> None:
    other = Key.of(b"x" * 32)
    assert len({sketch.number(one, who) for one in (KEY, other) for who in ("roe|jane|1", "doe|john|1")}) == 4
    assert sketch.below(2**16) == sketch.WHOLE


def test_a_number_stands_where_the_scan_puts_it() -> None:
    """A scan leaves out by its own arithmetic whoever comes too late; the two must agree for every person."""
    with engine.apart() as run:
        people = [f"fam{n}|josé|{n}" for n in range(500)]
        rows = run(
            "SELECT (md5_number(concat($prefix, unnest($people))) >> 112)::INTEGER",
            {"prefix": KEY.prefix, "people": people},
        )
    assert [sketch.number(KEY, person) >> 47 for person in people] == [place for (place,) in rows]


def test_a_file_is_not_written_over_unless_told(tmp_path: Path) -> None:
    sketch.write(made([1]), tmp_path / "a")
    with pytest.raises(SketchError, match="is there already"):
        sketch.write(made([2]), tmp_path / "a")
    sketch.write(made([2]), tmp_path / "a", replace=True)
    assert sketch.read(tmp_path / "a") == made([2])


@pytest.mark.parametrize("place", [31, 60, 200, -40, -1])
def test_a_changed_or_cut_file_is_refused(tmp_path: Path, place: int) -> None:
    sketch.write(made(list(range(1, 100))), tmp_path / "a")
    content = (tmp_path / "a").read_bytes()
    (tmp_path / "cut").write_bytes(content[:place])
    changed = bytearray(content)
    changed[place] ^= 1
    (tmp_path / "changed").write_bytes(changed)
    for name in ("cut", "changed"):
        with pytest.raises(SketchError, match="is not what was written"):
            sketch.read(tmp_path / name)


def test_other_files_are_no_sketches(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(made([4]).library.serialize())
    (tmp_path / "b").write_bytes(b"last,first\n")
    with (tmp_path / "c").open("wb") as file:
        file.truncate(2**30)
    for name in "abc":
        with pytest.raises(SketchError, match="is no sketch"):
            sketch.read(tmp_path / name)
    with pytest.raises(SketchError, match="cannot be read"):
        sketch.read(tmp_path / "none")


@pytest.mark.parametrize(
    "change", [{"rule": "guess"}, {"fingerprint": "00"}, {"rows": 1}, {"unread": {"a": -1}}, {"unread": 3}]
)
def test_a_sealed_file_that_contradicts_itself_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    """As somebody might put one together by hand."""
    import hashlib

    sketch.write(made([1, 2, 3]), tmp_path / "a")
    first, head, image = (tmp_path / "a").read_bytes()[:-32].split(b"\n", 2)
    body = first + b"\n" + json.dumps({**json.loads(head), **change}).encode() + b"\n" + image
    (tmp_path / "a").write_bytes(body + hashlib.sha256(body).digest())
    with pytest.raises(SketchError, match="says of itself"):
        sketch.read(tmp_path / "a")
