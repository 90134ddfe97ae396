"""How much evidence news usually has for each policy frame, by its cues.

Between the mean of the frame and the mean of all frames (their geometric mean, times .9), counted
in 1,500 unlabelled articles of Article-Bias-Prediction by `evidence` of `framing.frames.labeller`.
"""

from __future__ import annotations

USUAL = {
    "economic": 0.052,
    "capacity_and_resources": 0.024,
    "morality": 0.035,
    "fairness_and_equality": 0.035,
    "legality_constitutionality": 0.060,
    "policy_prescription": 0.060,
    "crime_and_punishment": 0.054,
    "security_and_defense": 0.057,
    "health_and_safety": 0.058,
    "quality_of_life": 0.037,
    "cultural_identity": 0.044,
    "public_opinion": 0.054,
    "political": 0.123,
    "external_regulation_and_reputation": 0.056,
}
