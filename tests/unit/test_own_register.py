"""A register of one's own through every face of the observatory: what it says of itself, and of no portal."""

import re
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from filed import FILER, NOW, filed, published
from told_publicly import of_the_portal

import breachtrail
from breachtrail import pipeline
from breachtrail.cli import app
from breachtrail.errors import QuestionError
from breachtrail.intake import publication
from breachtrail.intake.store import Store
from breachtrail.notices.vocabulary import LANGUAGES, Vocabulary
from breachtrail.registers import register
from breachtrail.web.app import create_app
from breachtrail.wording.phrases import Phrases

ARTICLE = """# The clinic's year

In 2026, {notices} breaches were reported, affecting {individuals} individuals. HHS OCR's portal lists 700 breaches for 2026.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of one's own register alone: two notices that are public, one below the threshold that is not."""
    ground = tmp_path_factory.mktemp("own")
    with Store.create(f"sqlite:///{ground / 'intake.sqlite'}") as store, store.begin() as session:
        for individuals in (741, 1_500):
            published(session, filed(session, FILER, individuals=individuals))
        filed(session, FILER, individuals=40)
        publication.publish(session, ground / "out", NOW)
    pipeline.ingest(ground / "ledger", sorted((ground / "out").glob("*.csv")), register_name="own")
    return ground / "ledger"


def run(home: Path, *words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, [*words, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done.output


def test_a_ledger_that_was_opened_for_a_register_is_asked_of_it(home: Path) -> None:
    with breachtrail.open(home, "own") as ledger:
        assert ledger.ask("notices", "individuals").rows == ((2, 2241),)
        assert {row["individuals"] for row in ledger.notices()} == {741, 1500}
        assert len(ledger.coverage()) == 2
    with breachtrail.open(home) as ledger, pytest.raises(QuestionError, match="us_hhs_ocr"):
        ledger.ask("notices")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_is_of_the_register_and_of_no_portal(home: Path, tmp_path: Path, language: str) -> None:
    file = tmp_path / "review.md"
    run(home, "report", "2026", "--register", "own", "--lang", language, "-o", str(file))
    text = re.sub(r"<details>.*?</details>", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert of_the_portal(text) == []
    assert "**2**" in text
    assert "**2,241**" in text
    assert register.load("own").title[language].casefold() in text.partition("\n")[0].casefold()
    per_million = Vocabulary.load().label("measure", "notices_per_million", language)
    assert per_million not in text


def test_an_article_is_checked_against_the_register_and_another_ones_figures_are_not(
    home: Path, tmp_path: Path
) -> None:
    article = tmp_path / "article.md"
    article.write_text(ARTICLE.format(notices=2, individuals="2,241"), encoding="utf-8")
    told = run(home, "check", str(article), "--register", "own")
    assert len(re.findall(r"  holds\b", told)) == 2
    assert "700" not in told
    article.write_text(ARTICLE.format(notices=3, individuals="2,241"), encoding="utf-8")
    assert "does not hold" in run(home, "check", str(article), "--register", "own", code=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_serves_the_register(home: Path, language: str) -> None:
    from starlette.testclient import TestClient

    with TestClient(create_app(partial(breachtrail.open, home, "own"))) as visitor:
        for path in ("", "states", "states/TX", "method", "data"):
            answer = visitor.get(f"/{language}/{path}")
            assert answer.status_code == 200, path
            said = re.sub(r"<details.*?</details>", "", answer.text, flags=re.DOTALL)
            assert of_the_portal(said) == [], path
        assert visitor.get("/api/v1/answer?measures=notices").json()["rows"] == [{"notices": 2}]
        package = visitor.get("/downloads/datapackage.json").json()
        assert package["sources"] == [{"title": "a register of one's own"}]


def test_publish_refuses_a_register_that_the_ledger_does_not_know(home: Path, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="knows nothing of the register 'us_hhs_ocr'"):
        CliRunner().invoke(app, ["publish", str(tmp_path / "s"), "--home", str(home)], catch_exceptions=False)


def test_what_is_said_otherwise_of_a_register_takes_the_place_of_a_phrase_and_asks_for_nothing_more() -> None:
    for language in LANGUAGES:
        phrases = Phrases.of(language)
        own = [key for key in phrases.keys if key.startswith("own.")]
        assert len(own) > 20
        for key in own:
            base = key.removeprefix("own.")
            assert phrases.variables(key) <= phrases.variables(base), key
            assert Phrases.of(language, "own").text(base) == phrases.text(key)


def test_a_register_of_which_nothing_is_said_otherwise_has_the_phrases_of_all() -> None:
    assert Phrases.of("en", "us_hhs_ocr") is Phrases.of("en")
    assert Phrases.of("en", "own") is not Phrases.of("en")


def test_words_are_replaced_in_what_is_said_and_not_in_what_jinja_reads() -> None:
    assert "门户" in Phrases.of("zh").text("report.opening.none")
    assert Phrases.of("zh", "own").text("report.opening.none") == "登记册未列出{{ period }}上报的任何通报。"
    assert "{{ portal }}" in Phrases.of("en", "own").text("terminal.unreached")
