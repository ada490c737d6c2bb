"""CSAF 2.0, the makers' own form of a security advisory: JSON to rows."""

import json
from collections.abc import Iterator

from alertdesk.lib.text import squeeze

from .errors import DirectiveUnreadable
from .vulnerability_cells import LIMITS, Problem, VulnerabilityRow, read_cvss, read_day

_DEEP = 30
_AFFECTED = ("known_affected", "first_affected", "last_affected")


def csaf_rows(data: bytes) -> tuple[list[VulnerabilityRow], list[Problem]]:
    """Return the rows of a CSAF 2.0 document and remarks on them, or raise DirectiveUnreadable."""
    try:
        advisory = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DirectiveUnreadable("not_csaf") from error
    version = _dict(_dict(advisory).get("document")).get("csaf_version")
    found = _list(_dict(advisory).get("vulnerabilities"))
    if version != "2.0" or not found:
        raise DirectiveUnreadable("not_csaf")
    names = dict(_products(_dict(advisory).get("product_tree")))
    numbered = [(number, _dict(flaw)) for number, flaw in enumerate(found, 1) if _text(_dict(flaw).get("cve"))]
    remarks = [
        Problem(number, "exploited_no_day", _text(flaw["cve"]))
        for number, flaw in numbered
        if _is_exploited(flaw) and not _exploited_since(flaw)
    ]
    return [_row(number, flaw, names) for number, flaw in numbered], remarks


def _row(number: int, flaw: dict, names: dict[str, str]) -> VulnerabilityRow:
    """Return one vulnerability as a row; lists of products and long texts are cut to their columns."""
    status = _dict(flaw.get("product_status"))
    products = [names.get(_text(each), "") for key in _AFFECTED for each in _list(status.get(key))]
    impact = next((_text(t.get("details")) for t in _threats(flaw) if t.get("category") == "impact"), "")
    return VulnerabilityRow(
        row=number,
        cve=_text(flaw["cve"]).upper(),
        product_line=_joined(products, LIMITS["product_line"]),
        impact=impact[: LIMITS["impact"]],
        cvss=_score(flaw),
        exploited_since=_exploited_since(flaw),
        fix=_fix(flaw)[: LIMITS["fix"]],
    )


def _products(tree, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield (id, name) of every product of a tree."""
    tree = _dict(tree)
    for product in [*_list(tree.get("full_product_names")), tree.get("product")]:
        product = _dict(product)
        yield _text(product.get("product_id")), _text(product.get("name"))
    for branch in _list(tree.get("branches")) if depth < _DEEP else ():
        yield from _products(branch, depth + 1)


def _joined(names: list[str], limit: int) -> str:
    """Return as many names as fit, and how many more there are."""
    names = [name for name in dict.fromkeys(names) if name]
    for count in range(len(names), 0, -1):
        rest = f" (+{len(names) - count})" if count < len(names) else ""
        text = ", ".join(names[:count]) + rest
        if len(text) <= limit:
            return text
    return names[0][:limit] if names else ""


def _score(flaw: dict) -> str | None:
    """Return the highest base score, of CVSS 3 where there is one."""
    scores = [_dict(score) for score in _list(flaw.get("scores"))]
    for key in ("cvss_v3", "cvss_v2"):
        values = (read_cvss(_text(_dict(score.get(key)).get("baseScore")))[0] for score in scores)
        known = [value for value in values if value]
        if known:
            return max(known, key=float)
    return None


def _threats(flaw: dict) -> list[dict]:
    return [_dict(threat) for threat in _list(flaw.get("threats"))]


def _exploits(flaw: dict) -> list[dict]:
    """Return the threats that say it is exploited; Microsoft writes "Exploited:Yes"."""
    known = (threat for threat in _threats(flaw) if threat.get("category") == "exploit_status")
    return [threat for threat in known if "exploited:yes" in _text(threat.get("details")).lower().replace(" ", "")]


def _is_exploited(flaw: dict) -> bool:
    return bool(_exploits(flaw))


def _exploited_since(flaw: dict):
    """Return the first day on which a threat is said to be exploited, None where no day is said."""
    days = (read_day(_text(threat.get("date"))[:10])[0] for threat in _exploits(flaw))
    return min((day for day in days if day), default=None)


def _fix(flaw: dict) -> str:
    """Return the maker's fix: its words, else its address."""
    fixes = [_dict(each) for each in _list(flaw.get("remediations"))]
    fixes.sort(key=lambda each: each.get("category") != "vendor_fix")
    return next((text for fix in fixes if (text := _text(fix.get("details")) or _text(fix.get("url")))), "")


def _dict(value) -> dict:
    return value if isinstance(value, dict) else {}


def _list(value) -> list:
    return value if isinstance(value, list) else []


def _text(value) -> str:
    return squeeze(str(value)) if isinstance(value, str | int | float) else ""
