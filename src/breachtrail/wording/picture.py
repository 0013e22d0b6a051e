"""A picture: a chart that leaves its page, to be printed or sent, on white, with its title, what it says, and the glyphs it needs."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources

import vl_convert

from breachtrail.wording import font, letters
from breachtrail.wording.canvas import SMALL, text_width
from breachtrail.wording.chart import Chart
from breachtrail.wording.palette import INK, PAPER, QUIET

#: Pixels: white around everything, the title, and a line of what stands below the drawing.
MARGIN, TITLE, LINE = 20, 18, 18
#: Points of a screen or a printer for each pixel of a picture of points.
SHARPNESS = 2
#: What a line may not be parted before: a Latin word, or a Chinese character with the marks that belong to it.
_PIECE = re.compile(
    "[「『（《“‘]*[\u2e80-\u9fff\uf900-\ufaff][，。、；：？！）》」』”’…—]*| |[^\u2e80-\u9fff\uf900-\ufaff ]+"
)


def svg(chart: Chart, language: str, notes: Sequence[str] = ()) -> str:
    """The wide drawing with its title above it, its caption and ``notes`` below, as a file of its own."""
    drawing = chart.svg()
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    if box is None:
        raise ValueError(f"a drawing without its size: {drawing[:200]}")
    width, height = float(box[1]), float(box[2])
    titles = list(lines(chart.title, width, TITLE))
    top = MARGIN + len(titles) * TITLE * 1.4 + 8
    told = [line for note in (chart.caption, *notes) for line in lines(note, width, SMALL)]
    texts = [
        *(_text(line, MARGIN + (place + 0.8) * TITLE * 1.4, TITLE, INK) for place, line in enumerate(titles)),
        *(_text(line, top + height + 12 + (place + 0.8) * LINE, SMALL, QUIET) for place, line in enumerate(told)),
    ]
    size = (width + 2 * MARGIN, top + height + 12 + len(told) * LINE + MARGIN)
    placed = drawing.replace("<svg ", f'<svg x="{MARGIN}" y="{top:g}" width="{width:g}" height="{height:g}" ', 1)
    face = font.face("".join([*titles, *told, drawing]), language)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:g} {size[1]:g}" width="{size[0]:g}" height="{size[1]:g}" '
        f'font-family="{font.STACK}" lang="{language}"><style>{face}</style>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join(texts)}{placed}</svg>'
    )


def png(chart: Chart, language: str, notes: Sequence[str] = ()) -> bytes:
    """The same in points, for places that take no SVG."""
    vl_convert.register_font_directory(str(resources.files(__package__).joinpath("assets")))
    return vl_convert.svg_to_png(svg(chart, language, notes), scale=SHARPNESS)


def lines(text: str, width: float, size: int) -> Iterator[str]:
    """A text in lines of at most ``width`` pixels; a word that is longer than a line stands alone and hangs over."""
    line = ""
    for piece in _PIECE.findall(letters.fit(text)):
        if line.strip() and text_width(line + piece.rstrip(), size) > width:
            yield line.strip()
            line = ""
        line += piece
    if line.strip():
        yield line.strip()


def _text(line: str, y: float, size: int, colour: str) -> str:
    return f'<text x="{MARGIN}" y="{y:g}" font-size="{size}px" fill="{colour}">{escape(line)}</text>'
