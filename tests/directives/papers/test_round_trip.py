"""From a document to a draft, to a directive, to its paper, and back through intake: the same fields."""

import json

import pytest

from alertdesk.lib import clock
from alertdesk.lib.text import nfc
from directives.intake import read_directive
from directives.models import DemoClock, Directive, RequiredAction
from directives.papers import render_directive, render_directive_docx
from directives.services.drafting import create_draft
from tests.cast import DIRECTIVE_FILE
from tools.bench.intake import files

RENDERERS = pytest.mark.parametrize("render", [render_directive, render_directive_docx], ids=["pdf", "docx"])
# A paper numbers its actions, so they are no proposals any more; what was unread is said on the draft's page.
NOT_COMPARED = ("proposed", "warnings")
# These name their weaknesses in an annex, which is a file of its own and no part of the paper.
ANNEXES = ("06",)
# Proposed by sentence, in an annex, on two levels, a named type, a broken number, …: the others are slow runs.
QUICK = ("directive", "03", "05", "06", "07", "11", "12", "17", "23")


def _paths():
    for path in [DIRECTIVE_FILE, *files("corpus")]:
        marks = () if path.name.startswith(QUICK) else pytest.mark.slow
        yield pytest.param(path, marks=marks, id=path.name)


def claims(draft) -> dict:
    """Return the fields of the contract and the urgency, in one normal form with single spaces."""
    shown = {field: value for field, value in draft.to_dict().items() if field not in NOT_COMPARED}
    text = nfc(json.dumps(shown | {"urgency": draft.urgency}, ensure_ascii=False))
    return json.loads(" ".join(text.replace("\\n", " ").split()))


@pytest.fixture
def drafted(cast):
    """Return a function that reads the demo's document into a directive with some fields changed."""
    source = read_directive(DIRECTIVE_FILE.read_bytes())

    def _drafted(**fields):
        directive = create_draft(source, actor=cast.staff)
        Directive.objects.filter(pk=directive.pk).update(**fields)
        directive.refresh_from_db()
        return directive, claims(source)

    return _drafted


def read_back(render, directive) -> dict:
    """Print a directive and return what intake reads on the paper."""
    return claims(read_directive(render(directive)))


@RENDERERS
@pytest.mark.parametrize("path", list(_paths()))
def test_every_directive_comes_back_with_the_same_fields(cast, path, render):
    source = read_directive(path.read_bytes())
    expected = claims(source) | ({"cves": []} if path.name.startswith(ANNEXES) else {})
    assert read_back(render, create_draft(source, actor=cast.staff)) == expected


@RENDERERS
@pytest.mark.parametrize(
    ("fields", "read_as"),
    [
        ({"number": "5", "day": 6}, {"number": "05", "day": 6}),
        ({"urgency": "urgent"}, {"urgency": "urgent"}),
        ({"urgency": "very_urgent"}, {"urgency": "very_urgent"}),
        ({"urgency": "immediate", "doc_type": "công điện"}, {"urgency": "immediate", "doc_type": "công điện"}),
        ({"doc_type": "chỉ thị", "addressees": []}, {"doc_type": "chỉ thị", "recipients": []}),
        ({"addressees": ["Các sở, ban, ngành"]}, {"recipients": ["Các sở, ban, ngành"]}),
        (
            {"signer_authority": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "signer_name": ""},
            {"signer": {"authority": "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "title": "PHÓ GIÁM ĐỐC", "name": None}},
        ),
        ({"closing": ""}, {}),  # the contacts are then told in a sentence of the paper's own
    ],
    ids=["number", "urgent", "very-urgent", "telegram", "no-addressees", "one-addressee", "signer", "contacts"],
)
def test_what_the_desk_changes_comes_back_too(drafted, render, fields, read_as):
    directive, expected = drafted(**fields)
    assert read_back(render, directive) == expected | read_as


@pytest.mark.parametrize("count", [10, 14, pytest.param(26, marks=pytest.mark.slow)])
def test_a_paragraph_that_goes_on_over_the_page_comes_back_whole(drafted, count):
    directive, expected = drafted(addressees=[f"Sở số {number}" for number in range(count)])
    assert read_back(render_directive, directive) == expected | {"recipients": directive.addressees}


@RENDERERS
@pytest.mark.parametrize(
    ("authority", "title"),
    [
        ("", "GIÁM ĐỐC"),
        ("", "Q. GIÁM ĐỐC"),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
        ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"),
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ("TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ],
)
def test_every_form_of_signing_comes_back(drafted, render, authority, title):
    directive, expected = drafted(signer_authority=authority, signer_title=title, signer_name="Lê Thị Bích")
    signer = {"authority": " ".join(authority.split()) or None, "title": title, "name": "Lê Thị Bích"}
    assert read_back(render, directive) == expected | {"signer": signer}


@RENDERERS
def test_actions_with_items_of_their_own_come_back_as_they_were(drafted, render):
    directive, expected = drafted()
    inner = "Các cơ quan, đơn vị:\n1. Trực 24/7;\n2. Báo cáo sự cố.\na) Ban ngày;\nb) Ban đêm."
    directive.actions.filter(position=2).update(text=inner)
    expected["actions"][1] |= {"text": " ".join(inner.split()), "kind": RequiredAction.Kind.LAYERS_AND_DUTY}
    assert read_back(render, directive) == expected


@RENDERERS
def test_a_single_action_comes_back_without_its_number(drafted, render):
    directive, expected = drafted()
    directive.actions.filter(position__gt=1).delete()
    assert read_back(render, directive) == expected | {"actions": expected["actions"][:1]}


@RENDERERS
def test_what_a_demo_paper_says_of_itself_is_no_part_of_the_directive(drafted, render):
    directive, expected = drafted(addressees=[f"Sở số {number}" for number in range(10)])
    DemoClock.objects.create(now=clock.local(2023, 4, 28, 9))
    assert read_back(render, directive) == expected | {"recipients": directive.addressees}
