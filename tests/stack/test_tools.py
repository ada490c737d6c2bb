"""The tools behind ./dev check and ./dev test see what they are there to see."""

import pytest

from tools.check_translations import faults
from tools.run_tests import Counts, read_counts

pytestmark = pytest.mark.once

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ('msgid "Send"\nmsgstr "Gửi"\n', []),
        ('msgid "Send"\nmsgstr ""\n', ['untranslated: "Send"']),
        ('#, fuzzy\nmsgid "Send"\nmsgstr "Nhận"\n', ['fuzzy: "Send"']),
    ],
)
def test_an_unfinished_text_is_named(tmp_path, entry, found):
    catalogue = tmp_path / "django.po"
    catalogue.write_text(HEADER + entry)
    assert faults(catalogue) == found


def test_a_translation_that_loses_its_placeholder_is_named(tmp_path):
    catalogue = tmp_path / "django.po"
    catalogue.write_text(HEADER + '#, python-format\nmsgid "%(n)s left"\nmsgstr "còn lại"\n')
    assert any("'n'" in line for line in faults(catalogue))


def report(tmp_path, **numbers):
    """Write a report of pytest with these numbers."""
    path = tmp_path / "report.xml"
    attributes = " ".join(f'{key}="{value}"' for key, value in numbers.items())
    path.write_text(f"<testsuites><testsuite {attributes}/></testsuites>")
    return path


def test_counts_are_those_of_pytest(tmp_path):
    path = report(tmp_path, tests=10, failures=1, errors=2, skipped=3)
    assert str(read_counts(path, 1)) == "4 passed, 3 failed, 3 skipped"


def test_a_run_that_broke_counts_as_a_failure(tmp_path):
    assert read_counts(tmp_path / "none.xml", 3) == Counts(failed=1)
    assert read_counts(report(tmp_path, tests=2), 2).failed == 1
