"""What every extractor is: a lexicon and a rule that turns its matches into spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from framing.engine import Cells, annotate
from framing.lexicon import Lexicon, load
from framing.matcher import Matches, Rows
from framing.scoring import counted_words, score, score_columns
from framing.tables import BadInput, nearest, refuse_table
from framing.text.corpus import Corpus
from framing.text.document import Document, Reading
from framing.text.segment import Block

if TYPE_CHECKING:
    import pandas as pd

    from framing.text.voices import VoiceMap

SCORED_VOICES = ("outlet", "attributed", "all")


class Extractor(TransformerMixin, BaseEstimator):
    """Finds the spans of one measure; also a scikit-learn transformer of texts into rates.

    A new measure is a subclass in its own file that sets `name`, with a lexicon of that name in
    ``framing/lexicons``. The default rule reports every match under its label and strength;
    override `find` for anything more.

    Parameters
    ----------
    voice : {None, "outlet", "attributed", "all"}
        Which voice's columns `transform` gives; None gives all three.
    labels : bool
        Whether `transform` gives one set of columns per label as well.
    min_words : int
        Rates of a voice with fewer words in a document are NaN; 0 keeps every rate finite.
    lexicon : Lexicon, optional
        Used instead of the shipped one.

    Attributes
    ----------
    name : str
        The name in the hits table's column ``extractor``.

    Examples
    --------
    >>> from framing.extractors.loaded_language import LoadedLanguage
    >>> LoadedLanguage(voice="outlet").fit_transform(["A vile and shameful stunt."]).shape
    (1, 2)
    """

    name: ClassVar[str] = ""
    cues: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        *,
        voice: str | None = None,
        labels: bool = False,
        min_words: int = 0,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.voice = voice
        self.labels = labels
        self.min_words = min_words
        self.lexicon = lexicon

    @property
    def entries(self) -> Lexicon:
        """The lexicon in use."""
        return self.lexicon if self.lexicon is not None else load(self.name)

    @property
    def lexicons(self) -> tuple[Lexicon, ...]:
        """Every lexicon the scan must match for this extractor: its own, then its cues."""
        return (self.entries, *(load(name) for name in self.cues))

    @property
    def label_names(self) -> tuple[str, ...]:
        """All labels a span of this extractor may have."""
        return self.entries.labels

    def needs(self, block: Block, found: Matches, rows: Rows) -> Rows:
        """Tell which matches the rule needs, for the lexicons of which it does not need all.

        Asked once a block, so that matches that arrays show to be no use are never made. A new
        measure may leave it as it is: it gets them all. A subclass of a shipped measure gets what
        that one needs, as `super().find` expects; to look at every match in a `find` of its own,
        it sets ``needs = Extractor.needs``.

        Parameters
        ----------
        block : Block
        found : Matches
            Of all lexicons.
        rows : mapping of str to numpy.ndarray of int64
            The rows of each lexicon's matches in `found`.

        Returns
        -------
        mapping of str to numpy.ndarray of int64
            The rows needed, by lexicon.
        """
        return {}

    def find(self, reading: Reading, voices: VoiceMap, document: Document) -> Iterator[Cells]:
        """Yield the spans of one text.

        Parameters
        ----------
        reading : Reading
            The text with its words, sentences and the matches of the lexicons.
        voices : VoiceMap
        document : Document
            For rules that need the date or the title.
        """
        for match in reading.matches(self.entries.id):
            entry = match.entry
            yield match.start, match.end, entry.label, entry.strength, entry.id, None

    def fit(self, X: Any = None, y: Any = None) -> Extractor:
        """Do nothing but check the parameters; extractors learn nothing."""
        if self.voice is not None and self.voice not in SCORED_VOICES:
            hint = nearest(str(self.voice), SCORED_VOICES)
            raise BadInput(f"voice={self.voice!r} is not one of {', '.join(SCORED_VOICES)}{hint}")
        return self

    def transform(self, X: Iterable[str]) -> np.ndarray | pd.DataFrame:
        """Return the rates of texts.

        Parameters
        ----------
        X : iterable of str or Document
            Or a DataFrame of one column, the texts, as a ColumnTransformer hands over.

        Returns
        -------
        numpy.ndarray of float64, shape (n_texts, n_columns)
            Columns as in `get_feature_names_out`: counts, and rates per 1,000 words of that voice.
        """
        self.fit()
        corpus = X if isinstance(X, Corpus) else Corpus(_documents(X))
        scores = score(
            annotate(corpus, [self]), counted_words(corpus), min_words=self.min_words,
            labels=self.labels, extractors=[self],
        )  # fmt: skip
        return scores[list(self.get_feature_names_out())].to_numpy(float)

    def get_feature_names_out(self, input_features: Any = None) -> np.ndarray:
        """Return the names of the columns `transform` gives."""
        voices = (self.voice,) if self.voice else SCORED_VOICES
        names = score_columns(self.name, self.label_names if self.labels else (), voices)
        return np.array(names, dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags


def _documents(texts: Iterable[Any]) -> list[Document]:
    if isinstance(texts, str):
        raise BadInput("expected a list of texts, got one string; put it into a list: [text]")
    texts = _only_column(texts)
    refuse_table(texts)
    documents = []
    for number, text in enumerate(texts, 1):
        if isinstance(text, Document):
            documents.append(Document(str(number), text.text, text.title, text.meta))
        elif isinstance(text, str):
            documents.append(Document(str(number), text))
        else:
            kind = type(text).__name__
            raise BadInput(f"text {number} is a {kind}, not a string")
    return documents


def _only_column(texts: Any) -> Any:
    """Return the column of a DataFrame that has one, and all else unchanged."""
    one = hasattr(texts, "columns") and hasattr(texts, "iloc") and len(texts.columns) == 1
    return texts.iloc[:, 0] if one else texts


def codebook(extractor: Extractor) -> Mapping[str, Any]:
    """Return the codebook entry of an extractor: construct, rule, known failures, examples."""
    return extractor.entries.info.get("codebook", {})


def as_extractors(given: Sequence[Extractor | str] | Extractor | str | None) -> list[Extractor]:
    """Turn names and instances, or a single one, into instances; None gives all shipped ones.

    Raises
    ------
    BadInput
        For an unknown name, with the nearest known one, or a class in place of an instance.
    """
    from framing.extractors import shipped

    known = shipped()
    if given is None:
        return [make() for make in known.values()]
    chosen = []
    for item in [given] if isinstance(given, (str, Extractor, type)) else given:
        if isinstance(item, type):
            raise BadInput(f"{item.__name__} is a class; give {item.__name__}(), with brackets")
        if isinstance(item, str):
            if item not in known:
                hint = nearest(item, known)
                raise BadInput(f"no extractor named '{item}'{hint}; there are {', '.join(known)}")
            chosen.append(known[item]())
        else:
            chosen.append(item)
    return chosen
