"""A browser window that opens any page as anybody."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.browser import world

DESKTOP = {"width": 1440, "height": 900}


class Visit:
    """Opens pages by a session of its own making, and remembers what they said and whom they asked."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        self.said, self.hosts = [], set()
        page.context.on("console", lambda message: self.said.append(message.text))
        page.context.on("weberror", lambda error: self.said.append(str(error.error)))
        page.context.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def __call__(self, case):
        """Open the case's page with its person signed in."""
        self.be(world.person(case))
        return self.open(world.address(case))

    def be(self, user) -> None:
        """Sign somebody in, or nobody."""
        self.page.context.clear_cookies()
        if user:
            client = Client()
            client.force_login(user)
            session = client.cookies[settings.SESSION_COOKIE_NAME]
            self.page.context.add_cookies([{"name": session.key, "value": session.value, "url": self.url}])

    def open(self, path):
        """Open an address and return the page; that it does not answer is something it says."""
        self.said.clear()
        self.hosts.clear()
        self.page.set_viewport_size(DESKTOP)
        answer = self.page.goto(path)
        if answer.status != 200:
            self.said.append(f"{path} answers {answer.status}")
        return self.page

    @property
    def strangers(self) -> list[str]:
        """The hosts that were asked besides our own."""
        return sorted(self.hosts - {urlsplit(self.url).netloc, ""})


@pytest.fixture
def visit(page, live_server):
    """Open a page: `visit(case)`, or `visit.be(user)` and `visit.open(path)`."""
    return Visit(page, live_server.url)


@pytest.fixture
def story(db, live_server):
    """Load the world of the pages."""
    world.tell_story()
