"""On a database without the story: its ids begin at 1, it refuses other company, its pages are not there."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from agencies.models import Agency, User
from directives.demo import load
from directives.models import Assignment, DemoClock, Directive
from tests.cast import make_agency

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(reset_sequences=True)
def test_the_directive_and_its_first_assignment_have_id_1():
    load.load()
    assert Directive.objects.get().pk == 1
    assert Assignment.objects.on_board().first().pk == 1


def test_a_database_that_holds_anything_else_is_refused(capsys):
    make_agency("Sở Y tế")
    with pytest.raises(SystemExit) as refusal:
        call_command("load_demo")
    assert refusal.value.code == 2
    assert "cơ sở dữ liệu trống" in capsys.readouterr().err
    assert Agency.objects.count() == 1
    assert not DemoClock.objects.exists()


@pytest.mark.parametrize("name", ["demo_clock", "demo_mail"])
def test_outside_the_demo_its_pages_do_not_exist(client, name):
    client.force_login(User.objects.create_user("x@x.example", "x"))
    ask = client.post if name == "demo_clock" else client.get
    assert ask(reverse(f"directives:{name}")).status_code == 404
