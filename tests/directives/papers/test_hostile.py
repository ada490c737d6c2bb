"""Text that means harm is printed as text or refused, whatever field it stands in; nothing is opened or called."""

import io
import re
import sys
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
import weasyprint
from django.conf import settings

from alertdesk.lib import clock
from directives.models import Answer, Evidence, RequiredAction
from directives.papers import MissingGlyph, render_commitment, render_directive, render_forwarding, render_reply
from tests.cast import ISSUED_AT, make_directive

from .reading import MM, letters, page_count, text

SAMPLES = {
    "html": '<script src="http://127.0.0.1:9/x">1</script><img src="file:///etc/passwd"><b>đậm</b>',
    "attachment": '<link rel="attachment" href="file:///etc/passwd"><object data="file:///etc/passwd"></object>',
    "css": "</style><style>@import url(http://127.0.0.1:9/x); body{display:none} url(file:///etc/passwd)",
    "template": '{{ settings.SECRET_KEY }}{% include "papers/base.html" %}{# #}{% load static %}',
    "entities": "&lt;b&gt;&amp;amp;&#0;&#x202e;&nbsp;\"'`",
    "nested": "<div>" * 30 + "x" + "</div>" * 30,
    "combining": "q\u0303\u0323\u0301\u0301 a\u0323\u0306 " + "o" + "\u0301" * 40,
    "right to left": "\u202eabc\u202c \u2067def\u2069 \u200fghi",
    "hebrew": "\u05e9\u05dc\u05d5\u05dd 2023",
    "control": "a\x00b\x07c\u200bd\ufeffe\u2028f",
    "emoji": "xong ✅ 👍🏽",
    "long word": "W" * 10_000,
    "long": "Sở Thông tin và Truyền thông " * 345,
}
# The others go through every field in the slow runs.
QUICK = ("html", "template")
# Fields of a directive that its paper prints; lists of lines and of pairs take the text where they have one.
FIELDS = (
    "issuer_parent_name", "issuer_name", "doc_type", "number", "symbol", "place", "subject", "preamble", "closing",
    "addressees", "copies", "contacts", "signer_authority", "signer_title", "signer_name",
)  # fmt: skip
# The profile of colours that every PDF/A carries, and our own templates at their first use.
ALLOWED = {Path(weasyprint.__file__).parent / "pdf", Path(settings.BASE_DIR) / "templates/papers"}
_watched: list[str] | None = None


def _hook(event: str, arguments) -> None:
    if _watched is None:
        return
    if event == "open" and isinstance(arguments[0], str | bytes | Path):
        path = Path(arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0])
        if not ALLOWED & set(path.parents):
            _watched.append(f"open {path}")
    elif event.startswith(("socket.", "subprocess.", "urllib.", "os.system", "os.exec", "shutil.")):
        _watched.append(event)


sys.addaudithook(_hook)


@contextmanager
def nothing_touched():
    """Fail where a file outside the printer is opened, a socket used or a process begun within the block."""
    global _watched
    _watched = found = []
    try:
        yield
    finally:
        _watched = None
    assert found == []


@pytest.fixture(scope="module", autouse=True)
def warm_printer():
    """Read fonts, sheet and templates once, as the first paper of a process does."""
    from directives.papers.render import warm

    warm()


def limited(model, name: str, sample: str) -> str:
    """Return as much of a text as a field takes."""
    return sample[: model._meta.get_field(name).max_length]


def value_of(directive, name: str, sample: str):
    """Return a field's value with the text in it."""
    shapes = {
        "addressees": [sample, "Các sở"],
        "copies": [{"name": sample, "note": sample}],
        "contacts": [{"name": sample, "phones": [sample[:40]], "emails": []}],
    }
    return shapes[name] if name in shapes else limited(type(directive), name, sample)


def visible(sample: str) -> str:
    """Return what of a text stands on paper, without blanks and in one case."""
    return re.sub(r"\s+", "", sample).upper()


def check(content: bytes, sample: str) -> None:
    """The paper is whole: inside its margins, with its own file alone, and it says the text."""
    with pikepdf.open(io.BytesIO(content)) as document:
        assert list(document.attachments) == ["du-lieu.json"]
        assert document.check_pdf_syntax() == []
        assert "/AcroForm" not in document.Root
        assert not any("/Annots" in page for page in document.pages)
    for page in range(min(page_count(content), 3)):
        drawn = letters(content, page)
        assert max(letter.right for letter in drawn) <= (210 - 15) * MM + 1.5
        assert min(letter.left for letter in drawn) >= 30 * MM - 2
    if len(sample) < 300 and sample.isprintable() and not any("\u0300" <= char <= "\u05ff" for char in sample):
        assert visible(sample) in visible(text(content))


def print_or_refuse(render, subject, sample: str, *, said: str = "") -> None:
    """Print with every file and socket watched; letters without a glyph are refused by name, `said` must be read."""
    render_first(render, subject)
    with nothing_touched():
        content, letters_refused = printed(render, subject)
    assert letters_refused <= set(sample)
    if content:
        check(content, said)


def printed(render, subject) -> tuple[bytes, set[str]]:
    """Return the paper, or the letters for which it was refused."""
    try:
        return render(subject), set()
    except MissingGlyph as refused:
        return b"", set(refused.letters)


_seen: set = set()


def render_first(render, subject) -> None:
    """Load a paper's templates once: they are files, and opened at their first use."""
    if render not in _seen:
        _seen.add(render)
        try:
            render(subject)
        except MissingGlyph:
            _seen.discard(render)


def _samples():
    for name in SAMPLES:
        yield pytest.param(name, marks=() if name in QUICK else pytest.mark.slow)


@pytest.mark.parametrize("name", list(_samples()))
def test_in_every_field_of_a_directive(cast, name):
    sample = SAMPLES[name]
    for field in FIELDS:
        directive = make_directive(cast.desk, actions=1)
        setattr(directive, field, value_of(directive, field, sample))
        said = sample if field not in ("contacts", "number", "symbol", "doc_type") else ""
        limit = directive._meta.get_field(field).max_length
        is_whole = not limit or len(said) <= limit
        print_or_refuse(render_directive, directive, sample, said=said if is_whole else "")


@pytest.mark.parametrize("name", SAMPLES)
def test_in_the_text_of_an_action_and_in_what_an_agency_answers(cast, name):
    sample = SAMPLES[name]
    with clock.frozen(ISSUED_AT):
        assignment = cast.issue(number="123", day=26)[0]
        stored = sample.replace("\x00", "")
        title = limited(RequiredAction, "title", stored)
        RequiredAction.objects.filter(position=1).update(text=stored, title=title)
        rows = [{"row": "portalrow", "name": stored[:200], "url": stored[:200], "committed_by": stored[:100]}]
        Answer.objects.filter(assignment=assignment).update(status="done", note=stored, rows=rows)
        answer = assignment.answers.first()
        evidence = {"name": limited(Evidence, "name", stored), "size": 1, "sha256": "0" * 64}
        Evidence.objects.create(answer=answer, file="x", uploaded_by=cast.officer, **evidence)
        for render in (render_reply, render_forwarding, render_commitment):
            print_or_refuse(render, assignment, sample, said="" if render is render_commitment else sample)
