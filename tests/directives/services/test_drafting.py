"""A draft is made from what intake read, and goes to those whom the document names."""

import pytest

from directives.forms.recipients import Recipients
from directives.intake import read_text
from directives.services.drafting import create_draft
from tests.cast import make_directory, make_user
from tests.directives.intake.builders import demo_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_directory()


def as_a_plan() -> str:
    """Return the demo directive without addressees; those who carry it out stand in Nơi nhận."""
    head, rest = demo_text().split("Kính gửi:")
    body = rest[rest.index("Thực hiện") :]
    copies = "Nơi nhận:\n\n- Các Sở, ban, ngành;\n- UBND các huyện, thị xã, thành phố (để b/cáo);\n"
    return f"{head}\n{body.replace('Nơi nhận:', copies, 1)}"


def test_without_kinh_gui_those_of_noi_nhan_are_chosen_and_those_informed_are_not(desk):
    staff = make_user("thao@stttt.example", "staff", desk)
    directive = create_draft(read_text(as_a_plan()), actor=staff)
    assert directive.addressees == []
    assert {agency.kind for agency in Recipients.of(directive).chosen} == {"department", "board"}


def test_with_kinh_gui_noi_nhan_chooses_nobody(desk):
    staff = make_user("thao@stttt.example", "staff", desk)
    directive = create_draft(read_text(demo_text()), actor=staff)
    assert directive.added == []
    assert Recipients.of(directive).added == []
