"""A line of a thread, and the desk's list of questions that wait for one."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from alertdesk.lib.normal_text import NormalText
from directives.models import Remark
from directives.services.remarking import LONGEST

from .fields import ProseField

_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class WriteRemarkForm(NormalText, forms.Form):
    """The words for a thread; the page carries the last line that the person has read beside them."""

    text = ProseField(
        label=_("Your words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your words first.")},
    )


class ReplyForm(WriteRemarkForm):
    """The desk's reply to one question of its list."""

    def __init__(self, *args, question: Remark, **kwargs):
        super().__init__(*args, prefix=f"q{question.pk}", **kwargs)
        self.question = question
        self.fields["text"].label = _("Reply")


class QuestionSheet:
    """One form per question; what was typed in the others stays when one of them is answered.

    `do` is reply-12 or settle-12; only the form that is answered is checked.
    """

    def __init__(self, questions: Iterable[Remark], data, *, verb: str = "", chosen: int | None = None):
        self.forms = [
            ReplyForm(
                data if verb == "reply" and question.pk == chosen else None,
                question=question,
                initial={"text": data.get(f"q{question.pk}-text", "")},
            )
            for question in questions
        ]
        self.chosen = next((form for form in self.forms if form.question.pk == chosen), None)


def act_of(data) -> tuple[str, int | None]:
    """Return what the pressed button of the list asks for, and about which question."""
    verb, _dash, number = data.get("do", "").partition("-")
    return verb, read_id(number)


def read_id(text: str) -> int | None:
    """Return the id that a page sent back, None where it is none."""
    return int(text) if _NUMBER.fullmatch(text) else None


def begun(data) -> list[int]:
    """Return the questions to which a reply has been begun."""
    boxes = ((name, data[name]) for name in data if name.startswith("q") and name.endswith("-text"))
    return [pk for name, words in boxes if words.strip() and (pk := read_id(name[1 : -len("-text")]))]
