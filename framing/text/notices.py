"""What is worth saying about a corpus that is no error: empty, foreign-looking, repeated texts."""

from __future__ import annotations

import hashlib
import re

from framing.text.document import Document

_WORDS = """the and of to that for with by from this which are were have has had been not but his
her they their would could should it its she who what when where there you your our my how why
because than then these those some about into after before against out up off more can may being
be if just i"""
FUNCTION_WORDS = frozenset(_WORDS.split())
LEAST_SHARE = 0.02
LEAST_WORDS = 8  # a headline of fewer may well have none
SHORT_WORDS = 5
CLEAR_SHARE = 0.05
SHOWN = 3
_SPACES = b" \t\n\r\x0b\x0c"
_WORD = re.compile(r"[^\W\d_]+")


class Notices:
    """Counts, while documents pass by, what the reader of the results should know.

    Attributes
    ----------
    n_documents : int
    english : bool
        Set where the language is known, to leave out the look at function words.
    column : str
        The column of the texts, set where they come from a table.
    n_numbered : int
        Documents whose id is their place, because the input has none.

    Examples
    --------
    >>> notices = Notices()
    >>> notices.see(Document("a", ""))
    >>> notices.lines()
    ["1 document has an empty text (0 words, no rates): 'a'"]
    """

    def __init__(self) -> None:
        self.n_documents = 0
        self.english = False
        self.column = ""
        self.n_numbered = 0
        self._n_short = 0
        self._empty = _Group()
        self._foreign = _Group()
        self._repeated = _Group()
        self._refused = _Group()
        self._texts: dict[bytes, str] = {}
        self._said: list[str] = []

    def see(self, document: Document) -> None:
        """Look at one document."""
        self.n_documents += 1
        if not document.text or document.text.isspace():
            self._empty.add(f"'{document.doc_id}'")
            return
        self._n_short += len(document.text.split(None, SHORT_WORDS)) < SHORT_WORDS
        if not self.english and "lang" not in document.meta and looks_foreign(document.text):
            self._foreign.add(f"'{document.doc_id}'")
        first = self._texts.setdefault(folded(document.text), document.doc_id)
        if first != document.doc_id:
            self._repeated.add(f"'{document.doc_id}' (as '{first}')")

    def refuse(self, reason: str) -> None:
        """Note a refused row."""
        self._refused.add(reason)

    def say(self, line: str) -> None:
        """Add a line of somebody else's."""
        self._said.append(line)

    def lines(self) -> list[str]:
        """Return one line for every kind of thing that was noticed; none if nothing was."""
        groups = (
            (self._refused, "row was refused", "rows were refused", ""),
            (self._empty, "document has", "documents have", " an empty text (0 words, no rates)"),
            (
                self._foreign, "document has", "documents have",
                " under 2 % common English function words and no field lang (only English is read)",
            ),
            (self._repeated, "text repeats", "texts repeat", " another but for white space"),
        )  # fmt: skip
        return (
            self._said
            + self._short()
            + [
                f"{group.count} {one if group.count == 1 else many}{rest}: {group.shown()}"
                for group, one, many, rest in groups
                if group.count
            ]
        )

    def _short(self) -> list[str]:
        if not self.column or 2 * self._n_short <= self.n_documents - self._empty.count:
            return []
        return [
            f"most texts are shorter than five words; is '{self.column}' the column of the texts?"
        ]


class _Group:
    def __init__(self) -> None:
        self.count = 0
        self._first: list[str] = []

    def add(self, item: str) -> None:
        self.count += 1
        if self.count <= SHOWN:
            self._first.append(item)

    def shown(self) -> str:
        return ", ".join(self._first) + (", ..." if self.count > SHOWN else "")


def looks_foreign(text: str) -> bool:
    """Tell whether fewer than 2 % of the words are common English function words.

    Examples
    --------
    >>> looks_foreign("Der Minister wies die Kritik der Opposition zurück.")
    True
    >>> looks_foreign("The minister rejected what the opposition had said.")
    False
    """
    head = text[:400].lower().split()
    if sum(map(FUNCTION_WORDS.__contains__, head)) > CLEAR_SHARE * len(head):
        return False
    words = _WORD.findall(text.lower())
    found = sum(map(FUNCTION_WORDS.__contains__, words))
    return len(words) >= LEAST_WORDS and found < LEAST_SHARE * len(words)


def folded(text: str) -> bytes:
    """Return a fingerprint of the text that white space has no part in."""
    raw = text.replace("\xa0", " ").encode("utf-8", "surrogatepass").translate(None, _SPACES)
    return hashlib.blake2b(raw, digest_size=16).digest()
