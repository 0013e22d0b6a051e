"""The vocabulary: complete in both languages, free of double meanings, and equal to what real exports say."""

import csv
import io
import itertools
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from breachtrail.errors import VocabularyError
from breachtrail.notices.vocabulary import EVERY_KIND, LANGUAGES, Vocabulary, folded

VOCABULARY = Vocabulary.load()
ENTRIES = [(column, value) for column in VOCABULARY.columns for value in VOCABULARY.values(column)]
HAN = re.compile(r"[\u4e00-\u9fff]")
POSTAL_CODES = """
    AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP
"""


def entry(named: str, **fields: Any) -> dict[str, Any]:
    return {"value": named, "en": f"{named} in English", "zh": f"{named}（中文）", **fields}


@pytest.mark.parametrize(("column", "value"), ENTRIES)
def test_every_value_is_labelled_in_both_languages(column: str, value: str) -> None:
    english, chinese = (VOCABULARY.label(column, value, language) for language in LANGUAGES)
    assert english.strip() == english != ""
    assert chinese.strip() == chinese != ""
    assert not HAN.search(english)
    if column not in {"size_band", "organisation"}:
        assert HAN.search(chinese)


@pytest.mark.parametrize("column", VOCABULARY.columns)
def test_labels_of_a_column_differ(column: str) -> None:
    for language in LANGUAGES:
        labels = [VOCABULARY.label(column, value, language) for value in VOCABULARY.values(column)]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(("column", "value"), ENTRIES)
def test_find_leads_back_from_value_and_labels(column: str, value: str) -> None:
    for language in LANGUAGES:
        for many in (False, True):
            assert VOCABULARY.find(column, VOCABULARY.label(column, value, language, many)) == value
    assert VOCABULARY.find(column, value) == value


@pytest.mark.parametrize("column", VOCABULARY.columns)
def test_find_leads_back_from_what_people_say(column: str) -> None:
    for language in LANGUAGES:
        for saying, value in VOCABULARY.said(column, language).items():
            assert VOCABULARY.find(column, saying) == value


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("state", "德克萨斯州", "TX"),
        ("state", " texas ", "TX"),
        ("state", "ＴＸ", "TX"),
        ("state", "加州", "CA"),
        ("state", "Washington, D.C.", "DC"),
        ("state", "WASHINGTON", "WA"),
        ("entity_type", "Business Associates", "Business Associate"),
        ("entity_type", "医疗业务伙伴", "Business Associate"),
        ("entity_type", "healthcare clearinghouses", "Healthcare Clearing House"),
        ("breach_type", "黑客／IT事件", "Hacking/IT Incident"),
        ("breach_type", "hacking", "Hacking/IT Incident"),
        ("breach_type", "未经授权的访问或披露", "Unauthorized Access/Disclosure"),
        ("location", "网络服务器", "Network Server"),
        ("location", "e-mail", "Email"),
        ("location", "E‑mail", "Email"),
        ("status", "Archived", "archive"),
        ("business_associate", "TRUE", "Yes"),
        ("measure", "人次", "individuals"),
        ("dimension", "按州", "state"),
        ("size_band", "1,000-4,999", "1000_4999"),
        ("organisation", "Medicare & Medicaid服务中心", "Centers for Medicare & Medicaid Services"),
        ("organisation", "Acadian救护车服务", "Acadian Ambulance"),
        ("organisation", "A&A\nServices, dba Sav-Rx", "A&A Services"),
        ("state", "Ruritania", None),
        ("breach_type", "ransomware", None),
    ],
)
def test_find_reads_what_articles_and_people_write(column: str, text: str, value: str | None) -> None:
    assert VOCABULARY.find(column, text) == value


def test_spellings_are_those_of_exports_and_no_synonyms() -> None:
    spellings = VOCABULARY.spellings("location")
    assert spellings["e-mail"] == spellings["email"] == "Email"
    assert spellings["paper"] == spellings["paper/films"] == "Paper/Films"
    assert spellings[""] == ""
    assert "server" not in spellings
    assert all(spelling == spelling.strip().casefold() for spelling in spellings)


