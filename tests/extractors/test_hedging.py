"""Hedging: verbs count before their complement, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

import framing as fr
from framing.extractors.hedging import Hedging
from framing.lexicon import Lexicon, make_entry

FOUND = [
    ("Crews managed to halt the leak.", "managed", "implicative"),
    ("The agency failed to warn anybody.", "failed", "implicative"),
    ("The bank has not bothered to reply.", "bothered", "implicative"),
    ("The fine forced the owner to sell.", "forced", "implicative"),
    ("Tenants were forced to leave.", "forced", "implicative"),
    ("She was talked round and bullied into signing.", "bullied", "implicative"),
    ("The town ended up paying for the bridge.", "ended up", "implicative"),
    ("The pilot remembered to check the fuel.", "remembered to", "implicative"),
    ("The chair remembered that the lease was void.", "remembered", "factive"),
    ("He knew the ferry would be late.", "knew", "factive"),
    ("Ministers were aware that the dam was weak.", "aware", "factive"),
    ("Few understood how the levy was spent.", "understood", "factive"),
    ("The fact that the mast fell is agreed.", "The fact that", "factive"),
    ("The mayor claims the buses are full.", "claims", "assertive"),
    ("The firm admitted that pipes had burst.", "admitted", "assertive"),
    ("His claim that the pier is safe was tested.", "claim", "assertive"),
    ("It is obvious that the fare will rise.", "obvious", "assertive"),
    ("The toll may end in spring.", "may", "hedge"),
    ("It appears that the crew was asleep.", "appears", "hedge"),
    ("Rents could arguably fall.", "arguably", "hedge"),
    ("Clearly the pump is broken.", "Clearly", "booster"),
    ("The plan is bound to fail.", "bound to", "booster"),
    ("The tax really does hurt.", "really", "booster"),
    ("The toll will lead drivers to turn back.", "lead", "implicative"),
    ("Drivers had to choose to wait.", "choose", "implicative"),
    ("The report shows how the money went.", "shows", "factive"),
    ("He came to see the toll as a mistake.", "came to", "implicative"),
    ("Engineers warned Friday that the pier is weak.", "warned", "assertive"),
    ("Engineers warned the town that the pier is weak.", "warned", "assertive"),
    ("I think what we see is a slump.", "think", "hedge"),
    ("Rain is more likely by noon.", "likely", "hedge"),
    ("So the pier could close.", "could", "hedge"),
]
NOT_FOUND = [
    "She managed the shop.",
    "The engine failed at noon.",
    "He claimed his expenses.",
    "They knew the town well.",
    "In May the ferry sank.",
    "He forgot the keys.",
    "What happened to the bridge?",
    "The singer appeared on stage.",
    "The claimed benefits were small.",
    "She admitted two patients to the ward.",
    "The crown of thorns was found.",
    "He ended up in a ditch.",
    "Air force pilots flew north.",
    "The judge found her guilty.",
    "She knew, too.",
    "They went to see if the gate was open.",
    "The road led to ruin.",
    "The bakers often close at noon.",
    "I hope that the pier will stay.",
    "She saved so that she could study.",
    "They ran as fast as they could.",
    "I wish I could sing.",
    "Nobody could read the sign.",
    "It was a really good cake.",
    "I wonder if the cake was really baked here.",
    "The shop did not really close.",
    "We will see what happens.",
    "It is hard to know how big the fleet was.",
    "They do not know who wrote the letter.",
    "He knows how to bake.",
    "Nobody explained why the pump stopped.",
    "The firm must disclose sales even though they have risen.",
    "He can force the owner to sell.",
    "They tried to force the owner to sell.",
    "The bank will shut if the owner refuses to pay.",
    "The toll did not force drivers to turn back.",
    "A dozen forces seeking to sink the plan met.",
    "He drove down from Leeds to look at the pier.",
    "She was elected to Congress.",
    "She led an effort to save the pier.",
    "Women were more likely to vote than men.",
    "She suggested that the club should move.",
    "Rather, it was a boat.",
    "It is a crisis-driven choice to sell.",
]


def hits(text: str) -> list[tuple[str, str]]:
    table = fr.annotate([text], ["hedging"])
    return list(zip(table["text"], table["label"], strict=True))


@pytest.mark.parametrize(("text", "words", "label"), FOUND)
def test_found(text: str, words: str, label: str) -> None:
    assert (words, label) in hits(text)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found(text: str) -> None:
    assert hits(text) == []


@pytest.mark.parametrize("joint", ["that the ", "the "])
def test_a_clause_counts_with_and_without_that(joint: str) -> None:
    assert hits(f"The board realised {joint}roof was leaking.") == [("realised", "factive")]


def test_a_mark_ends_the_complement() -> None:
    assert hits("She knew; the roof was leaking.") == []
    assert hits("She knew\n\nThe roof was leaking.") == []


def test_a_list_of_ones_own_may_say_what_its_verbs_take() -> None:
    lexicon = Lexicon.from_terms("mine", ["deem"])
    row = {"entry": "deem", "label": "assertive", "pos": "v", "takes": "clause"}
    own = Hedging(lexicon=replace(lexicon, entries=(make_entry(row, "here"),)))
    found = fr.annotate(["He deems that the roof is safe. He deems it safe."], [own])
    assert found["text"].tolist() == ["deems"]
