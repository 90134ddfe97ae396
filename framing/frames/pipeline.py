"""The scikit-learn Pipeline that equals a stored classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from framing.frames.calibration import apply_curves, by_call, by_class
from framing.frames.features import Block, RateBlock
from framing.frames.fitting import Fitted
from framing.frames.terms import TermBlock
from framing.frames.weak import CueBlock
from framing.tables import BadInput

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline


def to_sklearn(classifier: Any) -> Pipeline:
    """Return a fitted Pipeline over strings that equals the classifier.

    Columns come from scikit-learn's vectorizers, the last step is `Frames`. The order of the
    classes, `predict_proba` and `predict` are those of the classifier: `predict` calls frames at
    its thresholds, not at .5, and gives true and false a frame where a text has several.

    Terms of the field "text" and rates of measures can be told by strings alone; a classifier that
    reads titles, numbers or vectors is refused.

    Examples
    --------
    >>> from framing.frames.store import load_classifier
    >>> model = load_classifier("gun-violence-frames")
    >>> pipeline = to_sklearn(model)
    >>> texts = ["Senate votes down background checks", "Thousands march against guns"]
    >>> bool((pipeline.predict(texts) == model.predict(texts)).all())
    True
    """
    from sklearn.pipeline import FeatureUnion, Pipeline

    fitted = classifier.fitted_
    if len(fitted.heads) > 1:
        raise BadInput("a classifier with an encoder has no equal Pipeline; use predict_proba")
    steps = [(f"block{at}", _step(block)) for at, block in enumerate(fitted.heads[0].blocks)]
    frames = Frames(fitted, classifier.classes_, classifier.kind_)
    return Pipeline([("columns", FeatureUnion(steps)), ("frames", frames)])


def _step(block: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import FunctionTransformer

    if isinstance(block, (RateBlock, CueBlock)) or not block.n_columns:  # no empty vocabulary
        return FunctionTransformer(_columns, kw_args={"block": block})
    if not isinstance(block, TermBlock) or block.field != "text":
        raise BadInput("only classifiers of texts and measures have an equal Pipeline over strings")
    kind = {"word": "word", "char": "char_wb"}[block.kind]
    vectorizer = TfidfVectorizer(
        analyzer=kind, ngram_range=block.ngrams, sublinear_tf=True, vocabulary=block.index
    )
    vectorizer.idf_ = block.idf
    return vectorizer


def _columns(texts: Any, block: Block) -> Any:
    from framing.frames.units import as_documents

    return block.transform(as_documents(texts))


class Frames(ClassifierMixin, BaseEstimator):
    """The last step: columns in; probabilities, thresholds and calls of a fitted classifier out.

    Parameters
    ----------
    fitted : Fitted
    classes : numpy.ndarray of str
    kind : {"multi", "single", "binary"}
    """

    def __init__(self, fitted: Fitted, classes: np.ndarray, kind: str) -> None:
        self.fitted = fitted
        self.classes = classes
        self.kind = kind

    @property
    def classes_(self) -> np.ndarray:
        """Names of the columns of `predict_proba`, in the classifier's order."""
        return self.classes

    @property
    def coef_(self) -> np.ndarray:
        """Weights before calibration, shape (n_frames, n_columns)."""
        return self.fitted.heads[0].weights

    @property
    def intercept_(self) -> np.ndarray:
        """Bias of each frame before calibration."""
        return self.fitted.heads[0].bias

    def fit(self, X: Any, y: Any = None) -> Frames:
        """Refuse: what is learnt here was learnt by the classifier."""
        raise BadInput("this Pipeline is a fitted classifier; to learn anew fit FrameClassifier")

    def predict_proba(self, X: Any) -> np.ndarray:
        """Return calibrated probabilities, shape (n_texts, n_classes)."""
        return by_class(self._chances(X), self.kind)

    def predict(self, X: Any) -> np.ndarray:
        """Return what is called at the classifier's thresholds, as its own `predict` does."""
        return by_call(self.fitted.chosen(self._chances(X)), self.classes, self.kind)

    def _chances(self, X: Any) -> np.ndarray:
        scores = self.fitted.heads[0].scores(X)
        return apply_curves(scores, self.fitted.curves, single=self.fitted.single)

    def __sklearn_is_fitted__(self) -> bool:
        return True