def test_all_states_and_territories_and_the_blank_are_there() -> None:
    assert set(VOCABULARY.values("state")) == {*POSTAL_CODES.split(), ""}


def test_an_unknown_value_is_its_own_label() -> None:
    assert VOCABULARY.label("organisation", "St. Elsewhere", "zh") == "St. Elsewhere"


def test_every_measure_has_a_unit_in_both_languages() -> None:
    for measure in VOCABULARY.values("measure"):
        assert all(VOCABULARY.unit("measure", measure, language) for language in LANGUAGES)


def test_size_bands_tile_all_counts() -> None:
    *bands, unknown = VOCABULARY.size_bands()
    assert (unknown.smallest, unknown.largest) == (None, None)
    assert bands[0].smallest == 0
    assert bands[-1].largest is None
    for lower, upper in itertools.pairwise(bands):
        assert lower.largest is not None
        assert upper.smallest == lower.largest + 1


def test_an_unknown_list_is_refused_with_the_known_ones() -> None:
    with pytest.raises(VocabularyError, match=r"no list 'colour'.*entity_type"):
        VOCABULARY.values("colour")


def test_a_spelling_with_two_values_is_refused() -> None:
    document = {"location": [entry("Email", said_as={"en": ["mail"]}), entry("Paper", said_as={"en": ["Ｍail"]})]}
    with pytest.raises(VocabularyError, match=r"location: 'mail' leads to 'Email' and to 'Paper'"):
        Vocabulary.from_document(document)


def test_an_export_spelling_with_two_values_is_refused() -> None:
    with pytest.raises(VocabularyError, match=r"'paper' leads to"):
        Vocabulary.from_document({"location": [entry("Email", same_as=["Paper"]), entry("paper")]})


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"zh": None}, "'zh' should be text"),
        ({"value": True}, "'value' should be text"),
        ({"same_as": [1]}, "stands where text should"),
        ({"sayed_as": []}, "'sayed_as' is not known"),
    ],
)
def test_an_unfit_entry_is_refused_by_name(fields: dict[str, Any], complaint: str) -> None:
    with pytest.raises(VocabularyError, match=f"colour, entry .*{complaint}"):
        Vocabulary.from_document({"colour": [entry("red", **fields)]})


def test_words_put_aside_for_no_kind_are_refused() -> None:
    document = {"information_type": [entry("names")], "information_type_not_said_in": {"nmaes": ["x"]}}
    with pytest.raises(VocabularyError, match="'nmaes' is no kind of information"):
        Vocabulary.from_document(document)


def test_folding_puts_case_blanks_width_and_dashes_aside() -> None:
    assert folded(" Ｎew\u3000York\n") == "newyork"
    assert folded("500–999") == folded("500-999")


# --- kinds of information -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    text = Path(__file__).parents[2].joinpath("src/breachtrail/notices/vocabulary.yml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def kinds_in(description: str) -> set[str]:
    words = VOCABULARY.information_words()
    kinds = set()
    for kind in words.kinds:
        (found,) = duckdb.execute(
            "SELECT regexp_matches(regexp_replace(regexp_replace($text, $every, ' ', 'g'), $own, ' ', 'g'), $said)",
            {"text": description, "every": words.not_said_in, "own": kind.not_said_in, "said": kind.said},
        ).fetchall()[0]
        if found:
            kinds.add(kind.kind)
    return kinds


def test_every_pattern_compiles_alone(document: dict[str, Any]) -> None:
    patterns = [pattern for kind in document["information_type"] for pattern in kind.get("words", ())]
    patterns += [pattern for kind in document["information_type_not_said_in"].values() for pattern in kind]
    assert len(patterns) > 50
    for pattern in patterns:
        duckdb.execute("SELECT regexp_matches('', $pattern)", {"pattern": pattern})
        assert not re.search(r" [?*+{]", pattern), f"{pattern}: an optional blank is written \\s*"


