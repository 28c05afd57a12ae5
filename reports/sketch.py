"""A drawing surface in CSS pixels that ends as inline SVG whose colours follow the page (light, dark, print).

Matplotlib draws with placeholder colours; they become CSS custom properties in the SVG text, so one drawing serves both
palettes. One figure with bare axes is kept and emptied between drawings: making axes with ticks costs ten times more.
"""
import io
import itertools
import math
import re

import matplotlib
from markupsafe import Markup, escape
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

INK, MUTED, RULE, BAND, BASE, CANDIDATE, CLAIM, PAPER = (f"#0a00{number:02x}" for number in range(1, 9))
PROPERTIES = {INK: "ink", MUTED: "muted", RULE: "rule", BAND: "band", BASE: "base", CANDIDATE: "candidate", CLAIM: "claim", PAPER: "paper"}

SETTINGS = {
    "svg.fonttype": "none",  # text stays text: small, selectable, in the page's font
    "svg.hashsalt": "assay",  # same input, same bytes
    "path.simplify": False,
}
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}

DECLARATIONS = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->|<style.*?</style>| xmlns(?::\w+)?=\"[^\"]*\"", re.DOTALL)
GROUP_ID = re.compile(r"<g id=\"[^\"]*\">")
IDS = re.compile(r"(\bid=\"|url\(#|href=\"#)")
LONG_NUMBER = re.compile(r"(\.\d\d)\d+")
PLACEHOLDER = re.compile(r"#0a000[1-8]")
FONT = re.compile(r"font: ([^;\"]*?)(\d+(?:\.\d+)?)px [^;\"]*")
NOISE = re.compile(r"; text-anchor: start| transform=\"rotate\(-0 [^\"]*\"|<defs>\s*</defs>")


class Sketch:
    """REQUIRES: one drawing at a time; `start` empties the surface, `svg` ends the drawing. Origin is the top left corner."""

    def __init__(self):
        self.figure = Figure(dpi=72)  # 72 dpi: a point is a pixel
        FigureCanvasSVG(self.figure)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.figure.patch.set_visible(False)
        self.numbers = itertools.count(1)
        self.width = self.height = 0

    def start(self, width, height):
        self.width, self.height = width, height
        self.figure.set_size_inches(width / 72, height / 72)
        for artist in [*self.axes.texts, *self.axes.lines, *self.axes.patches]:
            artist.remove()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(height, 0)

    def text(self, x, y, text, color=INK, anchor="left", size=11, weight="normal"):
        # parse_math: a '$' in a name is a '$'
        self.axes.text(x, y, text, color=color, ha=anchor, va="baseline", fontsize=size, fontweight=weight, parse_math=False)

    def line(self, xs, ys, color=INK, width=1.0, style="-"):
        self.axes.add_line(matplotlib.lines.Line2D(xs, ys, color=color, linewidth=width, linestyle=style,
                                                   solid_capstyle="butt", clip_on=False))

    def dots(self, xs, ys, color=INK, size=5.0, hollow=False):
        """Round dots as one path of tiny strokes with round ends: a tenth of the bytes and time of as many markers."""
        path_x = [value for x in xs for value in (x, x + 0.01, math.nan)]
        path_y = [value for y in ys for value in (y, y, math.nan)]
        for ink, width in ((color, size), (PAPER, size - 2.2)) if hollow else ((color, size),):
            self.axes.add_line(matplotlib.lines.Line2D(path_x, path_y, color=ink, linewidth=width, solid_capstyle="round", clip_on=False))

    def marks(self, xs, ys, marker, color=INK, size=5.0):
        """Triangles ('<', '>', '^', 'v') for values beyond an edge."""
        self.axes.add_line(matplotlib.lines.Line2D(xs, ys, linestyle="none", marker=marker, markersize=size, markerfacecolor=color,
                                                   markeredgecolor="none", markeredgewidth=0.0, clip_on=False))

    def box(self, left, top, right, bottom, fill=None, edge=None, alpha=None):
        self.axes.add_patch(matplotlib.patches.Rectangle((left, top), right - left, bottom - top, facecolor=fill or "none",
                                                         edgecolor=edge or "none", linewidth=1.0, alpha=alpha, clip_on=False))

    def svg(self, label):
        """label: what the picture shows, for readers who do not see it."""
        buffer = io.StringIO()
        with matplotlib.rc_context(SETTINGS):
            self.figure.canvas.print_svg(buffer, metadata=NO_METADATA)
        body = for_page(buffer.getvalue(), f"f{next(self.numbers)}-").split(">", 1)[1]
        head = (f'<svg viewBox="0 0 {self.width:g} {self.height:g}" style="max-width:{self.width:g}px" role="img" '
                f'aria-label="{escape(label)}">')
        return Markup(head + body)


def for_page(svg, prefix):
    """Strips what a stand-alone file needs, makes ids unique and lets the page choose the colours and the font."""
    svg = DECLARATIONS.sub("", svg).strip()
    svg = GROUP_ID.sub("<g>", svg)
    svg = IDS.sub(lambda match: match.group(0) + prefix, svg)
    svg = FONT.sub(lambda match: f"font: {match.group(1)}{match.group(2)}px var(--sans)", svg)
    svg = PLACEHOLDER.sub(lambda match: f"var(--{PROPERTIES[match.group(0)]})", svg)
    svg = LONG_NUMBER.sub(r"\1", svg)
    return re.sub(r"\s*\n\s*", " ", NOISE.sub("", svg))
