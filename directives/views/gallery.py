"""Every part of a page in every state, for those who build pages and for the tests."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alertdesk.lib import clock
from directives.forms.gallery import GalleryFilterForm, GalleryForm
from directives.models import AnswerStatus, Directive
from directives.templatetags.alertdesk import LOOKS
from directives.templatetags.desk import late_words

LATE_CODES = ("sent", "acknowledged", "in_progress", "returned", "not_started")
SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@dataclass(frozen=True)
class SampleRow:
    """A row of the sample board."""

    name: str
    cells: tuple[str, ...]
    done: int
    late: str = ""


@require_safe
def gallery(request):
    """Show each part in every state; nothing here comes from the database."""
    context = {
        "codes": list(LOOKS),
        "late_codes": LATE_CODES,
        "board_rows": _board_rows(),
        "segments": [("accepted", 12), ("submitted", 6), ("returned", 3), ("in_progress", 5), ("sent", 4)],
        "first_page": Paginator(range(400), 20).page(1),
        "middle_page": Paginator(range(400), 20).page(10),
        "filter_form": GalleryFilterForm(auto_id="f-%s"),
        "removable": [("“so y te”", "state=sent"), (_("Overdue"), "q=so+y+te")],
        "tones": ("", "ok", "warn", "bad"),
        "sha256": SHA256,
        "now": clock.now(),
        "urgency": Directive.Urgency.IMMEDIATE.label,
        **_forms(),
        **_lists(),
    }
    return render(request, "directives/gallery.html", context)


def _board_rows() -> list[SampleRow]:
    late = late_words(True, 3)
    return [
        SampleRow("Sở Y tế", ("accepted", "accepted_partly", "nil"), 3),
        SampleRow("UBND thành phố Quy Nhơn", ("submitted", "returned", "answered"), 2),
        SampleRow("Ban Quản lý Khu kinh tế", ("sent", "in_progress", "not_started"), 0, late),
    ]


def _forms() -> dict:
    wrong = GalleryForm({"number": "412", "day": "31/02/2023", "systems": "mười"}, auto_id="wrong_%s")
    return {"form": GalleryForm(initial={"status": "partly"}), "wrong_form": wrong}


def _lists() -> dict:
    now = clock.now()
    said = _("More than one line may be said here.")
    return {
        "trail": [{"url": "#parts", "label": _("Directives")}],
        "rows": [
            {"key": _("State"), "value": AnswerStatus.PARTLY.label, "url": "#lists"},
            {"key": _("Note"), "value": "", "url": "#lists", "action": _("Write a note")},
            {"key": _("Deadline"), "value": "17:00 28/04/2023"},
        ],
        "events": [
            {"at": now, "text": _("The report was sent."), "who": "Nguyễn Thị Hòa", "detail": said},
            {"at": now - timedelta(days=1), "text": _("The directive was received."), "who": "Văn thư", "detail": ""},
        ],
    }
