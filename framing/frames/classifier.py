"""Classifiers of frames: fit on texts and labels, label other texts, say why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from framing.frames.calibration import by_call, by_class
from framing.frames.codebook import Codebook, read_codebook
from framing.frames.duplicates import merge, near_duplicates
from framing.frames.features import NumberPool, Pool, RatePool, TermPool
from framing.frames.fitting import Fitted, Settings, fit
from framing.frames.labelling import median_words, warn_of_length
from framing.frames.labels import Labels, read_labels
from framing.tables import BadInput
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd
    from sklearn.pipeline import Pipeline


class FrameClassifier(ClassifierMixin, BaseEstimator):
    """Labels documents with the frames of a codebook.

    Words, word pairs and letters within words (TF-IDF) feed one balanced logistic regression a
    frame. Scores of texts left out in grouped inner folds calibrate the probabilities and set the
    thresholds, so that a frame is called as often as it is there. Near-duplicates (three shared
    sentences, or nearly the same words) never lie on both sides of a fold.

    Of exactly one frame a text ("single") the one called is that with the highest probability
    over its threshold (odds over odds), so that rare frames are not lost; it need not be the most
    probable one. `thresholds="half"` calls the most probable.

    Parameters
    ----------
    codebook : str, path or Codebook, optional
        The frames allowed; without one they are the values of the labels.
    kind : {"multi", "single", "binary"}, optional
        Several frames a unit, exactly one, one that is there or not; from the codebook or the
        labels if not given.
    fields : str or sequence of str
        Fields of the documents whose terms are learnt, each apart: "text", "title", "body" (the
        text behind the title), or any field of the metadata.
    terms : {"word", "char"} or a sequence of both
    measures : str or sequence of str
        Extractors whose rates are added, as "loaded_language", or "policy_frames" for the cues of
        the policy frames. They help with bias and technique, and hurt with topics.
    numbers : str or sequence of str
        Numeric fields of the metadata.
    encoder : bool or path
        Adds a second half on sentence vectors (extra `encoder`): the packaged MiniLM, or a local
        folder with `model.onnx` and `tokenizer.json`.
    finetune : bool or path
        Adds a half that is fine-tuned (extra `finetune`): from the weights of MiniLM in an
        installed package, or from a local folder. About two minutes a fold for 3,000 sentences;
        set `folds=2`, for every inner fold tunes again.
    C : float
        Inverse strength of regularisation.
    balanced : bool
        Whether rare frames weigh as much as frequent ones.
    min_df, max_terms : int
        Terms in fewer texts are left out; of each kind so many are kept, the most frequent.
    calibration : {"auto", "sigmoid", "isotonic"}
    thresholds : {"prevalence", "half"}
        "prevalence" calls a frame as often as it is there (better for rare frames), "half" calls
        what is more probable than not, of exactly one frame the most probable (more units right).
    folds, seed : int
        Of the inner folds.

    Attributes
    ----------
    classes_ : numpy.ndarray of str
        Frames; of a binary frame its negative, then its positive name.
    frames_ : tuple of str
    thresholds_ : numpy.ndarray of float
        Probability above which a frame is called.
    kind_ : str
    median_words_ : float
        Of the texts learnt from; texts four times as long, or as short, give a warning.
    card : str

    Notes
    -----
    Method: Wang and Manning (2012) for linear models of terms, Niculescu-Mizil and Caruana (2005)
    for calibration. A classifier is an instrument for texts like those it learnt from: under
    another outlet, topic or decade its figures must be measured again. Irony, quotation and
    negation are seen only as far as words show them.

    Examples
    --------
    >>> texts = ["Rents and taxes rise again", "Prices and taxes fall", "Police arrest a man",
    ...          "Court jails the burglar", "Wages and prices climb", "Two arrested after burglary"]
    >>> y = ["economic", "economic", "crime", "crime", "economic", "crime"]
    >>> model = FrameClassifier(min_df=1, folds=3).fit(texts, y)
    >>> model.predict(["Taxes and prices", "Burglar arrested"]).tolist()
    ['economic', 'crime']
    """

    def __init__(
        self,
        codebook: str | Path | Codebook | None = None,
        *,
        kind: str | None = None,
        fields: str | Sequence[str] = ("text",),
        terms: str | Sequence[str] = ("word", "char"),
        measures: str | Sequence[str] = (),
        numbers: str | Sequence[str] = (),
        encoder: bool | str | Path = False,
        finetune: bool | str | Path = False,
        C: float = 1.0,
        balanced: bool = True,
        min_df: int = 2,
        max_terms: int = 60_000,
        calibration: str = "auto",
        thresholds: str = "prevalence",
        folds: int = 5,
        seed: int = 0,
    ) -> None:
        self.codebook = codebook
        self.kind = kind
        self.fields = fields
        self.terms = terms
        self.measures = measures
        self.numbers = numbers
        self.encoder = encoder
        self.finetune = finetune
        self.C = C
        self.balanced = balanced
        self.min_df = min_df
        self.max_terms = max_terms
        self.calibration = calibration
        self.thresholds = thresholds
        self.folds = folds
        self.seed = seed

    unit = "document"

    def fit(self, X: Iterable[Any], y: Iterable[Any], groups: Iterable[Any] | None = None) -> Any:
        """Learn from texts and labels.

        Parameters
        ----------
        X : iterable of str or Document
        y : iterable
            One frame a text, lists of frames, frames joined by ``|``, or true/false.
        groups : iterable, optional
            Texts of one group (an article, an outlet, a speaker) stay in one inner fold.

        Raises
        ------
        BadInput
            For labels outside the codebook, missing labels, or too few groups for two folds.
        """
        documents, labels = as_documents(X), self.read_labels(y)
        if len(documents) != len(labels.matrix):
            raise BadInput(f"{len(documents)} texts but {len(labels.matrix)} labels")
        merged = groups_of(documents, groups)
        pools = self.pools(documents)
        settings = self.settings(labels.kind)
        self.median_words_ = median_words(documents)
        rows = np.arange(len(documents))
        return self.take(fit(pools, labels.matrix, merged, rows, settings), labels)

    def take(self, fitted: Fitted, labels: Labels, version: str = "1") -> Any:
        """Become the classifier that was fitted or stored."""
        self.fitted_ = fitted
        self.frames_ = labels.frames
        self.kind_ = labels.kind
        self.negative_ = labels.negative
        self.thresholds_ = fitted.thresholds
        names = [labels.negative, *labels.frames] if labels.kind == "binary" else labels.frames
        self.classes_ = np.array(names, dtype=object)
        self.version_ = version
        return self

    def predict_proba(self, X: Iterable[Any]) -> np.ndarray:
        """Return calibrated probabilities, shape (n_texts, n_classes)."""
        return by_class(self._chances(as_documents(X)), self.kind_)

    def predict(self, X: Iterable[Any]) -> np.ndarray:
        """Return class names, or for several frames a unit true and false, (n_texts, n_frames)."""
        chance = self._chances(as_documents(X))
        return by_call(self.fitted_.chosen(chance), self.classes_, self.kind_)

    def label(self, X: Iterable[Any]) -> pd.DataFrame:
        """Return the labels table of a corpus: one row a unit and frame, of a binary frame a unit.

        Beside the columns of the table, `threshold` is what the probability was held against and
        `uncertain` says whether it lies within .1 of it; such units are where people should look
        first. Of exactly one frame the one called has the highest probability over its threshold,
        which need not be the most probable one (see `FrameClassifier`).

        Warns
        -----
        UserWarning
            Where the units are four times as long as those learnt from, or as short.
        """
        from framing.frames.labelling import label_table

        self._need_fit()
        return label_table(self, as_documents(X))

    def explain(self, text: str | Document, frame: str | None = None) -> pd.DataFrame:
        """Return what speaks for and against a frame in a text.

        Parameters
        ----------
        text : str or Document
        frame : str, optional
            The most probable one by default.

        Returns
        -------
        pandas.DataFrame
            `frame, what, field, contribution, spans`: the log-odds each word, word pair or rate
            adds (letters count for the words they stand in), and where it stands in the field.
        """
        from framing.frames.explaining import explain

        self._need_fit()
        return explain(self, as_documents([text])[0], frame)

    def save(self, folder: str | Path) -> Path:
        """Write the classifier into a folder; see `framing.frames.store`."""
        from framing.frames.store import save

        return save(self, folder)

    def to_sklearn(self) -> Pipeline:
        """Return the scikit-learn Pipeline over strings of the same probabilities and calls."""
        from framing.frames.pipeline import to_sklearn

        self._need_fit()
        return to_sklearn(self)

    @property
    def card(self) -> str:
        """What it is, how well it does where, where it fails: the card, as Markdown."""
        from framing.frames.card import card_text

        self._need_fit()
        return card_text(self, getattr(self, "facts_", {}))

    def settings(self, kind: str) -> Settings:
        """Return how this classifier learns."""
        return Settings(kind, self.C, self.balanced, self.calibration, self.thresholds,
                        self.folds, self.seed)  # fmt: skip

    def read_labels(self, y: Iterable[Any]) -> Labels:
        """Return labels as columns, those of the codebook without a single example left out."""
        book = self.read_codebook()
        kind = self.kind or (book.kind if book else self._kind)
        labels = read_labels(y, frames=book.names if book else (), kind=kind)
        there = np.asarray(labels.matrix.any(axis=0))
        if labels.kind == "binary" or there.all():
            return labels
        frames = tuple(np.array(labels.frames, object)[there].tolist())
        return Labels(labels.matrix[:, there], frames, labels.kind)

    def read_codebook(self) -> Codebook | None:
        """Return the codebook, if there is one."""
        if self.codebook is None or isinstance(self.codebook, Codebook):
            return self.codebook
        return read_codebook(self.codebook)

    _kind: str | None = None

    def pools(self, documents: Sequence[Document]) -> list[list[Any]]:
        """Return what the heads see of some documents."""
        fields, terms, measures, numbers = (
            (one,) if isinstance(one, str) else tuple(one)
            for one in (self.fields, self.terms, self.measures, self.numbers)
        )
        seen: list[Pool] = [
            TermPool.read(documents, field, kind, self.min_df, self.max_terms)
            for field in fields for kind in terms
        ]  # fmt: skip
        if measures:
            seen.append(RatePool.read(documents, measures))
        if numbers:
            seen.append(NumberPool.read(documents, numbers))
        heads: list[list[Any]] = [seen] if seen else []
        if self.encoder:
            from framing.frames.encoder import VectorPool

            dense: list[Any] = [VectorPool.read(documents, fields, self.encoder)]
            if numbers:
                dense.append(NumberPool.read(documents, numbers))
            heads.append(dense)
        if self.finetune:
            from framing.frames.finetune import TunedPool

            heads.append([TunedPool.read(documents, fields, self.finetune)])
        if not heads:
            raise BadInput("a classifier needs terms, measures, numbers or an encoder")
        return heads

    def _need_fit(self) -> None:
        if not hasattr(self, "fitted_"):
            raise BadInput("this classifier is not fitted; call fit(texts, labels) or load one")

    def _chances(self, documents: list[Document]) -> np.ndarray:
        self._need_fit()
        warn_of_length(self, documents)
        return self.fitted_.chances(documents)

    def _repr_html_(self) -> str:
        from framing.frames.card import card_html

        return card_html(self)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "fitted_")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags


class SentenceClassifier(FrameClassifier):
    """Labels sentences with one frame that is there or not.

    As `FrameClassifier`; `label` cuts documents into sentences.

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


def as_documents(texts: Iterable[Any]) -> list[Document]:
    """Return texts as documents, with those of a corpus unchanged."""
    if isinstance(texts, (str, Document)):
        raise BadInput("expected several texts, got one; put it into a list: [text]")
    found = []
    for number, text in enumerate(texts, 1):
        if isinstance(text, Document):
            found.append(text)
        elif isinstance(text, str):
            found.append(Document(str(number), text))
        else:
            raise BadInput(f"text {number} is a {type(text).__name__}, not a string")
    return found


def groups_of(documents: Sequence[Document], groups: Iterable[Any] | None) -> np.ndarray:
    """Return the number of each document's group, near-duplicates joined."""
    names = list(groups) if groups is not None else [None] * len(documents)
    if len(names) != len(documents):
        raise BadInput(f"{len(documents)} texts but {len(names)} groups")
    return merge(names, near_duplicates([one.text for one in documents]))
