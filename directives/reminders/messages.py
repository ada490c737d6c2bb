"""Write the mail of one delivery: subject, headers, text and HTML, in the language of its reader."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.invitations import make_link
from alertdesk.lib.text import squeeze
from alertdesk.lib.working_days import Overrides
from directives.demo.clock import is_demo
from directives.models import Delivery, Notice
from directives.templatetags.alertdesk import vn_date, vn_datetime

from .content import Entry, read_entries
from .outbox import mail_host
from .planning import NEWS
from .rendering import draw

Kind = Notice.Kind
SUBJECT_LENGTH = 250
HIDDEN = "…"


@dataclass(frozen=True)
class Letter:
    """A message ready to go, and the words of it that the delivery's row may keep."""

    message: EmailMultiAlternatives
    kept: dict[str, str]


def compose(delivery: Delivery, notices: list[Notice], now: datetime, overrides: Overrides) -> Letter:
    """Write the message that carries all `notices` (read by `content.with_content`)."""
    with translation.override(delivery.language):
        entries = read_entries(notices, now, overrides)
        if notices[0].kind == Kind.INVITATION:
            return _invitation(delivery, entries, now)
        if notices[0].kind == Kind.CHECK_IN:
            return _check_in(delivery, entries, now)
        return write_letter(delivery, "reminder", _urgency(entries[0]) + _subject(entries), {"entries": entries}, now)


def _urgency(entry: Entry) -> str:
    """Say first how urgent the directive is, as its paper does above everything else."""
    return f"[{entry.urgency}] " if entry.urgency and not entry.is_over else ""


def _subject(entries: list[Entry]) -> str:
    """Return the subject: what is open, else what is told of the first."""
    first, still_open = entries[0], [entry for entry in entries if not entry.is_over]
    if len(still_open) > 1:
        return _("[Reminder] %(count)s reports to complete, most urgent: %(document)s") % {
            "count": len(still_open),
            "document": first.document,
        }
    words = {"document": first.document, "left": first.time_left, "deadline": vn_datetime(first.due_at)}
    return _subject_of_one(first) % words


def _subject_of_one(entry: Entry) -> str:
    if entry.kind == Kind.RETURNED:
        return _("[More is asked for] Report on %(document)s")
    if entry.kind in NEWS:
        return _news_subject(entry.kind)
    if entry.kind == Kind.ROSTER:
        return _("[Duty roster] Please complete the roster for the holiday: %(document)s")
    if entry.kind == Kind.ESCALATED:
        return _("[For the head of the agency] %(left)s: report on %(document)s")
    if entry.is_late:
        return _("[Overdue] %(left)s: report on %(document)s")
    if entry.kind == Kind.ARRIVAL:
        return _("[New directive] Please receive and report on %(document)s, deadline %(deadline)s")
    return _("[Reminder] %(left)s: report on %(document)s")


def _news_subject(kind: str) -> str:
    return {
        Kind.AMENDED: _("[Changed] %(document)s has been changed"),
        Kind.EXTENSION: _("[More time] Decision on the deadline of the report on %(document)s"),
        Kind.RECALLED: _("[No longer required] Report on %(document)s"),
        Kind.REPLY: _("[Reply] On the report on %(document)s"),
        Kind.ACCEPTED: _("[Acknowledged] Report on %(document)s"),
    }[Kind(kind)]


def _invitation(delivery: Delivery, entries: list[Entry], now: datetime) -> Letter:
    """Write an invitation; its link works once, so the row does not keep it except in the demo."""
    link = make_link(User.objects.get(email=delivery.address))
    subject = _("[Invitation] Your account to report on %(document)s") % {"document": entries[0].document}
    context = {"entries": entries, "entry": entries[0], "link": link, "days": settings.INVITATION_DAYS}
    letter = write_letter(delivery, "invitation", subject, context, now)
    return _without(letter, [link])


def _check_in(delivery: Delivery, entries: list[Entry], now: datetime) -> Letter:
    """Ask who is on duty to confirm; the row does not keep the links, with which anybody could."""
    subject = _("[Duty] Please confirm to be on duty on %(day)s") % {"day": vn_date(now)}
    letter = write_letter(delivery, "check_in", subject, {"entries": entries}, now)
    return _without(letter, [turn.url for entry in entries for turn in entry.turns])


def _without(letter: Letter, links: list[str]) -> Letter:
    """Return the letter with its links left out of what is kept; the demo keeps them, since no mail leaves it."""
    if is_demo():
        return letter
    kept = dict(letter.kept)
    for link in links:
        kept = {name: words.replace(link, HIDDEN) for name, words in kept.items()}
    return Letter(letter.message, kept)


def write_letter(delivery: Delivery, template: str, subject: str, context: dict, now: datetime) -> Letter:
    """Fill a pair of templates in templates/emails; `context` has the `entries` that the message tells of."""
    demo = is_demo()
    subject = squeeze(_("%(subject)s (Illustrative data)") % {"subject": subject} if demo else subject)
    context = {
        **context,
        "subject": subject,
        "contacts": _contacts(context["entries"]),
        "home": settings.SITE_URL + reverse("directives:home"),
        "agencies": list(dict.fromkeys(entry.agency for entry in context["entries"])),
        "demo": demo,
        "perhaps_double": delivery.in_doubt or delivery.perhaps_double,
        "language": delivery.language,
        "site": settings.SITE_URL,
    }
    text, html = draw(template, context)
    kept = {"subject": subject[:SUBJECT_LENGTH], "text": text, "html": html}
    return Letter(_message(delivery, kept, _thread(context["entries"]), now), kept)


def _contacts(entries: list[Entry]) -> list[dict]:
    """Return whom to ask, each once: the contacts that the directives themselves print."""
    found = []
    for contact in (contact for entry in entries for contact in entry.contacts):
        if contact not in found:
            found.append(contact)
    return found


def _thread(entries: list[Entry]) -> dict[str, str]:
    """Return the headers that put a message below the first one that its reader had about these reports.

    The most urgent report's thread is the one it answers in; the first message of all begins its own.
    """
    begun = list(dict.fromkeys(entry.thread for entry in entries if entry.thread))
    return {"In-Reply-To": begun[0], "References": " ".join(begun)} if begun else {}


def _message(delivery: Delivery, words: dict[str, str], thread: dict, now: datetime) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=words["subject"],
        body=words["text"],
        to=[delivery.address],
        headers={
            "Message-ID": delivery.message_id,
            "Date": format_datetime(now),
            **thread,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "List-Id": f"alertdesk <reminders.{mail_host()}>",
        },
    )
    message.attach_alternative(words["html"], "text/html")
    return message
