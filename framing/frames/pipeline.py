"""The scikit-learn Pipeline that gives the same probabilities as a stored classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from framing.frames.calibration import Curve
from framing.frames.features import RateBlock
from framing.frames.terms import TermBlock
from framing.frames.weak import CueBlock
from framing.tables import BadInput

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline


def to_sklearn(classifier: Any) -> Pipeline:
    """Return a fitted Pipeline over strings with the same `predict_proba`.

    Terms of the field "text" and rates of measures can be told by strings alone; a classifier that
    reads titles, numbers or vectors is refused.
    """
    from sklearn.pipeline import FeatureUnion, Pipeline

    fitted = classifier.fitted_
    if len(fitted.heads) > 1:
        raise BadInput("a classifier with an encoder has no equal Pipeline; use predict_proba")
    head = fitted.heads[0]
    steps = [(f"block{number}", _step(block)) for number, block in enumerate(head.blocks)]
    lines = [
        _line(head.weights[at].astype(float), head.bias[at], fitted.curves[at])
        for at in range(len(classifier.frames_))
    ]
    last = lines[0] if classifier.kind_ == "binary" else _one_vs_rest(classifier, lines)
    pipeline = Pipeline([("columns", FeatureUnion(steps)), ("frames", last)])
    return pipeline


def _step(block: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import FunctionTransformer

    if isinstance(block, (RateBlock, CueBlock)):
        return FunctionTransformer(_rates, kw_args={"block": block})
    if not isinstance(block, TermBlock) or block.field != "text":
        raise BadInput("only classifiers of texts and measures have an equal Pipeline over strings")
    kind = {"word": "word", "char": "char_wb"}[block.kind]
    vectorizer = TfidfVectorizer(
        analyzer=kind, ngram_range=block.ngrams, sublinear_tf=True, vocabulary=block.index
    )
    vectorizer.idf_ = block.idf
    return vectorizer


def _rates(texts: Any, block: RateBlock) -> Any:
    from framing.frames.classifier import as_documents

    return block.transform(as_documents(texts))


def _line(weights: np.ndarray, bias: float, curve: Curve) -> Any:
    """Return a logistic regression with its calibration, as scikit-learn would hold it."""
    from sklearn.calibration import CalibratedClassifierCV, _CalibratedClassifier
    from sklearn.isotonic import IsotonicRegression
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression()
    line.classes_ = np.array([0, 1])
    kind, first, second = curve
    slope, shift = (first[0], second[0]) if kind == "sigmoid" else (1.0, 0.0)
    line.coef_ = weights[None, :] * slope
    line.intercept_ = np.array([bias * slope + shift])
    line.n_features_in_ = len(weights)
    if kind == "sigmoid":
        return line
    curve_model = IsotonicRegression(out_of_bounds="clip").fit(first, second)
    model = CalibratedClassifierCV(line, method="isotonic")
    model.classes_ = line.classes_
    model.n_features_in_ = line.n_features_in_
    model.calibrated_classifiers_ = [
        _CalibratedClassifier(line, [curve_model], classes=line.classes_, method="isotonic")
    ]
    return model


def _one_vs_rest(classifier: Any, lines: list[Any]) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.preprocessing import LabelBinarizer

    model = OneVsRestClassifier(LogisticRegression())
    model.estimators_ = lines
    names = list(classifier.frames_)
    binarizer = LabelBinarizer()
    if classifier.kind_ == "multi":
        binarizer.fit(np.eye(len(names), dtype=int) | np.roll(np.eye(len(names), dtype=int), 1))
        binarizer.classes_ = np.array(names)
    else:
        binarizer.fit(names)
        order = [names.index(name) for name in binarizer.classes_]
        model.estimators_ = [lines[at] for at in order]
    model.label_binarizer_ = binarizer
    return model
