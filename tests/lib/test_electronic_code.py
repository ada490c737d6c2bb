"""Both forms of the electronic code are read, kept as given, and compared by one spelling."""

import pytest

from alertdesk.lib.electronic_code import NotACode, key, parse


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("H08.12.03", "H08.12.03"),
        ("000.03.12.H08", "H08.12.03"),
        ("H08", "H08"),
        ("000.00.00.H08", "H08"),
        ("000.00.00.H49", "H49"),
        ("000.00.00.G22", "G22"),
        ("002.00.20.H13", "H13.20.00.002"),
        ("28.22.H17", "H17.22.28"),
        ("H37.DN.001", "H37.DN.001"),
        (" h08.12.03 ", "H08.12.03"),
        ("Z01ABC123", "Z01ABC123"),
        ("", ""),
    ],
)
def test_a_code_of_either_form_has_one_key(given, expected):
    assert key(given) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12.03", "H8.12", "H08..12", "H08.12.", ".H08", "H08-12", "Đ08.12", "Z00ABC", "Z01.ABC", "H08.ấ",
        "H08." + "1" * 32, "Z01" + "A" * 33, "1.2.3.4.H08", "=H08", "Sở Y tế",
    ],
)  # fmt: skip
def test_what_is_no_code_is_refused(text):
    with pytest.raises(NotACode):
        parse(text)


def test_the_code_as_given_is_kept():
    assert parse("000.03.12.h08").raw == "000.03.12.h08"


@pytest.mark.parametrize(
    ("given", "older"),
    [
        ("H08.12.03", "000.03.12.H08"),
        ("H08", "000.00.00.H08"),
        ("002.00.20.H13", "002.00.20.H13"),
        ("H37.DN.001", ""),
        ("H08.123", ""),
        ("H08.1.2.3.4", ""),
        ("Z01ABC", ""),
    ],
)
def test_the_older_form_is_given_where_it_exists(given, older):
    assert parse(given).older == older
    if older:
        assert key(older) == key(given)


@pytest.mark.parametrize("longest", ["H08." + "1" * 31, "Z99" + "A" * 32])
def test_thirty_five_characters_are_the_most(longest):
    assert key(longest) == longest
    with pytest.raises(NotACode):
        parse(longest + "1")
