"""The widget behind `explore`; what is drawn stands in explorer.js, without a build step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from framing.tables import BadInput, check
from framing.text.corpus import read_corpus

if TYPE_CHECKING:
    import pandas as pd

HERE = Path(__file__).parent
NO_HIT = "no hit"
CORRECTIONS = ("doc_id", "start", "end", "text", "extractor", "label", "correct_label", "note")


def explore(
    hits: pd.DataFrame, corpus: Any, labels: Mapping[str, Sequence[str]] | None = None
) -> SpanExplorer:
    """Show hits in their texts, to be filtered by measure and voice, and corrected.

    Parameters
    ----------
    hits : pandas.DataFrame
        The hits table.
    corpus : Corpus, or anything `read_corpus` takes
        The texts the hits were found in.
    labels : mapping of str to sequence of str, optional
        Extractor -> labels to choose from; by default those `annotate` notes in
        ``hits.attrs``, else those that occur.

    Returns
    -------
    SpanExplorer
        A Jupyter widget; put it on the last line of a cell. Needs the extra ``lab``.

    Raises
    ------
    BadInput
        If hits belong to documents that are not in the corpus.

    Examples
    --------
    >>> import framing as fr
    >>> texts = ["Ministers slammed the vile scheme."]
    >>> explorer = explore(fr.annotate(texts, ["loaded_language"]), texts)
    >>> explorer.correct(0, "no hit", note="a quotation without marks")
    >>> explorer.corrections[["text", "label", "correct_label"]].values.tolist()
    [['slammed', 'conflict_verb', 'no hit']]
    """
    return SpanExplorer(hits, corpus, labels)


class SpanExplorer(anywidget.AnyWidget):
    """Hits in their texts; see `explore`.

    Attributes
    ----------
    corrections : pandas.DataFrame
        One row a corrected hit: `correct_label` is the right label, or "no hit".
    """

    _esm = HERE / "explorer.js"
    _css = HERE / "explorer.css"
    documents: traitlets.List[Any] = traitlets.List().tag(sync=True)
    measures: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    current = traitlets.Int(0).tag(sync=True)
    page: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)
    marks: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        hits: pd.DataFrame,
        corpus: Any,
        labels: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        check(hits, "hits")
        self._hits = hits.reset_index(drop=True)
        self._corpus = read_corpus(corpus)
        count = Counter(self._hits["doc_id"].astype(str))
        strangers = set(count) - {document.doc_id for document in self._corpus}
        if strangers:
            raise BadInput(
                f"hits of document '{min(strangers)}', which is not in the corpus; give the corpus "
                "that was annotated"
            )
        known = labels or hits.attrs.get("extractors") or {}
        found: dict[str, set[str]] = {}
        for name, label in zip(self._hits["extractor"], self._hits["label"], strict=True):
            found.setdefault(name, set()).add(label)
        super().__init__(
            documents=[
                {"id": one.doc_id, "title": one.title or one.doc_id,
                 "hits": count[one.doc_id]}
                for one in self._corpus
            ],
            measures={
                name: sorted({*known.get(name, ()), *seen}) for name, seen in sorted(found.items())
            },
        )  # fmt: skip
        self.observe(lambda change: self._turn(change["new"]), "current")
        self._turn(0)

    def _turn(self, number: int) -> None:
        """Send one document's text, voices and hits."""
        if not 0 <= number < len(self._corpus):
            return
        document = self._corpus[number]
        mine = self._hits[self._hits["doc_id"].astype(str) == document.doc_id]
        columns = ["start", "end", "extractor", "label", "voice", "speaker", "rule", "strength"]
        rows = mine[columns].astype({"speaker": object}).where(mine[columns].notna(), None)
        self.page = {
            "text": document.text.encode("utf-8", "replace").decode("utf-8"),
            "runs": [list(run) for run in document.runs],
            "hits": [
                {"number": int(str(number)), **row}
                for number, row in zip(rows.index, rows.to_dict("records"), strict=True)
            ],
        }

    def correct(self, hit: int, label: str, note: str = "") -> None:
        """Say what is right of a hit, as its form in the widget does.

        Parameters
        ----------
        hit : int
            Number of the row in the hits table, from 0.
        label : str
            A label of its measure, or "no hit".
        note : str
        """
        if not 0 <= hit < len(self._hits):
            raise BadInput(f"no hit {hit}; the table has {len(self._hits)} rows")
        labels = self.measures[self._hits["extractor"].iloc[hit]]
        if label not in (*labels, NO_HIT):
            raise BadInput(f"no label '{label}'; there are {', '.join(labels)} and '{NO_HIT}'")
        self.marks = {**self.marks, str(hit): {"label": label, "note": note}}

    @property
    def corrections(self) -> pd.DataFrame:
        """The corrected hits, in the order of the table."""
        rows = sorted((int(number), mark) for number, mark in self.marks.items())
        table = self._hits.iloc[[number for number, _ in rows]].copy()
        table["correct_label"] = [mark["label"] for _, mark in rows]
        table["note"] = [mark["note"] for _, mark in rows]
        return table[list(CORRECTIONS)]

    def corrected_hits(self) -> pd.DataFrame:
        """Return the hits table with the corrections made: labels changed, no hits left out."""
        table = self._hits.copy()
        table.attrs = dict(self._hits.attrs)
        changed = self.corrections["correct_label"]
        table.loc[changed.index, "label"] = changed
        return table[table["label"] != NO_HIT].reset_index(drop=True)
