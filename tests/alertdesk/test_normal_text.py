"""Whatever keyboard composes the letters, every form reads them alike."""

import importlib
import inspect
import pkgutil
import unicodedata
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib import admin
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse

import agencies
import directives
from alertdesk.lib.normal_text import NormalText, in_normal_form
from directives.models import CallLog, ProductRow, Remark, SubmissionItem
from directives.services.submitting import submit_report
from tests.cast import answer_everything, make_cast

WORDS = "Đã rà soát hệ thống, thiết lập chế độ trực"
DECOMPOSED = unicodedata.normalize("NFD", WORDS)
TYPED_IN = (forms.CharField,)
# Bases without fields or model; a form that only shows what its URL says.
UNBOUND = {"AdminForm", "BoardFilterForm", "PortalForm", "ProductForm", "RegisterRowForm", "RowForm"}


def own_forms():
    """Return every form class written in this project, by reading all of its modules."""
    for package in (agencies, directives):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith(("agencies.", "directives.")):
                found.add(kind)
    return sorted(found, key=lambda kind: kind.__name__)


@pytest.fixture
def objects(db):
    """One of everything that a form is made for, by the name of its parameter."""
    cast = make_cast()
    assignment = cast.issue()[0]
    answer_everything(assignment, cast.officer)
    assignment.refresh_from_db()
    submission = submit_report(assignment, actor=cast.officer)
    return {
        "user": cast.officer,
        "actor": cast.staff,
        "request": RequestFactory().post("/"),
        "directive": assignment.directive,
        "assignment": assignment,
        "answer": assignment.answers.first(),
        "action": assignment.directive.actions.first(),
        "submission": submission,
        "item": SubmissionItem.objects.first(),
        "present": assignment.due_at,
        "question": Remark(pk=1),
        "incident": SimpleNamespace(clocks=()),
        "offered": (),
        "limit": assignment.due_at,
        "agency": cast.health,
        "preview": SimpleNamespace(answer_rows=[ProductRow(product_line="Windows 10", total=2, updated=1)]),
        "following": SimpleNamespace(deadline=assignment.due_at, phrases=(), too_long=lambda words: ()),
        "AgencyForm": cast.health,  # only ever changes an agency that is there
        "ProfileForm": cast.officer,
    }


def bound(kind, objects, data):
    """Return the form with the data and what its classes' constructors ask for by name."""
    constructors = [vars(base)["__init__"] for base in kind.__mro__ if "__init__" in vars(base)]
    names = {name for made in constructors for name in inspect.signature(made).parameters if name in objects}
    shown = {"instance": objects[kind.__name__]} if kind.__name__ in objects else {}
    return kind(data=data, **{name: objects[name] for name in names}, **shown)


def test_every_form_reads_typed_text_in_normal_form():
    without = [kind.__name__ for kind in own_forms() if not issubclass(kind, NormalText)]
    assert without == [], "put alertdesk.lib.normal_text.NormalText before the form class"


def test_the_mixin_stands_where_it_acts():
    for kind in own_forms():
        bases = kind.__mro__
        assert bases.index(NormalText) < bases.index(forms.BaseForm), kind


def test_every_form_with_text_gives_it_in_normal_form(objects):
    checked = 0
    for kind in own_forms():
        if kind.__name__ in UNBOUND:
            continue
        plain = bound(kind, objects, {})
        texts = [name for name, field in plain.fields.items() if isinstance(field, TYPED_IN)]
        form = bound(kind, objects, {plain.add_prefix(name): DECOMPOSED for name in texts})
        for name in texts:
            assert form[name].data == WORDS, (kind, name)
        form.is_valid()
        for name, value in form.cleaned_data.items():
            if isinstance(value, str):
                assert value == unicodedata.normalize("NFC", value), (kind, name)
        checked += bool(texts)
    assert checked > 12


def test_a_length_is_counted_in_letters_as_they_are_seen(objects):
    longest = CallLog._meta.get_field("promised").max_length
    words = ("ệ" * longest)[:longest]
    kind = next(kind for kind in own_forms() if kind.__name__ == "LogCallForm")
    form = kind(data={"spoke_with": "A", "promised": unicodedata.normalize("NFD", words)})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["promised"] == words


def test_the_admin_site_reads_typed_text_in_normal_form(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    for model, page in admin.site._registry.items():
        if model.__module__.startswith(("agencies.", "directives.")):
            assert issubclass(page.get_form(request), NormalText), model
            for inline in page.get_inline_instances(request):
                assert issubclass(inline.get_formset(request).form, NormalText), inline


def test_a_password_is_the_same_however_it_is_composed(client, db):
    cast = make_cast()
    form = next(kind for kind in own_forms() if kind.__name__ == "ChoosePasswordForm")
    chosen = form(cast.officer, {"new_password1": DECOMPOSED, "new_password2": WORDS})
    assert chosen.is_valid(), chosen.errors
    chosen.save()
    response = client.post(reverse("agencies:login"), {"username": cast.officer.email, "password": DECOMPOSED})
    assert response.status_code == 302


def test_lists_files_and_line_ends_are_kept():
    data = QueryDict(mutable=True)
    data.setlist("many", [DECOMPOSED, "b\r\nc"])
    data.setlist("none", [])
    read = in_normal_form(data)
    assert read.getlist("many") == [WORDS, "b\nc"]
    assert read.getlist("none") == []
    other = SimpleNamespace()
    assert in_normal_form({"file": other, "n": 1}) == {"file": other, "n": 1}
