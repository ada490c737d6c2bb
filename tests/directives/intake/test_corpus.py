"""The corpus: directives in real shapes, read as a person would read them; ten were written down before tuning."""

import pytest

from tools.bench.intake import differences, figures, files, measure

ENOUGH = 0.95


@pytest.mark.parametrize("case", ["corpus", "held_out"])
def test_the_reader_finds_what_a_person_finds_and_little_else(case):
    found = figures(case)
    assert min(found.values()) >= ENOUGH, list(differences(case))


def test_the_corpus_is_as_large_and_as_mixed_as_it_is_said_to_be():
    endings = [path.suffix for path in files("corpus")]
    assert len(endings) >= 25
    assert endings.count(".docx") >= 6
    assert endings.count(".pdf") >= 6
    assert len(files("held_out")) == 10


def test_a_wrong_reading_lowers_the_figures(monkeypatch):
    monkeypatch.setattr("tools.bench.intake.read_directive", lambda data, name: _Wrong())
    assert figures("held_out")["recall"] < 0.1


class _Wrong:
    def to_dict(self):
        return {"subject": "khác", "recipients": ["ai đó"], "signer": {"name": None}}


def test_the_bench_prints_both_figures_of_both_cases():
    assert [(line.case, line.figure) for line in measure()] == [
        (case, figure) for case in ("corpus", "held_out") for figure in ("precision", "recall")
    ]
