"""Every page that can be opened, for every role, over the demo story; and what of its text nobody translated."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser

from django.apps import apps
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agencies.models import PLACEHOLDERS, Agency, InformationSystem, Letterhead, Membership, Role, User
from agencies.services.invitations import make_link
from alertdesk.lib.public_holidays import PHRASE, holidays_between
from alertdesk.lib.text import squeeze
from alertdesk.policy import POLICY, POST_ONLY
from directives.models import (
    Assignment,
    Delivery,
    Directive,
    DirectiveFile,
    Evidence,
    PaperJob,
    Shift,
    State,
    Submission,
    SubmissionFile,
)
from directives.papers import CLOSING as LAST_SENTENCE
from directives.papers import OPENING as FIRST_SENTENCE
from directives.papers import preview_context
from tests.access.test_policy_matrix import URLS, kind_of, rest_of
from tests.cast import make_directive, make_user

OPENING, CLOSING = "⟦", "⟧"
SPOKEN = ("alt", "aria-label", "placeholder", "title", "aria-description")
SILENT = {"script", "style", "symbol", "noscript"}
VIETNAMESE = re.compile("[À-ÖØ-öø-ỹ]")
GROUPED = re.compile(r"(?<![\d.,])\d{1,3}([.,])\d{3}(?!\d)")
WORD = re.compile(r"[^\W\d_]{2,}")
SEPARATORS = re.compile(r"\s*[·:;,()/|–“”\"→\d]+\s*|\s+-\s+")
# Names of languages, of file kinds, units and measures are the same in both languages.
SAME_EVERYWHERE = {"english", "tiếng việt", "pdf", "word", "excel", "csv", "xlsx", "kb", "mb", "cve", "cvss", "sha"}
# Parts of an official letter keep their names in English, with the form in which they are typed.
OFFICIAL_WORDS = re.compile(r"\b(kính gửi|nơi nhận|công văn|thông tư|qđ|ngày|của)\b")
# Links, fingerprints, request codes and names of papers' files are not words.
CODES = re.compile(r"https?://\S+|\b[0-9a-f]{10,64}\b…?|\b[\w-]+\.(?:pdf|docx|xlsx)\b")
# The gallery shows samples, which are its data.
LEFT_OUT = {"healthz", "readyz", "directives:gallery"}
TRUNCATED = 12


class VisibleText(HTMLParser):
    """Collects what a person reads or hears: text, titles, labels of buttons, alternatives."""

    def __init__(self, page: str):
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[str] = []
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._silent += tag in SILENT
        self.attributes += [given[name] for name in SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.attributes.append(given.get("value") or "")

    def handle_endtag(self, tag):
        self._silent -= tag in SILENT

    def handle_data(self, data):
        if not self._silent:
            self.texts.append(data)


def outside_marks(texts: list[str]) -> tuple[list[str], int]:
    """Return what stands outside the marks, text by text, and how many marks were left open at the end."""
    depth, left = 0, []
    for text in texts:
        kept = []
        for letter in text:
            depth += letter == OPENING
            kept.append(letter if not depth else " ")
            depth -= letter == CLOSING
        left.append("".join(kept))
    return left, depth


class Data:
    """Every text of the database, folded in case: whole, and line by line."""

    def __init__(self, texts):
        self.texts = {squeeze(CODES.sub(" ", text)).casefold() for text in texts} - {""}
        self.left = lru_cache(maxsize=None)(self._left)

    def _left(self, text: str) -> str:
        """Return a text, folded in case, without whole values of the database and without cut ones."""
        words = squeeze(CODES.sub(" ", text)).casefold()
        if not WORD.search(words) or words in self.texts or words in SAME_EVERYWHERE:
            return ""
        if words.startswith("… ") and any(words[2:].rstrip("…").strip() in value for value in self.texts):
            return ""
        if words.endswith("…"):
            words = self._without_cut_value(words[:-1])
        for value in sorted((v for v in self.texts if len(v) > 1 and v in words), key=len, reverse=True):
            words = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", " ", words)
        return " · ".join(part for part in SEPARATORS.split(words.strip()) if part)

    def _without_cut_value(self, words: str) -> str:
        """Return a text without the value of the database that begins in it and was cut at its end."""
        starts = (words.find(value[:TRUNCATED]) for value in self.texts if len(value) > TRUNCATED)
        cut = (start for start in starts if start >= 0 and any(v.startswith(words[start:]) for v in self.texts))
        return words[: min(cut, default=len(words))]

    def explains(self, text: str) -> bool:
        """Whether a text is made of rows of the database, numbers and marks only."""
        return all(not WORD.search(part) or part.strip("-") in SAME_EVERYWHERE for part in self.left(text).split(" · "))


def untranslated(page: str, data: Data) -> list[str]:
    """Return the texts of a pseudo-translated page that are neither marked nor data."""
    seen = VisibleText(page)
    texts, still_open = outside_marks(seen.texts)
    attributes = [outside_marks([text])[0][0] for text in seen.attributes]
    found = [squeeze(text) for text in (*texts, *attributes) if not data.explains(text)]
    return found + (["a translated text was cut off"] if still_open else [])


def vietnamese(page: str, data: Data) -> list[str]:
    """Return the texts of an English page in which Vietnamese letters are left when the data is taken out."""
    seen = VisibleText(page)
    left = (data.left(text) for text in (*seen.texts, *seen.attributes) if VIETNAMESE.search(text))
    return [text for text in left if VIETNAMESE.search(OFFICIAL_WORDS.sub("", text))]


def rows_as_texts() -> Iterator[str]:
    """Yield every text of the database, whole and line by line; states and kinds are translated, so not theirs."""
    for model in (*apps.get_app_config("agencies").get_models(), *apps.get_app_config("directives").get_models()):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices:
                for value in model.objects.values_list(field.name, flat=True):
                    yield from _texts_in(value)
    yield from (part for name in Shift.objects.values_list("name", flat=True) for part in name.split())
    yield from _holiday_words()
    yield from _printed_words()


def _holiday_words() -> Iterator[str]:
    """Yield how documents name the holidays ahead of the story, and by what words its texts name theirs."""
    for holiday in holidays_between(date(2023, 4, 20), date(2024, 5, 10)):
        yield from (holiday.name, holiday.words, *holiday.feasts)
    for text in Directive.objects.order_by("pk").values_list("subject", "preamble").first():
        yield from (found[0] for found in PHRASE.finditer(text))


def _printed_words() -> Iterator[str]:
    """Yield what the papers shown on pages say: Vietnamese by law, whatever the page's language."""
    yield from (f"{{{name}}}" for name in PLACEHOLDERS)
    yield from (FIRST_SENTENCE, LAST_SENTENCE, " ".join(f"{{{name}}}" for name in PLACEHOLDERS))
    for agency in Agency.objects.filter(kind=Agency.Kind.DEPARTMENT):
        shown = preview_context(agency, Letterhead(agency=agency))
        yield from (shown["nation"], shown["motto"], "Kính gửi", "Nơi nhận", *shown["signer"].titles)
        yield from (*shown["head"].parent_lines, *shown["head"].issuer_lines, shown["head"].number)
        yield f"V/v {shown['head'].subject} {shown['head'].subject_number}"
        yield from (shown["head"].place, *(f"- {line}" for line in shown["copies"]))
        yield from ("".join(words.text for words in shown[name]) for name in ("opening", "ending"))


