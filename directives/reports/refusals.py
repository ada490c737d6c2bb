"""What a mail server's refusal means in plain words, and what the desk can do about it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Refusal:
    """Why a message was refused, and what helps."""

    reason: str
    advice: str


# The first that fits counts: enhanced status codes (RFC 3463) before the words that servers use.
RULES = tuple(
    (re.compile(pattern, re.IGNORECASE), reason, advice)
    for pattern, reason, advice in (
        (
            r"\b[45]\.2\.2\b|mailbox (is )?full|over ?quota|quota exceeded",
            gettext_lazy("The mailbox is full."),
            gettext_lazy("Ask the agency by telephone to make room, then send again."),
        ),
        (
            r"\b5\.2\.1\b|(account|mailbox) (is )?(disabled|inactive|suspended)",
            gettext_lazy("The mailbox has been closed."),
            gettext_lazy("Ask the agency for its present address, change it in the directory, and remind again."),
        ),
        (
            r"\b5\.[23]\.[34]\b|too (large|big)",
            gettext_lazy("The message is too large for that mail server."),
            gettext_lazy("Call the agency; the report can be opened without the mail."),
        ),
        (
            r"\b5\.1\.[28]\b|domain (not found|does not exist)|host (not found|unknown)|name service error",
            gettext_lazy("The part of the address after the @ does not exist."),
            gettext_lazy("Correct the address in the directory and remind again."),
        ),
        (
            r"\b5\.1\.\d+\b|no such (user|mailbox|recipient)|user unknown|(unknown|invalid) (user|recipient)",
            gettext_lazy("There is no such address at that mail server."),
            gettext_lazy("Correct the address in the directory and remind again."),
        ),
        (
            r"\b5\.7\.\d+\b|spam|block(ed|list)|black ?list|policy|relay|not permitted|denied|spf|dkim|dmarc",
            gettext_lazy("That mail server does not accept mail from this site."),
            gettext_lazy(
                "Ask whoever runs the mail server to let this site's sender address through, then send again."
            ),
        ),
    )
)


def read_refusal(answer: str) -> Refusal:
    """Return what the last answer of a refused message means; unknown ones are said to be so."""
    for pattern, reason, advice in RULES:
        if pattern.search(answer):
            return Refusal(str(reason), str(advice))
    if answer[:1] == "5":
        reason = _("The mail server refused the message for good.")
    else:
        reason = _("It was tried again and again for most of a day without success.")
    return Refusal(reason, _("Call the agency, check its address in the directory, then send again."))
