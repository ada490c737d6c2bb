"""The gallery shows every state and every part of the guide."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from agencies.models import Role
from directives.templatetags.alertdesk import LOOKS
from tests.cast import make_agency, make_user

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# The frame is on every page; these belong to pages of the account or are drawn by a tag.
ELSEWHERE = {"demo_logins", "dead_link", "error_lines", "error_end", "filter_choices", "filter_field", "stacked_bar"}
FRAME = {"header", "demo_banner", "messages", "footer", "icons"}


@pytest.fixture
def shown(client):
    client.force_login(make_user("quantri@binhdinh.example", Role.ADMIN, make_agency("Sở A")))
    return client.get(reverse("directives:gallery")).content.decode()


def test_every_state_has_its_chip_in_full_and_short(shown):
    for code, look in LOOKS.items():
        assert str(look.label) in shown, code
        assert str(look.short) in shown, code


def test_every_part_is_shown():
    used = set()
    for path in [*(TEMPLATES / "directives").glob("gallery*.html")]:
        used |= set(re.findall(r'"parts/(\w+)\.html"', path.read_text(encoding="utf-8")))
    parts = {path.stem for path in (TEMPLATES / "parts").glob("*.html")}
    assert parts - used - FRAME - ELSEWHERE == set()
