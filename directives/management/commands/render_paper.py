"""Print an official paper to a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _

from directives.demo.clock import standing_clock
from directives.models import Assignment, Directive, Incident
from directives.papers import FORMS, PaperError, paper_file_name
from directives.papers.keeping import fetch, keep, paper_of
from directives.papers.kinds import OF_ASSIGNMENT, OF_INCIDENT, PRINTERS, content_of
from directives.papers.roster import WITH_TELEPHONES


def _name(kind: str) -> str:
    return kind.replace("_", "-")


def _model(kind: str) -> type[Model]:
    """Return whose id names a paper of this kind."""
    return Assignment if kind in OF_ASSIGNMENT else Incident if kind in OF_INCIDENT else Directive


MODELS = {_name(kind): _model(kind) for kind, _format in PRINTERS}
ROSTERS = ("roster", "agency-roster")
FORMATS = ("pdf", "docx", "xlsx")
_REFUSED = 2  # exit status


class Command(BaseCommand):
    help = "Prints a paper about a directive, an assignment or an incident by the id of that."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("kind", help=" | ".join(MODELS))
        parser.add_argument("id", help="the id of the directive, the assignment or the incident")
        parser.add_argument("--format", default="pdf", help=f"{' | '.join(FORMATS)}; not every paper in each")
        parser.add_argument(
            "--form", default="", choices=FORMS, help="a reply as công văn or báo cáo, not the agency's choice"
        )
        parser.add_argument("--out", required=True, metavar="FILE", help="where to write it")

    def handle(self, *args, kind: str, **options):
        """Write the paper; what cannot be done is said in Vietnamese and English, with status 2."""
        if kind not in MODELS:
            _refuse(lambda: _("There is no paper of kind “%(kind)s”. There are: %(kinds)s."), kind=kind, kinds=_kinds())
        if (kind.replace("-", "_"), options["format"]) not in PRINTERS:
            _refuse(lambda: _("Papers are not printed as “%(format)s”."), format=options["format"])
        with standing_clock():
            content = _printed(kind, options["id"], options["format"], options["form"])
        _write(Path(options["out"]), content)
        self.stdout.write(f"{options['out']}: {len(content)} B")


def _kinds() -> str:
    return ", ".join(MODELS)


def _printed(kind: str, given_id: str, file_format: str, form: str) -> bytes:
    is_number = given_id.isascii() and given_id.isdecimal() and len(given_id) < 19
    row = MODELS[kind].objects.filter(pk=given_id).first() if is_number else None
    if row is None:
        _refuse(lambda: _("There is nothing with id “%(id)s” to print as “%(kind)s”."), id=given_id, kind=kind)
    own_kind = kind.replace("-", "_")
    try:
        content = content_of(own_kind, file_format, row, WITH_TELEPHONES if kind in ROSTERS else form)
        data = content.print()
    except PaperError as error:
        _refuse(error.sentence)
    return _on_record(own_kind, row, file_format, content.key, data)


def _on_record(kind: str, row: Model, file_format: str, key: str, data: bytes) -> bytes:
    """Keep the print and write its fingerprint down as for any other, so that `verify_paper` knows it."""
    name = paper_file_name(kind, row, file_format)
    kept = keep(paper_of(kind, row), file_format, key, data, name=name, actor=None)
    return fetch(kept, actor=None)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError:
        _refuse(lambda: _("The file “%(path)s” cannot be written."), path=path)


def _refuse(sentence, **values):
    """Stop with status 2 and a sentence in both languages; `sentence` gives it in the active one."""
    said = []
    for language in ("vi", "en"):
        with translation.override(language):
            said.append(sentence() % values if values else sentence())
    raise CommandError("\n".join(said), returncode=_REFUSED)
