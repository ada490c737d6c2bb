"""Compare a language's catalogue with the texts in the code, without touching the working tree.

`python -m tools.check_translations vi` fails on a text that is missing, empty or fuzzy;
with `--write` it brings the catalogue up to date for the translator instead.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ["alertdesk", "agencies", "directives", "templates", "static", "locale", "manage.py"]


def collect(language: str, copy: Path) -> Path:
    """Copy the sources to `copy`, collect their texts there and return the new catalogue."""
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy2(source, copy / name)
    (copy / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    env = os.environ | {"VAR_DIR": str(copy / "var"), "READ_DOT_ENV": "0"}
    make = [sys.executable, "manage.py", "makemessages", "-l", language, "--no-obsolete", "--no-location", "-i", "var"]
    subprocess.run([*make, "-v0"], cwd=copy, env=env, check=True)
    catalogue = copy / "locale" / language / "LC_MESSAGES" / "django.po"
    subprocess.run(["msgattrib", "--sort-output", "--no-wrap", str(catalogue), "-o", str(catalogue)], check=True)
    return catalogue


def faults(catalogue: Path) -> list[str]:
    """Return one line per text without a finished translation, and the catalogue's format errors."""
    found = []
    for kind in ("untranslated", "only-fuzzy"):
        command = ["msgattrib", f"--{kind}", "--no-wrap", str(catalogue)]
        entries = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        texts = [line[6:] for line in entries.splitlines() if line.startswith("msgid ") and line != 'msgid ""']
        found += [f"{kind.removeprefix('only-')}: {text}" for text in texts]
    formats = subprocess.run(
        ["msgfmt", "--check-format", "-o", os.devnull, str(catalogue)], capture_output=True, text=True, check=False
    )
    return found + (formats.stderr.splitlines() if formats.returncode else [])


def main() -> int:
    """Check the catalogue, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        catalogue = collect(options.language, Path(folder))
        found = faults(catalogue)
        if options.write:
            target = ROOT / "locale" / options.language / "LC_MESSAGES" / "django.po"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(catalogue, target)
    print(*found, sep="\n")
    return 1 if found and not options.write else 0


if __name__ == "__main__":
    sys.exit(main())
