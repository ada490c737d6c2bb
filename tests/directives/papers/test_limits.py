"""One paper takes no more computing time and memory than it may."""

import subprocess
import sys

import pytest
from django.conf import settings

from directives.papers.limits import TooLong, limited_time


def compute_for_ever():
    while True:
        pass


def test_a_paper_that_computes_too_long_is_broken_off():
    with pytest.raises(TooLong), limited_time(1):
        compute_for_ever()


def test_the_limit_ends_with_the_paper():
    with limited_time(1):
        pass
    total = sum(n % 7 for n in range(3_000_000))
    assert total


def test_a_process_that_asks_for_too_much_memory_gets_an_error_and_lives_on():
    script = (
        "import runpy\n"
        "limits = runpy.run_path('directives/papers/limits.py')\n"
        "limits['limit_memory']()\n"
        "try:\n    bytearray(limits['MEMORY'])\nexcept MemoryError:\n    print('refused')\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"
