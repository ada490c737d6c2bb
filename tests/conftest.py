"""What every test stands on: safe settings, a closed network, a database in a file, Chromium."""

import ipaddress
import os
import shutil
import socket
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

# Playwright keeps an event loop in the test's thread; Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SETTINGS = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    "EMBEDDED_SCHEDULER": False,
    "PAPERS_IN_PROCESS": True,
}


def servers_named() -> bool:
    """Whether the environment names PostgreSQL and Redis, as `./dev test` does in its second stage."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres") and bool(os.environ.get("REDIS_URL"))


# Rooms whose tests mean the same whatever database stands behind them: texts, papers, pages, who may open what.
# The browser's own stage opens the pages again on PostgreSQL.
ONCE = (
    "access",
    "alertdesk",
    "browser",
    "directives/forms",
    "directives/intake",
    "directives/papers",
    "directives/views",
    "lib",
    "stack",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what drives a page as `browser` and what one database is enough for as `once`, before -m chooses."""
    here = Path(__file__).parent
    for item in items:
        if "page" in item.fixturenames or "context" in item.fixturenames:
            item.add_marker("browser")
        needs_server = item.get_closest_marker("server")
        if not needs_server and item.path.relative_to(here).as_posix().startswith(ONCE):
            item.add_marker("once")


def pytest_runtest_setup(item):
    """Skip a `server` test where no servers are named; a build machine that asked for it fails instead."""
    if item.get_closest_marker("server") and not servers_named():
        reason = "needs DATABASE_URL (postgres://) and REDIS_URL: run ./dev test"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def test_settings():
    """Fast passwords, plain static files, no background sweep and no printing elsewhere, for the whole run."""
    with override_settings(**SETTINGS):
        yield


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Give each test an empty folder for uploaded files; returns its path."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session", autouse=True)
def closed_network():
    """Let no test talk to another machine: connections leave only for this one."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _only_here(getattr(socket.socket, name)))
        yield


def _only_here(connect):
    def guarded(sock, address):
        if sock.family != socket.AF_UNIX and not _is_here(address[0]):
            raise RuntimeError(f"a test tried to reach another machine: {address}")
        return connect(sock, address)

    return guarded


def _is_here(host) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """Keep SQLite's test database in a file: threads and live servers then meet as they do in a real site."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the machine's own Chromium, which resolves no name but this machine's."""
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium refuses its sandbox to root
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return browser_type_launch_args | {"executable_path": path, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, live_server):
    """A person in Vietnam, in front of the live server: `page.goto("/")` opens the desk."""
    return browser_context_args | {
        "base_url": live_server.url,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
    }
