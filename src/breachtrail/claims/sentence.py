"""Sentences of a block, and for each figure of a sentence the stretch of it that is the figure's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from breachtrail.claims.mention import Mention
from breachtrail.claims.numeral import Numeral
from breachtrail.claims.pattern import texts
from breachtrail.claims.word import ANY_CASE, words

_ENGLISH_END = re.compile(r"[.!?][\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|L\.L\.C|LLC|P\.C|Dr|Mr|Ms|Mrs|St|No|vs|approx|Jr|Sr|dept|Dept|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|"
    r"Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|"
    r"Oct|Nov|Dec|e\.g|i\.e|etc|Fig|Sec|Gov|Sen|Rep|U\.S)|\b[A-Z]|\b[A-Z]\.[A-Z])$"
)
_CHINESE_END = re.compile(r"[。！？!?][”’\"'）)]*")
_SEPARATORS = texts("sentence.separators")
#: What is longer is no sentence.
_LONGEST = 1500
#: What may stand between a separator and a figure that it introduces: hedges and the like.
_JUST_BEFORE = re.compile(r"[\s\w'~$（(]{0,22}")


@dataclass(frozen=True)
class Window:
    """A figure and the part of its sentence that speaks of it.

    host: of a figure in brackets behind another one ("440 breaches (61%)"), that one's place in the sentence's windows
    is_whole: it is the whole of its host ("520 of the 725 breaches")
    """

    number: Numeral
    start: int
    end: int
    host: int | None = None
    is_whole: bool = False


#: "520 of the 725 breaches": the second figure is the whole of the first.
_PART_OF = re.compile(r" (?:out )?of (?:the |those |these |its |all )?(?:\w+ )?|(?:起|件)?中的", ANY_CASE)
_OF_A_NAME = re.compile(
    r", ?(?:Inc|LLC|L\.L\.C|Corp|Ltd|P\.?C|PLLC|LLP|L\.?P|P\.?A|M\.?D|DDS|dba|d/b/a|N\.?A|PLC|Co)\b"
)
_LEADS_TO_NUMBER = re.compile(r"\b(?:to|from|than|versus|vs\.|against)\b(?! (?:the )?\w+$)", ANY_CASE)


def sentences(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """The sentences of ``text[start:end]``, as places."""
    pattern = _CHINESE_END if language == "zh" else _ENGLISH_END
    cuts = []
    for match in pattern.finditer(text, start, end):
        if (
            language == "en"
            and match.group()[0] == "."
            and _ABBREVIATED.search(text[max(start, match.start() - 12) : match.start()])
        ):
            continue
        cuts.append(match.end())
    places = []
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        while last - first > _LONGEST:  # no sentence, but a heap of words; cut where nothing is torn
            blank = text.rfind(" ", first + 1, first + _LONGEST)
            middle = blank + 1 if blank > 0 else first + _LONGEST
            places.append((first, middle))
            first = middle
        places.append((first, last))
    return [(first, last) for first, last in places if text[first:last].strip()]


def windows(
    text: str, start: int, end: int, numbers: Sequence[Numeral], mentioned: Sequence[Mention], language: str
) -> list[Window]:
    """The windows of a sentence's numbers, in order; without overlap, but for those in brackets behind another."""
    marks = [
        mark
        for mark in _marks(text, start, end, language)
        if not _OF_A_NAME.match(text, mark[0])
        and not _inside(mark[0], mentioned)
        and not _inside_number(mark[0], numbers)
    ]
    hosts: list[tuple[Numeral, int | None]] = []
    wholes: set[int] = set()
    free: list[Numeral] = []
    for number in numbers:
        hosted = bool(free) and _host(text, number, free[-1], marks)
        if free and number.form == "count" and _PART_OF.fullmatch(text, free[-1].end, number.start):
            hosted = True
            wholes.add(number.start)
        if hosted:
            hosts.append((number, len(free) - 1))
        else:
            hosts.append((number, None))
            free.append(number)
    brackets = [_bracket(text, number) for number, owner in hosts if owner is not None and number.start not in wholes]
    marks = [mark for mark in marks if not any(first <= mark[0] < last for first, last in brackets)]
    bounds = [start]
    for left, right in pairwise(free):
        bounds.append(_boundary(text, left, right, marks, mentioned, language))
    bounds.append(end)
    place_of = {number.start: place for place, number in enumerate(free)}
    made: list[Window] = []
    position: dict[int, int] = {}
    for number, owner in hosts:
        place = place_of[number.start] if owner is None else owner
        host = position.get(place) if owner is not None else None
        if owner is None:
            position[place] = len(made)
        made.append(Window(number, bounds[place], bounds[place + 1], host, number.start in wholes))
    return made


