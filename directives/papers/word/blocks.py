"""Read a block of a paper's HTML: its classes, its words, the number it begins with."""

import re

_BLANKS = re.compile(r"[ \t\r\n\f]+")


def classes(block) -> list[str]:
    """Return the classes of an element; none for a comment."""
    return (block.get("class") or "").split()


def said(block) -> str:
    """Return an element's words as a page shows them: single blanks, and a new line where one is broken."""
    words = "".join("\n" if text is None else _BLANKS.sub(" ", text) for text in _texts(block))
    return "\n".join(line.strip(" ") for line in words.split("\n")).strip("\n")


def said_as_set(block) -> str:
    """Return an element's words with every blank: room to write a number or a day in."""
    return "".join(block.itertext()).strip("\n")


def label_of(block) -> str:
    """Return the number that a paragraph begins with, where the template marks it as one."""
    return next((said(child) for child in block if "n" in classes(child)), "")


def _texts(block):
    """Yield the texts of an element in order, None for each break of a line."""
    yield block.text or ""
    for child in block:
        if child.tag == "br":
            yield None
        else:
            yield from _texts(child)
        yield child.tail or ""
