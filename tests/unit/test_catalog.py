import pytest

from breachtrail.errors import QuestionError
from breachtrail.notices.vocabulary import LANGUAGES, Vocabulary
from breachtrail.questions import catalog

WORDS = Vocabulary.load()


def test_every_measure_and_dimension_has_labels_and_a_meaning() -> None:
    assert list(catalog.MEASURES) == list(WORDS.values("measure"))
    assert sorted(catalog.dimensions()) == sorted(WORDS.values("dimension"))
    for listed, column in ((catalog.MEASURES, "measure"), (catalog.dimensions(), "dimension")):
        for name, one in listed.items():
            assert one.name == name
            assert one.meaning.endswith(".")
            assert all(WORDS.label(column, name, language) != name or language == "en" for language in LANGUAGES)
    assert all(measure.unit for measure in catalog.MEASURES.values())


def test_names_are_found_as_people_say_them() -> None:
    assert catalog.measure("breaches").name == "notices"
    assert catalog.measure("中位数").name == "median"
    assert catalog.dimension("原因").name == "breach_type"


@pytest.mark.parametrize("name", ["", "Notices!", "count(*)"])
def test_an_unknown_name_is_refused_with_those_there_are(name: str) -> None:
    with pytest.raises(QuestionError, match=r"There is no measure .* There are: notices, individuals"):
        catalog.measure(name)
    with pytest.raises(QuestionError, match=r"There is no dimension .* There are: year, quarter"):
        catalog.dimension(name)


@pytest.mark.parametrize(
    "name", [name for name, one in catalog.dimensions().items() if one.words and name != "information_type"]
)
def test_every_value_that_a_dimension_gives_is_in_the_vocabulary(ledger, name: str) -> None:
    """On every day of the small register, which has a blank in every column that may have one."""
    words = catalog.dimension(name).words
    for day in ("2024-06-01", "2024-09-01", "2025-01-02"):
        given = {row[0] for row in ledger.ask("notices", by=name, as_of=day).rows}
        assert given
        assert given - set(WORDS.values(words)) - {"unknown"} == set()


def test_size_bands_leave_no_gap_and_do_not_overlap() -> None:
    bands = [band for band in WORDS.size_bands() if band.smallest is not None]
    assert bands[0].smallest == 0
    assert bands[-1].largest is None
    assert [band.largest + 1 for band in bands[:-1]] == [band.smallest for band in bands[1:]]


def test_no_measure_uses_what_other_engines_lack() -> None:
    """DESIGN, section 3: what does not translate faithfully stays out of measures."""
    banned = ("list_has_any", "quantile", "any_value", "list_aggregate", "struct", "EXCLUDE")
    for measure in catalog.MEASURES.values():
        assert not [word for word in banned if word in measure.sql]
