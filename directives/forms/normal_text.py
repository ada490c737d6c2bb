"""Typed text in one normal form, whatever keyboard or clipboard it came from."""

from alertdesk.lib.text import nfc


class NormalText:
    """A form whose cleaned strings are NFC with plain line ends, as everything stored is."""

    def clean(self):
        """Return the cleaned values with precomposed letters; browsers send line ends as CRLF."""
        values = super().clean() or self.cleaned_data
        return {name: _normal(value) if isinstance(value, str) else value for name, value in values.items()}


def _normal(text: str) -> str:
    return nfc(text).replace("\r\n", "\n")
