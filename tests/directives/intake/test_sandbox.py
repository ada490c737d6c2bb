"""An untrusted file is read in a process of its own: the same draft, and a refusal where it would cost too much."""

import io
import os
import resource
import time
import zipfile

import pytest

from directives.intake import DirectiveUnreadable, child, read_directive, read_safely, sandbox
from tests.directives.intake.builders import VARIANTS, demo_text, docx_bytes, pdf_bytes


@pytest.mark.parametrize("build", [docx_bytes, pdf_bytes, lambda: demo_text().encode()], ids=["docx", "pdf", "txt"])
def test_the_child_gives_the_same_draft(build):
    assert read_safely(build(), "cong-van") == read_directive(build())


def test_the_child_gives_the_same_refusal():
    with pytest.raises(DirectiveUnreadable) as refused:
        read_safely((VARIANTS / "encrypted.pdf").read_bytes())
    assert refused.value.code == "encrypted_pdf"


def test_a_file_that_needs_more_memory_than_allowed_is_refused_by_name():
    paragraphs = b"".join(b'<w:p w:a="%s"/>' % os.urandom(4).hex().encode() for _ in range(2**16)) * 40
    document = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body>'
    stream = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(docx_bytes()))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name in source.namelist():
            whole = document % paragraphs + b"</w:document>" if name == "word/document.xml" else source.read(name)
            out.writestr(name, whole)
    with pytest.raises(DirectiveUnreadable) as refused:
        read_safely(stream.getvalue())
    assert refused.value.code == "too_heavy"


def test_a_child_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.01)
    started = time.monotonic()
    with pytest.raises(DirectiveUnreadable) as refused:
        read_safely(demo_text().encode())
    assert refused.value.code == "too_heavy"
    assert time.monotonic() - started < 10


def test_a_file_over_the_limit_starts_no_process(monkeypatch):
    monkeypatch.setattr("subprocess.run", lambda *args, **options: pytest.fail("a process was started"))
    with pytest.raises(DirectiveUnreadable) as refused:
        read_safely(b"a" * (sandbox.MAX_BYTES + 1))
    assert refused.value.code == "too_large"


def test_the_child_sees_none_of_our_environment(monkeypatch):
    seen = {}
    monkeypatch.setenv("SECRET_KEY", "a-secret")
    monkeypatch.setattr("subprocess.run", lambda *args, **options: seen.update(options) or _Answer())
    with pytest.raises(DirectiveUnreadable):
        read_safely(b"x")
    assert seen["env"] == {"LC_ALL": "C.UTF-8"}


class _Answer:
    returncode, stdout, stderr = 0, b'{"code": "empty"}', b""


def test_the_limits_are_512_mb_30_seconds_and_no_files(monkeypatch):
    limits = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, pair: limits.update({what: pair[1]}))
    child.limit()
    assert limits == {
        resource.RLIMIT_AS: 512 * 2**20,
        resource.RLIMIT_CPU: 30,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    assert sandbox.WALL_SECONDS == 30
