"""Say which paper of this site a file is, which version of it, and what its digital signatures are worth."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from directives.reports.paper_check import FileCheck, check_file
from directives.reports.signatures import revocation_remark, signature_words

_NOT_OURS, _UNREADABLE = 1, 2  # exit statuses


class Command(BaseCommand):
    help = (
        "Says which paper and version a file is, or that it is none of ours, and what its signatures are worth. "
        "Exit status 0: ours and unbroken; 1: none of ours, or a signature is broken; 2: the file cannot be read."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the file to look at")
        parser.add_argument("--json", action="store_true", help="print what was found as one JSON object")

    def handle(self, *args, file: str, **options):
        """Print what the file is and leave by an exit status."""
        try:
            data = _bytes_of(Path(file))
        except OSError as error:
            self._refuse(_("The file cannot be read: %(why)s.") % {"why": error.strerror or error}, options["json"])
        check = check_file(data)
        if options["json"]:
            self.stdout.write(json.dumps(_values(check), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines(check)))
        if check.unread_code:
            sys.exit(_UNREADABLE)
        if not check.is_sound:
            sys.exit(_NOT_OURS)

    def _refuse(self, sentence: str, as_json: bool):
        if as_json:
            self.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False))
        else:
            self.stderr.write(sentence)
        sys.exit(_UNREADABLE)


def _bytes_of(path: Path) -> bytes:
    """Return a file's bytes; one that is larger than any file kept here is not read."""
    if path.stat().st_size > settings.UPLOAD_MAX_BYTES:
        raise OSError(_("larger than 20 MB"))
    return path.read_bytes()


def _lines(check: FileCheck) -> list[str]:
    lines = [f"SHA-256 {check.sha256}"]
    lines += [f"{match.paper}\n  {match.what}; {match.version}" for match in check.matches]
    if not check.is_ours:
        lines.append(_("None of the papers of this site."))
    return lines + _signature_lines(check)


def _signature_lines(check: FileCheck) -> list[str]:
    if check.unread_code:
        return [check.unread]
    if not check.signatures or not check.signatures.signatures:
        return [_("The file bears no digital signature.")]
    lines = []
    for words in signature_words(check.signatures):
        lines += [f"{words.mark}: {words.who}", *(f"  {line}" for line in words.lines)]
    return [*lines, revocation_remark()]


def _values(check: FileCheck) -> dict:
    matches = [
        {"form": match.form, "paper": match.paper, "version": match.version, "at": match.at.isoformat()}
        for match in check.matches
    ]
    return {
        "sha256": check.sha256,
        "size": check.size,
        "ours": check.is_ours,
        "sound": check.is_sound,
        "matches": matches,
        "signatures": check.signatures.as_values() if check.signatures else [],
        "code": check.unread_code or None,
    }
