import pytest
from django.core.exceptions import ValidationError

from alertdesk.lib import clock
from directives.forms.fields import CountField, LineField, PastDateField, ProseField


@pytest.mark.parametrize(
    ("typed", "count"), [("12", 12), ("1.200", 1200), ("12.000", 12000), ("1 200", 1200), (" 0 ", 0), ("", None)]
)
def test_a_count_is_read_as_it_is_written_in_vietnam(typed, count):
    assert CountField(required=False).clean(typed) == count


@pytest.mark.parametrize("typed", ["12.0", "12.5", "-1", "1,5", "mười", "99999999"])
def test_what_is_no_count_is_refused(typed):
    with pytest.raises(ValidationError):
        CountField(required=False).clean(typed)


def test_text_comes_in_composed_and_with_one_kind_of_line_end():
    assert ProseField().clean("Đa\u0303 xong\r\nngày mai") == "Đã xong\nngày mai"
    assert LineField().clean("  125/SYT-VP \n") == "125/SYT-VP"


def test_a_long_text_is_counted_as_the_browser_counts_it():
    assert ProseField(max_length=5).clean("ab\r\ncd") == "ab\ncd"


def test_a_day_to_come_is_refused():
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        assert PastDateField().clean("26/4/2023") == clock.today()
        with pytest.raises(ValidationError):
            PastDateField().clean("27/4/2023")
