"""Where the tests' own database is, for a process that a test starts beside itself."""

import os

from django.db import connection


def own_database_url(name: str | None = None) -> str:
    """Return the URL of the database this test runs on, or of another on the same server.

    Made from DATABASE_URL, which may name a host or a socket's folder.
    """
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name or connection.settings_dict['NAME']}"
