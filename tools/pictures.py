"""Take the pictures of the main pages from a fresh demo, README's among them: `./dev pictures`."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs/pictures"
PORT = 8765
SITE = f"http://127.0.0.1:{PORT}"
PASSWORD = "minh-hoa-2023"  # noqa: S105  printed in README
STAFF, OFFICER = "chuyenvien@stttt.binhdinh.example", "snv@binhdinh.example"
LEADER = "lanhdao@stttt.binhdinh.example"
DESKTOP, PHONE = (1440, 1000), (390, 844)
BOARD = "/directives/1/board/"
# name, who, page, width and height, colour scheme
PICTURES = (
    ("board", STAFF, BOARD, DESKTOP, "light"),
    ("board-dark", STAFF, BOARD, DESKTOP, "dark"),
    ("board-phone", STAFF, BOARD, PHONE, "light"),
    ("officer-phone", OFFICER, "/assignments/3/", PHONE, "light"),
    ("answer", OFFICER, "/assignments/3/answers/2/", DESKTOP, "light"),
    ("review", STAFF, "/reviews/", DESKTOP, "light"),
    ("leader-phone", LEADER, "/", PHONE, "light"),
)
SUMMARY = "/directives/1/summary.pdf"


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
        serve = [
            sys.executable,
            "-m",
            "gunicorn",
            "alertdesk.wsgi",
            "-b",
            f"127.0.0.1:{PORT}",
            "--threads",
            "4",
            "--no-control-socket",
        ]
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


def window(browser: Browser, who: str, size: tuple[int, int], scheme: str = "light") -> Page:
    """Open a browser window with somebody signed in."""
    width, height = size
    context = browser.new_context(
        base_url=SITE,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="vi-VN",
        device_scale_factor=1 if size == DESKTOP else 2,
    )
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=username]", who)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{SITE}/")
    return page


def keep(image: Image.Image, name: str) -> None:
    """Write a picture in 256 colours: a third of the size, and nobody sees the difference."""
    image.convert("RGB").quantize(256).save(OUT / f"{name}.png", optimize=True)


def take(browser: Browser, name: str, who: str, address: str, size: tuple[int, int], scheme: str) -> None:
    """Photograph one page; of the review queue the first report."""
    page = window(browser, who, size, scheme)
    page.goto(address)
    if name == "review":
        page.locator("main td a, main th a, main .task a").first.click()
        page.wait_for_load_state()
    keep(Image.open(BytesIO(page.screenshot())), name)
    page.context.close()


def take_summary(browser: Browser) -> None:
    """Draw the first page of the leadership summary."""
    page = window(browser, LEADER, DESKTOP)
    paper = pypdfium2.PdfDocument(page.request.get(SUMMARY).body())
    keep(paper[0].render(scale=1.5).to_pil(), "summary")
    page.context.close()


def main() -> None:
    """Write every picture."""
    OUT.mkdir(exist_ok=True)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=arguments
        )
        for picture in PICTURES:
            take(browser, *picture)
        take_summary(browser)


if __name__ == "__main__":
    main()
