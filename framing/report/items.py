"""What a section of a report may hold, and how each kind is told from the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from framing.report.drawing import whole_figure
from framing.tables import VOICES, BadInput

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["words", "definitions", "marked", "table", "figure"]
_NUMBERED = ("table", "figure")
FACTS = ("outlet", "date", "author")


@dataclass(frozen=True)
class MarkedText:
    """An article printed with its voices and hits marked.

    Of an annotated document, a section takes the pair ``(document, hits)``, which is short for
    ``MarkedText.of(document, hits)``.

    Parameters
    ----------
    title : str
        Headline, or whatever names the article.
    meta : Mapping or str
        Facts printed below the title, such as outlet and date.
    text : str
        The unmodified text into which the offsets of `runs` and `hits` point.
    runs : sequence of (start, end, voice) or (start, end, voice, speaker)
        Who speaks where. What no run covers is the outlet's own.
    hits : pandas.DataFrame or sequence of Mapping
        Rows of a hits table; `start`, `end` and `extractor` are needed, `label`, `voice`,
        `speaker`, `text` and `in_title` are used where present.

    Examples
    --------
    >>> MarkedText("A vote", {"outlet": "Daily"}, "They caved.", [(0, 11, "outlet")],
    ...            [{"start": 5, "end": 10, "extractor": "loaded_language"}]).title
    'A vote'
    """

    title: str
    meta: Mapping[str, object] | str
    text: str
    runs: Sequence[Sequence[Any]] = ()
    hits: pd.DataFrame | Sequence[Mapping[str, Any]] = ()

    @classmethod
    def of(cls, document: Any, hits: pd.DataFrame) -> MarkedText:
        """Return a document with its voices and speakers and with those of the hits that are its.

        Parameters
        ----------
        document : Document
            Its voices are those found when it was annotated.
        hits : pandas.DataFrame
            Table of hits; those of other documents are left out.

        Examples
        --------
        >>> import pandas as pd
        >>> from framing.text.document import Document
        >>> found = pd.DataFrame({"doc_id": ["a"], "start": [5], "end": [10], "text": ["caved"],
        ...                       "extractor": ["loaded_language"]})
        >>> MarkedText.of(Document("a", "They caved.", "A vote"), found).title
        'A vote'
        """
        mine = hits[hits["doc_id"].astype(str) == str(document.doc_id)]
        for start, end, words in mine[["start", "end", "text"]].itertuples(index=False):
            if document.text[start:end] != words:
                raise BadInput(
                    f"document '{document.doc_id}': the hit at {start}-{end} reads "
                    f"{str(words)[:40]!r}, the text there {document.text[start:end][:40]!r}; "
                    "use the hits of this very text"
                )
        speakers = document.cache.get("speakers", {})
        runs = [(*run, speakers.get(run[0])) for run in document.runs]
        facts = {key: document.meta[key] for key in FACTS if document.meta.get(key)}
        return cls(document.title or document.doc_id, facts, document.text, runs, mine)


@dataclass(frozen=True)
class Captioned:
    """A figure or table with the caption printed beside its number.

    Parameters
    ----------
    item : matplotlib Axes (one or all of a figure) or Figure, or pandas.DataFrame
    caption : str
    note : str, optional
        Small print below the item.
    name : str, optional
        Name by which words refer to the item: ``[[rates]]`` is printed as "Table 1", as a link.
    data : pandas.DataFrame, optional
        Of a table that prints a choice, or words for readers: what is written as CSV.

    Examples
    --------
    >>> import pandas as pd
    >>> Captioned(pd.DataFrame({"outlet": ["Daily"]}), "The outlets").caption
    'The outlets'
    """

    item: object
    caption: str
    note: str = ""
    name: str = ""
    data: pd.DataFrame | None = None

    def shown(self) -> object:
        """Return the one table, or the axes that stand for their whole figure."""
        items = items_of(self.item)
        if len({kind_of(item) for item in items}) != 1 or kind_of(items[0]) not in _NUMBERED:
            raise BadInput("a caption belongs to one table or one figure")
        if len({id(_whole(item)) for item in items}) > 1:
            raise BadInput("one caption was given to several figures or tables; give each its own")
        return items[0]


def _whole(item: Any) -> object:
    return whole_figure(item) if kind_of(item) == "figure" else item


def items_of(value: object) -> list[object]:
    """Return the items of a section, whether one was given or many.

    Examples
    --------
    >>> items_of("one"), items_of(["one", ["two"]])
    (['one'], ['one', 'two'])
    """
    if _is_read(value):
        return [MarkedText.of(*value)]  # type: ignore[misc]  # a pair, as _is_read says
    if hasattr(value, "ravel") and hasattr(value, "tolist") and not hasattr(value, "columns"):
        value = value.ravel().tolist()
    if isinstance(value, list | tuple):
        return [item for part in value for item in items_of(part)]
    return [value]


def _is_read(value: object) -> bool:
    """Tell whether a value is a document and a table of hits."""
    pair = value if isinstance(value, tuple) and len(value) == 2 else (None, None)
    return hasattr(pair[0], "doc_id") and hasattr(pair[0], "runs") and hasattr(pair[1], "columns")


def kind_of(item: object) -> Kind:
    """Return the kind of an item, or raise `BadInput` if a report cannot show it.

    Examples
    --------
    >>> kind_of("Some words."), kind_of({"construct": "what is measured"})
    ('words', 'definitions')
    """
    if isinstance(item, str):
        return "words"
    if isinstance(item, MarkedText):
        return "marked"
    if isinstance(item, Mapping):
        return "definitions"
    import pandas as pd

    if isinstance(item, pd.DataFrame):
        return "table"
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    if isinstance(item, Axes | FigureBase):
        return "figure"
    raise BadInput(
        f"a report cannot show a {type(item).__name__}; give words (str), a DataFrame, "
        "matplotlib axes or figure, a mapping, (document, hits), MarkedText, Captioned, or a list "
        "of these"
    )


def check_section(title: object, value: object) -> None:
    """Raise `BadInput` unless `title` and every item of `value` can stand in a report."""
    if not isinstance(title, str) or not title.strip():
        raise BadInput(f"section title {title!r}: must be words, such as 'By outlet'")
    try:
        for item in items_of(value):
            _check_item(item)
    except BadInput as error:
        raise BadInput(f"section '{title}': {error}") from None


def _check_item(item: object) -> None:
    if isinstance(item, Captioned):
        item.shown()
    elif kind_of(item) == "marked":
        _check_marked(item)  # type: ignore[arg-type]


def _check_marked(item: MarkedText) -> None:
    if not isinstance(item.text, str):
        raise BadInput(f"the text of '{item.title}' is a {type(item.text).__name__}, not a str")
    for run in item.runs:
        if len(run) not in (3, 4) or run[2] not in VOICES:
            raise BadInput(
                f"run {tuple(run)!r} of '{item.title}': must be (start, end, voice[, speaker]) "
                f"with a voice of {', '.join(VOICES)}"
            )
    for row in rows_of(item.hits):
        missing = [name for name in ("start", "end", "extractor") if name not in row]
        if missing:
            raise BadInput(f"the hits of '{item.title}' lack {', '.join(missing)}")


def rows_of(hits: pd.DataFrame | Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return hits as a list of dictionaries in the order of their offsets.

    Examples
    --------
    >>> rows_of([{"start": 4, "end": 5}, {"start": 0, "end": 2}])[0]
    {'start': 0, 'end': 2}
    """
    table: Any = hits
    records = table.to_dict(orient="records") if hasattr(table, "to_dict") else table
    rows = [{str(name): value for name, value in row.items()} for row in records]
    return sorted(rows, key=lambda row: (row.get("start", 0), row.get("end", 0)))
