"""A deadline as it is typed, and what the office calendar says of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from alertdesk.lib import clock
from directives.forms.moments import DeadlineField, advise, read_moment, shown_moment
from directives.models import CalendarOverride

AFTERNOON = clock.local(2023, 4, 28, 17)


@pytest.mark.parametrize("text", ["17:00 28/4/2023", "28/04/2023 17:00", " 17:00  28/4/2023 ", "2023-04-28 17:00"])
def test_hour_and_day_are_read_in_either_order(text):
    assert DeadlineField().clean(text) == AFTERNOON


def test_bare_day_means_its_last_second_and_is_written_without_an_hour():
    moment = DeadlineField().clean("28/4/2023")
    assert moment == clock.end_of_day(date(2023, 4, 28))
    assert shown_moment(moment) == "28/04/2023"


@pytest.mark.parametrize("text", ["31/4/2023", "mai", "25:00 28/4/2023", "04/28/2023 17:00"])
def test_what_no_calendar_has_is_refused(text):
    with pytest.raises(ValidationError, match="17:00 28/4/2023"):
        DeadlineField().clean(text)
    assert read_moment(text) is None


@pytest.mark.django_db
def test_deadline_on_the_holiday_is_answered_with_the_last_working_afternoon():
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        advice = advise(clock.local(2023, 4, 30, 17))
    assert advice.is_day_off
    assert advice.better == AFTERNOON


@pytest.mark.django_db
def test_an_offices_own_decision_about_a_day_is_heard():
    CalendarOverride.objects.create(day=date(2023, 4, 30), is_working=True)
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        assert not advise(clock.local(2023, 4, 30, 17)).is_day_off


@pytest.mark.django_db
def test_first_reminders_lie_between_the_calm_and_the_deadline():
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        advice = advise(AFTERNOON)
    moments = [reminder.moment for reminder in advice.reminders]
    assert moments
    assert moments == sorted(moments)
    assert all(clock.local(2023, 4, 26, 14) < moment < AFTERNOON for moment in moments)


@pytest.mark.django_db
def test_passed_deadline_brings_no_reminders():
    with clock.frozen(clock.local(2023, 5, 4, 9)):
        advice = advise(AFTERNOON)
    assert (advice.has_passed, advice.reminders, advise(None)) == (True, (), None)


@pytest.mark.django_db
def test_the_holiday_near_the_deadline_is_named():
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        assert advise(AFTERNOON).holiday == (date(2023, 4, 29), date(2023, 5, 3))
        assert advise(clock.local(2023, 6, 15, 17)).holiday is None


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "added"), [(4, 1), (5, 2), (1, 0)])
def test_beside_the_deadline_it_replaces_the_working_days_between_them_are_counted(day, added):
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        advice = advise(clock.local(2023, 5, day, 17), before=AFTERNOON)
    assert (advice.before, advice.added) == (AFTERNOON, added)
