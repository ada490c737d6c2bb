"""Whatever is typed, a Word file shows it as text or is refused; it never becomes markup, a field or a link."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from docx.oxml.ns import qn

from agencies.models import Letterhead
from alertdesk.lib import clock
from alertdesk.lib.text import nfc
from directives.models import Answer, Assignment, Directive, Evidence, RequiredAction
from directives.papers import (
    MissingGlyph,
    render_directive_docx,
    render_forwarding_docx,
    render_reply_docx,
    render_summary_docx,
)

from . import word

LONG = "dài " * 2500
SHOWN = {
    "html": '<img src="http://127.0.0.1:9/x.png"><script>alert(1)</script></w:t></w:r>',
    "css": "}</style><style>*{background:url(file:///etc/passwd)}",
    "template": "{{ 7|add:7 }} {% include 'papers/base.html' %} {# x #} ${7*7} #{7*7}",
    "entities": "&lt;b&gt; &#65;&#x1F389; &nbsp; ]]> <![CDATA[x]]>",
    "fields": '{ INCLUDETEXT "file:///etc/passwd" } { DDEAUTO c:\\\\x } =HYPERLINK("http://127.0.0.1:9")',
    "word": '<w:instrText>PAGE</w:instrText><w:altChunk r:id="rId1"/> _x000D_ mailto:a@b.example',
    "marks": "cộng dấu: a\u0323\u0302 e\u0301\u0301\u0301 đủ",
    "quotes": "\"'`´“” \\ / %s %(x)s %n",
}
DROPPED = {"invisible": "ngược \u202eđảo\u202c \u200bẩn\x00\x1b[31m \ufeffhết"}
REFUSED = {"rtl": "مرحبا שלום", "emoji": "xong 🎉", "private": "\ue000 \U000f0000", "noncharacter": "a\ufffeb\uffff"}


@pytest.fixture
def health(cast):
    with clock.frozen(clock.local(2023, 4, 28, 9)):
        yield cast.issue(number="123", day=26)[0]


def fill_directive(assignment, text: str) -> None:
    """Put a text into every field of a directive that a person types freely."""
    short = text[:90]
    Directive.objects.update(
        issuer_parent_name=short,
        issuer_name=short,
        symbol=text[:50],
        place=short,
        subject=text[:450],
        preamble=text,
        closing=text,
        signer_authority=short,
        signer_title=short,
        signer_name=short,
        addressees=[short, text[:300]],
        copies=[{"name": text[:300], "note": short}],
        contacts=[{"name": short, "phones": ["0256"], "emails": [short]}],
    )
    RequiredAction.objects.filter(position=1).update(title=text[:150], text=f"Nội dung\n{text}")


def fill_reply(assignment, text: str) -> None:
    """Put a text into every field of a reply and of its agency's letterhead that a person types freely."""
    short = text[:90]
    Answer.objects.filter(assignment=assignment, action__position=1).update(status="nil", note=text)
    Answer.objects.filter(assignment=assignment, action__position=2).update(status="done", note=text, reference=short)
    RequiredAction.objects.filter(position=1).update(title=text[:150])
    Assignment.objects.filter(pk=assignment.pk).update(agency_name=short)
    Evidence.objects.create(
        answer=assignment.answers.get(action__position=2),
        name=short,
        file=ContentFile(b"%PDF", "x"),
        size=4,
        sha256="0" * 64,
        content_type="application/pdf",
    )
    Letterhead.objects.create(
        agency=assignment.agency,
        parent_name=short,
        own_name=short,
        symbol=text[:40],
        place=text[:60],
        signers=[{"titles": [short], "name": short}],
        copies=text[:300],
        reply_opening=text[:600],
        reply_closing=text[:600],
    )


PAPERS = [
    pytest.param(fill_directive, lambda a: render_directive_docx(a.directive), id="directive"),
    pytest.param(fill_directive, render_forwarding_docx, id="forwarding", marks=pytest.mark.slow),
    pytest.param(fill_directive, lambda a: render_summary_docx(a.directive), id="summary"),
    pytest.param(fill_reply, render_reply_docx, id="reply"),
    pytest.param(fill_reply, lambda a: render_reply_docx(a, form="report"), id="report", marks=pytest.mark.slow),
]


def written(fill, render, assignment, text: str) -> bytes:
    fill(assignment, text)
    return render(Assignment.objects.select_related("directive").get(pk=assignment.pk))


def require_harmless(content: bytes) -> None:
    """Fail where a Word file has a field other than the page's number, a link out, or a part that it should not."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        markup = {name: parts.read(name).decode() for name in names if name.endswith((".xml", ".rels"))}
    assert names == list(dict.fromkeys(names))
    assert all(name.endswith((".xml", ".rels")) for name in names), names
    assert not [name for name, said in markup.items() if 'TargetMode="External"' in said]
    document = word.opened(content).element
    assert not list(document.iter(qn("w:instrText"), qn("w:fldSimple"), qn("w:hyperlink"), qn("w:altChunk")))
    assert not list(document.iter(qn("w:drawing"), qn("w:object"), qn("w:pict")))


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
@pytest.mark.parametrize(("fill", "render"), PAPERS)
def test_hostile_text_is_shown_as_text(health, fill, render, text):
    content = written(fill, render, health, text)
    require_harmless(content)
    said = " ".join(word.lines(content))
    start = " ".join(nfc(text).split())[:40]
    assert start.upper() in said.upper()


@pytest.mark.parametrize(("fill", "render"), PAPERS)
def test_ten_thousand_letters_are_written(health, fill, render):
    content = written(fill, render, health, LONG)
    require_harmless(content)
    assert len(" ".join(word.lines(content))) > 400


@pytest.mark.parametrize("text", DROPPED.values(), ids=DROPPED)
@pytest.mark.parametrize(("fill", "render"), PAPERS)
def test_what_turns_or_hides_text_is_dropped(health, fill, render, text):
    text = text.replace("\x00", "")  # which no database keeps
    content = written(fill, render, health, text)
    require_harmless(content)
    said = " ".join(word.lines(content))
    assert "đảo ẩn[31m hết".upper() in said.upper()
    assert not set(said) & set("\u202e\u202c\u200b\x1b\ufeff")


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize(("fill", "render"), PAPERS)
def test_letters_that_no_paper_can_show_are_refused_by_name(health, fill, render, text):
    with pytest.raises(MissingGlyph) as refused:
        written(fill, render, health, text)
    assert refused.value.letters
