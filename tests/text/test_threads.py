"""What users of other tools asked for, each test named after its thread."""

from __future__ import annotations

import framing as fr
from framing.engine import Engine
from framing.text.document import Document
from framing.text.voices import Attribution

ENGINE = Engine([])


def attributions(text: str) -> list[Attribution]:
    ((_, voices),) = ENGINE.read([Document("a", text)])
    return voices.attributions


def words(text: str) -> list[list[str]]:
    return [[text[slice(*span)].strip(" .,") for span in one.content] for one in attributions(text)]


def speakers(text: str) -> list[str | None]:
    return [one.speaker_name for one in attributions(text)]


def test_textacy_200_unbalanced_marks() -> None:
    text = "“It fell, Mary Oakes said. It rained.\n\n“It held,” said John Hill."
    assert words(text)[-1] == ["It held"]
    assert speakers(text)[-1] == "John Hill"


def test_textacy_379_pairing_by_mark_type() -> None:
    text = '“The board’s ‘plan’ fell,” said Mary Oakes. "It\'s gone," she said.'
    assert words(text) == [["The board’s ‘plan’ fell"], ["It's gone"]]


def test_textacy_382_an_odd_count_does_not_raise() -> None:
    assert words('"It fell," Mary Oakes said. "It rained') != []
    assert attributions('"') == []


def test_textacy_383_a_colon_leads_in() -> None:
    text = "Mary Oakes put it this way: “It fell and nobody came.”"
    assert words(text) == [["It fell and nobody came"]]
    assert speakers(text) == ["Mary Oakes"]


def test_textacy_293_indirect_speech() -> None:
    assert words("Mary Oakes said that it fell.") == [["it fell"]]


def test_speaker_after_the_quotation() -> None:
    assert speakers("“It fell,” said Mary Oakes, the mayor of Barrow.") == ["Mary Oakes"]


def test_corenlp_1139_a_quotation_reopened_each_paragraph() -> None:
    text = "“It fell,” said Mary Oakes. “It was late.\n\n“Nobody came.\n\n“I left.”\n\nIt rained."
    assert {one.speaker_name for one in attributions(text)} == {"Mary Oakes"}
    ((_, voices),) = ENGINE.read([Document("a", text)])
    assert (
        voices.voice_at(text.index("Nobody")) == voices.voice_at(text.index("I left")) == "direct"
    )
    assert voices.voice_at(text.index("rained")) == "outlet"


def test_sayswho_3_speaker_in_the_previous_sentence() -> None:
    text = "Mary Oakes said it fell. “Nobody came and nobody called.”"
    assert speakers(text) == ["Mary Oakes", "Mary Oakes"]


def test_honestymeter_49_bias_of_the_quoted_is_not_the_outlets() -> None:
    texts = ["“It is a vile stunt,” said Mary Oakes. The plan passed."]
    hits = fr.annotate(texts, ["loaded_language"])
    assert set(hits["voice"]) == {"direct"} and set(hits["speaker"]) == {"Mary Oakes"}


def test_quanteda_2063_which_words_made_the_score() -> None:
    texts = ["The vile stunt failed."]
    hits = fr.annotate(texts, ["loaded_language"])
    scores = fr.score(hits, texts, min_words=0)
    assert hits["text"].tolist() == ["vile", "stunt"]
    assert scores["loaded_language.outlet.count"].tolist() == [2]


def test_quanteda_2054_negation_is_flagged_once() -> None:
    hits = fr.annotate(["It was not a vile plan, and a cruel one."], ["loaded_language"])
    assert hits.set_index("text")["negated"].to_dict() == {"vile": True, "cruel": False}


def test_convokit_196_a_list_of_strings_to_scores_in_three_lines() -> None:
    texts = ["The vile stunt failed.", "It rained."]
    scores = fr.score(fr.annotate(texts), texts, min_words=0)
    assert scores["loaded_language.outlet.count"].tolist() == [2, 0]
