"""What a page may weigh: style sheet and own scripts, as they lie in the repository."""

import pytest

from tests.stack.reading import ROOT

pytestmark = pytest.mark.once

CSS_BYTES = 30_000
JS_BYTES = 10_000


def test_the_style_sheet_keeps_its_budget():
    sheets = list((ROOT / "static/css").glob("*.css"))
    assert sheets
    assert sum(sheet.stat().st_size for sheet in sheets) <= CSS_BYTES


def test_our_own_scripts_keep_their_budget():
    scripts = list((ROOT / "static/js").rglob("*.js"))
    assert scripts
    assert sum(script.stat().st_size for script in scripts) <= JS_BYTES
