"""What report and site tell of a register of one's own, read out of what they wrote: to be held to what the office knows."""

import csv
import json
import re
from functools import partial
from pathlib import Path
from unittest.mock import patch

import breachtrail
from breachtrail.report.report import write
from breachtrail.web import style
from breachtrail.web.published import publish

#: What is said of the HHS portal alone, and of no other register.
OF_THE_PORTAL = (
    "ocrportal",
    "Office for Civil Rights",
    "民权办公室",
    "门户",
    "portal ",
    "four weeks",
    "四周",
    "United States",
)


def reported(home: Path, year: int, language: str, folder: Path) -> tuple[str, int, int, str]:
    """Title, notices and individuals of the year's review, and all that it says, the SQL aside."""
    with breachtrail.open(home, "own") as ledger:
        path = write(ledger, year=year, language=language, path=folder / f"{language}.md")
    text = re.sub(r"<details>.*?</details>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    notices, individuals = (int(one.replace(",", "")) for one in re.findall(r"\*\*([\d,]+)\*\*\n", text)[:2])
    return text.partition("\n")[0], notices, individuals, text


def site(home: Path, folder: Path) -> Path:
    """The site of the register as plain files; what it looks like is told elsewhere, and its fonts take seconds to pack."""
    with patch.object(style, "assets", dict):
        publish(partial(breachtrail.open, home, "own"), folder, url="https://example.org/own/")
    return folder


def listed(site: Path) -> set[tuple[str, int, str]]:
    """Name, individuals and status of every notice that the site gives to take along."""
    with (site / "downloads" / "notices.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {(row["name"], int(row["individuals"]), row["status"]) for row in csv.DictReader(lines)}


def fed(site: Path, language: str) -> list[str]:
    """The titles of the feed, the newest first."""
    told = json.loads((site / "feeds" / language / "notices.json").read_text(encoding="utf-8"))
    return [one["title"] for one in told["items"]]


def of_the_portal(*texts: str) -> list[str]:
    """What of the HHS portal alone is said in these texts."""
    return [word for word in OF_THE_PORTAL for text in texts if word in text]
