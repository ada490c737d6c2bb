"""Build the corpus: each source gives the file to be read and, beside it, the draft a person would write down.

Run `python -m tests.corpus.build`. In a source ⟦…⟧ stands around each action's text and ⟪…⟫ around each
addressee; below the line %%% are the other fields, typed by hand. Nothing of this is read by the parser.
"""

import html
import json
import re
from pathlib import Path

from tests.corpus.layouts import docx_of, pdf_of, txt_of

ROOT = Path(__file__).parent
SETS = ("held_out", "tuned")
_ACTION = re.compile(r"⟦(.*?)⟧", re.DOTALL)
_RECIPIENT = re.compile(r"⟪(.*?)⟫", re.DOTALL)
_BRACKETS = re.compile(r"[⟦⟧⟪⟫]")
_SHEETS = re.compile(r"<style>.*?</style>|<[^<>]+>", re.DOTALL)
_BUILDERS = {".txt": (".txt", txt_of), ".word": (".docx", docx_of), ".html": (".pdf", pdf_of)}
_HEAD = ("doc_type", "number", "symbol", "place", "day", "month", "year")


def main() -> None:
    """Write every file and its expected draft."""
    for name in SETS:
        for source in sorted((ROOT / "sources" / name).iterdir()):
            build(source, ROOT / name / source.stem)


def build(source: Path, target: Path) -> None:
    """Write one source's file and expected draft."""
    marked, typed = source.read_text(encoding="utf-8").split("\n%%%\n")
    fields = json.loads(typed)
    ending, builder = _BUILDERS[source.suffix]
    data = builder(_BRACKETS.sub("", marked), fields.get("encoding", "utf-8"))
    target.with_suffix(ending).write_bytes(data)
    text = json.dumps(expected(marked, fields, source.suffix), ensure_ascii=False, indent=1)
    target.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def expected(marked: str, fields: dict, suffix: str) -> dict:
    """Return the draft as the contract prints it, without the warnings."""
    actions = [_plain(text, suffix) for text in _ACTION.findall(marked)]
    numbered = enumerate(zip(fields["kinds"], actions, strict=True), 1)
    return {
        "error": None,
        "issuer_parent": fields["parent"],
        "issuer": fields["issuer"],
        **dict(zip(_HEAD, fields["head"], strict=True)),
        "subject": fields["subject"],
        "recipients": [_plain(text, suffix) for text in _RECIPIENT.findall(marked)],
        "based_on": [_keyed(row, "number", "day", "month", "year", "issuer") for row in fields["based_on"]],
        "deadline": fields["deadline"],
        "actions": [{"position": position, "kind": kind, "text": text} for position, (kind, text) in numbered],
        "proposed": fields.get("proposed", False),
        "cves": fields.get("cves", []),
        "contacts": [_keyed(row, "name", "phones", "emails") for row in fields["contacts"]],
        "copies": [_keyed(row, "name", "note") for row in fields["copies"]],
        "signer": _keyed(fields["signer"], "authority", "title", "name"),
    }


def _keyed(row: list, *names: str) -> dict:
    """Return a typed row as the object that the contract prints."""
    return dict(zip(names, row, strict=True))


def _plain(text: str, suffix: str) -> str:
    """Return marked text without the signs of its source."""
    if suffix == ".html":
        text = html.unescape(_SHEETS.sub(" ", text))
    if suffix == ".word":
        text = re.sub(r"^(?:#+|\*) |¶|^\[\w+\]$", "", text, flags=re.MULTILINE)
        text = re.sub(r"^(\d+) \|\| (.*)$", r"\1 \2", text, flags=re.MULTILINE).replace("||", "")
    if suffix == ".txt":
        text = re.sub(r"\*\*|[|\\]", "", text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if re.search(r"\w", line))


if __name__ == "__main__":
    main()
