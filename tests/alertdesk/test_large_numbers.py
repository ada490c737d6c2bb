"""Thousands are grouped where people read them and never where a machine does: addresses, ids, values."""

from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.template import Context, Template
from django.utils import translation

from tests.alertdesk.crawling import GROUPED, pages, people

pytestmark = pytest.mark.once
MACHINE_READ = {
    "href",
    "action",
    "id",
    "for",
    "max",
    "min",
    "src",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
}
FREE_TEXT = {None, "text", "search", "email", "tel"}


class MachineText(HTMLParser):
    """Collects what a page gives to machines."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_typed = tag == "input" and given.get("type") in FREE_TEXT
        for name, value in attrs:
            is_value = name == "value" and not is_typed
            if (is_value or name in MACHINE_READ or name.startswith(("hx-", "data-id"))) and GROUPED.search(
                value or ""
            ):
                self.found.append(f'{tag} {name}="{value}"')


@pytest.fixture
def many_rows(db):
    """The demo story in a database whose next ids are above a thousand."""
    tables = [
        model._meta.db_table for name in ("agencies", "directives") for model in apps.get_app_config(name).get_models()
    ]
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "sqlite":
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 4999)", [table])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 4999)", [table])
    call_command("load_demo", verbosity=0)
    return people()


@pytest.mark.parametrize("role", ["staff", "officer"])
def test_ids_above_a_thousand_stay_whole_in_addresses_and_forms(many_rows, role):
    found = {text: url for url, page in pages(many_rows[role]) for text in MachineText(page).found}
    assert found == {}


def test_a_grouped_number_is_found_where_a_machine_reads_it():
    page = '<a href="/a/5.001/">5.001</a><input type="hidden" value="5.001"><progress max="5.001"></progress>'
    page += '<b id="x-5,001">'
    assert len(MachineText(page).found) == 4
    assert MachineText('<input type="text" value="1.200"><p>5.001</p><a href="tel:0256.2210517">x</a>').found == []


@pytest.mark.parametrize(("language", "shown"), [("vi", "12.345"), ("en", "12,345")])
def test_thousands_are_grouped_as_the_language_does(language, shown):
    parts = (
        '{% include "parts/kpi.html" with value=n label="a" %}',
        '{% include "parts/progress.html" with done=n total=n %}',
        "{% load i18n %}{% blocktranslate %}{{ n }} of {{ n }}{% endblocktranslate %}",
    )
    with translation.override(language):
        for part in parts:
            assert shown in Template(part).render(Context({"n": 12345})), part
        page = Template(parts[1]).render(Context({"n": 12345}))
    assert 'max="12345"' in page
    assert 'value="12345"' in page
