"""Speakers: led back to the person meant, or to nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import framing as fr
from framing.text import speakers
from framing.text.document import Document


def last_speaker(text: str) -> tuple[str | None, str]:
    table = fr.voices([Document("a", text)])
    row = table.iloc[-1]
    return row["speaker_name"], row["speaker_type"]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Stanbury's Nora Pell said that rents would rise.", "Nora Pell", "named"),
        ("CNN’s Phil Marsh said that rents would rise.", "Phil Marsh", "named"),
        ("Britain's U.N. Ambassador Mark Grant said that it fell.", "Mark Grant", "named"),
        ("White House Press Secretary Nora Pell came. \"It is,\" Pell said.", "Nora Pell", "named"),
        ("Attorney General Bill Marsh said that it fell.", "Bill Marsh", "named"),
        ("National Institutes of Health Director Ann Hale said that it fell.", "Ann Hale", "named"),
        ("Ann Hale came. Hale, meanwhile, said that it fell.", "Ann Hale", "named"),
        ("Another Democrat, Rep. Ro Dale, said that it fell.", "Ro Dale", "named"),
        ("Rep. Ray Dunn, D-Ohio, came. \"It fell,\" the Ohio Democrat said.", "Ray Dunn", "named"),
        ("Barack Obama spoke. The Islamic State took it. He said that it fell.", "Barack Obama",
         "named"),
        ("Mr Biden ran. \"Biden must go,\" said Dan Hale, a teacher. \"He must,\" he said.",
         "Dan Hale", "named"),
        ("Ray Dunn, R-S.D., who saw it after it fell (page 7), said that it was late.", "Ray Dunn",
         "named"),
        ("The plan of Mr Abe: Abe, who came to warn Mr Dunn that it fell, left.", "Abe", "named"),
        ("Nora Pell came. Pell's office said that it fell.", "Pell's office", "org"),
        ("Nora Pell came. The Pell campaign said that it fell.", "the Pell campaign", "org"),
        ("The White House on Tuesday said that it fell.", "the White House", "org"),
        ("China's official Lin News Agency said that it fell.",
         "China's official Lin News Agency", "org"),
        ("A statement by Mary Oakes: \"We will fight this.\"", "Mary Oakes", "named"),
        ("Saying \"we will not,\" Mary Oakes was glad to go.", "Mary Oakes", "named"),
        ("President Trump came. The president said that it fell.", "Trump", "named"),
        ("Ann Hale and Dan Moss came. \"It fell,\" Hale and Moss said.", "Ann Hale and Dan Moss",
         "group"),
        ("The BBC said it fell. Two ministers said it rose. They said it was over.",
         "Two ministers", "group"),
        ("The beer will bear a label saying that it was brewed here.", None, "role"),
        ("Oakes gave a stern warning about trade and vowed to leave.", "Oakes", "named"),
        ("Colin Hart, MP for Leeds East, came. He said that it fell.", "Colin Hart", "named"),
        ("Secretary of State Rex Moss came. Moss, 66, said that it fell.", "Rex Moss", "named"),
        ("Former Virginia Gov. Ray Moss came. Moss said that it fell.", "Ray Moss", "named"),
        ("Iran's Foreign Minister said that it fell.", None, "role"),
        ("EPA's Moss said that it fell.", "Moss", "named"),
        ("The U.N. Security Council met. The council said that it fell.", "Security Council",
         "org"),
        ("Fox Business host Stuart Moss said that it fell.", "Stuart Moss", "named"),
        ("The British conservative journalist said that it fell.", None, "role"),
        ("Steve Moss spoke. \"It is,\" Moss said. Rep. Billy Hale came. He said that it fell.",
         "Billy Hale", "named"),
        ("Several Democrats said that it fell.", None, "group"),
        ("A top Wall Street executive said that it fell.", None, "role"),
        ("An editor for The Harbour Post said that it fell.", None, "role"),
        ("Administration accused of hiding the report", None, "unspecified"),
        ("Secretary of State Rex Moss said that it fell.", "Rex Moss", "named"),
        ("U.S. Ambassador to the United Nations Mary Oakes left. Oakes said that it fell.",
         "Mary Oakes", "named"),
        ("FAA Administrator Mary Oakes said that it fell.", "Mary Oakes", "named"),
        ("President and CEO Roger Moss said that it fell.", "Roger Moss", "named"),
        ("The National Archives said that it fell.", "the National Archives", "org"),
        ("Olu Tark met Ray Dunn. Mr. Tark said it rose. He said that it fell.", "Olu Tark",
         "named"),
        ("Olu Tark and Ray Dunn met. Tark lost his seat. Tark said it rose. He said that it fell.",
         "Olu Tark", "named"),
        ("Ray Dunn spoke. \"It is,\" Dunn said. On the last day, Ian Hale left. He said it fell.",
         "Ian Hale", "named"),
        ("Ray Dunn stood by his claim that it fell.", "Ray Dunn", "named"),
        ("Ray Dunn met Mrs. Dunn. Mrs. Dunn said that it fell.", "Mrs. Dunn", "named"),
        ("Ann Dunn met Ray Dunn. Mr. Dunn said that it fell.", "Ray Dunn", "named"),
        ("Mr. Moss met Ray Dunn. Dunn left. Mr. Moss lost. He said that it fell.", "Moss",
         "named"),
        ("Ray Hale-Moss came. Hale-Moss said that it fell.", "Ray Hale-Moss", "named"),
        ("Speaking in Leeds, Dunn Sunday said that it fell.", "Dunn", "named"),
        ("Yet Dunn left. Ray Dunn came back. Dunn said that it fell.", "Ray Dunn", "named"),
        ("The Associated Press said that it fell.", "the Associated Press", "org"),
        ("Ian Hale left. Changing Medicare hurt his party. He said that it fell.", "Ian Hale",
         "named"),
        ("Majority Whip Steny Dunn came. Dunn said that it fell.", "Steny Dunn", "named"),
        ("Farmers came to the U.S. Dunn left. Ray Dunn came. Dunn said it fell.", "Ray Dunn",
         "named"),
        ("Planned Giving, which runs homes, said that it fell.", "Planned Giving", "org"),
        ("People were glad.\n\n\"The port fell and nobody cared about it.\" — Mary Oakes, The Post",
         "Mary Oakes", "named"),
        ("The organisers, a small group, gave up. The shops stayed shut on the hill, they argued.",
         "the organisers", "group"),
        ("The lawsuit was filed in May. It alleges that the port fell.", "the lawsuit", "document"),
        ("Many analysts were glad of the rise. They said that it fell.", "Many analysts",
         "anonymous"),
        ("Teachers in Leeds were glad of it. They said that rents fell.", "Teachers in Leeds",
         "group"),
        ("Mayor Ann Hale (D), who came from Leeds, said that it fell.", "Ann Hale", "named"),
        ("Aisha Moss, who leads the Leeds charity Open Harbour, said that it fell.", "Aisha Moss",
         "named"),
        ("Ray Dunn came to the Tyler Works. Ann Hale said it rose. He said that it fell.",
         "Ray Dunn", "named"),
        ("Ann Hale spoke. \"It is,\" Hale said. Jean Moss said she would go. She said it fell.",
         "Jean Moss", "named"),
    ],
)  # fmt: skip
def test_who_speaks(text: str, name: str | None, kind: str) -> None:
    assert last_speaker(text) == (name, kind)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("An old trader, who asked not to be named, called it \"mad\". \"It cost us the port,\" he "
         "said.", "an old trader", "role"),
        ("A fire commander in Wales predicted that it would be late. He has seen it, he said.",
         "a fire commander in Wales", "role"),
        ("A woman in the queue was cross. \"It fell,\" she said. \"It did,\" she added later.",
         "a woman in the queue", "role"),
        ("A letter to the port was late. He said that it fell.", "Ray Dunn", "named"),
        ("A spokeswoman for the port was late. He said that it fell.", "Ray Dunn", "named"),
        ("A nurse was late. Ian Hale left. He said that it fell.", "Ian Hale", "named"),
        ("So were the farms, led by a trust whose head, Ian Hale, called it off. He said it fell.",
         "Ian Hale", "named"),
        ("It was late when it was Sir Ian Hale, the old head, who had seen it. He said it fell.",
         "Sir Ian Hale", "named"),
        ("But the tram driver Ian Hale, 44, was less sure. \"It fell,\" he said.", "Ian Hale",
         "named"),
        ("Tell that to Ian Hale, 46, who mends boats in the port. \"It fell,\" he said.",
         "Ian Hale", "named"),
    ],
)  # fmt: skip
def test_a_pronoun_means_whom_the_sentence_before_is_about(text, name, kind) -> None:
    assert last_speaker(f'Ray Dunn came. "It is," Dunn said. {text}') == (name, kind)


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Ziv Kerr sold her house.", "f"),
        ("Ziv Kerr met Jo Hill, who sold her house.", ""),
        ("Ziv Kerr met Jo Hill. Her Hill house was sold.", ""),
        ("Ziv Kerr moved. Kerr sold his house. Jo Hill sold hers.", "m"),
        (f"Ziv Kerr moved. {'It rained. ' * 22}She left.", ""),
    ],
)
def test_the_next_pronoun_tells_the_gender_unless_another_is_named_before(text, gender) -> None:
    reading = Document("a", text).reading
    assert speakers.Cast(reading)._gender(reading.people.full["Ziv Kerr"]) == gender


@given(st.text(max_size=12))
def test_letters_figures_and_spaces_are_parted_at_the_spaces(phrase: str) -> None:
    if phrase.replace(" ", "").isalnum():
        assert phrase.split() == speakers.WORDS.findall(phrase)
