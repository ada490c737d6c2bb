"""PostgreSQL and Redis for one test run: started from the machine's packages, gone when the block ends."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of an empty PostgreSQL on a unix socket, run by another user when we are root.

    It never waits for the disk: its data does not outlive the block anyhow.
    """
    binaries = _newest_postgres()
    with tempfile.TemporaryDirectory(prefix="alertdesk-pg-") as folder:
        user = _server_user()
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = f"{folder}/data"
        initdb = [f"{binaries}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(_as(user, [*initdb, "--no-sync"]), cwd=folder, stdout=subprocess.DEVNULL, check=True)
        options = ["listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        server = [f"{binaries}/postgres", "-D", data, "-k", folder, *(f"--{option}" for option in options)]
        ready = [f"{binaries}/pg_isready", "-q", "-h", folder]
        with _running(_as(user, server), ready, folder, stop=signal.SIGINT):
            subprocess.run([f"{binaries}/createdb", "-h", folder, "-U", "postgres", "alertdesk"], check=True)
            yield f"postgres://postgres@/{folder}/alertdesk"


@contextmanager
def redis() -> Iterator[str]:
    """Yield the URL of an empty Redis on a free local port, which writes nothing to disk."""
    with tempfile.TemporaryDirectory(prefix="alertdesk-redis-") as folder:
        port = _free_port()
        server = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
        ready = ["redis-cli", "-h", "127.0.0.1", "-p", str(port), "ping"]
        with _running(_as(None, server), ready, folder, stop=signal.SIGTERM):
            yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def _running(command: list[str], ready: list[str], folder: str, *, stop: signal.Signals) -> Iterator[None]:
    """Keep a server running in the block; its log is shown only when it does not come up."""
    log = Path(folder, "server.log")
    with log.open("wb") as output:
        # Its own session: Ctrl-C at the terminal is ours, and we stop the server in good order.
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, start_new_session=True)
    try:
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(ready, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command} did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.1)
        yield
    finally:
        server.send_signal(stop)
        server.wait(timeout=START_SECONDS)


def _as(user: pwd.struct_passwd | None, command: list[str]) -> list[str]:
    """Return the command run by `user`, and ended with us even when we are killed outright (Linux)."""
    if not shutil.which("setpriv"):
        return command
    identity = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"] if user else []
    return ["setpriv", *identity, "--pdeathsig", "INT", *command]


def _server_user() -> pwd.struct_passwd | None:
    """Return the system user for PostgreSQL, which refuses to run as root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _newest_postgres() -> Path:
    """Return the folder of the newest PostgreSQL programs: Debian's, else those in PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("postgres")
    if not found:
        raise RuntimeError("PostgreSQL is not installed: run ./dev setup, or set TEST_DATABASE_URL.")
    return Path(found).parent


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
