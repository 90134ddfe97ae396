"""Historical comparisons read out of a hits table: what is compared to what, by whom."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from framing.figures.wording import need
from framing.tables import BadInput

if TYPE_CHECKING:
    import pandas as pd

NAME = "historical_comparison"
EXTENDED = ("SUPERLATIVE", "PRECEDENT")
BARE = ("year", "decade")  # entries of sources that are no more than a date
_NEEDED = ("doc_id", "start", "end", "text", "extractor", "label", "voice", "attributes")
_SHOWN = ("doc_id", "outlet", "type", "text", "source", "target", "maker", "stance", "voice",
          "core")  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20[0-4]\d)(?!\d)((?:'|’)?s\b)?")


def comparison_table(hits: pd.DataFrame, corpus: Any) -> pd.DataFrame:
    """Return the historical comparisons of a hits table in words, the core ones first.

    Parameters
    ----------
    hits : pandas.DataFrame
        Table of hits; those of other extractors are left out.
    corpus : Corpus
        The documents of the hits: their texts and, where they have one, their outlet.

    Returns
    -------
    pandas.DataFrame
        One row a comparison: doc_id, outlet, type, text (what stands there), source, target,
        maker (a name, ``outlet`` or ``unspecified``), stance, voice, core. What the program did
        not find is None. Inside core and extended the rows stand in the order of the hits.

    Examples
    --------
    >>> from framing.text.corpus import Corpus
    >>> from framing.text.document import Document
    >>> import pandas as pd
    >>> corpus = Corpus([Document("a", "The levy was compared to the poll tax.")])
    >>> hits = pd.DataFrame({
    ...     "doc_id": ["a"], "start": 13, "end": 37, "text": "compared to the poll tax",
    ...     "extractor": "historical_comparison", "label": "ANALOGY", "voice": "outlet",
    ...     "attributes": '{"core": true, "source": [29, 37], "target": [4, 8]}'})
    >>> comparison_table(hits, corpus)[["target", "source"]].values.tolist()
    [['levy', 'poll tax']]
    """
    import pandas as pd

    found = comparisons_in(hits, "comparison_table")
    known = corpus.metadata.set_index("doc_id") if len(found) else pd.DataFrame()
    rows = []
    for row in found.to_dict("records"):
        text = corpus[row["doc_id"]].text
        named = row["maker"] if row["maker_kind"] in ("named", None) else None
        rows.append({
            **{name: row[name] for name in ("doc_id", "type", "stance", "voice", "core")},
            "outlet": known.at[row["doc_id"], "outlet"] if "outlet" in known else None,
            "text": folded(row["text"]), "maker": named or row["maker_kind"],
            "source": _between(text, row["source"]), "target": _between(text, row["target"]),
        })  # fmt: skip
    table = pd.DataFrame(rows, columns=_SHOWN).astype(object)
    table = table.where(table.notna(), None).astype({"core": bool})
    return table.sort_values("core", ascending=False, kind="stable", ignore_index=True)


def comparisons_in(hits: pd.DataFrame, what: str) -> pd.DataFrame:
    """Return the hits that are historical comparisons, with a column for each attribute.

    Parameters
    ----------
    hits : pandas.DataFrame
    what : str
        Who asks, for the message if a column is missing.

    Returns
    -------
    pandas.DataFrame
        The hits, with type, core, entry, source, target, maker, maker_kind, stance, and `named`:
        the words of the source where they stand in the hit. Where the attributes are missing,
        the label tells type and core.
    """
    need(hits, _NEEDED, what)
    found = hits[hits["extractor"] == NAME].reset_index(drop=True)
    told = [_attributes(*cells) for cells in zip(found["doc_id"], found["attributes"], strict=True)]
    labels = found["label"].astype(object).where(found["label"].notna(), None)
    types = [one.get("type") or label for one, label in zip(told, labels, strict=True)]
    core = [
        bool(one.get("core", name not in EXTENDED)) for one, name in zip(told, types, strict=True)
    ]
    names = ("entry", "source", "target", "maker", "maker_kind", "stance")
    columns = {name: _column([one.get(name) for one in told]) for name in names}
    found = found.assign(type=_column(types), core=_column(core).astype(bool), **columns)
    spans = zip(found["text"], found["start"], found["source"], strict=True)
    return found.assign(named=_column([_inside(*span) for span in spans]))


def folded(text: Any) -> str | None:
    """Return a text with its white space folded; None of what is no text.

    Examples
    --------
    >>> folded(" the  poll\\ntax"), folded(float("nan"))
    ('the poll tax', None)
    """
    return " ".join(text.split()) if isinstance(text, str) else None


def span_of_years(words: str | None) -> tuple[int, int] | None:
    """Return the first and the last year of a bare date as it was written.

    Examples
    --------
    >>> [span_of_years(words) for words in ("1926", "the 1970s", "the Iraq vote of 2003", "now")]
    [(1926, 1926), (1970, 1979), (2003, 2003), None]
    """
    match = _YEAR.search(words or "")
    if match is None:
        return None
    return int(match[1]), int(match[1]) + (9 if match[2] else 0)


def by_id(given: Mapping[str, Any] | pd.DataFrame, columns: Sequence[str]) -> dict[str, Any]:
    """Return what is known of each entry: of a mapping a copy, of a table its `columns` by `id`.

    Examples
    --------
    >>> import pandas as pd
    >>> by_id(pd.DataFrame({"id": ["suez"], "theme": ["empire"]}), ["theme"])
    {'suez': 'empire'}
    """
    if isinstance(given, Mapping):
        return dict(given)
    need(given, ["id", *columns], "a table of entries")
    cells = [given[name].tolist() for name in columns]
    values = cells[0] if len(cells) == 1 else list(zip(*cells, strict=True))
    return dict(zip(given["id"], values, strict=True))


def _column(values: list[Any]) -> pd.Series:
    import pandas as pd

    return pd.Series(values, dtype=object)


def _attributes(doc_id: Any, cell: Any) -> dict[str, Any]:
    """Return the attributes of a hit, an empty dict where the cell is empty."""
    if isinstance(cell, str) and cell.strip():
        try:
            cell = json.loads(cell)
        except ValueError:
            raise BadInput(
                f"a hit of document '{doc_id}' has attributes that are no JSON: {cell[:40]!r}; "
                'they should look like {"type": "ANALOGY", "core": true}'
            ) from None
    return cell if isinstance(cell, dict) else {}


def _inside(text: Any, start: Any, source: Sequence[int] | None) -> str | None:
    """Return the words of the source if they stand inside the hit."""
    if source is None or not isinstance(text, str):
        return None
    first, last = source[0] - start, source[1] - start
    return folded(text[int(first) : int(last)]) if 0 <= first < last <= len(text) else None


def _between(text: str, span: Sequence[int] | None) -> str | None:
    return None if span is None else folded(text[span[0] : span[1]])
