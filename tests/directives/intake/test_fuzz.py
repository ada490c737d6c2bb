"""Damaged, twisted and hostile files end in a draft or a named refusal, in time, and never in a traceback."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from directives.intake.sandbox import WALL_SECONDS
from tests.directives.intake.mutants import mutants

SHORT, LONG = 20, 300


def fuzz(kind: str, count: int, seed: int) -> dict:
    command = [sys.executable, "-m", "tests.directives.intake.fuzz", kind, str(count), str(seed)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def assert_well_ended(found: dict, count: int) -> None:
    assert found["bad"] == []
    assert sum(found["outcomes"].values()) == count
    assert found["slowest"] < WALL_SECONDS
    assert found["outcomes"].get("draft", 0) > 0  # mutants that are all refused at the door would test nothing


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_few_mutants_end_in_a_draft_or_a_named_refusal(kind):
    assert_well_ended(fuzz(kind, SHORT, seed=1), SHORT)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_three_hundred_mutants_end_in_a_draft_or_a_named_refusal(kind):
    assert_well_ended(fuzz(kind, LONG, seed=2023), LONG)


def test_a_seed_makes_the_same_mutants_each_time():
    assert list(mutants("docx", 5, 7)) == list(mutants("docx", 5, 7))
    assert list(mutants("docx", 5, 7)) != list(mutants("docx", 5, 8))
