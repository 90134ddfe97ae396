"""Pages of the measures, written from lexicon, docstring and the files in validity/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import validity_tables as tables

from framing.engine import annotate
from framing.extractors import shipped
from framing.extractors.base import Extractor, codebook
from framing.text.corpus import Corpus
from framing.text.document import Document

Pages = Mapping[str, Mapping[str, Any]]
AUC = """AUC is the chance that a marked sentence has a higher count than an unmarked one: .5 is no
relation, 1 a perfect one. The people marked a construct of their own, not this one, so a low figure
may mean a different construct and a high one does not make them the same."""
READ = """Of *hits read in context*, `right` is the share that one run of a language model, not a
person, found to be what measure and label say, with the codebook above, in news articles nobody had
looked at before; `right before` is the share in other articles before the rules were mended by that
reading, read by another run. Two runs do not always draw the line alike: compare them with care.

"""
SINGLE = ("rule ", "wrong entry ")  # single rules and entries: too few cases each to print
PACKAGE = "framing-analysis"
OWN_FILES = {"historical_comparison": ("history_", "vossanto", "voice_ablation"),
             "partisan_framing": ("labels", "us_slant", "voice_ablation"),
             "loaded_language": ("voice_ablation",)}  # fmt: skip
VOICES = """# Voices: how well they are found

Every rate in the outlet's own voice rests on telling its words from those of others. That is done
by rules, and some voices are found wrongly. *Content* is counted in words, *attribution* in whole
stretches of speech that overlap one marked by a person; *speaker* is the share of rightly found
stretches whose speaker is right.
"""
INDEX = """# Every measure

A measure is a list of words and a rule; what it finds are stretches of text, each with a label and
a voice. The pages below are written from the same files the program reads: the codebook of the
measure, its docstring, and what has been measured about it.

{table}

```{{toctree}}
:hidden:

{names}
voices
validity
```

Measures of whole documents (readability, style) and of groups of documents (keyness, partisanship,
slant) have no spans; they stand in the [API](../api/measures.md).

## How they agree with people

AUC of each measure in the outlet's own voice, for sentences that people marked. {auc}

{matrix}

How well voices are told apart has a [page of its own](voices.md), as has [everything else that was
measured](validity.md).
"""


def write(folder: Path, validity: Path) -> None:
    """Write an index, one page a measure, one on voices and one on all other checks."""
    folder.mkdir(exist_ok=True)
    pages = tables.read(validity)
    extractors = {name: make() for name, make in shipped().items()}
    for name, extractor in extractors.items():
        (folder / f"{name}.md").write_text(page(extractor, pages), "utf-8")
    (folder / "index.md").write_text(index(extractors, pages), "utf-8")
    (folder / "voices.md").write_text(VOICES + "\n" + files(pages, ("voices_",), 2), "utf-8")
    (folder / "validity.md").write_text(validity_page(pages), "utf-8")


def index(extractors: Mapping[str, Extractor], pages: Pages) -> str:
    rows = [[f"[{name}]({name}.md)", (type(extractor).__doc__ or "").splitlines()[0],
             ", ".join(tables.words(label) for label in extractor.label_names)]
            for name, extractor in extractors.items()]  # fmt: skip
    listed = tables.pipe_table(["measure", "what it finds", "labels"], rows)
    return INDEX.format(table=listed, names="\n".join(extractors), auc=AUC,
                        matrix=matrix(list(extractors), pages))  # fmt: skip


def matrix(names: list[str], pages: Pages) -> str:
    """Return AUC by measure and kind of mark, in the outlet's own voice."""
    found = {name: {(row["corpus"], row["gold"]): row for row in tables.sentence_rows(pages, name)
                    if row["voice"] == "outlet"} for name in names}  # fmt: skip
    kinds = list(dict.fromkeys(kind for cells in found.values() for kind in cells))
    if not kinds:
        return tables.NOT_MEASURED
    head = [f"{tables.corpus_name(corpus)}: {tables.words(gold).lower()}" for corpus, gold in kinds]
    body = [[f"[{name}]({name}.md)", *(tables.number(cells[kind]["estimate"]) if kind in cells
                                       else "–" for kind in kinds)]
            for name, cells in found.items()]  # fmt: skip
    return tables.pipe_table(["measure", *head], body)


def page(extractor: Extractor, pages: Pages) -> str:
    """Return the page of one measure."""
    info, book = extractor.entries.info, codebook(extractor)
    kind = type(extractor)
    own = extractor.entries.id == extractor.name
    definition = one_line(info.get("definition", "")) if own else ""
    parts = [
        f"# {tables.words(extractor.name).capitalize()}\n",
        f"**{(kind.__doc__ or '').splitlines()[0]}** {definition}\n",
        section("What it is", book.get("construct")),
        section("The rule", book.get("rule")),
        "## Labels\n\n" + labels(extractor),
        "## Found, and not found\n\nWhat the program marks is in bold.\n",
        examples(extractor, book.get("positive", ())),
        "Not marked by this measure:\n\n" + bullets(book.get("negative", ())),
        "## Known failures\n\n" + bullets(book.get("known_failures", ())),
        "## What has been measured\n\n" + measured(extractor.name, pages),
        "## In a notebook\n\n" + usage(extractor),
        f"```{{eval-rst}}\n.. autoclass:: {kind.__module__}.{kind.__name__}\n```\n",
        f"List `{extractor.entries.id}`: {len(extractor.entries.entries):,} entries, version "
        f"{extractor.entries.version}, {info.get('licence', 'licence not stated')}. "
        f"{one_line(info.get('source', ''))}\n",
    ]
    return "\n".join(parts)


