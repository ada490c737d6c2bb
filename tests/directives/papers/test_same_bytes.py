"""The same content gives the same bytes: in any process, under any hash seed, with and without the system's fonts."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from alertdesk.lib import clock
from directives.models import Answer
from directives.papers.kinds import content_of
from tests.cast import ISSUED_AT

PRINT = """
import hashlib, json, sys, django
django.setup()
from directives.papers.render import Content
for html, facts in json.load(open(sys.argv[1])):
    print(hashlib.sha256(Content(html, facts).print()).hexdigest())
"""
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{empty}</dir><cachedir>{empty}</cachedir></fontconfig>"""


@pytest.fixture
def contents(cast):
    """A reply with an appendix, a directive and a summary with its charts, as their papers are printed from."""
    with clock.frozen(ISSUED_AT):
        assignment = cast.issue(number="123", day=26)[0]
        rows = [{"row": "productrow", "product_line": "Windows 10", "total": 1200, "updated": 7}]
        Answer.objects.filter(assignment=assignment, action__position=2).update(status="done", rows=rows)
        subjects = {"reply": assignment, "directive": assignment.directive, "summary": assignment.directive}
        return [content_of(kind, "pdf", subject) for kind, subject in subjects.items()]


@pytest.fixture
def printed_elsewhere(contents, tmp_path):
    """Return a function that prints the contents in a process of its own and gives their fingerprints."""
    path = tmp_path / "contents.json"
    path.write_text(json.dumps([(each.html, each.facts) for each in contents], cls=DjangoJSONEncoder))

    def _printed(**environment: str) -> list[str]:
        around = {**os.environ, "DJANGO_SETTINGS_MODULE": "alertdesk.settings", **environment}
        done = subprocess.run(
            [sys.executable, "-c", PRINT, path], env=around, capture_output=True, text=True, check=True
        )
        return done.stdout.split()

    return _printed


def test_processes_seeds_zones_and_fonts_make_no_difference(contents, printed_elsewhere, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "fonts.conf").write_text(NO_FONTS.format(empty=empty))
    here = [hashlib.sha256(each.print()).hexdigest() for each in contents]
    assert printed_elsewhere(PYTHONHASHSEED="1", TZ="UTC") == here
    assert printed_elsewhere(PYTHONHASHSEED="4242", TZ="Pacific/Auckland", LANG="C") == here
    bare = str(tmp_path / "fonts.conf")
    listed = subprocess.run(["fc-list"], env={**os.environ, "FONTCONFIG_FILE": bare}, capture_output=True, check=False)
    assert listed.stdout == b"", "the process without system fonts has some"
    assert printed_elsewhere(FONTCONFIG_FILE=bare, FONTCONFIG_PATH=str(empty)) == here


def test_printing_twice_in_one_process_gives_the_same_bytes(contents):
    assert [each.print() for each in contents] == [each.print() for each in contents]
