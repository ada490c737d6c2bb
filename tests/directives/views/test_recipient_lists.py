"""Recipients are saved under a name on the draft page and used again; who has ended gives way to who took over."""

from datetime import date

import pytest
from django.urls import reverse

from agencies.models import Agency, Event, Succession
from alertdesk.lib import clock
from directives.forms.recipients import Recipients
from directives.models import RecipientList
from directives.services.errors import Incomplete, NotAllowed
from directives.services.recipient_lists import drop_list, keep_list, list_on
from tests.cast import ISSUED_AT, make_agency, make_cast, make_directive

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def draft(cast):
    return make_directive(cast.desk, addressees=["Các Sở, ban, ngành", "UBND thành phố Quy Nhơn"])


def keep(cast, draft, *agencies, name="Nghỉ lễ"):
    return keep_list(draft, actor=cast.staff, name=name, agencies=list(agencies))


def press(client, draft, button, **fields):
    """Press one of the page's buttons with the recipients as shown."""
    recipients = Recipients.of(draft)
    shown = [str(named.agency.pk) for line in recipients.lines for named in line.agencies]
    fields = {"addressees": "\n".join(draft.addressees), "shown": ",".join(shown), "agency": shown} | fields
    return client.post(reverse("directives:edit", args=[draft.pk]), {"do": button, "actions": "0", **fields})


def chosen(response):
    return {str(agency) for agency in response.context["sheet"].recipients.chosen}


def test_the_choice_on_the_page_is_saved_under_a_name_and_applied_to_another_draft(client, cast, draft):
    client.force_login(cast.staff)
    office = make_agency("Sở Du lịch", parent=cast.province)
    saved = press(client, draft, "list_keep", list_name="  Nghỉ  lễ ", agency=[cast.health.pk], added=[])
    assert saved.status_code == 200
    kept = RecipientList.objects.get()
    assert (kept.name, set(kept.agencies.all()), kept.owner) == ("Nghỉ lễ", {cast.health}, cast.desk)
    kept.agencies.add(office)
    other = make_directive(cast.desk, addressees=["UBND thành phố Quy Nhơn"])
    applied = press(client, other, "list_apply", list=kept.pk)
    assert chosen(applied) == {"Sở Y tế", "Sở Du lịch"}
    other.refresh_from_db()
    assert (other.left_out, other.added) == ([], [])


def test_an_applied_list_is_saved_with_the_draft(client, cast, draft):
    client.force_login(cast.staff)
    kept = keep(cast, draft, cast.town)
    applied = press(client, draft, "list_apply", list=kept.pk)
    recipients = applied.context["sheet"].recipients
    assert (recipients.left_out, recipients.added_ids) == ({cast.health.pk}, [])


def test_saving_under_a_name_again_replaces_the_list(cast, draft):
    keep(cast, draft, cast.health)
    keep(cast, draft, cast.town)
    assert set(RecipientList.objects.get().agencies.all()) == {cast.town}
    assert Event.objects.filter(act="keep_list").count() == 2


@pytest.mark.parametrize(("name", "is_empty"), [("", False), ("x" * 101, False), ("Tên", True)])
def test_a_list_without_a_name_or_agencies_is_refused(cast, draft, name, is_empty):
    with pytest.raises(Incomplete):
        keep(cast, draft, *([] if is_empty else [cast.health]), name=name)


def test_others_neither_save_nor_drop_a_list(cast, draft):
    kept = keep(cast, draft, cast.health)
    for act in (
        lambda: keep_list(draft, actor=cast.officer, name="A", agencies=[cast.health]),
        lambda: drop_list(kept, draft, actor=cast.leader),
        lambda: drop_list(kept, make_directive(cast.town), actor=cast.staff),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert list(RecipientList.objects.visible_to(cast.staff)) == [kept]
    assert not RecipientList.objects.visible_to(cast.officer).exists()


@pytest.mark.parametrize("value", ["", "999999", "x", "²"])
def test_a_list_that_is_not_there_is_said(client, cast, draft, value):
    client.force_login(cast.staff)
    response = press(client, draft, "list_apply", list=value)
    assert response.status_code == 200
    assert chosen(response) == {"Sở Y tế", "UBND thành phố Quy Nhơn"}
    assert len(list(response.context["messages"])) == 1


def test_another_desks_list_is_not_applied(client, cast, draft):
    client.force_login(cast.staff)
    foreign = RecipientList.objects.create(owner=cast.town, name="Riêng")
    assert len(list(press(client, draft, "list_drop", list=foreign.pk).context["messages"])) == 1
    assert RecipientList.objects.filter(pk=foreign.pk).exists()


def test_a_list_is_dropped_with_an_event(client, cast, draft):
    client.force_login(cast.staff)
    kept = keep(cast, draft, cast.health)
    press(client, draft, "list_drop", list=kept.pk)
    assert not RecipientList.objects.exists()
    assert Event.objects.filter(act="drop_list", subject_id=kept.pk).exists()


def test_who_has_ended_gives_way_to_who_took_over_and_others_are_named(cast, draft):
    heir, lost = make_agency("Sở Mới", parent=cast.province), make_agency("Sở Mất", parent=cast.province)
    kept = keep(cast, draft, cast.health, cast.town, lost)
    ended = date(2025, 2, 28)
    for agency in (cast.health, lost):
        agency.names.update(valid_to=ended)
    Succession.objects.create(predecessor=cast.health, successor=heir, act="merge", happened_on=date(2025, 3, 1))
    today = list_on(kept, date(2025, 3, 1))
    assert set(today.agencies) == {heir, cast.town}
    assert (today.replaced, today.gone) == ((("Sở Y tế", "Sở Mới"),), ("Sở Mất",))
    assert list_on(kept, ended).gone == ()
    assert Agency.objects.get(pk=lost.pk) in kept.agencies.all()


@pytest.mark.parametrize("line", ["Bệnh viện trung tâm", "benh vien trung tam", "BỆNH VIỆN TRUNG TÂM;"])
def test_a_line_of_kinh_gui_may_use_another_name_with_or_without_accents(cast, line):
    cast.health.names.update(aliases=["Bệnh viện trung tâm"])
    draft = make_directive(cast.desk, addressees=[line])
    assert Recipients.of(draft).chosen == [cast.health]


def test_a_name_that_two_share_is_left_to_the_desk(cast):
    cast.health.names.update(aliases=["Trung tâm"])
    cast.town.names.update(aliases=["trung tam"])
    draft = make_directive(cast.desk, addressees=["Trung tâm"])
    assert Recipients.of(draft).unmatched == ["Trung tâm"]