def _texts_in(value) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value, *value.splitlines())
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(inner)


def people() -> dict[str, User]:
    """Return one person for each role, the agencies' two in every agency of the story; None is a stranger."""
    desk = Agency.objects.get(pk=Directive.objects.first().issuer_id)
    found = {role: make_user(f"moi-trang-{role}@binhdinh.example", role, desk) for role in ("staff", "leader", "admin")}
    for role in (Role.OFFICER, Role.HEAD):
        found[role] = make_user(f"moi-trang-{role}@binhdinh.example")
        for agency in Agency.objects.filter(responsible_assignments__isnull=False).distinct():
            Membership.objects.create(user=found[role], agency=agency, role=role)
    found["nobody"] = make_user("moi-trang-khach@binhdinh.example")
    make_directive(desk)
    return found


def ids() -> dict[str, list[int]]:
    """Return the objects to look at, by the first part of their address: one for each state there is."""
    by_state = [Assignment.objects.filter(state=state).first() for state in State]
    assignments = [assignment for assignment in by_state if assignment]
    firsts = {"directive-files": DirectiveFile, "evidence": Evidence, "submission-files": SubmissionFile}
    systems = InformationSystem.objects.kept().order_by("pk")[:1]
    return {
        "letterheads": [Directive.objects.earliest("pk").issuer_id, assignments[0].agency_id],
        "registers": [system.agency_id for system in systems],
        "register-rows": [system.pk for system in systems],
        "directives": list(Directive.objects.values_list("pk", flat=True)),
        "assignments": [assignment.pk for assignment in assignments],
        "submissions": list(Submission.objects.filter(assignment__in=assignments).values_list("pk", flat=True)),
        "paper-jobs": list(PaperJob.objects.values_list("pk", flat=True)[:6]),
        "deliveries": list(Delivery.objects.values_list("pk", flat=True)[:1]),
        "demo": list(Delivery.objects.filter(state=Delivery.State.SENT).values_list("pk", flat=True)[:2]),
        **{kind: list(model.objects.values_list("pk", flat=True)[:1]) for kind, model in firsts.items()},
    }


def addresses(person: User | None) -> Iterator[str]:
    """Yield every address that answers GET and is open to a person, and one that does not exist."""
    objects = ids()
    for name, rule in POLICY.items():
        open_to = not rule.roles or (person and rule.roles & person.roles)
        if open_to and name not in POST_ONLY | LEFT_OUT:
            yield from _addresses_of(name, objects)
    yield "/khong-co-trang-nay/"


def _addresses_of(name: str, objects: dict[str, list[int]]) -> Iterator[str]:
    route = URLS[name][0]
    if "<int:pk>" in route:
        for number, pk in enumerate(objects.get(kind_of(name), ())):
            rest = rest_of(name)
            yield reverse(name, kwargs=rest | {"pk": pk} | ({"position": number % 5 + 1} if "position" in rest else {}))
    elif name == "agencies:welcome":
        yield "/" + make_link(User.objects.get(email__startswith="moi-trang-khach")).split("/", 3)[3]
        yield reverse(name, args=["khong-phai-lien-ket"])
    elif name == "agencies:password_reset_confirm":
        user = User.objects.get(email__startswith="moi-trang-khach")
        yield reverse(
            name, args=[urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)]
        )
    elif "<" not in route:
        yield reverse(name)


def pages(person: User | None, language: str = "vi") -> Iterator[tuple[str, str]]:
    """Yield (address, HTML) of every page a person can open; papers and files are not pages."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if person:
        client.force_login(person)
    for url in addresses(person):
        response = client.get(url, follow=True)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            yield url, response.content.decode()