@cache
def _separator(language: str) -> re.Pattern[str]:
    return re.compile(_SEPARATORS[language], ANY_CASE)


def _marks(text: str, start: int, end: int, language: str) -> list[tuple[int, int, int]]:
    """Separators as start, end and strength."""
    return [
        (match.start(), match.end(), int((match.lastgroup or "s0")[1]))
        for match in _separator(language).finditer(text, start, end)
    ]


def _inside(place: int, mentioned: Sequence[Mention]) -> bool:
    return any(mention.start < place < mention.end for mention in mentioned)


def _inside_number(place: int, numbers: Sequence[Numeral]) -> bool:
    return any(number.start <= place < number.end for number in numbers)


def _host(text: str, number: Numeral, left: Numeral, marks: Sequence[tuple[int, int, int]]) -> bool:
    """Whether ``number`` stands in brackets right behind what belongs to ``left``."""
    between = [mark for mark in marks if left.end <= mark[0] < number.start]
    if not between or text[between[-1][0]] not in "(（":
        # "440 breaches, or 61%, ..."
        bare = text[left.end : number.start]
        return (
            number.form in ("percent", "fraction")
            and bool(
                re.fullmatch(
                    r"[^,，]{0,60}[,，]? ?(?:\bor\b|i\.e\.|即|约占|占比|占)[ 约]{0,3}(?:about |roughly |nearly |some )?",
                    bare,
                )
            )
            and not re.search(r"\d", bare)
        )
    closing = re.search(r"[)）]", text[number.end : number.end + 60])
    return len(between) == 1 and closing is not None


def _bracket(text: str, number: Numeral) -> tuple[int, int]:
    """The brackets around a figure that stands in brackets behind another: their signs part nothing."""
    opening = max(text.rfind(sign, max(0, number.start - 60), number.start) for sign in "(（")
    closing = re.compile(r"[)）]").search(text, number.end, number.end + 60)
    if opening < 0 or closing is None:
        return number.start, number.end
    return opening, closing.end()


def _boundary(
    text: str,
    left: Numeral,
    right: Numeral,
    marks: Sequence[tuple[int, int, int]],
    mentioned: Sequence[Mention],
    language: str,
) -> int:
    """Where the words about ``left`` end and those about ``right`` begin."""
    between = [mark for mark in marks if left.end <= mark[0] and mark[1] <= right.start]
    if not between:
        if _named(left.end, right.start, mentioned):
            return _after_first(left.end, right.start, mentioned)
        if leading := _LEADS_TO_NUMBER.search(text, left.end, right.start):
            return leading.start()
        verb = words("leads_to_individuals", language).first(text, left.end, right.start)
        return verb.start if verb else left.end
    # A sign right before a figure introduces it ("Texas: 56", "Texas (56", "Texas, 56") where another one parts the two.
    introducing = [
        mark
        for mark in between
        if _JUST_BEFORE.fullmatch(text[mark[1] : right.start]) and not _named(mark[1], right.start, mentioned)
    ]
    parting = [mark for mark in between if mark not in introducing or mark[2] > 2] or [
        mark for mark in between if mark[2] > 0
    ]
    if not parting:
        return between[0][0] if between else left.end
    if (
        introducing
        and any(mark[2] in (1, 2, 3) for mark in introducing)
        and not _named(max(mark[1] for mark in parting), right.start, mentioned)
    ):
        parting = between
    strongest = max(mark[2] for mark in parting)
    return max(mark[0] for mark in parting if mark[2] == strongest)


def _named(start: int, end: int, mentioned: Sequence[Mention]) -> bool:
    return any(start <= mention.start and mention.end <= end for mention in mentioned)


def _after_first(start: int, end: int, mentioned: Sequence[Mention]) -> int:
    """Without a sign between two figures, what is named between them belongs to the first one."""
    return max(mention.end for mention in mentioned if start <= mention.start and mention.end <= end)