def one_line(text: Any) -> str:
    return " ".join(str(text).split())


def section(title: str, text: Any) -> str:
    return f"## {title}\n\n{one_line(text)}\n" if text else ""


def bullets(lines: Any) -> str:
    return "".join(f"- {one_line(line)}\n" for line in lines) or "None are written down.\n"


def labels(extractor: Extractor) -> str:
    said: dict[str, str] = {}
    for lexicon in extractor.lexicons:
        said = dict(lexicon.info.get("labels", {})) | said
    rows = [[f"`{name}`", one_line(said.get(name, "–"))] for name in extractor.label_names]
    return tables.pipe_table(["label", "what it is"], rows)


def examples(extractor: Extractor, sentences: Any) -> str:
    """Return example sentences with what the program finds in bold."""
    lines = []
    documents = [Document(str(n), one_line(text), None, {"date": "2020-01-01"})
                 for n, text in enumerate(sentences)]  # fmt: skip
    found = annotate(Corpus(documents), [extractor])
    for document in documents:
        hits, text = found[found["doc_id"] == document.doc_id], document.text
        marked, last = "", 0
        for start, end in zip(hits["start"].tolist(), hits["end"].tolist(), strict=True):
            if start >= last:
                marked += f"{text[last:start]}**{text[start:end]}**"
                last = end
        named = ", ".join(dict.fromkeys(f"`{label}`" for label in hits["label"]))
        lines.append(f"{marked}{text[last:]} {named and f'({named})'}")
    return bullets(lines)


def usage(extractor: Extractor) -> str:
    stem = f"{extractor.name}.outlet"
    return (
        "```python\nimport framing as fr\n\ncorpus = fr.read_corpus(\"corpora/newsstand\")\n"
        f'hits = fr.annotate(corpus, ["{extractor.name}"])\n'
        'hits[["doc_id", "text", "label", "voice", "speaker"]]\n'
        f'fr.score(hits, corpus)[["doc_id", "{stem}.count", "{stem}.per_1k"]]\n```\n'
    )  # fmt: skip


def measured(name: str, pages: Pages) -> str:
    rows = tables.sentence_rows(pages, name)
    head = f"### Beside marks of people\n\nSentences of published corpora. {AUC}\n\n"
    text = head + tables.against_marks(rows) if rows else ""
    own = ("hits_", *OWN_FILES.get(name, ()))
    other = {stem: {**page, "rows": [row for row in page["rows"]
                                     if str(row.get("measure", name)).startswith(name)]}
             for stem, page in pages.items() if stem.startswith(own)}  # fmt: skip
    parts = [READ + files(other, own)] * bool(other) + [text] * bool(text)
    return "\n".join(parts) or tables.NOT_MEASURED + "\n"


def files(pages: Pages, starts: tuple[str, ...], level: int = 3) -> str:
    """Return all tables of the files whose names start so."""
    parts = []
    for stem, page in pages.items():
        rows = [row for row in page["rows"] if is_a_result(row)]
        if stem.startswith(starts) and rows:
            said = f"Measured on {page['date']} with version {page['versions'][PACKAGE]}."
            parts.append(f"{'#' * level} {title(stem)}\n\n{said}\n\n{tables.table(rows)}")
    return "\n".join(parts) or tables.NOT_MEASURED + "\n"


def is_a_result(row: Mapping[str, Any]) -> bool:
    """Say whether a row is worth printing: no single rule or phrase, no list of phrases."""
    single = "phrase" in row or str(row.get("group", "")).startswith(SINGLE)
    return not single and not (len(row) == 1 and isinstance(next(iter(row.values())), list | dict))


def title(stem: str) -> str:
    """Return a heading for a file: what was measured, then on what."""
    kinds = {"voices": "Voices", "history": "Historical comparisons", "frames": "Classifiers",
             "voice_ablation": "Own voice and voice-blind", "measures": "Measures"}  # fmt: skip
    for start, kind in sorted(kinds.items(), key=lambda item: -len(item[0])):
        if stem.startswith(f"{start}_"):
            corpus, _, part = stem.removeprefix(f"{start}_").partition("-")
            return f"{kind}: {tables.corpus_name(corpus)}{f', {tables.words(part)}' * bool(part)}"
    name = tables.corpus_name(stem)
    return name[0].upper() + name[1:]


def validity_page(pages: Pages) -> str:
    shown = {stem: page for stem, page in pages.items()
             if not stem.startswith(("measures_", "voices_"))}  # fmt: skip
    head = """# Everything else that was measured

Tables as the long checks (`python3 run.py check`) leave them; intervals are 95 %. Measures against
marks of people stand on the [page of each measure](index.md), voices on [their own](voices.md).
The published corpora cannot be passed on; [recipes](../recipes.md) says how to get them.

Of classifiers, *majority* always guesses the commonest label, *metadata: outlet* guesses from the
outlet alone, *rhetoric* from the rates of the measures alone; *text minus* is how much the text
adds to such a guess. The protocol says what is kept together in folds.

"""
    return head + files(shown, ("",), 2)
