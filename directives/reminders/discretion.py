"""What no message may carry: the name of a weakness, the version of a product, somebody's telephone."""

import re

HIDDEN = "…"
_PRODUCTS = (
    "Windows", "Exchange", "Office", "Outlook", "SharePoint", "SQL Server", "IIS", "Apache", "Tomcat", "nginx",
    "OpenSSL", "PHP", "WordPress", "Joomla", "Drupal", "FortiOS", "Log4j", "Zimbra", "Confluence", "vCenter", "ESXi",
    "Java", "Oracle", "MySQL", "PostgreSQL", "Chrome", "Firefox",
)  # fmt: skip
_DAY = r"(?!\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b)"
_PARTS = (
    r"\bCVE[-‐–\s]?\d{4}[-‐–\s]?\d{3,7}\b",
    r"\bKB\d{6,8}\b",
    rf"\b(?:{'|'.join(_PRODUCTS)})(?:\s+Server)?\s+v?\d[\w.]*(?:\s*(?:SP|CU|R|H)\d+)?",
    rf"\b{_DAY}v?\d+(?:\.\d+){{2,}}\b",
    r"(?<![\w/.-])(?:\+84|0)(?:[\s.-]?\d){8,10}(?![\w/-])",
)
_DETAIL = re.compile("|".join(_PARTS), re.IGNORECASE)


def tells_detail(text: str) -> bool:
    """Whether a text names a weakness, a version, an address of a machine or a telephone."""
    return bool(_DETAIL.search(text))


def discreet(text: str) -> str:
    """Return a text with such details left out; the whole of it is read behind the login."""
    return _DETAIL.sub(HIDDEN, text)
