"""The shared templates: fields, errors, bars and frames hold what a reader without eyes or mouse needs."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from directives.templatetags.alertdesk import LOOKS

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PARTS = sorted((TEMPLATES / "parts").glob("*.html"))
SPRITE = set(re.findall(r'id="i-([a-z]+)"', (TEMPLATES / "parts/icons.html").read_text()))


class SampleForm(forms.Form):
    """One field of each sort."""

    number = forms.CharField(label="Number", required=False)
    due = forms.DateField(label="Deadline")
    email = forms.EmailField(label="E-mail", help_text="Of the agency")
    status = forms.ChoiceField(label="Result", choices=[("done", "Done"), ("nil", "Nil")], widget=forms.RadioSelect)
    signed = forms.BooleanField(label="Signed")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def ids(html):
    return set(re.findall(r'\sid="([^"]+)"', html))


def test_an_optional_field_says_so_and_a_required_one_does_not():
    html = str(SampleForm())
    assert "Number <span" in html
    assert html.count("(optional)") == 1


def test_a_field_for_a_day_says_how_to_type_it():
    assert re.search(r"Deadline <span[^>]*>dd/mm/yyyy", str(SampleForm()))


def test_a_group_of_radios_is_a_fieldset_with_a_legend():
    assert re.search(r"<fieldset[^>]*><legend>Result</legend>", str(SampleForm()))


def test_an_error_stands_beside_its_field_and_describes_it():
    html = str(SampleForm({"email": "x"}))
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert {"id_email_helptext", "id_email_error", "id_status_error", "id_signed_error"} <= ids(html)
    assert html.count('aria-invalid="true"') >= 3


def test_every_line_of_the_error_summary_leads_to_a_field():
    form = SampleForm({"email": "x"})
    summary = render_to_string("parts/error_summary.html", {"form": form})
    targets = re.findall(r'<a href="#([^"]+)"', summary)
    assert len(targets) == 4
    assert set(targets) <= ids(str(form))


def test_the_error_summary_lists_the_forms_of_a_formset():
    rows = forms.formset_factory(SampleForm, extra=0)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-email": "x"}
    summary = render_to_string("parts/error_summary.html", {"forms": rows(data)})
    assert "#id_form-0-email" in summary
    assert "#id_form-1-email" in summary


def test_no_error_means_no_summary():
    assert render_to_string("parts/error_summary.html", {"form": SampleForm()}).strip() == ""


def test_numbers_in_a_drawing_keep_the_point_in_vietnamese():
    template = Template('{% load alertdesk %}{% stacked_bar segments "States" %}')
    with translation.override("vi"):
        html = template.render(Context({"segments": [("accepted", 1), ("sent", 2)]}))
    assert 'width="333.33"' in html


def test_a_pager_keeps_the_filters_of_the_address(rf):
    page = Paginator(range(100), 20).page(2)
    request = rf.get("/", {"q": "hoài", "page": "2"})
    html = render_to_string("parts/pager.html", {"page": page, "request": request})
    assert re.search(r'href="\?q=ho%C3%A0i&amp;page=3"', html)
    assert 'aria-current="page"' in html


def test_what_a_person_typed_is_escaped_in_every_part():
    bad = "<img src=x>"
    row = {"key": bad, "value": bad, "url": "/", "at": None, "text": bad, "who": bad, "detail": bad}
    context = dict.fromkeys(["title", "text", "label", "value", "name", "hint", "late", "here", "action", "note"], bad)
    context |= {"rows": [row], "events": [row], "trail": [], "state": "sent", "url": "/", "done": 1, "total": 2}
    names = [
        "banner",
        "confirm",
        "crumbs",
        "empty",
        "file_row",
        "kpi",
        "progress",
        "summary_list",
        "task_row",
        "timeline",
    ]
    for name in names:
        html = render_to_string(f"parts/{name}.html", context)
        assert bad not in html, name
        assert "&lt;img" in html, name


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_every_part_says_what_it_is_for_and_is_in_the_guide(part):
    assert re.match(r"\{# .+ #\}\n", part.read_text(encoding="utf-8"))
    guide = (Path(settings.BASE_DIR) / "docs/interface.md").read_text(encoding="utf-8")
    assert f"parts/{part.name}" in guide


def test_every_icon_that_is_drawn_is_in_the_sprite():
    drawn = {look.icon for look in LOOKS.values()}
    for path in TEMPLATES.rglob("*.html"):
        code = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))
        drawn |= set(re.findall(r'\{% icon "([a-z]+)"', code))
    assert drawn <= SPRITE


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_page_of_last_resort_needs_no_request(name):
    html = render_to_string(name)
    assert "<h1>" in html
    assert 'href="/static/css/app.css"' in html


def test_a_wrong_host_name_is_a_plain_refusal(client):
    """Refused before sessions are read: neither a traceback nor a query."""
    answer = client.get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_a_count_of_nothing_raises_no_alarm():
    assert "kpi--bad" in render_to_string("parts/kpi.html", {"label": "Overdue", "value": 3, "tone": "bad"})
    assert "kpi--bad" not in render_to_string("parts/kpi.html", {"label": "Overdue", "value": 0, "tone": "bad"})


@pytest.mark.django_db
def test_the_sign_in_page_shows_the_name_of_the_desk_and_not_of_the_host(client, settings):
    settings.SITE_NAME = "Sở Thông tin và Truyền thông"
    page = client.get("/login/").text
    assert "<small>Sở Thông tin và Truyền thông</small>" in page
    assert "testserver" not in page
