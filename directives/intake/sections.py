"""Plans have sections with headings; only those on contents and tasks hold what is asked."""

import re

from alertdesk.lib.text import fold

from .marks import mark_of

_HEADING_LENGTH = 110
_TASKS = re.compile(r"^(?:cac |mot so )?(?:noi dung|nhiem vu|giai phap|bien phap)\b")
_FRAME = re.compile(
    r"^(?:muc dich|muc tieu|yeu cau|quan diem|pham vi|doi tuong|can cu|thuc trang|to chuc thuc hien|kinh phi"
    r"|nguon luc|che do bao cao|trach nhiem|tien do|thoi gian)\b"
)


def task_section(paragraphs: list[str], starts: list[int]) -> tuple[int, int] | None:
    """Return where the sections on tasks begin and end, given where every section begins.

    None where the items are no sections: a section's heading is short, and beside the tasks stands
    at least one section of a plan's frame, its purpose or who carries it out.
    """
    titles = [fold(mark_of(paragraphs[start]).text) for start in starts]
    if any(len(title) > _HEADING_LENGTH for title in titles) or not any(map(_FRAME.match, titles)):
        return None
    tasks = [number for number, title in enumerate(titles) if _TASKS.match(title)]
    if not tasks or tasks != list(range(tasks[0], tasks[-1] + 1)):
        return None
    end = starts[tasks[-1] + 1] if tasks[-1] + 1 < len(starts) else len(paragraphs)
    return starts[tasks[0]], end
