"""The fences that tests/conftest.py puts around every test."""

import socket

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection


def test_no_test_reaches_another_machine():
    with socket.socket() as sock, pytest.raises(RuntimeError, match="another machine"):
        sock.connect(("192.0.2.1", 80))


def test_this_machine_is_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


def test_uploaded_files_stay_in_the_tests_own_folder(media_root):
    name = default_storage.save("a.txt", ContentFile(b"a"))
    assert (media_root / name).read_bytes() == b"a"


def test_passwords_are_cheap_and_nothing_sweeps_in_the_background():
    assert make_password("x").startswith("md5$")
    assert settings.EMBEDDED_SCHEDULER is False


@pytest.mark.django_db
def test_the_database_is_a_server_or_a_file():
    assert connection.vendor == "postgresql" or not connection.is_in_memory_db()
