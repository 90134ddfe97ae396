"""Where people are named, told one by one."""

from framing.text.document import Document
from framing.text.mentions import Mentions

TEXT = "Ann Oakes met Bo Hill. “Oakes,” said Congress, is Hill. Ms. Oakes left for Leeds."


def read(text, quoted=()):
    return Mentions(Document("a", text).reading.people, quoted)


def named(found):
    return [(start, person.name) for start, person in found]


def test_before_is_nearest_first_and_leaves_out_quotations():
    people = read(TEXT, [(24, 29)])
    late = [(60, "Ann Oakes"), (50, "Bo Hill"), (14, "Bo Hill"), (0, "Ann Oakes")]
    assert named(people.before(len(TEXT))) == late
    assert named(people.before(55, 14)) == late[1:3]
    assert named(people.before(55, 15)) == late[1:2]
    assert named(people.before(50)) == late[2:]
    assert named(people.before(0)) == []


def test_asking_again_gives_the_same():
    people = read(TEXT)
    once = [named(people.before(offset, low)) for offset in range(0, 90, 7) for low in (0, 20)]
    again = [named(people.before(offset, low)) for offset in range(0, 90, 7) for low in (0, 20)]
    fresh = [named(read(TEXT).before(end, low)) for end in range(0, 90, 7) for low in (0, 20)]
    assert once == again == fresh


def test_within_is_in_the_order_of_the_text():
    people = read(TEXT)
    assert named(people.within(14, 60)) == [(14, "Bo Hill"), (24, "Ann Oakes"), (50, "Bo Hill")]
    assert named(people.within(15, 24)) == []


def test_of_one_person():
    people = read(TEXT, [(24, 29)])
    assert list(people.of("Ann Oakes", 1, len(TEXT))) == [60]
    assert list(people.of("Bo Hill", 0, 50)) == [14]
    assert list(people.of("Nora Pell", 0, len(TEXT))) == []
    assert list(read("").of("Nora Pell", 0, 9)) == []


def test_a_text_without_people_is_walked_once():
    people = read("Leeds left it. " * 4000)
    asked = []
    people._people.named_by = asked.append
    for offset in range(0, 60000, 15):
        assert named(people.before(offset)) == []
    assert len(asked) <= 4000
