"""Who says what: the attributions of a corpus as a table, and a table of its speakers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framing.engine import Engine, blocks
from framing.text.document import Document, Reading
from framing.text.goldvoices import agreement, read_gold
from framing.text.voices import Attribution, VoiceMap, speaker_text

if TYPE_CHECKING:
    import pandas as pd

    from framing.text.tagger import FittedAttribution

COLUMNS = (
    "doc_id", "kind", "start", "end", "text", "n_words", "cue", "speaker", "speaker_name",
    "speaker_type",
)  # fmt: skip


def read_voices(documents: Iterable[Document]) -> Iterator[tuple[Document, Reading, VoiceMap]]:
    """Yield documents with their parts and their voices, with flat memory."""
    engine = Engine([])
    for block in blocks(documents):
        for document, (reading, voices) in zip(block, engine.read(block), strict=True):
            yield document, reading, voices


def voice_line(document: Document, voices: VoiceMap) -> dict[str, Any]:
    """Return runs and attributions of one document as plain lists, as `framing voices` prints them.

    Examples
    --------
    >>> text = "Mary Oakes said it fell."
    >>> ((document, _, voices),) = read_voices([Document("a", text)])
    >>> line = voice_line(document, voices)
    >>> line["runs"], line["attributions"][0]["speaker_name"]
    ([[0, 16, 'outlet'], [16, 23, 'indirect'], [23, 24, 'outlet']], 'Mary Oakes')
    """
    return {
        "doc_id": document.doc_id,
        "runs": [list(run) for run in voices.runs],
        "attributions": [
            {
                "kind": one.kind,
                "content": [list(span) for span in one.content],
                "cue": list(one.cue) if one.cue else None,
                "speaker": list(one.speaker) if one.speaker else None,
                "speaker_name": one.speaker_name,
                "speaker_type": one.speaker_type,
            }
            for one in voices.attributions
        ],
    }


def speech(documents: Iterable[Document]) -> pd.DataFrame:
    """Return one row an attribution.

    Parameters
    ----------
    documents : iterable of Document

    Returns
    -------
    pandas.DataFrame
        `kind` (direct, mixed, indirect), `start` and `end` from the first to the last piece of the
        content, its `text` with pieces joined by " ... ", `n_words` of the pieces, `cue`, `speaker`
        as written, `speaker_name` where it resolves, `speaker_type`.

    Examples
    --------
    >>> speech([Document("a", "“It fell,” said Mary Oakes.")])[["text", "n_words", "cue"]].values
    array([['It fell,', 2, 'said']], dtype=object)
    """
    import pandas as pd

    rows = [
        _row(document, reading, one)
        for document, reading, voices in read_voices(documents)
        for one in voices.attributions
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {"start": "int64", "end": "int64", "n_words": "int64"}
    )
    optional = ["cue", "speaker", "speaker_name"]
    table[optional] = table[optional].astype("object").where(table[optional].notna(), None)
    return table


def _row(document: Document, reading: Reading, one: Attribution) -> tuple[Any, ...]:
    text = document.text
    words = sum(reading.word_at(end) - reading.word_at(start) for start, end in one.content)
    written = [text[slice(*one.cue)] if one.cue else None, speaker_text(text, one)]
    return (
        document.doc_id, one.kind, one.content[0][0], one.content[-1][1],
        " ... ".join(text[start:end] for start, end in one.content), words, *written,
        one.speaker_name, one.speaker_type,
    )  # fmt: skip


def speaker_table(hits: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """Return one row a speaker: words spoken, and spans of every measure in those words.

    Parameters
    ----------
    hits : pandas.DataFrame
        The hits table; only spans with a speaker count.
    attributions : pandas.DataFrame
        As `speech` returns it, of the same corpus.

    Returns
    -------
    pandas.DataFrame
        `speaker` (canonical within a document, else as written), `speaker_type`, `n_documents`,
        `n_attributions`, `n_words`, then `<extractor>.count` and `<extractor>.per_1k` (per 1,000
        words the speaker is given), most words first. Names are not matched across documents
        beyond equal spelling; nested reports count for both speakers.

    Examples
    --------
    >>> from framing.face import annotate
    >>> texts = ["Mary Oakes said the vile plan was a stunt."]
    >>> corpus = [Document("0", texts[0])]
    >>> table = speaker_table(annotate(texts), speech(corpus))
    >>> table[["speaker", "n_words", "loaded_language.count"]].values.tolist()
    [['Mary Oakes', 6, 2]]
    """
    named = attributions["speaker_name"].where(
        attributions["speaker_name"].notna(), attributions["speaker"]
    )
    spoken = attributions.assign(speaker=named).dropna(subset=["speaker"])
    table = spoken.groupby("speaker", sort=False).agg(
        speaker_type=("speaker_type", "first"), n_documents=("doc_id", "nunique"),
        n_attributions=("doc_id", "size"), n_words=("n_words", "sum"),
    )  # fmt: skip
    for extractor, mine in hits.dropna(subset=["speaker"]).groupby("extractor"):
        counts = mine.groupby("speaker").size().reindex(table.index, fill_value=0)
        table[f"{extractor}.count"] = counts
        table[f"{extractor}.per_1k"] = 1000 * counts / table["n_words"].clip(lower=1)
    return table.reset_index().sort_values("n_words", ascending=False, ignore_index=True)


def read_marked(
    folder: str | Path,
) -> Iterator[tuple[Document, Reading, VoiceMap, list[Attribution]]]:
    """Yield marked texts with their voices by rule and their marked attributions.

    Parameters
    ----------
    folder : str or pathlib.Path
        Text and attributions in the layout of PolNeAR (see `framing.text.goldvoices`).
    """
    marked = list(read_gold(folder))
    found = read_voices([document for document, _ in marked])
    for (document, gold), (_, reading, voices) in zip(marked, found, strict=True):
        yield document, reading, voices, gold


def evaluate_voices(
    folder: str | Path, backend: FittedAttribution | None = None
) -> dict[str, float]:
    """Compare the attributions found in marked texts with the marked ones.

    Parameters
    ----------
    folder : str or pathlib.Path
        Text and attributions in the layout of PolNeAR.
    backend : FittedAttribution, optional
        As `framing.text.tagger.fit_attribution` gives it; by default the rules alone.

    Returns
    -------
    dict
        As `framing.text.goldvoices.agreement` returns it.
    """
    return agreement(
        (document, gold, (backend.voices(reading, voices) if backend else voices).attributions)
        for document, reading, voices, gold in read_marked(folder)
    )


def fit_voices(folder: str | Path) -> FittedAttribution:
    """Fit the tagger of `framing.text.tagger` on marked texts in the layout of PolNeAR."""
    from framing.text.tagger import fit_attribution

    return fit_attribution(
        (reading, voices, gold) for _, reading, voices, gold in read_marked(folder)
    )
