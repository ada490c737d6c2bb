"""`./dev run` drives web, worker and beat on PostgreSQL and Redis."""

import os
import signal
import subprocess

import psycopg2
import pytest
from django.db import connection

from tests.servers import own_database_url
from tests.stack.processes import answers, dev, free_port

pytestmark = pytest.mark.server

NAME = "alertdesk_dev_run"


@pytest.fixture
def empty_database(django_db_blocker):
    """Make an empty database beside the tests' own; return its URL."""
    with django_db_blocker.unblock():
        parameters = connection.get_connection_params() | {"dbname": "postgres"}
    server = psycopg2.connect(
        **{k: v for k, v in parameters.items() if k in {"dbname", "user", "password", "host", "port"}}
    )
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {NAME}")
        yield own_database_url(NAME)
        cursor.execute(f"DROP DATABASE {NAME} WITH (FORCE)")
    server.close()


@pytest.fixture
def stack(empty_database, tmp_path):
    """Start ./dev run and wait until its three processes are up."""
    port = free_port()
    environment = {
        "DATABASE_URL": empty_database,
        "REDIS_URL": f"{os.environ['REDIS_URL'].rpartition('/')[0]}/7",
        "VAR_DIR": str(tmp_path / "var"),
        "READ_DOT_ENV": "0",
        "PORT": str(port),
    }
    with dev("run", output=tmp_path / "output", **environment) as running:
        running.wait_for(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        running.wait_for(lambda: "celery@" in running.output and " ready." in running.output)
        running.wait_for(lambda: "beat: Starting..." in running.output)
        yield running


def test_ctrl_c_stops_all_three_processes(stack):
    assert stack.press_ctrl_c() == 130
    assert not stack.left_over()


def test_one_dead_process_takes_the_stack_down(stack):
    beat = subprocess.run(
        ["pgrep", "-g", str(stack.process.pid), "-f", "celery -A alertdesk beat"], capture_output=True, text=True
    )
    os.kill(int(beat.stdout.split()[0]), signal.SIGKILL)
    assert stack.process.wait(timeout=60) == 1
    assert "A process of the stack ended" in stack.output
    assert not stack.left_over()
