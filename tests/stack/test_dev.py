"""What ./dev says and does besides the long commands."""

import socket
import subprocess

import pytest

from tests.stack.processes import dev_says
from tests.stack.reading import ROOT, dev_commands

pytestmark = pytest.mark.once


def test_dev_offers_the_fixed_commands():
    assert dev_commands() == {"demo", "test", "setup", "check", "run", "bench", "pictures", "translate"}
    assert dev_says().returncode == 0


def test_an_unknown_command_is_refused_with_the_list():
    said = dev_says("frobnicate")
    assert said.returncode == 1
    assert "There is no ./dev frobnicate." in said.stderr
    assert "./dev demo" in said.stderr


def test_dev_is_plain_posix_shell():
    subprocess.run(["dash", "-n", ROOT / "dev"], check=True)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, ["DATABASE_URL", "REDIS_URL"]),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, ["DATABASE_URL"]),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/x"}, ["REDIS_URL"]),
    ],
)
def test_run_names_the_setting_that_is_missing(tmp_path, environment, named):
    said = dev_says("run", VAR_DIR=str(tmp_path), READ_DOT_ENV="0", **environment)
    assert said.returncode == 1
    assert [name for name in ("DATABASE_URL", "REDIS_URL") if name in said.stderr] == named
    assert "Traceback" not in said.stderr


def test_the_demo_says_when_its_port_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = dev_says("demo", PORT=port, DEMO_DIR=str(tmp_path))
    assert said.returncode == 1
    assert f"Port {port} is taken" in said.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_benchmark_is_refused_in_a_sentence():
    said = dev_says("bench", "no-such-bench")
    assert said.returncode != 0
    assert "no-such-bench" in said.stderr
    assert "Traceback" not in said.stderr
