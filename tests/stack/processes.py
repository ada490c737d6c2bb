"""Start `./dev` as a person would, read what it prints, press Ctrl-C."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.stack.reading import ROOT

# What a fresh shell has: nothing of the test run's own settings reaches ./dev.
BARE = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


class Running:
    """A `./dev` command in a process group of its own, its output in a file."""

    def __init__(self, process: subprocess.Popen, output: Path):
        self.process, self._output = process, output

    @property
    def output(self) -> str:
        """What it has printed until now."""
        return self._output.read_text(errors="replace")

    def wait_for(self, condition, seconds: float = 90):
        """Wait until `condition()` is true; fail at once, with the output, when the command ends before."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert self.process.poll() is None, f"ended with {self.process.returncode}:\n{self.output}"
            assert time.monotonic() < deadline, f"not after {seconds} s:\n{self.output}"
            time.sleep(0.1)

    def press_ctrl_c(self) -> int:
        """Send SIGINT as a terminal does, to the whole group, and return the exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=60)

    def left_over(self) -> bool:
        """Whether any process of the group still lives."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


@contextmanager
def dev(*arguments: str, output: Path, **environment: str):
    """Run `./dev ARGUMENTS` in the block; whatever is left of it afterwards is killed."""
    # Ends with the test run, even one that is killed outright.
    # A run in the background ignores Ctrl-C, and a shell cannot trap what it was started to ignore.
    command = ["setpriv", "--pdeathsig", "TERM", "env", "--default-signal=INT", ROOT / "dev", *arguments]
    with output.open("wb") as out:
        process = subprocess.Popen(command, env=BARE | environment, stdout=out, stderr=out, start_new_session=True)
    running = Running(process, output)
    try:
        yield running
    finally:
        if running.left_over():
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def dev_says(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a `./dev` command to its end."""
    return subprocess.run(
        [ROOT / "dev", *arguments], env=BARE | environment, capture_output=True, text=True, check=False
    )


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def answers(url: str) -> bool:
    """Whether the address answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310 - our own http address
            return response.status == 200
    except OSError:
        return False
