"""Names of organisations as an article writes them, known to the vocabulary or not."""

import re
from collections.abc import Sequence

from breachtrail.claims.mention import Mention
from breachtrail.claims.pattern import pattern, patterns

_CAPITAL = r"(?:[A-Z0-9][\w.&'+/-]*[\w.]|[A-Z])"
_RUN = pattern("organisation.run", any_case=False)
_HAN_RUN = re.compile(r"[A-Za-z][\w.&'+-]*(?:[ ,]+(?:[A-Za-z&][\w.&'+-]*))*[\u4e00-\u9fff]{0,10}")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,14}(?:医院|公司|集团|医疗|中心|健康|保险|诊所|实验室|服务|大学|系统)")
#: Capitalised words that are nobody who files a notice.
_NOBODY = pattern("organisation.nobody", any_case=False)
_LEADING = re.compile(
    r"^(?:还有|包括|以及|还包括|及|和|如|例如|分别是|分别为|其中|名单中|紧随其后的是|随后是|其次是|来自|为|是|对|由|在|与|即|据|有|且|而|等|的)+"
)
_STANDS_FOR_ONE = patterns("organisation.stands_for_one")


#: Where a Chinese sentence goes on behind a name.
_NAME_ENDS = re.compile(
    r"(?:受影响|影响|人数|为|达|有|约|近|超|泄露|报告|披露|遭|因|称|通报|上报|则|也|的|一案|事件|波及|涉及)"
)


def written_before(text: str, floor: int, place: int, language: str, taken: Sequence[Mention]) -> str:
    """The name that ends right before ``place``, as in "Name (13.4 million)"; '' if there is none."""
    end = place
    while end > floor and text[end - 1] in " (（:：—-,，\"'“”)":
        end -= 1
    if language == "zh":
        start = max(floor, max((text.rfind(sign, floor, end) for sign in "、，。；：！？\n"), default=-1) + 1)
        part = text[start:end].strip()
        part = _LEADING.sub("", part).lstrip('“" ')
        for run in reversed(list(_HAN_RUN.finditer(part))):
            if run.end() == len(part) and not _NOBODY.match(run.group().split()[0]):
                return _without_tail(run.group())
        name = _HAN_NAME.fullmatch(part)
        return name.group() if name else ""
    names = [name for name in _runs(text, floor, end, taken) if name[1] >= end - 1]
    return names[-1][2] if names else ""


def _without_tail(name: str) -> str:
    """A name without the words that go on behind it: "Kaiser Permanente受影响人数为"."""
    han = re.search(r"[\u4e00-\u9fff]", name)
    tail = _NAME_ENDS.search(name, han.start()) if han else None
    return (name[: tail.start()] if tail else name).strip()


def written_in(text: str, start: int, end: int, language: str, taken: Sequence[Mention]) -> str:
    """The one name in ``text[start:end]``; '' if there is none, or more than one."""
    if language == "zh":
        names = {_without_tail(run.group()) for run in _HAN_RUN.finditer(text, start, end)}
        names = {
            name
            for name in names
            if len(name) > 3 and not any(_NOBODY.match(word) for word in re.findall(r"[A-Za-z]+", name)[:1])
        }
        return names.pop() if len(names) == 1 else ""
    names = {name for _, _, name in _runs(text, start, end, taken)}
    return names.pop() if len(names) == 1 else ""


def stands_for_one(text: str, start: int, end: int, language: str) -> bool:
    """Whether the words point back to the organisation, or to its breach, that was named last."""
    return bool(_STANDS_FOR_ONE[language].search(text, start, end))


def _runs(text: str, start: int, end: int, taken: Sequence[Mention]) -> list[tuple[int, int, str]]:
    """Runs of capitalised words that can be a name, without the words of a sentence that only begin it."""
    if _is_headline(text[start:end]):
        return []
    found = []
    for run in _RUN.finditer(text, start, end):
        first, last = run.start(), run.end()
        words = list(re.finditer(r"\S+", text[first:last]))
        while words and _NOBODY.match(words[0].group().strip(".,'")):
            words.pop(0)
        while words and (
            words[-1].group() in ("of", "and", "the", "for", "de", "at", "&") or re.fullmatch(r"\W+", words[-1].group())
        ):
            words.pop()
        if not words or _ONLY_A_FORM.fullmatch(" ".join(word.group() for word in words)):
            continue
        begin, stop = first + words[0].start(), first + words[-1].end()
        name = text[begin:stop].strip(" ,")
        name = re.sub(r"'s$", "", name)
        if any(
            mention.column != "organisation" and mention.start <= begin and stop <= mention.end for mention in taken
        ):
            continue
        opens = not text[start:begin].strip(" \"'(,")
        if opens and len(words) == 1 and not _ACTS.match(text, stop):
            continue
        if not re.search(r"[A-Za-z]{2}", name) or (len(words) == 1 and (begin == start and len(name) < 4)):
            continue
        found.append((begin, stop, name))
    return found


_ONLY_A_FORM = re.compile(r"(?:Inc|LLC|Corp|Ltd|P\.?C|PLLC|LLP|L\.?P|PA|MD|IN|AND|OR|NOT|SELECT|FROM|WHERE)\.?")
_ACTS = re.compile(
    r"'s\b|,? (?:reported|said|notified|disclosed|confirmed|told|which|and|where|had|was|is|has|also|later|initially)\b| ?\(|, | - |:"
)


def _is_headline(text: str) -> bool:
    """Text Where Most Words Are Capitalised tells no names."""
    words = re.findall(r"[A-Za-z]{4,}", text)
    if len(words) > 2 and all(word.isupper() for word in words):
        return True
    return len(words) > 5 and sum(word[0].isupper() for word in words) > 0.75 * len(words)
