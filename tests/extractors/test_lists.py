"""What every shipped list of a measure has."""

from __future__ import annotations

import pytest

from framing.lexicon import load

LISTS = [
    "agency", "appeals", "dehumanisation", "hedging", "history", "hyperbole", "loaded_language",
    "metaphor", "metaphor_targets", "moral_vocabulary", "naming", "partisan_framing", "party_cues",
    "policy_frames", "presupposition", "report_verbs", "sourcing",
]  # fmt: skip
BY_RULE = {"agency": {"agentless_passive", "passive_with_agent"}}


@pytest.mark.parametrize("name", LISTS)
def test_every_label_has_entries_and_every_guard_a_counterexample(name: str) -> None:
    lexicon = load(name)
    labels = {entry.label for entry in lexicon.entries} | BY_RULE.get(name, set())
    assert labels == set(lexicon.labels)
    faults = [entry.id for entry in lexicon.entries if entry.guards and not entry.counterexample]
    assert not faults, f"{faults} has a guard and no sentence in the column 'not'"
