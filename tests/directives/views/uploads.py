"""Small uploads for the page tests."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.pdfs import plain_pdf


def pdf(name: str = "ket-qua.pdf") -> SimpleUploadedFile:
    """Return a file that is a PDF by its bytes."""
    return SimpleUploadedFile(name, plain_pdf())


def program(name: str = "bao-cao.pdf") -> SimpleUploadedFile:
    """Return a Windows program that calls itself a PDF."""
    return SimpleUploadedFile(name, b"MZ\x90\x00\x03\x00\x00\x00" + bytes(60))
