"""Check that kept files and frozen reports are what the audit trail says, and give the trail's fingerprint."""

import json
import re
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from directives.reports.audit import Audit, audit, trail_digest

_FOUND = 1  # exit status
_ANCHOR = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class Command(BaseCommand):
    help = (
        "Compares every kept file and every submission with its SHA-256 and its event, and prints the fingerprint of "
        "the trail. Note that fingerprint elsewhere; --anchor compares the trail with it later. "
        "Exit status 0: nothing found; 1: something is not as it was."
    )

    def add_arguments(self, parser):
        parser.add_argument("--anchor", metavar="ID:SHA256", help="a fingerprint that this command printed before")
        parser.add_argument("--json", action="store_true", help="print what was found as one JSON object")

    def handle(self, *args, **options):
        """Print what was looked at and found; leave by an exit status."""
        holds = _anchor_holds(options["anchor"])
        read = audit()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(read) | {"anchor_holds": holds}, ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(read, holds)))
        if read.findings or holds is False:
            sys.exit(_FOUND)


def _anchor_holds(anchor: str | None) -> bool | None:
    """Say whether the trail up to the anchor's event is what it was; None where none was given."""
    if not anchor:
        return None
    parts = _ANCHOR.fullmatch(anchor.strip())
    if not parts:
        raise CommandError(_("An anchor looks like 1234:followed by 64 hexadecimal digits."))
    return trail_digest(int(parts[1])) == parts[2]


def _lines(read: Audit, holds: bool | None) -> list[str]:
    lines = [
        _("Looked at: %(files)s files, %(submissions)s submissions, %(events)s events.")
        % {"files": read.files, "submissions": read.submissions, "events": read.events}
    ]
    words = {
        "missing_bytes": _("the file is missing on the disk"),
        "changed_bytes": _("the file is not the one that was kept"),
        "no_event": _("the audit trail does not tell of this file"),
        "changed_submission": _("the frozen report was changed"),
    }
    lines += [f"{found.kind} {found.pk}: {words[found.code]}" for found in read.findings]
    if not read.findings:
        lines.append(_("Every file and every submission is as the audit trail says."))
    if holds is not None:
        lines.append(
            _("The trail up to the anchor is unchanged.") if holds else _("The trail up to the anchor WAS CHANGED.")
        )
    lines.append(_("Note this elsewhere, for --anchor: %(anchor)s") % {"anchor": f"{read.last_event}:{read.digest}"})
    return lines
