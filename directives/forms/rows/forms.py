"""One form per class of rows; a row that says nothing is no row."""

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agencies.models.registers.contacts import is_web_address
from agencies.models.registers.systems import PRODUCT_LINES
from alertdesk.lib.normal_text import NormalText
from directives.forms.fields import CountField, LineField, PastDateField
from directives.models import (
    Answer,
    AnswerRow,
    FindingRow,
    LayerRow,
    PortalRow,
    ProductRow,
    ProviderRow,
    SystemRow,
    UnitRow,
    WeaknessRow,
)
from directives.reports.windows_builds import Floor, floor_for, read_build

# Days that lie ahead; every other day of a row is one that has come.
AHEAD = ("until",)


def _field(column: models.Field, **kwargs) -> forms.Field:
    """Return the form field that fits what people here type into a column."""
    if isinstance(column, models.PositiveIntegerField | models.PositiveSmallIntegerField) and not column.choices:
        return CountField(required=not column.null, label=capfirst(column.verbose_name))
    if isinstance(column, models.DateField) and not isinstance(column, models.DateTimeField):
        day = forms.DateField if column.name in AHEAD else PastDateField
        return day(required=False, label=capfirst(column.verbose_name))
    if isinstance(column, models.CharField) and not column.choices:
        return LineField(required=not column.blank, max_length=column.max_length, label=capfirst(column.verbose_name))
    return column.formfield(**kwargs)


class RowForm(NormalText, forms.ModelForm):
    """A row as it is typed. `SAYING` are the fields of which one must be filled for the row to count."""

    SAYING: tuple[str, ...] = ("name",)

    drop = forms.BooleanField(required=False, label=_("Leave this row out"))

    def __init__(self, *args, answer: Answer, **kwargs):
        self.answer = answer
        super().__init__(*args, **kwargs)

    def _post_clean(self):
        """Build no instance here: the service checks the whole row."""

    @property
    def says_nothing(self) -> bool:
        """Whether the row is to be left out: dropped, or empty in all that makes it one."""
        value = self._typed if self.is_bound else self._shown
        return bool(value("drop")) or not any(str(value(name) or "").strip() for name in self.SAYING)

    def _typed(self, name: str):
        field = self.fields[name]
        return field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def _shown(self, name: str):
        return self.initial.get(name)

    @property
    def row(self) -> AnswerRow:
        """The row as it was typed, in no answer yet."""
        return self._meta.model(**{name: self.cleaned_data[name] for name in self._meta.model.FIELDS})

    @property
    def ticks(self) -> list:
        """The bound tick boxes, which stand together under the other fields; one to leave out a row that is named."""
        can_drop = self.SAYING == ("name",)
        boxes = [field for field in self.visible_fields() if field.widget_type == "checkbox"]
        return [field for field in boxes if can_drop or field.name != "drop"]

    @property
    def lines(self) -> list:
        """The other bound fields, in order."""
        return [field for field in self.visible_fields() if field.widget_type != "checkbox"]


def _form_of(model: type[AnswerRow], *, saying: tuple[str, ...] = ("name",), base=RowForm) -> type[RowForm]:
    meta = type("Meta", (), {"model": model, "fields": model.FIELDS, "formfield_callback": staticmethod(_field)})
    return type(f"{model.__name__}Form", (base,), {"Meta": meta, "SAYING": saying, "__doc__": model.__doc__})


class ProductForm(RowForm):
    """Three numbers about one product line; what is not updated needs its reason.

    The lowest build among the machines decides for Windows: high enough, all are updated; too low, not all can be.
    """

    def __init__(self, *args, answer: Answer, **kwargs):
        super().__init__(*args, answer=answer, **kwargs)
        self.fields["product_line"].widget = Suggesting(PRODUCT_LINES, attrs={"autocomplete": "off"})
        self.fields["updated"].required = False

    def clean_build(self) -> str:
        """Take a build as people write it, or nothing."""
        text = self.cleaned_data["build"]
        if text and read_build(text) is None:
            raise forms.ValidationError(_("Write the build as 19045.2846; the command winver shows it."))
        return text

    def _floor(self) -> tuple[Floor | None, bool]:
        """Return the floor that the typed build is held to, and whether it reaches it."""
        build = read_build(self.cleaned_data.get("build") or "")
        floor = floor_for(build[0], self.answer.assignment.directive.reference_day) if build else None
        return floor, bool(floor) and build[1] >= floor.patch

    def clean(self):
        """Let the numbers add up, hold them to the build, and ask why where machines are left."""
        values = super().clean()
        floor, is_reached = self._floor()
        if is_reached and values.get("updated") is None:
            values["updated"] = values.get("total")
        total, updated = values.get("total"), values.get("updated")
        if updated is None and "updated" not in self.errors:
            self.add_error("updated", _("Write how many machines are updated; 0 where none is."))
        if total is None or updated is None:
            return values
        if floor and not is_reached and updated == total:
            self.add_error(
                "build", _("A build below %(floor)s is not updated, so not all machines can be.") % {"floor": floor}
            )
        if updated > total:
            self.add_error("updated", _("More machines cannot be updated than there are."))
        elif updated < total and not values.get("reason"):
            self.add_error("reason", _("Say why the other machines are not updated yet."))
        return values


class PortalForm(RowForm):
    """A page shown to the public; its address may be typed without https://, as people say it."""

    def clean_url(self) -> str:
        """Write the address whole, so that the register takes it; what is no address stays as typed."""
        text = self.cleaned_data["url"]
        whole = f"https://{text}"
        fits = "://" not in text and len(whole) <= self.fields["url"].max_length and is_web_address(whole)
        return whole if fits else text


class Suggesting(forms.TextInput):
    """A line of text with words offered below it."""

    template_name = "directives/widgets/suggesting.html"

    def __init__(self, offered, attrs=None):
        super().__init__(attrs)
        self.offered = offered

    def get_context(self, name, value, attrs):
        """Name the list after the field."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{name}-offered"
        return context | {"offered": self.offered}


ROW_FORMS: dict[type[AnswerRow], type[RowForm]] = {
    SystemRow: _form_of(SystemRow),
    LayerRow: _form_of(LayerRow),
    ProductRow: _form_of(ProductRow, saying=("total", "updated", "build", "reason"), base=ProductForm),
    WeaknessRow: _form_of(WeaknessRow, saying=("cve", "place")),
    PortalRow: _form_of(PortalRow, base=PortalForm),
    FindingRow: _form_of(FindingRow, saying=("portal_name", "found_at", "handling")),
    UnitRow: _form_of(UnitRow),
    ProviderRow: _form_of(ProviderRow),
}
