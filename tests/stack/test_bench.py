"""The benchmarks print one JSON object a line and refuse what they do not know."""

import json

import pytest

from tools.bench.__main__ import NAMES, main
from tools.bench.board import _medians
from tools.bench.figures import Figure

pytestmark = pytest.mark.once


def test_a_figure_is_one_line_of_json():
    line = str(Figure("pages", "board", "html_gz_bytes", 13871, "bytes"))
    expected = {"bench": "pages", "case": "board", "figure": "html_gz_bytes", "value": 13871, "unit": "bytes"}
    assert json.loads(line) == expected
    assert "\n" not in line


def test_an_unknown_name_is_refused_before_anything_is_measured(capsys):
    assert main(["no-such-bench"]) == 1
    said = capsys.readouterr()
    assert (said.out, "no-such-bench" in said.err) == ("", True)
    assert all(name in said.err for name in NAMES)


def test_acts_that_are_compared_take_turns():
    calls = []
    spent = _medians(lambda: calls.append("a"), lambda: calls.append("b"))
    assert calls[:4] == ["a", "b", "a", "b"]
    assert all(ms >= 0 for ms in spent)
