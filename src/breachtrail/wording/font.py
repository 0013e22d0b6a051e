"""The font of the charts: a part of Noto Sans SC that comes with the package, so that Chinese is drawn everywhere.

Charts are laid out by its widths, whatever fonts a machine has; a page carries just the glyphs that it uses, so a
reader without any Chinese font sees them too. ``assets/ORIGIN.md`` tells where the file comes from.
"""

import base64
import functools
import io
from importlib import resources
from typing import IO

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

#: The embedded parts, by the names under which pages find them: the letters and figures of charts, and all Chinese.
LATIN = "BreachTrail Latin"
HAN = "BreachTrail Han"
STACK = (
    f"'{LATIN}', '{HAN}', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Hiragino Sans GB', "
    "sans-serif"
)
#: Dashes, quotation marks and dots that Chinese and English share, but that Chinese sets as wide as its characters.
SHARED_PUNCTUATION = "—‘’“”…"
FIRST_HAN = 0x2E80


def _file() -> IO[bytes]:
    return resources.files(__package__).joinpath("assets", "NotoSansSC-subset.ttf").open("rb")


@functools.cache
def _advances() -> dict[str, float]:
    """Widths of characters in ems."""
    with _file() as file, TTFont(file, lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str, size: float) -> float:
    """The room in pixels that a text takes in this font at ``size``; a character it does not know counts as full."""
    advances = _advances()
    return size * sum(advances.get(character, 1.0) for character in text)


def characters() -> frozenset[str]:
    """Every character that the font can draw."""
    return frozenset(_advances())


def missing(text: str) -> str:
    """The characters of ``text`` that the font cannot draw, each once, in the order of their codes."""
    return "".join(sorted({character for character in text if character.isprintable()} - characters()))


@functools.lru_cache(maxsize=8)
def _woff2(glyphs: frozenset[str]) -> bytes:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(glyphs)))
    out = io.BytesIO()
    with _file() as file, TTFont(file, recalcTimestamp=False) as font:
        subsetter.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()


def _parted() -> dict[str, frozenset[str]]:
    """The font in two: the letters and figures of charts, and all Chinese."""
    latin = frozenset(character for character in characters() if ord(character) < FIRST_HAN)
    return {LATIN: latin, HAN: characters() - latin}


#: The glyphs as files of their own, for a site: a browser takes each only where a page needs it.
SITE_FILES = {"latin.woff2": LATIN, "han.woff2": HAN}


@functools.cache
def site_glyphs(file: str) -> bytes:
    """One of ``SITE_FILES``, as ``scripts/pack-glyphs`` packed it: that takes six seconds."""
    return resources.files(__package__).joinpath("assets", file).read_bytes()


def packed(file: str) -> bytes:
    """The same, packed anew."""
    return _woff2(_parted()[SITE_FILES[file]])


def site_face() -> str:
    """CSS ``@font-face`` rules for ``SITE_FILES``, which lie beside the style sheet."""
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:400;font-display:swap;'
        f'unicode-range:{_ranges(_parted()[family])};src:url("{file}") format("woff2")}}\n'
        for file, family in SITE_FILES.items()
    )


def face(text: str, language: str) -> str:
    """CSS ``@font-face`` rules that carry, as WOFF2, the glyphs of ``text`` and of printable ASCII, nothing else.

    Both rules name the characters that they are for. Without that, and the Chinese one not the first of its stack,
    Chromium was seen to leave whole lines as empty boxes where the machine has no Chinese font.
    """
    known = frozenset(text) & characters()
    han = {character for character in known if ord(character) >= FIRST_HAN}
    if language == "zh":
        han |= known & set(SHARED_PUNCTUATION)
    latin = (known - han) | {chr(code) for code in range(0x20, 0x7F)}
    return "".join(_rule(family, frozenset(glyphs)) for family, glyphs in ((LATIN, latin), (HAN, han)) if glyphs)


def _rule(family: str, glyphs: frozenset[str]) -> str:
    encoded = base64.b64encode(_woff2(glyphs)).decode("ascii")
    return (
        f'@font-face{{font-family:"{family}";font-weight:400;font-style:normal;font-display:block;'
        f"unicode-range:{_ranges(glyphs)};"
        f'src:url("data:font/woff2;base64,{encoded}") format("woff2")}}\n'
    )


def _ranges(glyphs: frozenset[str]) -> str:
    codes = sorted(map(ord, glyphs))
    present = set(codes)
    starts = [code for code in codes if code - 1 not in present]
    ends = [code for code in codes if code + 1 not in present]
    spans = zip(starts, ends, strict=True)
    return ",".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in spans)
