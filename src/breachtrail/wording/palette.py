"""The colours of charts: told apart by the colour-blind, at least 3:1 against the paper, and each with a dark twin.

A chart is drawn once, in these colours, for white paper. On a dark page ``style.css`` gives every one of them its twin,
by the value of the ``fill`` or ``stroke`` attribute; a test holds the two lists together.
"""

INK = "#1d2731"
QUIET = "#566270"
GRID = "#d5dae0"
PAPER = "#ffffff"

MAIN = "#0b6aa2"
BEFORE = "#87919d"
CONTRAST = "#b8430f"

#: Light to dark, for classes of a map; one hue, so that the order survives a black-and-white printer.
CLASSES = ("#cfe1f0", "#94bfde", "#5297c6", "#1f6da6", "#08406f")
NONE = "#e6e9ed"
UNKNOWN = "#a9a39a"

COLOURS = (INK, QUIET, GRID, PAPER, MAIN, BEFORE, CONTRAST, *CLASSES, NONE, UNKNOWN)
