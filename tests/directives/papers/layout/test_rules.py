"""Every paper follows every rule of Decree 30/2020/NĐ-CP that can be measured in it."""

import pytest

from . import checks_foot, checks_head, checks_page, checks_text  # noqa: F401 (they add their rules)
from .cases import LETTERS
from .cases_answers import ANSWERS
from .rules import faults

CASES = {f"directive-{name}": letter.print for name, letter in LETTERS.items()} | ANSWERS


@pytest.mark.parametrize("name", CASES)
def test_paper_follows_every_rule(cast, name):
    found = faults(CASES[name](cast))
    assert not found, "\n".join(found)
