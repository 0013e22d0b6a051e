"""Law 7: what is said in English is said in Chinese, under the same keys and of the same values."""

import datetime as dt
import re

import pytest

from breachtrail.errors import VocabularyError
from breachtrail.notices.vocabulary import LANGUAGES, Vocabulary
from breachtrail.wording import font
from breachtrail.wording.phrases import Phrases, flattened, plural

EN, ZH = Phrases.of("en"), Phrases.of("zh")
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_both_files_have_the_same_keys_in_the_same_order() -> None:
    assert EN.keys == ZH.keys


@pytest.mark.parametrize("key", EN.keys)
def test_a_phrase_uses_the_same_values_in_both_languages(key: str) -> None:
    """Unless the file that alone uses one says so under ``only_here``; what it lists must be so."""
    english, chinese = EN.variables(key), ZH.variables(key)
    assert english - chinese == EN.only_here.get(key, frozenset())
    assert chinese - english == ZH.only_here.get(key, frozenset())


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_here_lists_no_key_that_does_not_exist(language: str) -> None:
    phrases = Phrases.of(language)
    assert set(phrases.only_here) <= set(phrases.keys)


def test_chinese_is_chinese_and_english_is_not() -> None:
    of_values_alone = {key for key in ZH.keys if not re.sub(r"\{\{.*?\}\}|\{%.*?%\}|[\W\d_]", "", ZH.text(key))}
    assert not [key for key in ZH.keys if key not in of_values_alone and not HAN.search(ZH.text(key))]
    assert not [key for key in EN.keys if HAN.search(EN.text(key))]


def test_chinese_phrases_are_set_in_chinese_punctuation() -> None:
    halfwidth = re.compile(r"[\u4e00-\u9fff] ?[,;:?!]|[\u4e00-\u9fff]\.(?!\d)|[\u4e00-\u9fff] +[\u4e00-\u9fff]")
    faults = {key: re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", ZH.text(key)) for key in ZH.keys}
    assert {key: text for key, text in faults.items() if halfwidth.search(text)} == {}


def test_the_font_can_draw_every_phrase_and_every_label() -> None:
    vocabulary = Vocabulary.load()
    labels = [
        vocabulary.label(column, value, language)
        for column in vocabulary.columns for value in vocabulary.values(column) for language in LANGUAGES
    ]  # fmt: skip
    phrases = [phrases.text(key) for phrases in (EN, ZH) for key in phrases.keys]
    assert font.missing("".join([*labels, *phrases])) == ""


def test_the_font_says_what_it_cannot_draw() -> None:
    assert font.missing("罕见字：龘ok") == "龘"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_refused_by_name(language: str) -> None:
    with pytest.raises(VocabularyError, match=rf"texts/{language}/no\.yml has no phrase 'no\.such'"):
        Phrases.of(language).say("no.such")


def test_a_value_that_is_not_given_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(VocabularyError, match=r"hedge\.about: 'number' is undefined"):
        EN.say("hedge.about")


def test_a_language_without_phrases_is_refused() -> None:
    with pytest.raises(VocabularyError, match="none in 'fr'"):
        Phrases("fr")


def test_a_phrase_that_is_no_text_is_refused() -> None:
    assert list(flattened({"a": {"b": " text "}})) == [("a.b", "text")]
    with pytest.raises(VocabularyError, match=r"a\.b: True"):
        list(flattened({"a": {"b": True}}))


def test_rough_figures_carry_the_hedge_that_is_true() -> None:
    assert (EN.hedged(289_846_372, 2), ZH.hedged(289_846_372, 2)) == ("nearly 290 million", "近2.9亿")
    assert (EN.hedged(289_846_372), ZH.hedged(289_846_372)) == ("more than 289.8 million", "超2.898亿")
    assert (EN.hedged(741), ZH.hedged(13_400_000)) == ("741", "1340万")
    assert (EN.about(397, 1), ZH.about(397, 1), ZH.about(400, 1)) == ("about 400", "约400", "400")


@pytest.mark.parametrize(
    ("later", "earlier", "english", "chinese"),
    [
        (741, 660, "up 12.3%", "增长12.3%"),
        (660, 741, "down 10.9%", "下降10.9%"),
        (320, 100, "3.2 times as many", "为原来的3.2倍"),
        (7, 7, "unchanged", "持平"),
        (5, 0, "up from none", "此前为零"),
        (0, 5, "down to none", "降至零"),
    ],
)
def test_a_change_is_said_in_words(later: int, earlier: int, english: str, chinese: str) -> None:
    assert (EN.change(later, earlier), ZH.change(later, earlier)) == (english, chinese)


def test_labels_come_from_the_vocabulary_and_names_stay_as_they_are() -> None:
    assert (EN.label("TX", "state"), ZH.label("TX", "state")) == ("Texas", "得克萨斯州")
    assert EN.heading("Theft", "breach_type") == "Theft"
    assert EN.label("iRhythm, Inc.", "organisation") == "iRhythm, Inc."
    assert ZH.unit("notices") == "起"


def test_every_filter_of_a_phrase_is_there() -> None:
    values = {
        "count": (741,), "decimal": (1.25, 1), "signed": (-3,), "rough": (741,), "percent": (0.5,), "share": (1, 2),
        "times": (3.2,), "day": (dt.date(2024, 7, 19),), "month": (dt.date(2024, 7, 1),), "month_name": (7,),
        "year": (2024,), "listed": (["A"],), "label": ("TX", "state"), "heading": ("TX", "state"),
        "unit": ("notices",), "hedged": (741,), "about": (741,), "change": (2, 1), "plural": (1, "one", "many"),
    }  # fmt: skip
    assert set(EN.filters) == set(values)
    assert all(EN.filters[name](*arguments) for name, arguments in values.items())


def test_one_thing_is_not_many() -> None:
    assert [plural(number, "notice", "notices") for number in (0, 1, 2)] == ["notices", "notice", "notices"]


def test_what_was_said_before_is_said_of_equal_values_alone() -> None:
    phrases = Phrases("en")
    told = [phrases.say("hedge.about", number=number) for number in (1, 1.0, True, "1", 0.0, -0.0, 1)]
    assert told == ["about 1", "about 1.0", "about True", "about 1", "about 0.0", "about -0.0", "about 1"]


def test_no_more_is_kept_than_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("breachtrail.wording.phrases._MOST_SAID", 3)
    phrases = Phrases("en")
    assert [phrases.say("hedge.about", number=number) for number in range(9)] == [f"about {n}" for n in range(9)]
    assert len(phrases._said) == 3
