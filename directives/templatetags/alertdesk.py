"""Display tags of every page: state chips, icons, Vietnamese moments, telephones, sizes."""

import re
from datetime import datetime, timedelta
from itertools import accumulate
from typing import NamedTuple

from django import template
from django.forms import DateField, DateTimeField
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from alertdesk.lib import clock
from directives.models.notice import Delivery
from directives.models.states import AnswerStatus, DirectiveState, State, Verdict

register = template.Library()


class Look(NamedTuple):
    """How a state is shown: never by colour alone."""

    icon: str
    tone: str
    short: str
    label: str


LOOKS = {
    # assignments
    "sent": Look("ring", "todo", pgettext_lazy("short", "Not received"), State.SENT.label),
    "acknowledged": Look("mail", "seen", pgettext_lazy("short", "Received"), State.ACKNOWLEDGED.label),
    "in_progress": Look("half", "progress", pgettext_lazy("short", "In progress"), State.IN_PROGRESS.label),
    "awaiting_approval": Look("user", "progress", pgettext_lazy("short", "At the head"), State.AWAITING_APPROVAL.label),
    "submitted": Look("clock", "submitted", pgettext_lazy("short", "In review"), State.SUBMITTED.label),
    "returned": Look("return", "returned", pgettext_lazy("short", "To complete"), State.RETURNED.label),
    "accepted": Look("check", "done", pgettext_lazy("short", "Accepted"), State.ACCEPTED.label),
    "withdrawn": Look("dash", "na", pgettext_lazy("short", "Withdrawn"), State.WITHDRAWN.label),
    "lapsed": Look("x", "lapsed", pgettext_lazy("short", "No report"), State.LAPSED.label),
    # cells of the board that are neither a state nor a status
    "accepted_partly": Look(
        "pie", "partly", pgettext_lazy("short", "Accepted, partly"), gettext_lazy("Acknowledged, partly done")
    ),
    "answered": Look("tick", "progress", pgettext_lazy("short", "Answered"), gettext_lazy("Answered, not sent yet")),
    # answers
    "not_started": Look("ring", "todo", pgettext_lazy("short", "Not started"), AnswerStatus.NOT_STARTED.label),
    "partly": Look("pie", "partly", pgettext_lazy("short", "Partly"), AnswerStatus.PARTLY.label),
    "done": Look("tick", "done", pgettext_lazy("short", "Done"), AnswerStatus.DONE.label),
    "nil": Look("nil", "na", pgettext_lazy("short", "Nil"), AnswerStatus.NIL.label),
    "not_applicable": Look("dash", "na", pgettext_lazy("short", "N/A"), AnswerStatus.NOT_APPLICABLE.label),
    # the items of a review
    "ok": Look("check", "done", pgettext_lazy("short", "Sufficient"), Verdict.OK.label),
    "more": Look("return", "returned", pgettext_lazy("short", "To complete"), Verdict.MORE.label),
    # directives
    "draft": Look("file", "todo", DirectiveState.DRAFT.label, DirectiveState.DRAFT.label),
    "issued": Look("mail", "submitted", DirectiveState.ISSUED.label, DirectiveState.ISSUED.label),
    "closed": Look("lock", "na", DirectiveState.CLOSED.label, DirectiveState.CLOSED.label),
    "recalled": Look("return", "returned", DirectiveState.RECALLED.label, DirectiveState.RECALLED.label),
    "superseded": Look("dash", "na", DirectiveState.SUPERSEDED.label, DirectiveState.SUPERSEDED.label),
    # messages: {% chip delivery.state kind="mail" %}
    "mail_pending": Look("clock", "todo", pgettext_lazy("short", "Waiting"), Delivery.State.PENDING.label),
    "mail_sending": Look("half", "progress", pgettext_lazy("short", "Being sent"), Delivery.State.SENDING.label),
    "mail_sent": Look("check", "done", pgettext_lazy("short", "Sent"), Delivery.State.SENT.label),
    "mail_dead": Look("x", "late", pgettext_lazy("short", "Refused"), Delivery.State.DEAD.label),
    "mail_cancelled": Look("dash", "na", pgettext_lazy("short", "Not needed"), Delivery.State.CANCELLED.label),
}


@register.simple_tag
def icon(name, label=""):
    """Draw an icon of parts/icons.html; without a label it is silent for screen readers."""
    said = format_html('role="img" aria-label="{}"' if label else 'aria-hidden="true"', label)
    return format_html('<svg class="i" width="16" height="16" {}><use href="#i-{}"/></svg>', said, name)


@register.simple_tag
def chip(state, late="", short=False, href="", number="", title="", mark="", kind=""):
    """Show a state as icon, word and tint; a code without a look is an error.

    `late` ("trễ 3 ngày") turns it red and is said in words; `href` makes it a link; `number` and
    `title` name a board cell's action; `mark` is a small remark such as "Sở ghi nhận"; `kind="mail"`
    reads the code as a delivery's, whose "sent" means another thing.
    """
    look = LOOKS[f"{kind}_{state}" if kind else str(state)]
    return format_html(
        '<{tag}{href} class="chip s-{tone}{late_class}"><svg class="i" aria-hidden="true"><use href="#i-{icon}"/></svg>'
        "{words}{name}</{tag}>",
        tag="a" if href else "span",
        href=format_html(' href="{}"', href) if href else "",
        tone=look.tone,
        late_class=" chip--late" if late else "",
        icon="late" if late else look.icon,
        words=_chip_words(look, short, late, mark),
        name=_cell_name(number, title) if number else "",
    )


