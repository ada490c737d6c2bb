"""The folder of trusted certificates: what is read from it, and what is said where it holds none."""

import pytest
from django.core.checks.registry import registry

from directives.checks import signature_roots_hold_certificates
from directives.signatures.roots import roots_in

from .makers import Authority


@pytest.fixture(scope="module")
def authority():
    return Authority()


def test_every_certificate_of_every_certificate_file_is_read(tmp_path, authority):
    other = Authority("Gốc thứ hai")
    (tmp_path / "hai.pem").write_bytes(authority.pem + other.pem)
    (tmp_path / "ba.crt").write_bytes(authority.pem)
    (tmp_path / "ghi-chu.txt").write_bytes(authority.pem)
    assert len(roots_in(str(tmp_path))) == 3


def test_what_is_no_certificate_is_left_out_and_the_rest_stays(tmp_path, authority, caplog):
    (tmp_path / "hong.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (tmp_path / "khoa.pem").write_bytes(b"\x00\xff khong phai")
    (tmp_path / "tot.pem").write_bytes(authority.pem)
    assert roots_in(str(tmp_path)) == [authority.pem.decode().strip()]
    assert "hong.pem" in caplog.text
    assert "khoa.pem" in caplog.text


@pytest.mark.parametrize("folder", ["", "/khong/co"])
def test_no_folder_means_no_roots(folder):
    assert roots_in(folder) == []


def test_a_folder_without_certificates_is_warned_of_at_the_start(settings, tmp_path, authority):
    settings.SIGNATURE_ROOTS = str(tmp_path)
    assert signature_roots_hold_certificates(None)
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    assert not signature_roots_hold_certificates(None)
    assert signature_roots_hold_certificates in registry.get_checks()
    settings.SIGNATURE_ROOTS = ""
    assert not signature_roots_hold_certificates(None)