def test_what_is_put_aside_is_named_by_kind(document: dict[str, Any]) -> None:
    assert set(document["information_type_not_said_in"]) <= {EVERY_KIND, *VOCABULARY.values("information_type")}


@pytest.mark.parametrize(
    ("description", "kinds"),
    [
        ("The files held names, home\naddresses, dates  of birth and Social Security numbers.",
         {"names", "contact", "birth_dates", "ssn"}),
        ("The PHI involved included claims and financial information, diagnoses, and medications.",
         {"insurance", "financial", "medical"}),
        ("The types of PHI were demographic and clinical information.", {"medical"}),
        ("The lists showed demographic information only.", set()),
        ("Medicaid identification numbers and bank account numbers were visible.", {"insurance", "financial"}),
        ("The clinic told patients by name of a toll-free phone number and paid for credit monitoring.", {"names"}),
        ("The clinic set up a toll-free phone number and offered free credit monitoring and identity theft insurance.",
         set()),
        ("The CE wrote a plan to address the risks, blocked the IP address and changed its user names.", set()),
        ("The covered entity (CE), Group Health Insurance, reported that a clerk mailed letters.", set()),
        ("Lakeside Clinical Associates, the covered entity, lost a box.", set()),
        ("The drive held names, but there were no Social Security numbers or financial information on it.", {"names"}),
        ("The CE replaced its electronic medical records system and changed medical record numbers.", set()),
        ("A visitor took the paper medical records of forty patients.", {"medical"}),
        ("Protected health information was sent to the wrong address.", set()),
        ("The letters showed email addresses to every recipient.", {"contact"}),
        ("Its financial institution told the CE of an attack.", set()),
        ("It settled potential violations of the Health Insurance Portability and Accountability Act.", set()),
    ],
)  # fmt: skip
def test_kinds_are_read_from_what_was_involved(description: str, kinds: set[str]) -> None:
    assert kinds_in(description) == kinds


# --- the real exports ---------------------------------------------------------------------------------------------

COLUMNS = {
    "State": ("state", False),
    "Covered Entity Type": ("entity_type", False),
    "Type of Breach": ("breach_type", True),
    "Location of Breached Information": ("location", True),
    "Business Associate Present": ("business_associate", False),
    "Status": ("status", False),
}


def table(path: Path) -> list[list[str]]:
    if path.suffix == ".xls":
        from python_calamine import CalamineWorkbook

        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return [[str(cell) for cell in row] for row in sheet.to_python()]
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_every_value_of_the_real_exports_is_known(exports: list[Path]) -> None:
    known = {column: VOCABULARY.spellings(column) for column, _ in COLUMNS.values()}
    met: dict[str, set[str]] = {column: set() for column in known}
    unknown = set()
    for path in exports:
        header, *rows = table(path)
        assert "Covered Entity Type" in header, path.name
        for position, name in enumerate(header):
            name = "Business Associate Present" if position == 7 and name.startswith("javax.faces") else name
            if name not in COLUMNS:
                continue
            column, several = COLUMNS[name]
            for row in rows:
                for atom in row[position].split(",") if several else [row[position]]:
                    spelling = atom.strip().casefold()
                    met[column].add(known[column].get(spelling, "?"))
                    if spelling not in known[column]:
                        unknown.add((path.name, column, atom))
    assert not unknown
    assert met["entity_type"] == set(VOCABULARY.values("entity_type"))
    assert met["breach_type"] == set(VOCABULARY.values("breach_type"))
    assert met["location"] == set(VOCABULARY.values("location"))


def test_every_organisation_stands_in_the_real_exports(exports: list[Path]) -> None:
    names = {" ".join(row[0].casefold().split()) for path in exports for row in table(path)[1:]}
    everything = "\n".join(sorted(names))
    missing = [
        phrase
        for phrase in VOCABULARY.values("organisation")
        if not re.search(rf"(?<!\w){re.escape(phrase.casefold())}", everything)
    ]
    assert not missing
