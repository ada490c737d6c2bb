"""The four faces that papers are set in: bytes for the renderer, widths and known letters for the layout."""

from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent / "fonts"
FACES = {
    "regular": "LiberationSerif-Regular.ttf",
    "bold": "LiberationSerif-Bold.ttf",
    "italic": "LiberationSerif-Italic.ttf",
    "bold-italic": "LiberationSerif-BoldItalic.ttf",
}


@cache
def face_bytes(face: str) -> bytes:
    """Return a font file; raises KeyError for a face that is not carried."""
    return (FOLDER / FACES[face]).read_bytes()


@cache
def _metrics(face: str) -> tuple[dict[int, int], int]:
    """Return the advance width per code point, and the units of one em."""
    font = TTFont(BytesIO(face_bytes(face)), lazy=True)
    advances = font["hmtx"].metrics
    return {code: advances[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm


@cache
def known_letters() -> frozenset[int]:
    """Return the code points that all four faces can print."""
    return frozenset.intersection(*(frozenset(_metrics(face)[0]) for face in FACES))


def text_width(text: str, face: str, size: float) -> float:
    """Return the width of a text in points at `size` points, without kerning."""
    advances, em = _metrics(face)
    return sum(advances.get(ord(char), em) for char in text) * size / em


def outlined(text: str, face: str) -> bytes:
    """Return a text as an SVG drawing of its outlines, which no one reads as text."""
    font = TTFont(BytesIO(face_bytes(face)))
    glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
    pen, x = SVGPathPen(glyphs, ntos=lambda value: f"{value:.0f}"), 0
    for name in (names[ord(char)] for char in text):
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, -1, x, em)))
        x += glyphs[name].width
    path = f'<path fill="#ececec" d="{pen.getCommands()}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {x} {em * 13 // 10}">{path}</svg>'.encode()
