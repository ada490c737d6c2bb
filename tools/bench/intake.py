"""How well the reader reads: precision and recall of the drafts of the corpus, field by field."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from directives.intake import DirectiveUnreadable, read_directive

from .figures import Figure

ROOT = Path(__file__).resolve().parents[2] / "tests/corpus"
SETS = {"corpus": ("held_out", "tuned"), "held_out": ("held_out",)}
_NO_CLAIM = ("error", "warnings")


def measure(_world=None) -> Iterator[Figure]:
    """Yield precision and recall of each case; needs no database."""
    for case in SETS:
        for name, value in figures(case).items():
            yield Figure("intake", case, name, round(value, 4), "ratio")


def figures(case: str) -> dict[str, float]:
    """Return precision and recall over the directives of a case; a list counts element by element."""
    right, read, written = 0, 0, 0
    for expected, got in _pairs(case):
        right += (expected & got).total()
        read += got.total()
        written += expected.total()
    return {"precision": right / read, "recall": right / written}


def differences(case: str) -> Iterator[tuple[str, Counter, Counter]]:
    """Yield (file, what was missed, what was read and is not so) for every draft that is not quite right."""
    for path, (expected, got) in zip(files(case), _pairs(case), strict=True):
        if expected != got:
            yield path.name, expected - got, got - expected


def files(case: str) -> list[Path]:
    """Return the files of a case that have an expected draft beside them."""
    found = (path for name in SETS[case] for path in sorted((ROOT / name).iterdir()))
    return [path for path in found if path.suffix != ".json"]


def _pairs(case: str) -> Iterator[tuple[Counter, Counter]]:
    """Yield the claims of each expected and each read draft."""
    for path in files(case):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield _claims(expected), _claims(_read(path))


def _read(path: Path) -> dict:
    """Return what is read from a file; a refusal claims nothing."""
    try:
        return read_directive(path.read_bytes(), name=path.name).to_dict()
    except DirectiveUnreadable:
        return {}


def _claims(draft: dict) -> Counter:
    """Return what a draft claims: one for each value that is said, one for each element of a list."""
    claims: Counter = Counter()
    for field, value in draft.items():
        if field == "signer":
            claims.update((f"signer.{part}", _folded(text)) for part, text in value.items() if text)
        elif field not in _NO_CLAIM and value is not None:
            claims.update((field, _folded(element)) for element in (value if isinstance(value, list) else [value]))
    return claims


def _folded(value) -> str:
    """Return a value as text in one normal form with single spaces."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True).replace("\\n", " ")
    return unicodedata.normalize("NFC", " ".join(text.split()))
