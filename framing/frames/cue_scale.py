"""What the evidence of cues is worth, for each policy frame.

Usual: how much evidence news usually has, between the mean of the frame and the mean of all frames
(their geometric mean, times .9), counted in 1,500 unlabelled articles of Article-Bias-Prediction by
`evidence` of `framing.frames.labeller`.

Slope and shift: they turn log(evidence / usual + .5) into the log-odds that a reader with the
codebook finds the frame, fitted by `joint_lines` of `framing.frames.recalibration` to the 200
articles of corpora/development/policy_frames.jsonl (`tests/checks/test_frames_check.py` does it
again). They move no call.
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

SLOPES_AND_SHIFTS = {
    "economic": (3.17, -1.87),
    "capacity_and_resources": (2.69, -4.06),
    "morality": (2.17, -2.46),
    "fairness_and_equality": (2.24, -1.76),
    "legality_constitutionality": (2.64, -2.05),
    "policy_prescription": (2.67, -1.52),
    "crime_and_punishment": (3.21, -2.73),
    "security_and_defense": (3.38, -3.26),
    "health_and_safety": (2.92, -3.02),
    "quality_of_life": (2.88, -3.96),
    "cultural_identity": (2.89, -4.22),
    "public_opinion": (3.07, -2.34),
    "political": (3.68, -1.42),
    "external_regulation_and_reputation": (3.06, -3.20),
}
