"""Subjects of sentences are the same in units already read and in units made for them."""

from framing.text.clauses import Unit
from framing.text.document import Document
from framing.text.quotation import find_quotations
from framing.text.subjects import Subjects

TEXT = (
    "On Monday Ann Oakes, the mayor, met the press; later the reporters left. “It fell,” she "
    "said, and the crowd cheered. The minister who resigned last week told them that he would "
    "go to Leeds. Hill has not been told, but May last year wanted to vote. Moss, who was born "
    "in Leeds, met Hill, had a “very long” talk with him and later said “it rose” there."
)


def _asked(begin: int, ends: list[int], read: bool) -> list[tuple[int, int] | None]:
    reading = Document("a", TEXT).reading
    quotations = find_quotations(reading)
    inside = [q for q in quotations if begin <= q.start < ends[-1]]
    found = []
    for end in ends:
        subjects = Subjects(reading, quotations)
        if read:
            first = quotations.index(inside[0]) if inside else 0
            subjects.follow(Unit(reading, (begin, ends[-1]), inside, first))
        found.append(subjects.of((begin, end)))
    return found


def test_subjects_do_not_depend_on_what_was_read_before():
    reading = Document("a", TEXT).reading
    for begin, end in reading.sentences:
        ends = [start for start in reading.starts if begin < start < end] + [end]
        assert _asked(begin, ends, read=True) == _asked(begin, ends, read=False)


def test_a_unit_just_read_is_not_made_again(monkeypatch):
    reading = Document("a", TEXT).reading
    subjects = Subjects(reading, [])
    subjects.follow(Unit(reading, reading.sentences[2], [], 0))
    monkeypatch.setattr("framing.text.subjects.Unit", None)
    assert subjects.of(reading.sentences[2]) is not None


def test_a_unit_with_a_quotation_serves_for_what_stands_before_it(monkeypatch):
    reading = Document("a", TEXT).reading
    quotations = find_quotations(reading)[1:]
    subjects = Subjects(reading, quotations)
    start, end = reading.sentences[-1]
    subjects.follow(Unit(reading, (start, end), quotations, 0))
    monkeypatch.setattr("framing.text.subjects.Unit", None)
    found = subjects.of((start, quotations[0].start))
    assert found is not None and TEXT[slice(*found)] == "who"
