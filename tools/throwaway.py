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


class Server:
    """A server under way, which can be ended by a signal and started again on the data that it left."""

    def __init__(self, url: str, command: list[str], ready: list[str], folder: str):
        self.url, self._command, self._ready, self._folder = url, command, ready, folder
        self._log = Path(folder, "server.log")
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers; its log is shown only when it does not come up."""
        with self._log.open("ab") as output:
            # Its own session: Ctrl-C at the terminal is ours, and we stop the server in good order.
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, stdout=output, stderr=output, start_new_session=True
            )
        deadline = time.monotonic() + START_SECONDS
        while subprocess.run(self._ready, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._process.kill()
                raise RuntimeError(f"{self._command} did not start:\n{self._log.read_text(errors='replace')}")
            time.sleep(0.1)

    def stop(self, how: signal.Signals) -> None:
        """End it by a signal and wait until it is gone."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        self._process.wait(timeout=START_SECONDS)


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of an empty PostgreSQL on a unix socket, run by another user when we are root.

    It never waits for the disk: its data does not outlive the block anyhow.
    """
    with postgres_server("synchronous_commit=off", "full_page_writes=off") as server:
        yield server.url


@contextmanager
def postgres_server(*options: str) -> Iterator[Server]:
    """Yield the same as a server that can be restarted; unless `options` say otherwise it keeps every commit then."""
    binaries = _newest_postgres()
    with tempfile.TemporaryDirectory(prefix="alertdesk-pg-") as folder:
        user = _server_user()
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = f"{folder}/data"
        initdb = [f"{binaries}/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(_as(user, [*initdb, "--no-sync"]), cwd=folder, stdout=subprocess.DEVNULL, check=True)
        settings = (f"--{option}" for option in ("listen_addresses=", "fsync=off", *options))
        command = _as(user, [f"{binaries}/postgres", "-D", data, "-k", folder, *settings])
        ready = [f"{binaries}/pg_isready", "-q", "-h", folder]
        with _running(f"postgres://postgres@/{folder}/alertdesk", command, ready, folder, stop=signal.SIGINT) as server:
            subprocess.run([f"{binaries}/createdb", "-h", folder, "-U", "postgres", "alertdesk"], check=True)
            yield server


@contextmanager
def redis() -> Iterator[str]:
    """Yield the URL of an empty Redis on a free local port, which writes nothing to disk."""
    with redis_server() as server:
        yield server.url


@contextmanager
def redis_server() -> Iterator[Server]:
    """Yield the same as a server that can be killed and started again, empty."""
    with tempfile.TemporaryDirectory(prefix="alertdesk-redis-") as folder:
        port = free_port()
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
        ready = ["redis-cli", "-h", "127.0.0.1", "-p", str(port), "ping"]
        url = f"redis://127.0.0.1:{port}/0"
        with _running(url, _as(None, command), ready, folder, stop=signal.SIGTERM) as server:
            yield server


@contextmanager
def _running(url: str, command: list[str], ready: list[str], folder: str, *, stop: signal.Signals) -> Iterator[Server]:
    server = Server(url, command, ready, folder)
    try:
        yield server
    finally:
        server.stop(stop)


def ended_with_us(command: list[str]) -> list[str]:
    """Return the command so that it ends with us even when we are killed outright (Linux)."""
    return _as(None, command)


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


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]
