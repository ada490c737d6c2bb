"""The commitment about portals names what the agency reported and leaves the rest to be filled in."""

import pytest
from django.urls import reverse

from agencies.models import Portal
from alertdesk.lib import clock
from directives.models import PortalRow, RequiredAction
from directives.papers import paper_file_name, render_commitment

from .reading import text

TODAY = clock.local(2023, 4, 28, 9)


@pytest.fixture
def health(cast):
    with clock.frozen(TODAY):
        yield cast.issue(number="123", day=26)[0]


def add_portal(cast, name="Trang thông tin điện tử Sở Y tế"):
    own = {"agency": cast.health, "created_by": cast.officer, "changed_by": cast.officer}
    return Portal.objects.create(
        name=name,
        url="https://syt.binhdinh.example",
        kind="site",
        operator="VNPT Bình Định",
        person_in_charge="Lê An",
        **own,
    )


def test_the_commitment_names_the_portals_of_the_register(cast, health):
    add_portal(cast)
    said = text(render_commitment(health))
    assert "BẢN CAM KẾT Về việc giám sát, bảo vệ Cổng/Trang thông tin điện tử" in said
    assert "Thực hiện Công văn số 123/STTTT-BCVT&CNTT ngày 26 tháng 4 năm 2023" in said
    assert "Trang thông tin điện tử Sở Y tế https://syt.binhdinh.example VNPT Bình Định Lê An" in said
    assert "Số:" not in said


def test_the_portals_reported_on_come_before_the_register(cast, health):
    add_portal(cast, "Trang cũ")
    answer = health.answers.get(action__kind=RequiredAction.Kind.PORTALS)
    PortalRow.objects.create(answer=answer, name="Cổng mới", url="https://moi.example")
    said = text(render_commitment(health))
    assert "Cổng mới https://moi.example Sở Y tế" in said
    assert "Trang cũ" not in said


def test_without_a_portal_there_is_room_to_write(health):
    assert "TT Cổng/Trang thông tin điện tử, địa chỉ" in text(render_commitment(health))


def test_only_the_agency_itself_prints_it(cast, health, client):
    page = reverse("directives:commitment", args=[health.pk])
    client.force_login(cast.officer)
    assert client.get(page)["Content-Type"] == "application/pdf"
    client.force_login(cast.town_officer)
    assert client.get(page).status_code == 404
    assert paper_file_name("commitment", health) == f"ban-cam-ket-so-y-te-{health.pk}.pdf"
