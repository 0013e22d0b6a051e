"""What a visitor is told who asks for what cannot be: a sentence in the language of the page."""

import ast
import re
from datetime import date
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from breachtrail.wording.phrases import Phrases

#: Modules whose refusals no page meets: the API tells them in English, and addresses are made by pages alone.
_NOT_ON_PAGES = ("api.py", "press.py", "published.py", "tree.py", "plain.py")
REFUSED = {
    "years/2024?as_of=yesterday": ("no_day", {"seen": "yesterday"}),
    "states?year=x": ("no_year", {"seen": "x"}),
    "months/2024": ("no_month", {"seen": "2024"}),
    "states/XX": ("no_state", {"seen": "XX"}),
    "notices?at_least=x": ("no_number", {"seen": "x"}),
    "notices?breach_type=Magic": ("never", {"dimension": "breach_type", "seen": "Magic"}),
    "notices?page=0": ("no_page", {"seen": "0"}),
    "notices?order=x": ("no_order", {"seen": "x"}),
    "notices?year=x": ("no_year", {"seen": "x"}),
    "notices?state=TX,XX": ("no_state", {"seen": "XX"}),
    "notices?month=2024-01&from=2024-01-01": ("period_twice", {}),
    "changes?since=2026-01-01&until=2024-12-08": (
        "turned_round",
        {"since": date(2026, 1, 1), "until": date(2024, 12, 8)},
    ),
    "changes?month=2024-13": ("no_month", {"seen": "2024-13"}),
    "changes?view=archive": ("changes_of_views", {}),
    "changes?kind=x": ("no_change", {"seen": "x"}),
    "peers?entity_type=Health+Plan&size=12": ("peers_size", {}),
    "ask?measures=notices&view=x": ("no_view", {"seen": "x", "views": ["under_investigation", "archive"]}),
    "ask?measures=notices&from=2024-12-01&to=2024-01-01": (
        "backwards",
        {"first": date(2024, 12, 1), "last": date(2024, 1, 1)},
    ),
    "ask?measures=x": ("no_measure", {"seen": "x"}),
    "ask?measures=notices&by=x": ("no_dimension", {"seen": "x"}),
    "notices/nothing": ("no_notice", {"seen": "nothing"}),
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", REFUSED)
def test_a_refusal_is_told_in_the_language_of_the_page(visitor: httpx.Client, language: str, path: str) -> None:
    name, values = REFUSED[path]
    answer = visitor.get(f"/{language}/{path}")
    assert 400 <= answer.status_code < 500
    assert answer.headers["cache-control"] == "no-store"
    page = LexborHTMLParser(answer.text)
    told = page.css("main p")
    assert Phrases.of(language).say(f"refusal.{name}", **values) in [one.text().strip() for one in told]
    assert not page.css("main p[lang]")


def test_what_is_refused_before_the_site_is_asked_is_told_so_too(visitor: httpx.Client) -> None:
    long = "x" * 9_000
    assert re.search("[\u4e00-\u9fff]", visitor.get(f"/zh/?q={long}").text)
    assert "letters at most" in visitor.get(f"/en/?q={long}").text


ARTICLES = {
    "": "no_text",
    "1" * 300: "endless_number",
    "12 " * 2_500: "many_numbers",
    "word " * 50_000: "long_text",
    "In 2024 there were 700 breaches. " * 300: "many_claims",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("text", ARTICLES, ids=ARTICLES.values())
def test_an_article_that_is_not_checked_comes_back_with_the_reason(
    visitor: httpx.Client, language: str, text: str
) -> None:
    answer = visitor.post(f"/{language}/check", data={"text": text, "published": "2024-12-08"})
    page = LexborHTMLParser(answer.text)
    [why] = page.css("main [role=alert]")
    most = {"many": 2_500 if "numbers" in ARTICLES[text] else 300, "most": 200}
    most["most"] = {"many_numbers": 2_000, "long_text": 200_000}.get(ARTICLES[text], 200)
    assert Phrases.of(language).say(f"refusal.{ARTICLES[text]}", **most) in why.text()
    [field], [day] = page.css("#text"), page.css("#published")
    assert (field.text().strip(), day.attributes["value"]) == (text.strip(), "2024-12-08")
    assert answer.status_code == 422


TYPED = {
    "ask?measures=notices,median&by=state&year=2O24&q=clinic&at_least=many&month=2024-13&expected=1": (
        'input[name="year"][value="2O24"]', 'input[name="q"][value="clinic"]', 'input[name="at_least"][value="many"]',
        'input[name="month"][value="2024-13"]:not([type="hidden"])', 'input[name="expected"][checked]',
        'input[name="measures"][value="median"][checked]', 'input[name="by"][value="state"][checked]',
    ),
    "notices?q=clinic&state=XX&at_least=1&from=2024-01-01": (
        'main input[name="q"][value="clinic"]', 'input[name="state"][value="XX"]', 'input[name="at_least"][value="1"]',
        'input[name="from"][value="2024-01-01"]',
    ),
    "changes?since=2026-01-01&until=2024-12-08&state=TX": (
        '#since[value="2026-01-01"]', '#until[value="2024-12-08"]', 'input[name="state"][value="TX"]:not([type="hidden"])',
    ),
    "peers?entity_type=Health+Plan&state=TX&size=many&years=3": (
        'option[value="Health Plan"][selected]', 'input[name="state"][value="TX"]', 'input[name="size"][value="many"]',
        'input[name="years"][value="3"]',
    ),
    "years/2024?as_of=2020-01-01": ('#as_of[value="2020-01-01"]', 'form.clock[action="/en/years/2024"]'),
    "states?as_of=2020-01-01&year=2024": ('form.clock input[type="hidden"][name="year"][value="2024"]',),
}  # fmt: skip


@pytest.mark.parametrize("path", TYPED)
def test_what_was_typed_stays_in_its_field(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(f"/en/{path}")
    assert answer.status_code == 422
    page = LexborHTMLParser(answer.text)
    assert [field for field in TYPED[path] if not page.css(field)] == []


@pytest.mark.parametrize(("language", "other"), [("en", "zh"), ("zh", "en")])
def test_what_is_no_parameter_or_no_form_is_told_in_the_language_of_the_visitor(
    visitor: httpx.Client, language: str, other: str
) -> None:
    accepted = {"Accept-Language": f"{language}, {other};q=0.5"}
    unfit = visitor.get("/downloads/notices.csv?state=XX", headers=accepted)
    assert (
        Phrases.of(language).say("refusal.no_value", parameter="state", seen="XX")
        in LexborHTMLParser(unfit.text).text()
    )
    unread = visitor.post(f"/{language}/check", content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert unread.status_code == 400
    assert Phrases.of(language).say("refusal.bad_form") in unread.text
    file = visitor.post(f"/{language}/check", files={"text": ("a.txt", b"700 breaches")})
    assert Phrases.of(language).say("refusal.only_text") in file.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_why_nothing_is_expected_is_told_in_the_language_of_the_page(visitor: httpx.Client, language: str) -> None:
    answer = visitor.get(f"/{language}/ask?measures=notices&by=state&expected=1")
    assert Phrases.of(language).say("refusal.foreseen_by", by=["state"]) in answer.text


def _refusals(repository: Path) -> list[tuple[str, ast.Call]]:
    """Every refusal that the code makes, with the file that does."""
    found = []
    for path in sorted((repository / "src" / "breachtrail").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name) and called.id in ("QuestionError", "QuestionTooCostly", "ArticleRefused"):
                found.append((path.relative_to(repository / "src" / "breachtrail").as_posix(), node))
    return found


def test_every_refusal_of_a_page_names_a_phrase_and_gives_what_it_asks_for(repository: Path) -> None:
    phrases, named = Phrases.of("en"), 0
    for path, call in _refusals(repository):
        if len(call.args) < 2:
            assert not path.startswith("web/") or path.removeprefix("web/") in _NOT_ON_PAGES, f"{path}:{call.lineno}"
        elif isinstance(name := call.args[1], ast.Constant):
            asked = phrases.variables(f"refusal.{name.value}")
            assert asked <= {value.arg for value in call.keywords}, f"{path}:{call.lineno}"
            named += 1
    assert named > 50
