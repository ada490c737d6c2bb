"""Write the mail of one delivery: subject, headers, text and HTML, in the language of its reader."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.services.invitations import make_link
from alertdesk.lib.text import squeeze
from alertdesk.lib.working_days import Overrides
from directives.demo.clock import is_demo
from directives.models import Delivery, Notice
from directives.templatetags.alertdesk import vn_datetime

from .content import Entry, read_entries
from .outbox import mail_host
from .planning import NEWS

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
        return _letter(delivery, "reminder", _urgency(entries[0]) + _subject(entries), {"entries": entries}, now)


def _urgency(entry: Entry) -> str:
    """Say first how urgent the directive is, as its paper does above everything else."""
    return f"[{entry.urgency}] " if entry.urgency and not entry.is_over else ""


def _subject(entries: list[Entry]) -> str:
    first = entries[0]
    if len(entries) > 1:
        return _("[Reminder] %(count)s reports to complete, most urgent: %(document)s") % {
            "count": len(entries),
            "document": first.document,
        }
    words = {"document": first.document, "left": first.time_left, "deadline": vn_datetime(first.due_at)}
    if first.kind == Kind.RETURNED:
        return _("[More is asked for] Report on %(document)s") % words
    if first.kind in NEWS:
        return _news_subject(first.kind) % words
    if first.is_late:
        return _("[Overdue] %(left)s: report on %(document)s") % words
    if first.kind == Kind.ARRIVAL:
        return _("[New directive] Please receive and report on %(document)s, deadline %(deadline)s") % words
    return _("[Reminder] %(left)s: report on %(document)s") % words


def _news_subject(kind: str) -> str:
    return {
        Kind.AMENDED: _("[Changed] %(document)s has been changed"),
        Kind.EXTENSION: _("[More time] Decision on the deadline of the report on %(document)s"),
        Kind.RECALLED: _("[No longer required] Report on %(document)s"),
        Kind.REPLY: _("[Reply] On the report on %(document)s"),
    }[Kind(kind)]


def _invitation(delivery: Delivery, entries: list[Entry], now: datetime) -> Letter:
    """Write an invitation; its link works once, so the row does not keep it except in the demo."""
    link = make_link(User.objects.get(email=delivery.address))
    subject = _("[Invitation] Your account to report on %(document)s") % {"document": entries[0].document}
    context = {"entries": entries, "entry": entries[0], "link": link, "days": settings.INVITATION_DAYS}
    letter = _letter(delivery, "invitation", subject, context, now)
    if is_demo():
        return letter
    return Letter(letter.message, {name: words.replace(link, HIDDEN) for name, words in letter.kept.items()})


def _letter(delivery: Delivery, template: str, subject: str, context: dict, now: datetime) -> Letter:
    demo = is_demo()
    subject = squeeze(_("%(subject)s (Illustrative data)") % {"subject": subject} if demo else subject)
    context = {
        **context,
        "subject": subject,
        "agencies": list(dict.fromkeys(entry.agency for entry in context["entries"])),
        "demo": demo,
        "perhaps_double": delivery.in_doubt or delivery.perhaps_double,
        "language": delivery.language,
        "site": settings.SITE_URL,
    }
    kept = {
        "subject": subject[:SUBJECT_LENGTH],
        "text": _render(f"emails/{template}.txt", Context(context, autoescape=False)),
        "html": _render(f"emails/{template}.html", Context(context)),
    }
    return Letter(_message(delivery, kept, _threads(context["entries"]), now), kept)


def _render(name: str, context: Context) -> str:
    return get_template(name).template.render(context).strip() + "\n"


def _threads(entries: list[Entry]) -> str:
    """Return one reference per assignment, so that a mail program shows its mails together."""
    return " ".join(f"<assignment-{entry.assignment_id}@{mail_host()}>" for entry in entries)


def _message(delivery: Delivery, words: dict[str, str], threads: str, now: datetime) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=words["subject"],
        body=words["text"],
        to=[delivery.address],
        headers={
            "Message-ID": delivery.message_id,
            "Date": format_datetime(now),
            "References": threads,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "List-Id": f"alertdesk <reminders.{mail_host()}>",
        },
    )
    message.attach_alternative(words["html"], "text/html")
    return message
