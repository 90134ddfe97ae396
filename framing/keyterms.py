"""Counting the words and phrases of a corpus, by voice where one is asked for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.amounts import count_of
from framing.engine import Engine, blocks
from framing.measures.cautions import Cautions, term_cautions
from framing.measures.grouped import name_of
from framing.measures.keyness import keyness
from framing.tables import BadInput, nearest
from framing.text import characters as ch
from framing.text.corpus import Corpus
from framing.text.document import Document
from framing.text.hashes import MIX
from framing.text.segment import Block, read_block

if TYPE_CHECKING:
    import pandas as pd

VOICES = {"outlet": ("outlet",), "attributed": ("direct", "indirect")}
SLOTS = 22  # bits of a hash by which rare phrases are told
SPACES = (ch.SPACE, ch.HYPHEN)


@dataclass(frozen=True, eq=False)
class TermCounts:
    """Uses of terms in documents.

    Attributes
    ----------
    counts : scipy.sparse.csr_array of int, shape (n_documents, n_terms)
    terms : numpy.ndarray of str
        Folded words joined by spaces.
    doc_ids : list of str
    """

    counts: Any
    terms: np.ndarray
    doc_ids: list[str]


def count_terms(
    documents: Iterable[Document], *, ngrams: tuple[int, int] = (1, 3), voice: str | None = None,
    min_count: int = 5, min_documents: int = 2,
) -> TermCounts:  # fmt: skip
    """Count words and phrases inside sentences, punctuation parting them.

    Parameters
    ----------
    documents : iterable of Document
    ngrams : (int, int)
        Shortest and longest phrase, in words.
    voice : {None, "outlet", "attributed"}
        Count only words of this voice; None counts all of them and is much faster.
    min_count, min_documents : int
        Rarer terms are left out.

    Returns
    -------
    TermCounts

    Notes
    -----
    Terms are told apart by 64-bit hashes of their folded words (a possessive 's is left out, and
    the term is shown as it is first written); memory is about 40 bytes for each different phrase
    of a document.

    Examples
    --------
    >>> texts = [Document("a", "The tax cut. A tax cut!"), Document("b", "The tax, cut.")]
    >>> found = count_terms(texts, min_count=2, min_documents=1)
    >>> dict(zip(found.terms.tolist(), found.counts.toarray().tolist()[0]))
    {'cut': 2, 'tax': 2, 'tax cut': 2, 'the': 1, 'the tax': 1}
    """
    from scipy import sparse

    low, high = ngrams if np.shape(ngrams) == (2,) else (0, 0)
    if not 1 <= low <= high:
        raise BadInput(f"ngrams={ngrams}: give the shortest and the longest phrase, as (1, 3)")
    if voice is not None and voice not in VOICES:
        raise BadInput(f"voice={voice!r} is not one of outlet, attributed{nearest(voice, VOICES)}")
    engine = Engine([]) if voice else None
    parts: tuple[list[np.ndarray], ...] = ([], [], [], [], [])
    ids: list[str] = []
    texts: list[str] = []
    for group in blocks(documents):
        block = read_block([one.text for one in group])
        keep = _of_voice(block, group, engine, VOICES[voice]) if engine and voice else None
        for found in _block_terms(block, low, high, keep, len(ids)):
            for part, value in zip(parts, found, strict=True):
                part.append(value)
        ids += [one.doc_id for one in group]
        texts += [one.text for one in group]
    row, key, use, start, end = (
        np.concatenate(part) if part else np.empty(0, np.int64) for part in parts
    )
    often = _often(key, use, min_count)
    row, key, use, start, end = (part[often] for part in (row, key, use, start, end))
    different, first, column, used_in = np.unique(
        key, return_index=True, return_inverse=True, return_counts=True
    )
    total = np.bincount(column, use, minlength=len(different))
    kept = np.flatnonzero((total >= min_count) & (used_in >= min_documents))
    names = np.array([
        " ".join(ch.fold(texts[row[at]][start[at] : end[at]]).replace("-", " ").split())
        for at in first[kept].tolist()
    ], object)  # fmt: skip
    order = np.argsort(names, kind="stable")
    place = np.full(len(different), -1)
    place[kept[order]] = np.arange(len(kept))
    mine = place[column] >= 0
    counts = sparse.csr_array(
        (use[mine], (row[mine], place[column[mine]])), (len(ids), len(kept)), dtype=np.int64
    )
    return TermCounts(counts, names[order], ids)


def _block_terms(
    block: Block, low: int, high: int, keep: np.ndarray | None, base: int
) -> Iterable[tuple[np.ndarray, ...]]:
    """Yield (document, key, uses, start, end) of the phrases of each length, once a document."""
    count = len(block.starts)
    if not count:
        return
    document = np.searchsorted(block.offsets, block.starts, side="right") - 1
    gap = block.ends[:-1] + 1 == block.starts[1:]
    near = gap & np.isin(block.kind[np.minimum(block.ends[:-1], len(block.kind) - 1)], SPACES)
    sentence = np.searchsorted(block.sentences[:, 0], block.starts, side="right")
    near &= sentence[:-1] == sentence[1:]
    chain, keys = np.ones(count, bool) if keep is None else keep.copy(), block.hashes.copy()
    for size in range(1, high + 1):
        if size > 1:
            span = count - size + 1
            if span < 1:
                return
            joined = near[size - 2 :]
            chain = chain[:span] & joined[:span]
            if keep is not None:
                chain &= keep[size - 1 :]
            with np.errstate(over="ignore"):
                keys = keys[:span] * MIX + block.hashes[size - 1 :] + np.uint64(size)
        if size < low:
            continue
        where = np.flatnonzero(chain)
        with np.errstate(over="ignore"):
            both = keys[where] ^ (document[where].astype(np.uint64) + np.uint64(1)) * MIX
        order = np.argsort(both)
        where, both = where[order], both[order]
        new = np.ones(len(where), bool)
        new[1:] = both[1:] != both[:-1]
        heads = np.flatnonzero(new)
        uses = np.diff(np.append(heads, len(where)))
        first = np.minimum.reduceat(where, heads) if len(heads) else where
        order = np.argsort(first)
        first, uses = first[order], uses[order]
        home = document[first]
        shift = block.offsets[home]
        yield (home + base, keys[first], uses, block.starts[first] - shift,
               block.cores[first + size - 1] - shift)  # fmt: skip


def _often(key: np.ndarray, use: np.ndarray, min_count: int) -> np.ndarray:
    """Return the places of keys that may have `min_count` uses; the rare ones need no sorting."""
    slot = (key.astype(np.uint64, copy=False) >> np.uint64(64 - SLOTS)).view(np.int64)
    return np.flatnonzero(np.bincount(slot, use)[slot] >= min_count)


def _of_voice(
    block: Block, group: Sequence[Document], engine: Engine, wanted: tuple[str, ...]
) -> np.ndarray:
    """Return which words of a block are of a voice."""
    keep = np.zeros(len(block.starts), bool)
    for number, (_, voices) in enumerate(engine.read(group)):
        shift = int(block.offsets[number])
        for start, end, voice in voices.runs:
            if voice in wanted:
                low, high = np.searchsorted(block.starts, (start + shift, end + shift))
                keep[low:high] = True
    return keep


def keyness_of(
    corpus: Corpus, by: str = "side", *, target: str | None = None, reference: str | None = None,
    voice: str | None = None, cluster: str | None = None, ngrams: tuple[int, int] = (1, 3),
) -> pd.DataFrame:  # fmt: skip
    """Return the terms that tell two groups of documents apart.

    Parameters
    ----------
    corpus : Corpus
    by : str
        Field that names the groups.
    target, reference : str, optional
        The groups compared; with two groups in the corpus the first in alphabetical order is the
        target, with more the target must be named and is compared with all others. Groups are
        told apart as text (2020 is "2020"); documents without a value (None, "", NaN) are left out.
    voice : {None, "outlet", "attributed"}
        Whose words count.
    cluster : str, optional
        Field whose values are resampled together; the outlet where there is one. A document
        without a value is a cluster of its own.
    ngrams : (int, int)

    Returns
    -------
    pandas.DataFrame
        As `framing.measures.keyness.keyness`, with the columns `target` and `reference`; what a
        reader must know of the groups stands in ``.attrs["cautions"]``.

    Warns
    -----
    Cautions
        Once a call, with the first of the cautions: few clusters (with two on a side the intervals
        are far too narrow), groups that write of other things.

    Examples
    --------
    >>> texts = [("a", "left", "A fair share. "), ("b", "left", "Their fair share. "),
    ...          ("c", "right", "A tax cut. "), ("d", "right", "Their tax cut. ")]
    >>> corpus = Corpus([Document(i, t * 3, None, {"side": s}) for i, s, t in texts])
    >>> keyness_of(corpus, target="left", reference="right")["term"].head(3).tolist()
    ['fair', 'fair share', 'share']
    """
    fields = list(corpus.metadata.columns)
    for name in (by, cluster):
        if name is not None and name not in fields:
            hint = nearest(name, fields)
            raise BadInput(f"the corpus has no field '{name}'{hint}; it has {', '.join(fields)}")
    groups = [None if (value := _field(one, by)) is None else name_of(value) for one in corpus]
    known = sorted({value for value in groups if value is not None})
    if len(known) < 2:
        raise BadInput(f"the field '{by}' has {count_of(len(known), 'value')}; keyness compares "
                       "two groups")  # fmt: skip
    target, reference = (None if name is None else name_of(name) for name in (target, reference))
    if target is None and len(known) == 2:
        target, reference = known if reference is None else (
            next(name for name in known if name != reference), reference)  # fmt: skip
    for name in filter(None, (target, reference)):
        if name not in known:
            raise BadInput(f"no group '{name}'{nearest(name, known)}; there are {', '.join(known)}")
    if target is None:
        raise BadInput(f"name the group of interest; there are {', '.join(known)}")
    rest = reference or "all others"
    pairs = [
        (one, value == target)
        for one, value in zip(corpus, groups, strict=True)
        if value is not None and (reference is None or value in (target, reference))
    ]
    first = [mine for _, mine in pairs]
    chosen = [one for one, _ in pairs]
    field = cluster or ("outlet" if any(_field(one, "outlet") is not None for one in chosen)
                        else None)  # fmt: skip
    clusters = [_field(one, field) for one in chosen] if field else None
    found = count_terms(chosen, ngrams=ngrams, voice=voice)
    table = keyness(found.counts, first, found.terms, clusters=clusters)
    table = table.assign(target=target, reference=rest)
    said = _cautions(chosen, by, (target, reference), field)
    if not len(found.terms):
        said.insert(0, "no word or phrase is used five times, in two documents or more")
    table.attrs["cautions"] = said
    if said:
        warnings.warn(Cautions(said), stacklevel=3)
    return table


def _field(document: Document, name: str) -> Any:
    """Return the value of a field, None where there is none: None, "" or NaN."""
    value = getattr(document, name) if name in ("doc_id", "title") else document.meta.get(name)
    return None if value == "" or value != value else value


def _cautions(
    documents: Sequence[Document], by: str, pair: tuple[str, str | None], cluster: str | None
) -> list[str]:
    """Return what a reader of the terms must know of the two groups."""
    import pandas as pd

    event = "event" if any(_field(one, "event") is not None for one in documents) else None
    fields = dict.fromkeys(name for name in (cluster, event) if name)
    table = pd.DataFrame({
        "doc_id": [one.doc_id for one in documents],
        "n_words": [one.text.count(" ") + 1 for one in documents],
        **{name: pd.Series([_field(one, name) for one in documents], dtype=object)
           for name in fields},
        by: [name_of(_field(one, by)) for one in documents],
    })  # fmt: skip
    return term_cautions(table, by=by, pair=pair, cluster=cluster, event=event)
