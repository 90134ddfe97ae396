"""Scores: spans counted by document and voice, and rates per 1,000 words of that voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from framing.engine import Engine, Rule, annotate_blocks, blocks, hits_table
from framing.tables import SCORES, VOICE_GROUPS, VOICES, BadInput, check, nearest, table_of
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

    from framing.text.corpus import Corpus

EACH = ("direct", "indirect", "scare")


def documents_table(corpus: Iterable[Document]) -> pd.DataFrame:
    """Return one row a document: id, metadata, and ``words.<voice>`` for every voice.

    Documents that no scan has read yet are read now.
    """
    import pandas as pd

    documents = list(corpus)
    unread = [document for document in documents if "words" not in document.cache]
    if unread:
        engine = Engine([])
        for block in blocks(unread):
            for _ in engine.read(block):
                pass
    rows = [document_row(document) for document in documents]
    columns = ["doc_id", *(f"words.{voice}" for voice in VOICES)]
    return table_of(rows) if rows else pd.DataFrame(columns=columns)


def counted_words(corpus: Iterable[Document]) -> pd.DataFrame:
    """Return the documents table without metadata, whose names may then be any."""
    return documents_table(corpus)[["doc_id", *(f"words.{voice}" for voice in VOICES)]]


def tally(
    documents: Iterable[Document], extractors: Sequence[Rule]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the hits table and the documents table of documents read once, keeping no text."""

    rows, read = [], []
    for block, found in annotate_blocks(documents, extractors):
        rows += found
        read += [document_row(document) for document in block]
    return hits_table(rows, extractors), table_of(read)


def document_row(document: Document) -> dict[str, Any]:
    """Return a document's row of the documents table; a scan must have read it."""
    title = {} if document.title is None else {"title": document.title}
    words = {f"words.{voice}": n for voice, n in document.cache["words"].items()}
    _refuse_taken(document.meta, words)
    return {"doc_id": document.doc_id, **title, **document.meta, **words}


def _refuse_taken(given: Iterable[Any], ours: Iterable[str]) -> None:
    """Refuse metadata under a name that a score has: two columns would be called alike."""
    taken = sorted(set(map(str, given)) & set(ours))
    if taken:
        more = f" and {len(taken) - 5} more" if len(taken) > 5 else ""
        raise BadInput(
            f"the metadata has columns named as scores are: {', '.join(taken[:5])}{more}; "
            "rename or drop them"
        )


def score_columns(name: str, labels: Sequence[str], voices: Sequence[str]) -> list[str]:
    """Return the names of the columns `score` gives for one extractor."""
    stems = [name, *(f"{name}.{label}" for label in labels)]
    return [
        f"{stem}.{voice}.{what}"
        for stem in stems
        for voice in voices
        for what in ("count", "per_1k")
    ]


