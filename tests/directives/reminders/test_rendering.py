"""One drawing serves many readers, and nobody reads another's words."""

from directives.models import Assignment, Delivery, State
from directives.reminders import rendering
from tests.cast import make_agency

from .conftest import sweep_at


def test_one_directive_is_drawn_once_and_each_agency_reads_its_own_name_and_link(cast, way_out, monkeypatch):
    names = [f"Sở <{number}> & Co" for number in range(5)]
    rows = cast.issue(*[make_agency(n, mailbox=f"so{i}@binhdinh.example") for i, n in enumerate(names)])
    rendering._draw.cache_clear()
    sweep_at(2023, 4, 26, 9)
    assert rendering._draw.cache_info().misses == 1
    for number, (name, assignment) in enumerate(zip(names, rows, strict=True)):
        one = Delivery.objects.get(address=f"so{number}@binhdinh.example")
        others = [n for n in names if n != name]
        assert f"Kính gửi: {name}" in one.text
        assert f"Sở &lt;{number}&gt; &amp; Co" in one.html
        assert all(f"/{assignment.pk}/" in words or f"/{assignment.pk}\n" in words for words in (one.text,))
        assert not any(other in one.text for other in others)
        assert rendering.MARK not in one.text + one.html


def test_what_differs_in_more_than_name_and_link_is_drawn_anew(cast, way_out):
    _health, town = cast.issue()
    Assignment.objects.filter(pk=town.pk).update(state=State.AWAITING_APPROVAL)
    rendering._draw.cache_clear()
    sweep_at(2023, 4, 28, 8)
    texts = {d.address: d.text for d in Delivery.objects.filter(channel="email")}
    assert "chờ lãnh đạo" in texts["quynhon@binhdinh.example"]
    assert "chờ lãnh đạo" not in texts["syt@binhdinh.example"]
