"""The body: what comes before the required actions, the actions, what comes after them."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from alertdesk.lib.text import fold

from .marks import mark_of, starts_item
from .proposals import is_other_matter, proposals_of
from .sections import task_section
from .words import is_closer

_TITLE_LENGTH = 110
_TRIES = 20
# An item with such a title is about what otherwise closes a letter: the paragraph below is its own.
_REPORTING_TITLE = re.compile(
    r"^\W*\w+\W+(?:(?:che do |cong tac )?(?:thong tin,? )?bao cao|to chuc thuc hien)\b[^,;]{0,40}$"
)


@dataclass(frozen=True)
class Body:
    """Paragraphs before, the actions' texts, paragraphs after; `proposed` when nothing was numbered."""

    preamble: tuple[str, ...]
    actions: tuple[str, ...]
    closing: tuple[str, ...]
    proposed: bool
    asking: tuple[str, ...] = ()  # every paragraph after the preamble, proposals or not


def read_body(paragraphs: list[str]) -> Body:
    """Return the body with its top-level items, or with proposals where it has none."""
    starts = _top_items(paragraphs)
    if not starts:
        preamble, actions, closing = proposals_of(paragraphs)
        asking = tuple(paragraphs[len(preamble) :] if actions else paragraphs)
        return Body(tuple(preamble), tuple(actions), tuple(closing), bool(actions), asking)
    starts, end = _within_sections(paragraphs, starts) or (starts, _end_of_last(paragraphs, starts))
    bounds = zip(starts, [*starts[1:], end], strict=True)
    return Body(
        preamble=tuple(paragraphs[: starts[0]]),
        actions=tuple(_item_text(paragraphs[start:stop]) for start, stop in bounds),
        closing=tuple(paragraphs[end:]),
        proposed=False,
        asking=tuple(paragraphs[starts[0] :]),
    )


def _within_sections(paragraphs: list[str], starts: list[int]) -> tuple[list[int], int] | None:
    """Return where the items of a plan's sections on tasks begin, and where the last one ends."""
    section = task_section(paragraphs, starts)
    if not section:
        return None
    first, end = section
    items = _top_items(paragraphs[first + 1 : end])
    return ([first + 1 + index for index in items], end) if items else None


def _top_items(paragraphs: list[str]) -> list[int]:
    """Return where the items of the outermost list begin; a list has at least two."""
    found = [(index, mark) for index, text in enumerate(paragraphs) if (mark := mark_of(text))]
    openings = [(mark.rank, index, mark.style) for index, mark in found if mark.value == 1]
    for _, first, style in sorted(openings)[:_TRIES]:
        items = list(_sequence([(i, m.value) for i, m in found if i >= first and m.style == style], paragraphs))
        if len(items) > 1:
            return items
    return []


def _sequence(numbered: list[tuple[int, int]], paragraphs: list[str]) -> Iterator[int]:
    """Yield the indices that count on from 1; a list may start again, and one number may be missing."""
    last = 0
    for index, value in numbered:
        again = value == 1 and last > 1 and not _leads_on(paragraphs[index - 1])
        if again or value in (last + 1, last + 2):
            last = value
            yield index


def _leads_on(text: str) -> bool:
    """Tell whether a paragraph is an item that announces a list of its own."""
    return text.endswith(":") and starts_item(text)


def _end_of_last(paragraphs: list[str], starts: list[int]) -> int:
    """Return where the last action ends: its own sub-items stay, closing paragraphs do not."""
    last = starts[-1]
    loose = _have_loose_paragraphs(paragraphs, starts) or len(paragraphs[last]) <= _TITLE_LENGTH
    for index in range(last + 1, len(paragraphs)):
        text = paragraphs[index]
        if index == last + 1 and _REPORTING_TITLE.search(fold(paragraphs[last])) and loose:
            continue
        if not starts_item(text) and (not loose or is_closer(text) or is_other_matter(fold(text))):
            return index
    return len(paragraphs)


def _have_loose_paragraphs(paragraphs: list[str], starts: list[int]) -> bool:
    """Tell whether the actions before the last hold paragraphs without a mark of their own."""
    inner = (text for start, stop in itertools.pairwise(starts) for text in paragraphs[start + 1 : stop])
    return any(not starts_item(text) for text in inner)


def _item_text(paragraphs: list[str]) -> str:
    """Return an item's text without its own mark, its sub-items on lines of their own."""
    return "\n".join([mark_of(paragraphs[0]).text.strip(), *paragraphs[1:]])
