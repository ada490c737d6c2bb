"""Take README's pictures from a fresh demo: `python -m tools.pictures`."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs/pictures"
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
PASSWORD = "minh-hoa-2023"  # noqa: S105  printed in README
STAFF, OFFICER = "chuyenvien@stttt.binhdinh.example", "snv@binhdinh.example"
# name, who, page, width, height, colour scheme
PICTURES = (
    ("board", STAFF, "/directives/1/board/", 1440, 1000, "light"),
    ("officer-phone", OFFICER, "/assignments/3/", 390, 844, "light"),
)


@contextmanager
def demo():
    """Serve a fresh demo story from a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": folder,
            "DEMO": "1",
            "SITE_URL": SITE,
            "READ_DOT_ENV": "0",
        }
        for command in (["migrate", "-v0"], ["load_demo"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        serve = [sys.executable, "-m", "gunicorn", "alertdesk.wsgi", "-b", f"127.0.0.1:{PORT}", "--threads", "4"]
        server = subprocess.Popen(serve, cwd=ROOT, env=environment)
        try:
            _wait()
            yield
        finally:
            server.terminate()
            server.wait()


def _wait() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{SITE}/healthz").close()  # noqa: S310  our own http address
        except OSError:
            time.sleep(0.2)
        else:
            return


def take(browser: Browser, name: str, who: str, page_path: str, width: int, height: int, scheme: str) -> None:
    """Sign in and photograph one page."""
    context = browser.new_context(
        base_url=SITE,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="vi-VN",
        device_scale_factor=1 if width > 500 else 2,
    )
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{SITE}/")
    page.goto(page_path)
    page.screenshot(path=OUT / f"{name}.png")
    context.close()


def main() -> None:
    """Write every picture."""
    OUT.mkdir(exist_ok=True)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for picture in PICTURES:
            take(browser, *picture)


if __name__ == "__main__":
    main()
