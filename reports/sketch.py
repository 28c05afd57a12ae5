"""A drawing surface in CSS pixels that ends as inline SVG whose colours follow the page (light, dark, print).

Matplotlib's SVG renderer writes the paths, with placeholder colours that become CSS custom properties in the SVG text, so one
drawing serves both palettes. Its figures, axes and artists stay out: they would cost ten times the rest of the report, and what
they are good for (layout, ticks, picking) the plots do themselves.
"""
import io
import itertools
import re

from markupsafe import Markup, escape
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgb
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

INK, MUTED, RULE, BAND, BASE, CANDIDATE, CLAIM, PAPER = (f"#0a00{number:02x}" for number in range(1, 9))
PROPERTIES = {INK: "ink", MUTED: "muted", RULE: "rule", BAND: "band", BASE: "base", CANDIDATE: "candidate", CLAIM: "claim", PAPER: "paper"}
ANCHORS = {"left": {}, "center": {"text-anchor": "middle"}, "right": {"text-anchor": "end"}}
TEXT_SIZE = 11  # of "svg text" in templates/style.css.j2
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}

DECLARATIONS = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<style.*?</style>| xmlns(?::\w+)?=\"[^\"]*\"", re.DOTALL)
IDS = re.compile(r"(\bid=\"|href=\"#)")
LONG_NUMBER = re.compile(r"(\.\d\d)\d+")
PLACEHOLDER = re.compile(r"#0a000[1-8]")


class Sketch:
    """REQUIRES: one drawing at a time; `start` empties the surface, `svg` ends the drawing. Origin is the top left corner."""

    def __init__(self):
        self.numbers = itertools.count(1)
        self.width = self.height = 0

    def start(self, width, height):
        self.width, self.height = width, height
        self.buffer = io.StringIO()
        self.renderer = RendererSVG(width, height, self.buffer, metadata=NO_METADATA)
        self.ids = itertools.count(1)
        self.upright = Affine2D().scale(1, -1).translate(0, height)  # the renderer's origin is the bottom left corner

    def text(self, x, y, text, color=INK, anchor="left", size=TEXT_SIZE, weight="normal"):
        if not text:
            return
        style = [f"font-size: {size:g}px"] if size != TEXT_SIZE else []  # the rest as the page's style sheet has it
        style += [f"font-weight: {weight}"] if weight != "normal" else []
        style += [f"fill: {css(color)}"] if color != INK else []
        self.renderer.writer.element("text", str(text), x=number(x), y=number(y), style="; ".join(style), **ANCHORS[anchor])

    def line(self, xs, ys, color=INK, width=1.0, style="-"):
        """style: "-" or a pair of offset and lengths of dash and gap in widths of the line. NaN ends a line and begins another."""
        pen = self.pen(color, width)
        if style != "-":
            pen.set_dashes(style[0], [length * width for length in style[1]])
        self.draw(pen, list(zip(xs, ys)))

    def dots(self, xs, ys, color=INK, size=5.0, hollow=False):
        """Round dots, to a tenth of a pixel, as one path of strokes without length but with round ends: a tenth of the bytes and
        time of as many markers."""
        path = "".join([f"M{x:.1f} {y:.1f}h0" for x, y in zip(xs, ys)]).replace(".0 ", " ").replace(".0h", "h")
        if not hollow:
            self.renderer.writer.element("path", d=path, style=stroke(color, size))
            return
        name = f"d{next(self.ids)}"
        self.renderer.writer.start("defs")
        self.renderer.writer.element("path", id=name, d=path)
        self.renderer.writer.end("defs")
        for ink, width in ((color, size), (PAPER, size - 2.2)):
            self.renderer.writer.element("use", href=f"#{name}", style=stroke(ink, width))

    def marks(self, xs, ys, marker, color=INK, size=5.0):
        """Triangles ('<', '>', '^', 'v') for values beyond an edge."""
        style = MarkerStyle(marker)
        for x, y in zip(xs, ys):
            outline = style.get_path().transformed(style.get_transform() + Affine2D().scale(size, -size).translate(x, y))
            self.draw(self.pen(color, 0), outline.vertices[:-1], fill=color, closed=True)

    def box(self, left, top, right, bottom, fill=None, edge=None, alpha=None):
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        pen = self.pen(edge or INK, 1.0 if edge else 0)
        if alpha is not None:
            pen.set_alpha(alpha)
        self.draw(pen, corners, fill=fill, closed=True)

    def pen(self, color, width):
        pen = GraphicsContextBase()
        pen.set_foreground(color)
        pen.set_linewidth(width)
        return pen

    def draw(self, pen, points, fill=None, closed=False):
        path = Path([*points, points[0]] if closed else points, closed=closed)
        path.should_simplify = False
        self.renderer.draw_path(pen, path, self.upright, to_rgb(fill) if fill else None)

    def svg(self, label):
        """label: what the picture shows, for readers who do not see it."""
        self.renderer.finalize()
        body = for_page(self.buffer.getvalue(), f"f{next(self.numbers)}-").split(">", 1)[1]
        head = (f'<svg viewBox="0 0 {self.width:g} {self.height:g}" style="max-width:{self.width:g}px" role="img" '
                f'aria-label="{escape(label)}">')
        return Markup(head + body)


def number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


def css(color):
    return f"var(--{PROPERTIES[color]})" if color in PROPERTIES else color


def stroke(color, width):
    return f"stroke: {css(color)}; stroke-width: {number(width)}; stroke-linecap: round"


def for_page(svg, prefix):
    """Strips what a stand-alone file needs, makes ids unique and lets the page choose the colours."""
    svg = DECLARATIONS.sub("", svg).strip()
    svg = IDS.sub(lambda match: match.group(0) + prefix, svg)
    svg = PLACEHOLDER.sub(lambda match: css(match.group(0)), svg)
    svg = LONG_NUMBER.sub(r"\1", svg)
    return re.sub(r"\s*\n\s*", " ", svg)