def _chip_words(look, short, late, mark):
    """Return the state in words: short ones loose, full ones as one block that may wrap and carry a remark."""
    said = format_html("<span>{}</span>", look.short if short else look.label)
    if late:
        said = format_html("{}<em>{}</em>", said, late)
    if mark:
        said = format_html('{}<small class="chip__m">{}</small>', said, mark)
    return said if short else format_html('<span class="chip__t">{}</span>', said)


def _cell_name(number, title):
    """Return what a screen reader says after the state; the column's head says it to the eye."""
    said = f"{number}. {title}" if title else _("Action %(number)s") % {"number": number}
    return format_html('<span class="vh"> – {}</span>', said)


@register.filter
def state_label(state):
    """Return a state's full name."""
    return LOOKS[str(state)].label


@register.simple_tag
def vn_datetime(moment):
    """Write a moment as 17:00 28/04/2023; the last second of a day is the end of that day."""
    if not moment:
        return ""
    if not isinstance(moment, datetime):
        return vn_date(moment)
    here = timezone.localtime(moment, clock.ZONE) if timezone.is_aware(moment) else moment
    if (here.hour, here.minute, here.second) == (23, 59, 59):
        return _("end of %(day)s") % {"day": vn_date(here)}
    return f"{here:%H:%M} {vn_date(here)}"


@register.filter
def vn_date(day):
    """Write a day as 28/04/2023, a moment as its day in Vietnam."""
    if not day:
        return ""
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = timezone.localtime(day, clock.ZONE)
    return f"{day:%d/%m/%Y}"


@register.simple_tag
def days_left(deadline, now=None):
    """Say how far a deadline is, in days of the calendar; within its own day in hours once passed."""
    if not deadline:
        return ""
    now = timezone.localtime(now or clock.now(), clock.ZONE)
    end = deadline if isinstance(deadline, datetime) else clock.end_of_day(deadline)
    end = timezone.localtime(end, clock.ZONE)
    days = (end.date() - now.date()).days
    if days > 0:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    return _("today") if now <= end else _late_today(now - end)


def _late_today(late: timedelta):
    """Say how late a deadline of today is."""
    hours = int(late.total_seconds() // 3600)
    if not hours:
        return _("just past the deadline")
    return ngettext("%(hours)s hour late", "%(hours)s hours late", hours) % {"hours": hours}


@register.filter
def is_past(deadline, now=None):
    """Say whether a deadline has passed on the domain's clock."""
    if not deadline:
        return False
    end = deadline if isinstance(deadline, datetime) else clock.end_of_day(deadline)
    return end < (now or clock.now())


@register.filter
def phone_href(number):
    """Return a tel: address: Vietnamese numbers in international form, short ones as they are.

    Of several numbers in one field the first is dialled.
    """
    first = re.split(r"[,;/]|\s[-–]\s|[^\d\s.()+–-]", str(number or "").strip())[0]
    digits = re.sub(r"\D", "", first)
    if not digits:
        return ""
    if first.startswith("+"):
        return f"tel:+{digits}"
    return f"tel:+84{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


@register.simple_tag
def tel(number, name=""):
    """Link a telephone number so that a phone dials it; `name` says whose it is to screen readers."""
    href = phone_href(number)
    if not href:
        return number or ""
    said = format_html('<span class="vh">{}: </span>', name) if name else ""
    return format_html('<a class="tel" href="{}">{}{}</a>', href, said, number)


@register.filter
def filesize_vi(size):
    """Write a size in bytes as 640 B, 12 KB or 1,2 MB (1 MB is 1024 × 1024 bytes)."""
    size = int(size or 0)
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{number_format(round(size / 1024), use_l10n=True)} KB"
    return f"{number_format(size / 1024 / 1024, 1)} MB"


@register.filter
def page_numbers(page):
    """Return the page numbers of a pager, with gaps as an ellipsis."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def first_input_id(field):
    """Return the id that an error link must point at: the first option of a group, else the field."""
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def any_errors(forms):
    """Say whether a formset, or any form of a list, has errors."""
    if getattr(forms, "non_form_errors", list)():
        return True
    return any(form.errors for form in forms or ())


@register.filter
def asks_for_date(field):
    """Say whether a field takes a day or a moment typed as text."""
    return isinstance(field.field, DateField | DateTimeField)


@register.inclusion_tag("parts/stacked_bar.html")
def stacked_bar(segments, label, late=0, board=""):
    """Draw one bar of counted states with its legend; `segments` are (state code, count) in order.

    `board` is the address of the list that is counted: each number of the legend then opens its part of it.
    """
    counted = [(str(code), count) for code, count in segments]
    total = sum(count for _code, count in counted)
    starts = accumulate((count for _code, count in counted), initial=0)
    bars = [
        {
            "look": LOOKS[code],
            "href": f"{board}?state={code}" if board else "",
            "count": count,
            "x": round(start * 1000 / (total or 1), 2),
            "width": round(count * 1000 / (total or 1), 2),
        }
        for (code, count), start in zip(counted, starts, strict=False)
    ]
    late_href = f"{board}?late=1" if board else ""
    return {"bars": bars, "label": label, "late": late, "late_href": late_href, "total": total}
