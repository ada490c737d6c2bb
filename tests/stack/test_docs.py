"""What the documents name is there: paths, ./dev commands, manage.py commands."""

import re

import pytest
from django.core.management import get_commands

from tests.stack.reading import ROOT, dev_commands, dev_constants

pytestmark = pytest.mark.once

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROOMS = ["alertdesk", "agencies", "directives", "docs", "locale", "static", "templates", "tests", "tools", ".ci"]
# A path in backticks that begins in one of our rooms, or a file of the root by its ending.
PATH = re.compile(
    rf"`((?:{'|'.join(re.escape(room) for room in ROOMS)})/[^`\s*<>{{}}|…:]*|[\w.-]+\.(?:md|toml|yml|txt|py))`"
)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def name(document):
    """Return a document's path for the test's name."""
    return str(document.relative_to(ROOT))


def known_file_names() -> set[str]:
    """Return the bare names of our source files: prose may call `clock.py` what lies in a room."""
    return {path.name for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_path_named_exists(document):
    text = document.read_text()
    named = {path for path in PATH.findall(text) if not (ROOT / path).exists()}
    if any("/" not in path for path in named):
        named -= known_file_names()
    broken = {link for link in LINK.findall(text) if not (document.parent / link).exists()}
    assert named | broken == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_command_named_exists(document):
    text = document.read_text()
    assert set(re.findall(r"\./dev ([a-z]+)", text)) <= dev_commands()
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) <= set(get_commands())


def pinned() -> dict[str, str]:
    """Return every pinned package with its version."""
    lines = (ROOT / "requirements.txt").read_text() + (ROOT / "requirements-dev.txt").read_text()
    return dict(re.findall(r"^([\w.\[\]-]+)==(\S+)$", lines, re.MULTILINE))


def test_every_pinned_package_has_its_line_with_its_version():
    page = (ROOT / "docs" / "dependencies.md").read_text()
    python = page[: page.index("## Debian packages")]
    assert dict(re.findall(r"^\| ([\w.\[\]-]+) \| ([\d.]+) \|", python, re.MULTILINE)) == pinned()


def test_every_debian_package_has_its_line():
    installed = dev_constants()["RUN_PACKAGES"].split() + re.findall(r'set -- "\$@" (\S+)', (ROOT / "dev").read_text())
    page = (ROOT / "docs" / "dependencies.md").read_text()
    assert [package for package in installed if package not in page] == []
