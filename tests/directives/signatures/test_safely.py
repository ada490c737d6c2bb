"""Signatures are read in a process of its own: the same findings, the same refusals, no environment."""

import json
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from weasyprint import HTML

from directives import sandbox
from directives.signatures import SignaturesUnreadable, read_signatures_safely
from directives.signatures.reading import read_signatures

from .makers import PERSON, Authority, signed

pytestmark = pytest.mark.once
LATER = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture(scope="module")
def authority():
    return Authority()


def _safely(data, *roots):
    return read_signatures_safely(data, roots=[root.pem.decode() for root in roots], at=LATER)


def test_the_child_finds_the_same(authority):
    data = signed(HTML(string="<p>Văn bản</p>").write_pdf(), authority.issue(PERSON))
    found = _safely(data, authority)
    assert found == read_signatures(data, roots=[authority.pem], at=LATER)
    assert found.still_hold


def test_the_child_refuses_by_the_same_name():
    with pytest.raises(SignaturesUnreadable) as refused:
        _safely(b"%PDF-1.4 nothing %%EOF")
    assert refused.value.code == "damaged"


def test_a_file_over_the_limit_starts_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: pytest.fail("a process was started"))
    with pytest.raises(SignaturesUnreadable) as refused:
        _safely(b"%PDF-" + b"a" * (20 * 1024 * 1024))
    assert refused.value.code == "too_large"


def test_a_child_that_is_stopped_is_a_refusal(monkeypatch):
    def stopped(*args, **options):
        raise subprocess.TimeoutExpired("python", 30)

    monkeypatch.setattr(subprocess, "run", stopped)
    with pytest.raises(SignaturesUnreadable) as refused:
        _safely(b"%PDF-1.4 %%EOF")
    assert refused.value.code == "too_heavy"


def test_the_child_sees_none_of_our_environment(monkeypatch):
    seen = {}
    answer = subprocess.CompletedProcess((), 0, json.dumps({"signatures": []}).encode(), b"")
    monkeypatch.setenv("SECRET_KEY", "a-secret")
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: seen.update(options) or answer)
    _safely(b"%PDF-1.4 %%EOF")
    assert seen["env"] == {"LC_ALL": "C.UTF-8"}
    assert seen["timeout"] == sandbox.WALL_SECONDS
