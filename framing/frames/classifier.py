"""Classifiers of frames: fit on texts and labels, label other texts, say why."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin

from framing.frames.calibration import by_call, by_class, silent_frames
from framing.frames.codebook import Codebook, read_codebook
from framing.frames.fitting import Fitted, Settings, fit
from framing.frames.heads import pools_of
from framing.frames.labelling import median_words, warn_of_length
from framing.frames.labels import Labels, read_labels
from framing.frames.units import as_documents, groups_of, need_one_each
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
    classes_ : numpy.ndarray
        Frames in the order of the codebook; of a binary frame its negative, then its positive
        name. True/false and numbers stay what they are (names in a loaded classifier). Scorers
        known by name ("roc_auc") expect sorted classes, and names here are not: score labels of
        true and false, or with a function that reads `classes_`.
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
            One frame a text, lists of frames, frames joined by ``|``, or true/false (0/1, yes/no).
            Where texts may have several, None is no frame; elsewhere it is refused.
        groups : iterable, optional
            Texts of one group (an article, an outlet, a speaker) stay in one inner fold.

        Returns
        -------
        FrameClassifier
            Itself, fitted.

        Raises
        ------
        BadInput
            For labels outside the codebook, missing labels, too few groups for two folds, or a
            setting that cannot be.

        Warns
        -----
        UserWarning
            Where the texts tell nothing about a frame: its probability is the same for every text.
        """
        documents, labels = as_documents(X), self.read_labels(y)
        need_one_each(documents, labels.matrix, "label")
        merged = groups_of(documents, groups)
        pools = self.pools(documents)
        settings = self.settings(labels.kind)
        self.median_words_ = median_words(documents)
        for old in ("name_", "facts_"):
            self.__dict__.pop(old, None)
        rows = np.arange(len(documents))
        self.take(fit(pools, labels.matrix, merged, rows, settings), labels)
        if silent := silent_frames(self.fitted_.curves, self.frames_):
            warnings.warn(silent, stacklevel=2)
        return self

    def take(self, fitted: Fitted, labels: Labels, version: str = "1") -> Any:
        """Become the classifier that was fitted, or the stored one."""
        self.fitted_ = fitted
        self.frames_ = labels.frames
        self.kind_ = labels.kind
        self.negative_ = labels.negative
        self.thresholds_ = fitted.thresholds
        names = (labels.negative, *labels.frames) if labels.kind == "binary" else labels.frames
        self.classes_ = np.array(labels.values) if labels.values else np.array(names, object)
        self.version_ = version
        return self

    def predict_proba(self, X: Iterable[Any]) -> np.ndarray:
        """Return calibrated probabilities.

        Parameters
        ----------
        X : iterable of str or Document

        Returns
        -------
        numpy.ndarray of float, shape (n_texts, n_classes)
            Columns in the order of `classes_`. Rows sum to one, but where a unit may have several
            frames: there each column is a probability by itself.

        Raises
        ------
        BadInput
            Before `fit`, or for anything that is no text.

        Warns
        -----
        UserWarning
            Where the texts are four times as long as those learnt from, or as short.
        """
        return by_class(self._chances(as_documents(X)), self.kind_)

    def predict(self, X: Iterable[Any]) -> np.ndarray:
        """Return the frames called, by the thresholds of `fit`.

        Parameters
        ----------
        X : iterable of str or Document

        Returns
        -------
        numpy.ndarray
            Of `classes_`, shape (n_texts,); where a unit may have several frames true and false,
            shape (n_texts, n_frames), columns in the order of `frames_`.

        Raises
        ------
        BadInput
            As `predict_proba`, with the same warning.
        """
        chance = self._chances(as_documents(X))
        return by_call(self.fitted_.chosen(chance), self.classes_, self.kind_)

    def label(self, X: Iterable[Any]) -> pd.DataFrame:
        """Return the labels table of a corpus: one row a unit and frame, of a binary frame a unit.

        Parameters
        ----------
        X : Corpus, or iterable of str or Document

        Returns
        -------
        pandas.DataFrame
            Beside the columns of the table, `threshold` is what the probability was held against
            and `uncertain` whether it lies near it (.4 in log-odds, a tenth at one half); there
            people should look first. The frame called need not be the most probable.

        Raises
        ------
        BadInput
            Before `fit`, or for anything that is no text.

        Warns
        -----
        UserWarning
            As `predict_proba`.
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

        Raises
        ------
        BadInput
            Before `fit`, or for a frame it does not know.
        """
        from framing.frames.explaining import explain

        self._need_fit()
        return explain(self, as_documents([text])[0], frame)

    def save(self, folder: str | Path) -> Path:
        """Write the classifier into a folder of plain files; see `framing.frames.store`.

        Parameters
        ----------
        folder : str or pathlib.Path
            Made if it is not there. Only an empty folder or one with a classifier is written to.

        Returns
        -------
        pathlib.Path
            The folder, for `load_classifier`.

        Raises
        ------
        BadInput
            Before `fit`, or for a folder with other files in it.
        """
        from framing.frames.store import save

        return save(self, folder)

    def to_sklearn(self) -> Pipeline:
        """Return the same classifier as a scikit-learn Pipeline over strings.

        Returns
        -------
        sklearn.pipeline.Pipeline
            Its `predict_proba` and `predict` equal those here to 1e-6; columns and classes stand
            in the same order.

        Raises
        ------
        BadInput
            Before `fit`.
        """
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
        return pools_of(self, documents)

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