def score(
    hits: pd.DataFrame,
    corpus: Corpus | pd.DataFrame,
    *,
    min_words: int = 50,
    voices: str | None = None,
    labels: bool = False,
    extractors: Sequence[Rule] | None = None,
) -> pd.DataFrame:
    """Count the spans of each document by voice and give rates per 1,000 words of that voice.

    Parameters
    ----------
    hits : pandas.DataFrame
        The hits table.
    corpus : Corpus or pandas.DataFrame
        The documents, or the table `documents_table` makes of them.
    min_words : int
        A rate is NaN, never 0, where the voice has fewer words in the document.
    voices : {None, "each"}
        "each" adds the voices direct, indirect and scare one by one.
    labels : bool
        Adds one set of columns per label.
    extractors : sequence of extractors, optional
        Which extractors looked; by default those noted in ``hits.attrs`` or present in `hits`.

    Returns
    -------
    pandas.DataFrame
        The scores table, one row a document in the order of `corpus`. `outlet` counts the
        outlet's own words with names of works and scare quotes, in which nobody else speaks;
        `attributed` is direct plus indirect; `all` leaves out captions, bylines and other
        boilerplate only. Spans whose attributes say
        ``"core": false`` are counted apart, under ``<extractor>_extended``.
    """
    import pandas as pd

    check(hits, "hits")
    if voices not in (None, "each"):
        raise BadInput(f"voices={voices!r} is not known; leave it out or say 'each'")
    table = corpus if isinstance(corpus, pd.DataFrame) else documents_table(corpus)
    if f"words.{VOICES[0]}" not in table.columns:
        raise BadInput("score needs the corpus, or the documents table stored with the hits")
    unknown = ~hits["doc_id"].isin(table["doc_id"])
    if unknown.any():
        name = hits.loc[unknown, "doc_id"].iloc[0]
        raise BadInput(f"hits of document '{name}' which the corpus does not have; same corpus?")
    odd = hits.loc[~hits["voice"].isin(VOICES), "voice"]
    if len(odd):
        raise BadInput(f"hits have the voice '{odd.iloc[0]}'{nearest(odd.iloc[0], VOICES)}; the "
                       f"voices are {', '.join(VOICES)}")  # fmt: skip
    same = ["doc_id", "start", "end", "extractor", "label", "rule"]
    twice = hits.duplicated(same)
    if twice.any():  # one rule may find two things in the same words
        told = hits[same].assign(attributes=hits["attributes"].astype(str))
        twice = told.duplicated()
    if twice.any():
        row = hits[twice].iloc[0]
        raise BadInput(f"the hits have '{row['text']}' of document '{row['doc_id']}', "
                       f"{row['extractor']}, twice; drop one of them")  # fmt: skip
    groups = dict(VOICE_GROUPS)
    if voices == "each":
        groups |= {voice: (voice,) for voice in EACH}
    words = {
        group: table[[f"words.{voice}" for voice in members]].sum(axis=1).to_numpy(np.int64)
        for group, members in groups.items()
    }
    scores = table.drop(columns=[f"words.{voice}" for voice in VOICES], errors="ignore")
    scores["n_words"] = words["all"]
    scores["n_words_outlet"] = words["outlet"]
    scores["n_words_attributed"] = words["attributed"]
    counts = _counts(hits, table["doc_id"], groups, _looked_for(hits, extractors), labels)
    added: dict[str, np.ndarray] = {}
    for (stem, group), count in counts.items():
        base = words[group]
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where(base > 0, 1000.0 * count / base, 0.0)
        if min_words > 0:
            rate[base < min_words] = np.nan
        added[f"{stem}.{group}.count"] = count
        added[f"{stem}.{group}.per_1k"] = rate
    _refuse_taken(table.columns, [*SCORES, *added][1:])
    return pd.concat([scores, pd.DataFrame(added, index=scores.index)], axis=1)


def _looked_for(hits: pd.DataFrame, extractors: Sequence[Rule] | None) -> dict[str, list[str]]:
    if extractors is not None:
        return {e.name: list(e.label_names) for e in extractors}
    noted: dict[str, list[str]] = dict(hits.attrs.get("extractors", {}))
    for name, found in hits.groupby("extractor", sort=True)["label"]:
        known = noted.setdefault(str(name), [])
        noted[str(name)] = [*known, *sorted(set(found) - set(known))]
    return noted


def _counts(
    hits: pd.DataFrame,
    doc_ids: pd.Series,
    groups: Mapping[str, tuple[str, ...]],
    looked_for: Mapping[str, list[str]],
    labels: bool,
) -> dict[tuple[str, str], np.ndarray]:
    import pandas as pd

    place = pd.Index(doc_ids).get_indexer(pd.Index(hits["doc_id"]))
    apart = hits["attributes"].astype(str).str.contains('"core": false', regex=False).to_numpy(bool)
    extractor = hits["extractor"].to_numpy(object)
    label = hits["label"].to_numpy(object)
    voice = hits["voice"].to_numpy(object)
    counts = {}
    for name, known in looked_for.items():
        mine = extractor == name
        stems = [(name, mine & ~apart)]
        if (mine & apart).any():
            stems.append((f"{name}_extended", mine & apart))
        if labels:
            stems += [(f"{name}.{one}", mine & (label == one)) for one in known]
        for stem, rows in stems:
            for group, members in groups.items():
                chosen = rows & np.isin(voice, members)
                counts[stem, group] = np.bincount(place[chosen], minlength=len(doc_ids))
    return counts


def per_words(scores: pd.DataFrame, per: int) -> pd.DataFrame:
    """Return the scores with rates per `per` words; the columns are then called ``per_<per>``."""
    if per == 1000:
        return scores
    rates = [str(name) for name in scores.columns if str(name).endswith(".per_1k")]
    changed = scores.assign(**{name: scores[name] * per / 1000 for name in rates})
    return changed.rename(columns={name: name[: -len("1k")] + str(per) for name in rates})
