"""An agency's own scan as rows, from a table (.csv, .xlsx) under the headings that scanners write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alertdesk.lib.tables import read_table
from alertdesk.lib.text import fold, squeeze
from alertdesk.lib.xlsx import TableUnreadable

from .cves import cves_of
from .errors import DirectiveUnreadable
from .reading import MAX_BYTES
from .vulnerability_cells import Problem

MAX_ROWS = 5_000
LONGEST = 100
_HEADER_WITHIN = 25
# Folded words of the header, the first that a cell begins with decides.
_COLUMNS = (
    ("cve", r"(?:ma )?cves?\b|vulnerability id|ma lo hong|lo hong"),
    ("host", r"(?:dns |net ?bios )?(?:host|computer|machine|device|asset)|ip\b|fqdn|(?:ten |dia chi )?(?:may|ip)\b"),
    ("build", r"(?:os )?(?:build|version)|(?:ban dung|so ban dung|phien ban)"),
    ("product", r"(?:os|operating system|product|software)\b|(?:dong )?san pham|he dieu hanh|phan mem"),
    ("fixed", r"(?:is )?(?:fixed|patched|remediated)\b|da (?:va|khac phuc|cap nhat)"),
    ("state", r"(?:vuln\w* )?(?:state|status)\b|(?:trang thai|tinh trang)"),
)
_STATES = {
    "fixed": "fixed resolved closed patched remediated|da khac phuc|da va|da xu ly|da cap nhat",
    "mitigated": "mitigated mitigation|giam thieu|da giam thieu|bien phap tam thoi|da han che",
    "exposed": "open active new reopened re-opened vulnerable unpatched unfixed|not fixed|not patched"
    "|chua khac phuc|chua va|chua xu ly|chua cap nhat|con ton tai|dang ton tai",
    "absent": "unaffected|not affected|not vulnerable|false positive|khong anh huong|khong bi anh huong|khong ton tai",
}
_YES = frozenset(["yes", "true", "x", "1", "co", "roi", "fixed"])
_NO = frozenset(["no", "false", "0", "khong", "chua"])


@dataclass(frozen=True)
class ScanRow:
    """One machine and one finding, or one machine and its build.

    `state` is fixed, mitigated, exposed, absent or blank.
    """

    row: int
    host: str
    product: str = ""
    cve: str = ""
    build: str = ""
    state: str = ""


@dataclass(frozen=True)
class ScanTable:
    """What a scan's file holds; `blank` counts the rows that name neither a weakness nor a product."""

    rows: tuple[ScanRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    blank: int = 0


def read_scan(data: bytes) -> ScanTable:
    """Return the rows of a scan's file, or raise DirectiveUnreadable; a row that names several CVEs gives one for each.

    Needed are a column of machines and one of CVE numbers, products or builds. A CVE without a state is an open one.
    """
    if len(data) > MAX_BYTES:
        raise DirectiveUnreadable("too_large")
    try:
        table = read_table(data, max_rows=MAX_ROWS)
    except TableUnreadable as error:
        raise DirectiveUnreadable(_CODES.get(error.code, "damaged")) from error
    header = next((n for n, row in enumerate(table[:_HEADER_WITHIN]) if _is_header(row)), None)
    if header is None:
        raise DirectiveUnreadable("no_scan_columns")
    return _read(table[header + 1 :], header + 2, _columns(table[header]))


_CODES = {
    "empty": "empty",
    "not_a_table": "unsupported_scan",
    "encoding": "unknown_encoding",
    "formula": "formula",
    "error_value": "formula",
    "too_large": "too_many_scan_rows",
    "too_many_rows": "too_many_scan_rows",
}


def _is_header(row: list[str]) -> bool:
    names = set(_columns(row).values())
    return "host" in names and bool(names & {"cve", "product", "build"})


def _columns(row: list[str]) -> dict[int, str]:
    """Return which columns of a header row mean what; the first column of a meaning has it."""
    found: dict[int, str] = {}
    for at, cell in enumerate(row):
        words = fold(cell.replace("_", " ")).strip()
        name = next((name for name, pattern in _COLUMNS if re.match(pattern, words)), None)
        if name and name not in found.values():
            found[at] = name
    return found


def _read(lines: list[list[str]], first: int, columns: dict[int, str]) -> ScanTable:
    rows, problems, blank = [], [], 0
    for number, cells in enumerate(lines, first):
        named = {name: squeeze(cells[at]) for at, name in columns.items() if at < len(cells)}
        if not any(named.values()):
            continue
        if not any(named.get(name) for name in ("cve", "product", "build")):
            blank += 1
            continue
        wrong = list(_wrong(number, named))
        problems += wrong
        rows += () if wrong else _rows(number, named)
    return ScanTable(tuple(rows), tuple(problems), blank)


def _wrong(number: int, named: dict[str, str]) -> Iterator[Problem]:
    if not named.get("host"):
        yield Problem(number, "no_host")
    if named.get("cve") and not cves_of(named["cve"]):
        yield Problem(number, "cve", named["cve"][:40])
    for name in ("state", "fixed"):
        if named.get(name) and not _state_of(name, named[name]):
            yield Problem(number, name, named[name][:40])
    for name in ("host", "product"):
        if len(named.get(name, "")) > LONGEST:
            yield Problem(number, f"long_{name}", named[name][:40])


def _rows(number: int, named: dict[str, str]) -> Iterator[ScanRow]:
    cves = cves_of(named.get("cve", "")) or ("",)
    state = next((found for name in ("state", "fixed") if (found := _state_of(name, named.get(name, "")))), "")
    for cve in cves:
        said = state or ("exposed" if cve else "")
        yield ScanRow(number, named["host"], named.get("product", ""), cve, named.get("build", ""), said)


def _state_of(name: str, text: str) -> str:
    """Return what a cell says of a weakness, nothing where it is not known."""
    words = fold(text).strip(" .")
    if name == "fixed" and words in _YES | _NO:
        return "fixed" if words in _YES else "exposed"
    return next((state for state, said in _STATES.items() if words in _words(said)), "")


def _words(said: str) -> list[str]:
    """Return the words that mean a state: single ones before the first bar, phrases between bars."""
    single, *phrases = said.split("|")
    return [*single.split(), *phrases]
