"""Read a directive from a file: print the draft, or save it for the desk."""

import json
import stat
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from agencies.models import Role, User
from directives.intake import MAX_BYTES, DirectiveUnreadable, Draft, read_safely
from directives.services.drafting import create_draft
from directives.services.errors import DomainError

_UNREADABLE = 2  # exit status


class Command(BaseCommand):
    help = "Reads a directive (.txt, .docx, text .pdf) into a draft; --json prints it and saves nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="the directive's file")
        parser.add_argument("--json", action="store_true", help="print the draft as JSON and save nothing")
        parser.add_argument("--actor", metavar="EMAIL", help="who saves it; may be left out where one person can")

    def handle(self, *args, file: str, **options):
        """Print or save the draft; a file that cannot be read ends with status 2."""
        try:
            draft = read_safely(_bytes_of(Path(file)), Path(file).name)
        except DirectiveUnreadable as error:
            self._refuse(error, as_json=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(draft.to_dict(), ensure_ascii=False, indent=1))
        else:
            self._save(draft, options["actor"])

    def _refuse(self, error: DirectiveUnreadable, *, as_json: bool):
        """Say why in both languages and stop with status 2."""
        if as_json:
            self.stdout.write(json.dumps({"error": str(error), "code": error.code}, ensure_ascii=False))
        else:
            self.stderr.write(str(error))
        sys.exit(_UNREADABLE)

    def _save(self, draft: Draft, email: str | None) -> None:
        """Save the draft in the name of a member of staff and say what is missing."""
        try:
            directive = create_draft(draft, actor=_actor(email))
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã lưu dự thảo công văn số {directive.pk} (draft {directive.pk}).")
        for warning in draft.unread:
            self.stdout.write(f"- {warning.vi} / {warning.en}")


def _bytes_of(path: Path) -> bytes:
    """Return a file's bytes; its size is looked at before anything is read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise DirectiveUnreadable("not_a_file")
        if status.st_size > MAX_BYTES:
            raise DirectiveUnreadable("too_large")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DirectiveUnreadable("not_found") from error
    except (OSError, ValueError) as error:
        raise DirectiveUnreadable("not_readable") from error


def _actor(email: str | None) -> User:
    """Return the named person, or the only one who may save a draft."""
    if email:
        people = User.objects.filter(email__iexact=email)
    else:
        people = User.objects.filter(is_active=True, memberships__role=Role.STAFF).distinct()
    if len(people) != 1:
        raise CommandError(
            "Đề nghị nêu rõ cán bộ lưu dự thảo: --actor EMAIL / Name the member of staff who saves it: --actor EMAIL"
        )
    return people[0]
