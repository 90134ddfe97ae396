"""The calls of the face that need a default: all shipped extractors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from framing import engine, scoring
from framing.extractors.base import Extractor, as_extractors
from framing.progress import shown
from framing.tables import HITS, BadInput
from framing.text.corpus import Corpus, read_corpus

if TYPE_CHECKING:
    import pandas as pd


def annotate(
    corpus: Any, extractors: Sequence[Extractor | str] | Extractor | str | None = None
) -> pd.DataFrame:
    """Find the spans of every measure in every document.

    Parameters
    ----------
    corpus : Corpus, or anything `read_corpus` takes
        A list of strings, a DataFrame, a folder, a file.
    extractors : extractor, name, or sequence of them, optional
        All shipped ones by default.

    Returns
    -------
    pandas.DataFrame
        The hits table, one row a span; offsets count code points of the unmodified text.

    Raises
    ------
    BadInput
        A corpus that cannot be read, an extractor that is not known.

    Examples
    --------
    >>> import framing as fr
    >>> hits = fr.annotate(["Ministers slammed the vile scheme."], ["loaded_language"])
    >>> hits[["text", "voice"]].values.tolist()
    [['slammed', 'outlet'], ['vile', 'outlet']]
    """
    return engine.annotate(shown(as_corpus(corpus)), as_extractors(extractors))


def score(
    hits: pd.DataFrame,
    corpus: Any,
    *,
    min_words: int = 50,
    voices: str | None = None,
    labels: bool = False,
    extractors: Sequence[Extractor] | None = None,
) -> pd.DataFrame:
    """Count spans and give rates per 1,000 words of each voice, one row a document.

    Parameters
    ----------
    hits : pandas.DataFrame
        The hits table, as `annotate` returns it.
    corpus : Corpus, or anything `read_corpus` takes
        The documents in which the hits were found.
    min_words, voices, labels, extractors
        As for `framing.scoring.score`: below `min_words` words of a voice its rate is NaN, never
        0; ``voices="each"`` adds direct, indirect and scare; `labels` a set of columns per label.

    Returns
    -------
    pandas.DataFrame
        The scores table, one row a document in the order of `corpus`.

    Raises
    ------
    BadInput
        The two in the other order, or hits of documents that the corpus does not have.

    Examples
    --------
    >>> import framing as fr
    >>> texts = ["Ministers slammed the vile scheme."]
    >>> scores = fr.score(fr.annotate(texts), texts, min_words=0)
    >>> int(scores["loaded_language.outlet.count"].iloc[0])
    2
    """
    import pandas as pd

    if isinstance(corpus, pd.DataFrame) and set(HITS) <= set(corpus.columns):
        raise BadInput("score(hits, corpus): the hits come first, then the corpus")
    documents = corpus if isinstance(corpus, pd.DataFrame) and "words.outlet" in corpus else None
    return scoring.score(
        hits, as_corpus(corpus) if documents is None else documents,
        min_words=min_words, voices=voices, labels=labels, extractors=extractors,
    )  # fmt: skip


def voices(corpus: Any) -> pd.DataFrame:
    """Find who says what: one row an attribution.

    Parameters
    ----------
    corpus : Corpus, or anything `read_corpus` takes

    Returns
    -------
    pandas.DataFrame
        `doc_id`, `kind` (direct, mixed, indirect), `start`, `end`, `text`, `n_words`, `cue` and
        who speaks: `speaker`, `speaker_name`, `speaker_type`; see `framing.speech.speech`. Offsets
        count code points of the unmodified text.

    Examples
    --------
    >>> import framing as fr
    >>> fr.voices(["Ministers said the bridge fell."])[["kind", "text", "speaker"]].values.tolist()
    [['indirect', 'the bridge fell', 'Ministers']]
    """
    from framing.speech import speech

    return speech(shown(as_corpus(corpus)))


def keyness(
    corpus: Any,
    by: str = "side",
    *,
    target: str | None = None,
    reference: str | None = None,
    voice: str | None = None,
    cluster: str | None = None,
    ngrams: tuple[int, int] = (1, 3),
) -> pd.DataFrame:
    """Return the terms that tell two groups of documents apart.

    Parameters
    ----------
    corpus : Corpus, or anything `read_corpus` takes
    by : str
        Field that names the groups.
    target, reference, voice, cluster, ngrams
        As for `framing.keyterms.keyness_of`: `target` is needed with more than two groups, and is
        compared with all others where no `reference` is named.

    Returns
    -------
    pandas.DataFrame
        One row a term, as `framing.measures.keyness.keyness`: log-odds `z` with an interval over
        clusters, and `flag` where a term rests on one article or few clusters.

    Warns
    -----
    Cautions
        Where there are few clusters on a side, so that the intervals are likely too narrow, or the
        groups write of other things; all cautions are in ``table.attrs["cautions"]``.

    Raises
    ------
    BadInput
        A field or group that the corpus does not have.

    Examples
    --------
    >>> import framing as fr
    >>> corpus = fr.read_corpus("corpora/newsstand")
    >>> table = fr.keyness(corpus, by="country", target="UK", reference="US", ngrams=(1, 1))
    >>> {"term", "z", "low", "high", "flag"} <= set(table.columns)
    True
    """
    from framing.keyterms import keyness_of

    return keyness_of(
        as_corpus(corpus), by, target=target, reference=reference, voice=voice, cluster=cluster,
        ngrams=ngrams,
    )  # fmt: skip


def as_corpus(corpus: Any) -> Corpus:
    """Return `corpus` if it is one, else read it."""
    return corpus if isinstance(corpus, Corpus) else read_corpus(corpus)
