"""CVE numbers as letters and tables write them."""

import re

_CVE = re.compile(r"\bCVE\s*[-–‑]\s*(\d{4})\s*[-–‑]\s*(\d{4,7})\b", re.IGNORECASE)
# "CVE-2023-21742, -21744": the year is said once.
_FURTHER = re.compile(r"\s*[,;/]\s*[-–‑]\s*(\d{4,7})\b")


def cves_of(text: str) -> tuple[str, ...]:
    """Return the numbers that a text names, each once and in one form, in order."""
    found: list[str] = []
    for match in _CVE.finditer(text):
        found.append(f"CVE-{match[1]}-{match[2]}")
        at = match.end()
        while more := _FURTHER.match(text, at):
            found.append(f"CVE-{match[1]}-{more[1]}")
            at = more.end()
    return tuple(dict.fromkeys(found))
