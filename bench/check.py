"""What it costs to check an article: one of 3,000 words with fifty claims, beside one cold `ask`; whole processes, in turns.

The article is made here, of the ledger's own figures and of words that say nothing: half of its claims are of all cases,
half of the open ones alone, so that readings have to be tried.
"""

import subprocess
import tempfile
from datetime import date
from pathlib import Path

from everyday import YEAR, exports
from side_by_side import HEADER, breachtrail, in_turn

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


def section() -> str:
    """The part of docs/benchmarks.md."""
    with tempfile.TemporaryDirectory(prefix="breachtrail-bench-") as ground:
        home, written = Path(ground) / "full", Path(ground) / "article.md"
        ingest = breachtrail("ingest", *map(str, exports()), "--home", str(home))
        subprocess.run(ingest, check=True, stdout=subprocess.DEVNULL)
        written.write_text(article(home), encoding="utf-8")
        check = breachtrail("check", str(written), "--published", str(PUBLISHED), "--home", str(home))
        ask = breachtrail("ask", "notices", "individuals", "--year", YEAR, "--home", str(home))
        name = f"`breachtrail check` of an article of {WORDS} words with {CLAIMS} claims; one cold `ask`"
        row = in_turn(name, check, ask, BOUND, 9, ends=1).row()  # it ends so where something does not hold, as here
    return "\n".join(["## An article", "", HEADER, row, ""])


if __name__ == "__main__":
    print(section())
