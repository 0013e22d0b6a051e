"""What it costs to check an article: one of 3,000 words with fifty claims, beside one cold `ask`; whole processes, in turns.

    python bench/check.py [--turns N]

The article is made here, of the ledger's own figures and of words that say nothing: half of its claims are of all cases,
half of the open ones alone, so that readings have to be tried. The exports are those that bench/run.py takes.
"""

import argparse
import subprocess
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from run import SHARED, YEAR, Command, breachtrail

import breachtrail as package

WORDS, CLAIMS = 3000, 50
BOUND = 4
#: The day as of which the article is written, between two looks.
PUBLISHED = date(2025, 1, 23)
_FILLER = (
    "Hospitals and clinics keep records of the people whom they treat, and those who look after such records say that "
    "the work has become harder. Much depends on whether somebody watches the network at night. "
)


def article(home: Path) -> str:
    """Markdown with fifty claims about a year's notices by state, and words in between."""
    with package.open(home) as ledger:
        states = [
            row["state"]
            for row in sorted(
                ledger.ask("notices", by="state", year=int(YEAR)).records(), key=lambda row: -row["notices"]
            )
            if row["state"]
        ][: CLAIMS // 2]
        sentences = []
        for view in (None, "under_investigation"):
            counts = dict(ledger.ask("notices", by="state", year=int(YEAR), as_of=PUBLISHED, view=view).rows)
            sentences += [f"In {_state(state)}, {counts[state]} breaches were reported in {YEAR}." for state in states]
    assert len(sentences) == CLAIMS
    needed = (WORDS - sum(len(sentence.split()) for sentence in sentences)) // len(_FILLER.split())
    filler = [_FILLER] * needed
    parts = [f"# Breaches of health records in {YEAR}\n\nPublished {PUBLISHED:%B %d, %Y}\n"]
    for place, sentence in enumerate(sentences):
        parts.append(sentence + " " + "".join(filler[place::CLAIMS]))
    return "\n\n".join(parts) + "\n"


def _state(code: str) -> str:
    from breachtrail.notices.vocabulary import Vocabulary

    return Vocabulary.load().label("state", code, "en")


def seconds(command: Command) -> float:
    """Time of one whole process; `check` leaves with 1 where something does not hold, as here."""
    start = time.perf_counter()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
    if code > 1:
        raise SystemExit(f"{command} leaves with {code}.")
    return time.perf_counter() - start


def main(turns: int) -> None:
    """Measure and print."""
    folder = SHARED / "data" / "ocr"
    if not (folder / "MANIFEST.tsv").is_file():
        raise SystemExit(
            f"There are no exports in {folder}. Name the folder that holds data/ocr with BREACHTRAIL_SHARED."
        )
    with tempfile.TemporaryDirectory(prefix="breachtrail-bench-") as ground:
        home, written = Path(ground) / "full", Path(ground) / "article.md"
        seconds(breachtrail("ingest", *sorted(map(str, folder.glob("20*"))), "--home", str(home)))
        written.write_text(article(home), encoding="utf-8")
        check = breachtrail("check", str(written), "--published", str(PUBLISHED), "--home", str(home))
        ask = breachtrail("ask", "notices", "individuals", "--year", YEAR, "--home", str(home))
        pairs = [(seconds(check), seconds(ask)) for _ in range(turns + 1)][1:]
    ours, theirs = (median(times) for times in zip(*pairs, strict=True))
    held = "held" if ours / theirs <= BOUND else "missed"
    print(
        f"`breachtrail check` of an article of {WORDS} words with {CLAIMS} claims; one cold `ask`: "
        f"{ours:.3f} s, {theirs:.3f} s, ratio {ours / theirs:.2f}, bound {BOUND}: {held} ({turns} turns)"
    )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--turns", type=int, default=9)
    main(arguments.parse_args().turns)
