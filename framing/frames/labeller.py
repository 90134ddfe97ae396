"""The policy frames by their cues alone: a labeller that needs no training data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from framing.frames.calibration import sigmoid
from framing.frames.codebook import Codebook, read_codebook
from framing.frames.cue_scale import SLOPES_AND_SHIFTS, USUAL
from framing.frames.cues import FrameCues
from framing.tables import BadInput
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

NAME = "policy-frames-lexicon"
VERSION = "1"


class CueLabeller:
    """Labels documents with policy frames by counting cues; no call is learnt from labels.

    A frame's evidence is the sum of the strengths of its *different* cues in a text, each counted
    with the logarithm of its uses, over the root of the number of words. A frame is called where
    its evidence is more than news usually has for it (`framing.frames.cue_scale`), so that frames
    with long lists are not favoured. How often a reader with the codebook finds the frame at such
    evidence is the probability: two numbers a frame, from 200 articles that were read.

    Parameters
    ----------
    threshold : float
        A frame is called where evidence / (evidence + usual evidence) is more; between 0 and 1.

    Attributes
    ----------
    frames_ : tuple of str
    kind_ : str
        "multi".

    Examples
    --------
    >>> text = "The Supreme Court struck down the law. Lawyers said the ruling was lawful."
    >>> labels = CueLabeller().label([text])
    >>> labels.loc[labels["probability"].idxmax(), "frame"]
    'legality_constitutionality'
    """

    unit = "document"
    kind_ = "multi"
    name_ = NAME
    version_ = VERSION
    facts_: ClassVar[dict[str, Any]] = {
        "title": "Policy frames by cues", "licence": "CC0-1.0",
        "data": "A lexicon of cues written for this project; no labelled text but for the "
        "probabilities: two numbers a frame, from readings of 200 US news articles with the "
        "codebook, two each, by a language model",
        "use": "A transparent first look at which policy frames a text touches.",
        "limits": "It counts words: a frame without its words is missed, a word without its frame "
        "is counted. Its probabilities are those of a reading with the codebook, whole article, "
        "frames that carry a substantial part; other coders mark other things, and against the "
        "annotators of SemEval-2023 they are not calibrated. How it does on articles that were "
        "labelled stands in the card of policy-frames, as 'cues alone'.",
    }  # fmt: skip

    def __init__(self, threshold: float = 0.5) -> None:
        if not 0 < threshold < 1:
            raise BadInput(f"threshold lies between 0 and 1, and is not {threshold}")
        self.threshold = threshold
        self.codebook = "policy_frames"

    @property
    def frames_(self) -> tuple[str, ...]:
        """The frames that have cues, in the order of the codebook."""
        labels = set(FrameCues().label_names)
        return tuple(name for name in self.read_codebook().names if name in labels)

    @property
    def fitted_(self) -> CueLabeller:
        """Itself, so that it labels as a classifier does."""
        return self

    @property
    def thresholds(self) -> np.ndarray:
        """Probability above which a frame is called."""
        return self._calibrated(np.full(len(self.frames_), self.threshold))

    def read_codebook(self) -> Codebook:
        """Return the codebook of the policy frames."""
        return read_codebook(self.codebook)

    def predict_proba(self, X: Iterable[Any]) -> np.ndarray:
        """Return the probability of each frame, shape (n_texts, n_frames)."""
        from framing.frames.units import as_documents

        return self.chances(as_documents(X))

    def predict(self, X: Iterable[Any]) -> np.ndarray:
        """Return which frames are called, shape (n_texts, n_frames)."""
        return self.chosen(self.predict_proba(X))

    def label(self, X: Iterable[Any]) -> pd.DataFrame:
        """Return the labels table of a corpus."""
        from framing.frames.labelling import label_table
        from framing.frames.units import as_documents

        return label_table(self, as_documents(X))

    @property
    def card(self) -> str:
        """What it is and where it fails: the card, as Markdown."""
        from framing.frames.card import card_text

        return card_text(self, self.facts_)

    def to_sklearn(self) -> Any:
        """Refuse: cues are matched in the text, no vectorizer of scikit-learn counts them."""
        raise BadInput(
            f"{NAME} counts cues and has learnt nothing, so no Pipeline equals it; as a step of "
            "one use FunctionTransformer(model.predict_proba)"
        )

    def explain(self, text: str | Document, frame: str | None = None) -> pd.DataFrame:
        """Return the cues in a text, one row a cue: `frame, what, strength, n, spans`."""
        from framing.frames.units import as_documents

        document = as_documents([text])[0]
        hits = cue_hits([document])
        if frame is not None:
            hits = hits[hits["label"] == frame]
        spans = hits.assign(span=hits[["start", "end"]].apply(tuple, axis=1))
        table = spans.groupby(["label", "rule"], sort=False).agg(
            strength=("strength", "first"), n=("span", "size"), spans=("span", list)
        )
        return table.reset_index().rename(columns={"label": "frame", "rule": "what"})

    def chances(self, documents: Sequence[Document]) -> np.ndarray:
        """Return the same as `predict_proba`, of documents."""
        return self._calibrated(self.strengths(documents))

    def strengths(self, documents: Sequence[Document]) -> np.ndarray:
        """Return evidence / (evidence + usual evidence), shape (n_documents, n_frames)."""
        usual = np.array([USUAL[frame] for frame in self.frames_])
        ratio: np.ndarray = evidence(documents, self.frames_) / usual
        return ratio / (1 + ratio)

    def _calibrated(self, strengths: np.ndarray) -> np.ndarray:
        slopes, shifts = np.array([SLOPES_AND_SHIFTS[frame] for frame in self.frames_]).T
        return sigmoid(cue_odds(strengths) * slopes + shifts)

    def chosen(self, chance: np.ndarray) -> np.ndarray:
        """Return which frames are called."""
        return chance > self.thresholds


def cue_odds(strengths: np.ndarray) -> np.ndarray:
    """Return the logarithm of evidence over usual evidence, to which a half is added.

    Examples
    --------
    >>> cue_odds(np.array([0, 0.5])).round(2).tolist()
    [-0.69, 0.41]
    """
    found: np.ndarray = np.log(strengths / (1 - strengths) + 0.5)
    return found


def cue_hits(documents: Sequence[Document]) -> pd.DataFrame:
    """Return the hits of the cues; documents are named by their place."""
    from framing.engine import annotate
    from framing.text.corpus import Corpus

    corpus = Corpus([Document(str(n), one.text) for n, one in enumerate(documents)])
    return annotate(corpus, [FrameCues()])


def evidence(documents: Sequence[Document], frames: Sequence[str]) -> np.ndarray:
    """Return the evidence for each frame, shape (n_documents, n_frames)."""
    hits = cue_hits(documents)
    uses = hits.groupby(["doc_id", "label", "rule"]).agg(
        strength=("strength", "first"), n=("rule", "size")
    )
    weight = (uses["strength"] * (1 + np.log(uses["n"]))).groupby(level=["doc_id", "label"]).sum()
    found = np.zeros((len(documents), len(frames)))
    column = {frame: at for at, frame in enumerate(frames)}
    for (number, frame), value in weight.items():
        if frame in column:
            found[int(number), column[frame]] = value
    words = np.array([max(len(one.text.split()), 50) for one in documents], float)
    return found / np.sqrt(words)[:, None]
