"""How a lexicon is used in a corpus: uses, documents, outlets, share in quotes, uses by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from framing.engine import Engine, blocks
from framing.lexicon import load
from framing.text.document import Document

if TYPE_CHECKING:
    import pandas as pd

    from framing.lexicon import Lexicon


class _Counter:
    """Stands in for an extractor: the engine only needs to know which lexicon to match."""

    label_names = ()

    def __init__(self, lexicon: Lexicon) -> None:
        self.name = lexicon.id
        self.lexicons = (lexicon,)

    def find(self, *_: Any) -> tuple[()]:
        return ()


def count_entries(name: str, documents: Iterable[Document], side: str = "side") -> pd.DataFrame:
    """Count every entry of a shipped lexicon in a corpus.

    Parameters
    ----------
    name : str
        Of the lexicon.
    documents : iterable of Document
    side : str
        Field that holds the side of a document.

    Returns
    -------
    pandas.DataFrame
        One row an entry, unused ones too: `n` uses, `n_documents`, `n_outlets`, `in_quotes` (share
        of uses inside quotation marks), and for every side the uses outside quotation marks per
        million words, `per_million_<side>`.

    Examples
    --------
    >>> table = count_entries("partisan_framing", [Document("a", "Gun control, gun control.")])
    >>> table.set_index("entry").loc["gun control", ["n", "n_documents"]].tolist()
    [2, 1]
    """
    import pandas as pd

    lexicon = load(name)
    engine = Engine([_Counter(lexicon)])
    uses: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    seen_in: dict[str, set[str]] = defaultdict(set)
    outlets: dict[str, set[str]] = defaultdict(set)
    by_side: Counter[tuple[str, str]] = Counter()
    words: Counter[str] = Counter()
    for block in blocks(documents):
        for document, (reading, voices) in zip(block, engine.read(block), strict=True):
            its_side = str(document.meta.get(side, ""))
            counts = document.cache["words"]
            words[its_side] += sum(counts.values()) - counts["direct"] - counts["scare"]
            for match in reading.matches(name):
                key = match.entry.id
                uses[key] += 1
                seen_in[key].add(document.doc_id)
                outlets[key].add(str(document.meta.get("outlet", "")))
                if voices.voice_at(match.start) in ("direct", "scare"):
                    quoted[key] += 1
                else:
                    by_side[key, its_side] += 1
    rows = []
    for entry in lexicon.entries:
        n = uses[entry.id]
        row: dict[str, Any] = {
            "id": entry.id, "entry": entry.entry, "label": entry.label, "n": n,
            "n_documents": len(seen_in[entry.id]), "n_outlets": len(outlets[entry.id] - {""}),
            "in_quotes": quoted[entry.id] / n if n else float("nan"),
        }  # fmt: skip
        for one in sorted(key for key in words if key):
            row[f"per_million_{one}"] = 1e6 * by_side[entry.id, one] / max(words[one], 1)
        rows.append(row)
    return pd.DataFrame(rows)
