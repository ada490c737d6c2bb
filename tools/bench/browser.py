"""A real server on the benchmark's database, and a page of the machine's own Chromium that has seen nothing yet."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
# What the browser itself says of its largest paint so far; asked for until it no longer changes.
LARGEST_PAINT = """() => new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().at(-1).startTime)).observe({type: "largest-contentful-paint", buffered: true}))"""


@dataclass(frozen=True)
class Visit:
    """One first visit: bytes as transferred, requests, and the moment of the largest paint."""

    html: int
    total: int
    requests: int
    lcp_ms: float


@contextmanager
def serving():
    """Serve the database of this process's VAR_DIR with gunicorn; yields the address."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = sock.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "alertdesk.wsgi", "--workers", "2", "--threads", "8"]
    command += ["--worker-class", "gthread", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"SITE_URL": f"http://127.0.0.1:{port}"})
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait(url: str, server: subprocess.Popen) -> None:
    for _attempt in range(150):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  our own http address
        except OSError:
            if server.poll() is not None:
                raise RuntimeError("The server ended before it answered.") from None
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"No answer from {url}.")


@contextmanager
def chromium():
    """Start the machine's own Chromium."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses its sandbox to root
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def first_visit(browser: Browser, site: str, path: str, session: str) -> Visit:
    """Open a page with an empty cache, signed in by the session's cookie, and count what came."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1440, "height": 900})
    if session:
        context.add_cookies([{"name": "sid", "value": session, "url": site}])
    page = context.new_page()
    finished = []
    page.on("requestfinished", lambda request: finished.append(request))
    response = page.goto(f"{site}{path}", wait_until="networkidle")
    if response.status != 200 or response.request.redirected_from:
        raise RuntimeError(f"{path} answered {response.status} at {response.url}.")
    sizes = {request.url: request.sizes() for request in finished}
    visit = Visit(
        html=sizes[response.url]["responseBodySize"],
        total=sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes.values()),
        requests=len(finished),
        lcp_ms=round(page.evaluate(LARGEST_PAINT), 1),
    )
    context.close()
    return visit
