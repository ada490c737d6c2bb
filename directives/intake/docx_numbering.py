"""Word's automatic numbering: which label the reader sees before a paragraph."""

import re

from docx.oxml.ns import qn

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Numbering:
    """Count paragraphs as Word does while they are walked in order."""

    def __init__(self, document):
        self._styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
        self._counts: dict[str, dict[int, int]] = {}
        self._seen: set[str] = set()
        self._abstract, self._nums = {}, {}
        if any(rel.reltype.endswith("/numbering") for rel in document.part.rels.values()):
            root = document.part.numbering_part.element
            self._abstract = {a.get(qn("w:abstractNumId")): a for a in root.iter(qn("w:abstractNum"))}
            self._nums = {n.get(qn("w:numId")): n for n in root.iter(qn("w:num"))}

    def label(self, paragraph) -> str:
        """Return "1. ", "a) ", "- " …, or "" for a paragraph without a number; advances the count."""
        num_id, level = self._number_of(paragraph)
        num = self._nums.get(num_id)
        if num is None:
            return ""
        abstract_id = num.find(qn("w:abstractNumId")).get(qn("w:val"))
        levels = {int(lvl.get(qn("w:ilvl"))): lvl for lvl in self._abstract[abstract_id].iter(qn("w:lvl"))}
        if level not in levels:
            return ""
        counts = self._advance(num_id, num, abstract_id, levels, level)
        return _render(levels, counts, level)

    def _number_of(self, paragraph) -> tuple[str | None, int]:
        """Return (numId, level) from the paragraph or, failing that, from its style."""
        properties = paragraph.find(qn("w:pPr"))
        for _ in range(10):  # styles are based on styles; a broken file may go round in circles
            if properties is None:
                break
            number = properties.find(qn("w:numPr"))
            if number is not None and number.find(qn("w:numId")) is not None:
                return _value(number, "w:numId"), int(_value(number, "w:ilvl") or 0)
            properties = self._parent(properties)
        return None, 0

    def _parent(self, properties):
        """Return the paragraph properties of the style these properties follow, or None."""
        holder = properties.getparent()
        style_id = _value(properties, "w:pStyle") or _value(holder, "w:basedOn")
        style = self._styles.get(style_id)
        return style.find(qn("w:pPr")) if style is not None else None

    def _advance(self, num_id, num, abstract_id, levels, level) -> dict[int, int]:
        """Count one paragraph at a level, start the deeper levels afresh, return the counts."""
        counts = self._counts.setdefault(abstract_id, {})
        if num_id not in self._seen:
            self._seen.add(num_id)
            for override in num.iter(qn("w:lvlOverride")):
                if _value(override, "w:startOverride"):
                    counts[int(override.get(qn("w:ilvl")))] = int(_value(override, "w:startOverride")) - 1
        start = int(_value(levels[level], "w:start") or 1)
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        return counts


def _value(node, name: str) -> str | None:
    """Return the w:val of a child element, None where there is none."""
    child = node.find(qn(name))
    return child.get(qn("w:val")) if child is not None else None


def _render(levels, counts: dict[int, int], level: int) -> str:
    """Return a level's label text with its counts filled in, a bullet as a dash."""
    if _value(levels[level], "w:numFmt") == "bullet":
        return "- "
    pattern = _value(levels[level], "w:lvlText") or ""
    label = re.sub(r"%(\d)", lambda m: _count(levels, counts, int(m[1]) - 1), pattern)
    return f"{label} " if label.strip() else ""


def _count(levels, counts: dict[int, int], level: int) -> str:
    """Return one level's count in its own style."""
    value, style = counts.get(level, 1), _value(levels[level], "w:numFmt") if level in levels else "decimal"
    if style in ("upperRoman", "lowerRoman"):
        return _roman(value).upper() if style == "upperRoman" else _roman(value)
    if style in ("upperLetter", "lowerLetter"):
        letter = _LETTERS[(value - 1) % 26]
        return letter.upper() if style == "upperLetter" else letter
    return f"{value:02d}" if style == "decimalZero" else str(value)


def _roman(value: int) -> str:
    """Return a small Roman number in lower case."""
    digits = ""
    for size, letters in _ROMAN:
        count, value = divmod(value, size)
        digits += letters * count
    return digits
