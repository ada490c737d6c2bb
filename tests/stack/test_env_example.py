"""`.env.example` lists every variable, and what it shows can be used as it is."""

import os
import re
import subprocess
import sys

import pytest

from tests.stack.reading import ROOT, settings_variables

pytestmark = pytest.mark.once

# Read by docker-compose.yml and ./dev only.
STACK_ONLY = {"PORT", "POSTGRES_PASSWORD"}
EXAMPLE = re.compile(r"^# ([A-Z][A-Z_]*)=(.*)$", re.MULTILINE)


def examples() -> dict[str, str]:
    """Return the variables of .env.example with the values shown."""
    return dict(EXAMPLE.findall((ROOT / ".env.example").read_text()))


def test_the_example_lists_exactly_what_is_read():
    assert set(examples()) == settings_variables() | STACK_ONLY


def test_the_example_changes_nothing_when_copied():
    text = (ROOT / ".env.example").read_text()
    assert all(not line or line.startswith("#") for line in text.splitlines())


def test_the_example_values_make_settings_that_start(tmp_path):
    shown = {name: value for name, value in examples().items() if value}
    environment = shown | {"VAR_DIR": str(tmp_path), "READ_DOT_ENV": "0", "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", "import alertdesk.settings"], env=environment, cwd=ROOT, check=True)
