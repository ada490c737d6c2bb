"""Seeded mutants of directives: text, Word files whose archive stays valid, PDFs."""

import io
import random
import re
import zipfile
from pathlib import Path

from lxml import etree

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ENDINGS = {"txt": ".txt", "docx": ".docx", "pdf": ".pdf"}
_WORDS = (
    "Kính gửi:", "Nơi nhận:", "1.", "a)", "- ", "I.", "|", "\t", "   ", "KT. GIÁM ĐỐC", "Số:", "/", "ngày 31/02/20233",
    "CVE-2023-", "\x00", "\ufeff", "\u202e", "&#x0;", "&amp;", "<br>", "…" * 90, " " * 400, "9" * 300, "*" * 50,
    "(" * 200, "0256.3811626 " * 30, "Công văn số " * 40, "\r", "\x0c", "ệ" * 200, "H\u0300\u0301" * 60,
)  # fmt: skip
_VALUES = ("", "-1", "0", "99999999999999999999", "x" * 5_000, "%1%2%3%4%5%6%7%8%9", "\u202e", "true", "90", "1e9")


def mutants(kind: str, count: int, seed: int):
    """Yield that many mutants of the corpus, always the same for a seed."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 chance here need not be secret
    bases = [path.read_bytes() for path in sorted(CORPUS.glob(f"*/*{ENDINGS[kind]}"))]
    mutate = {"txt": _text, "docx": _word, "pdf": _pdf}[kind]
    for _ in range(count):
        data = chance.choice(bases)
        for _ in range(chance.choice((1, 1, 2, 5))):
            data = mutate(data, chance)
        yield data


# --- text ---


def _text(data: bytes, chance: random.Random) -> bytes:
    """Return text with lines or bytes moved, doubled, lost or put in."""
    if chance.random() < 0.3:
        return _bytes(data, chance)
    lines = data.split(b"\n")
    at, other = sorted(chance.choices(range(len(lines)), k=2))
    change = chance.choice(("lose", "double", "swap", "insert", "join", "many", "upper"))
    if change == "lose":
        del lines[at:other]
    elif change == "double":
        lines[at:at] = lines[at:other]
    elif change == "swap":
        lines[at], lines[other] = lines[other], lines[at]
    elif change == "insert":
        lines.insert(at, chance.choice(_WORDS).encode())
    elif change == "join":
        lines[at : other + 1] = [b" ".join(lines[at : other + 1])]
    elif change == "many":
        lines[at:at] = [lines[at]] * chance.choice((10, 300, 5_000))
    else:
        lines[at] = lines[at].upper()
    return b"\n".join(lines)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some flipped, a stretch lost or doubled, or the end cut off."""
    if len(data) < 4:
        return data + b"\x00\xff"
    at, other = sorted(chance.choices(range(len(data)), k=2))
    change = chance.choice(("flip", "lose", "double", "cut"))
    if change == "flip":
        changed = bytearray(data)
        for place in chance.choices(range(len(data)), k=chance.choice((1, 8, 200))):
            changed[place] = chance.randrange(256)
        return bytes(changed)
    if change == "lose":
        return data[:at] + data[min(other, at + 400) :]
    return data[:other] + data[at:] if change == "double" else data[:other]


# --- Word ---


def _word(data: bytes, chance: random.Random) -> bytes:
    """Return a Word file with a member or an element changed; the archive itself stays valid."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    change = chance.choice((_members, _elements, _elements, _elements, _broken_xml))
    stream, packing = io.BytesIO(), chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in change(members, chance):
            archive.writestr(zipfile.ZipInfo(name), content, packing)  # dated alike, whatever the clock says
    return stream.getvalue()


def _members(members: list, chance: random.Random) -> list:
    """Return the members with one lost, emptied, renamed, exchanged, or of noise."""
    at, other = chance.choices(range(len(members)), k=2)
    name, content = members[at]
    changed = {
        "lose": [],
        "empty": [(name, b"")],
        "rename": [(f"{name}x", content)],
        "exchange": [(name, members[other][1])],
        "noise": [(name, chance.randbytes(2_000))],
        "climb": [(name, content), (f"../../{name}", content)],
    }
    return members[:at] + changed[chance.choice(sorted(changed))] + members[at + 1 :]


def _broken_xml(members: list, chance: random.Random) -> list:
    """Return the members with the bytes of one XML part damaged."""
    parts = [name for name, _content in members if name.endswith((".xml", ".rels"))]
    hurt = chance.choice([*parts, "word/document.xml"])
    return [(name, _bytes(content, chance) if name == hurt else content) for name, content in members]


def _elements(members: list, chance: random.Random) -> list:
    """Return the members with elements of the document or its numbering changed, still well formed."""
    hurt = chance.choice(("word/document.xml", "word/document.xml", "word/numbering.xml", "word/styles.xml"))
    return [(name, _element(content, chance) if name == hurt else content) for name, content in members]


def _element(content: bytes, chance: random.Random) -> bytes:
    """Return an XML part with one element lost, doubled, nested, renamed, or with another value."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:  # damaged by a change before this one
        return content
    nodes = [node for node in root.iter(etree.Element) if node.getparent() is not None]
    if nodes:
        _change(chance.choice(nodes), chance.choice(nodes), chance)
    return etree.tostring(root)


def _change(node, other, chance: random.Random) -> None:
    """Change one element of a tree, perhaps by another of its elements."""
    parent = node.getparent()
    change = chance.choice(("lose", "double", "nest", "rename", "value", "text", "graft"))
    if change == "lose":
        parent.remove(node)
    elif change == "double":
        parent.extend([_copy(node) for _ in range(chance.choice((1, 40, 400)))])
    elif change == "nest":
        _nest(node, chance.choice((3, 60, 240)))
    elif change == "rename":
        node.tag = other.tag
    elif change == "value" and node.attrib:
        node.set(chance.choice(list(node.attrib)), chance.choice(_VALUES))
    elif change == "text":
        node.text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff]", "", chance.choice(_WORDS))
    else:
        node.append(_copy(other))


def _copy(node):
    return etree.fromstring(etree.tostring(node, with_tail=False))


def _nest(node, depth: int) -> None:
    """Put an element into itself, many deep."""
    for _ in range(depth):
        inner = etree.SubElement(node, node.tag)
        inner.text = node.text
        node = inner


# --- PDF ---


def _pdf(data: bytes, chance: random.Random) -> bytes:
    """Return a PDF with bytes, numbers or whole objects changed."""
    if chance.random() < 0.4:
        return _bytes(data, chance)
    pattern = chance.choice((rb"\d+", rb"\d+ 0 R", rb"/[A-Z]\w+", rb"\d+ 0 obj.*?endobj", rb"<[0-9a-f]{4}>"))
    found = list(re.finditer(pattern, data, re.DOTALL))
    if not found:
        return _bytes(data, chance)
    match, other = chance.choice(found), chance.choice(found)
    put = chance.choice((other[0], b"", b"0", b"-1", b"99999999999", b"1 0 R", b"/Page", match[0] * 3))
    return data[: match.start()] + put + data[match.end() :]
