"""The font of the charts: a part of Noto Sans SC that comes with the package, so that Chinese is drawn everywhere.

The machine that lays a chart out measures text with it, whatever fonts it has itself; a page carries just the glyphs that
it uses, so a reader without any Chinese font sees them too. ``assets/ORIGIN.md`` tells where the file comes from.
"""

import base64
import functools
import io
from importlib import resources
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Noto Sans SC"
STACK = (
    "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Hiragino Sans GB', 'Source Han Sans SC', "
    "sans-serif"
)


def folder() -> Path:
    """The folder that holds the font file, for programs that are pointed at folders."""
    return Path(str(resources.files(__package__).joinpath("assets")))


def _file() -> Path:
    return folder() / "NotoSansSC-subset.ttf"


@functools.cache
def characters() -> frozenset[str]:
    """Every character that the font can draw."""
    with TTFont(_file(), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def missing(text: str) -> str:
    """The characters of ``text`` that the font cannot draw, each once, in the order of their codes."""
    return "".join(sorted({character for character in text if character.isprintable()} - characters()))


@functools.lru_cache(maxsize=8)
def _woff2(glyphs: frozenset[str]) -> bytes:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], notdef_outline=True)
    font = subset.load_font(str(_file()), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(glyphs)))
    subsetter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def face(text: str) -> str:
    """A CSS ``@font-face`` rule that carries, as WOFF2, the glyphs of ``text`` and of printable ASCII, nothing else."""
    glyphs = (frozenset(text) & characters()) | frozenset(map(chr, range(0x20, 0x7F)))
    encoded = base64.b64encode(_woff2(glyphs)).decode("ascii")
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:400;font-style:normal;font-display:block;'
        f'src:url("data:font/woff2;base64,{encoded}") format("woff2")}}'
    )
