"""`./dev demo` from nothing to a page, and again."""

import re
import subprocess

import pytest

from tests.stack.processes import answers, dev, free_port
from tests.stack.reading import ROOT

pytestmark = pytest.mark.once


def working_tree() -> str:
    """Return what git sees as changed."""
    return subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def start_and_stop(tmp_path, name: str) -> str:
    """Start the demo, open its page, stop it; return what it printed."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    with dev("demo", output=tmp_path / name, PORT=str(port), DEMO_DIR=str(tmp_path / "demo")) as demo:
        demo.wait_for(lambda: f"alertdesk demo: {url}" in demo.output)
        assert answers(f"{url}/"), "the first page"
        demo.press_ctrl_c()
        assert not demo.left_over()
        return demo.output


def logins(output: str) -> set[str]:
    """Return the demo addresses printed."""
    return set(re.findall(r"\S+@\S+\.example", output))


def test_the_demo_starts_twice_and_stops_on_ctrl_c(tmp_path):
    before = working_tree()
    first, second = start_and_stop(tmp_path, "first"), start_and_stop(tmp_path, "second")
    assert len(logins(first)) >= 5, "one login for each role"
    assert logins(first) == logins(second)
    assert "Loading" not in second
    assert working_tree() == before
