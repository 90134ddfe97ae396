"""How much evidence news usually has for each policy frame, by its cues.

Between the mean of the frame and the mean of all frames (their geometric mean, times .9), counted
in 1,500 unlabelled articles of Article-Bias-Prediction by `evidence` of `framing.frames.labeller`.
"""

from __future__ import annotations

USUAL = {
    "economic": 0.059,
    "capacity_and_resources": 0.026,
    "morality": 0.036,
    "fairness_and_equality": 0.038,
    "legality_constitutionality": 0.063,
    "policy_prescription": 0.064,
    "crime_and_punishment": 0.065,
    "security_and_defense": 0.075,
    "health_and_safety": 0.075,
    "quality_of_life": 0.038,
    "cultural_identity": 0.050,
    "public_opinion": 0.060,
    "political": 0.146,
    "external_regulation_and_reputation": 0.070,
}
