"""The classifier of sentences: one frame that is there or not."""

from __future__ import annotations

from framing.frames.classifier import FrameClassifier


class SentenceClassifier(FrameClassifier):
    """Labels sentences with one frame that is there or not.

    Texts to learn from are sentences, as are those `predict` and `predict_proba` are given;
    `label` cuts documents into sentences and gives each its offsets.

    Parameters
    ----------
    codebook, fields, terms, measures, numbers, encoder, finetune, C, balanced, min_df, max_terms,
    calibration, thresholds, folds, seed
        As `FrameClassifier` has them; `kind` is "binary" unless given: labels are true and false,
        or two values of which one is "none" or says no to the other, as "non-biased".

    Notes
    -----
    A sentence is judged by itself, without those around it. Method and limits: `FrameClassifier`.

    Examples
    --------
    >>> texts = ["A vile stunt.", "A shameful stunt.", "Vile and shameful.", "The council met.",
    ...          "The report came.", "The council voted."]
    >>> model = SentenceClassifier(min_df=1, folds=3).fit(texts, [1, 1, 1, 0, 0, 0])
    >>> model.label(["The council met. What a vile stunt."])[["sentence", "label"]].values.tolist()
    [[0, False], [1, True]]
    """

    unit = "sentence"
    _kind = "binary"
