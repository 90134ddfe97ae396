"""Title, paragraphs and language of a web page.

The standard library does it; where the extra `html` is installed (framing-analysis[html]),
trafilatura finds the article on the page instead, which is better on pages full of boxes.
"""

from __future__ import annotations

from html.parser import HTMLParser
from importlib.util import find_spec

BLOCKS = frozenset(("p", "h1", "h2", "h3", "li", "blockquote"))
OUTSIDE = frozenset(("nav", "header", "footer", "script", "style", "aside", "form", "noscript"))
BREAKS = frozenset(("br", "div", "section", "article", "td", "tr", "ul", "ol", "main", "body"))


def read_article(html: str) -> dict[str, str]:
    """Return the fields of a page as `read_page` does, its text by trafilatura if that is there."""
    fields = read_page(html)
    if find_spec("trafilatura") is None:
        return fields
    import trafilatura  # type: ignore[import-not-found, unused-ignore]

    article = trafilatura.bare_extraction(html, include_comments=False, include_tables=False)
    if article is None or not article.text:
        return fields
    title = article.title or fields.get("title", "")
    paragraphs = [line.strip() for line in article.text.splitlines() if line.strip()]
    if paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    fields["text"] = "\n\n".join(paragraphs)
    return fields | ({"title": title} if title else {})


def read_page(html: str) -> dict[str, str]:
    """Return the fields `text`, `title` and `lang` of a page; the latter two only if given.

    The text is that of paragraphs, headings, list items and block quotations outside
    navigation, page header and footer, scripts, forms and asides, one blank line between two.
    The first `h1`, or else `title`, is the title and no part of the text.

    Examples
    --------
    >>> read_page("<h1>Budget</h1><nav><p>Home</p></nav><p>Taxes <b>rise</b>.</p><p>Soon.</p>")
    {'text': 'Taxes rise.\\n\\nSoon.', 'title': 'Budget'}
    """
    parser = _Page()
    parser.feed(html)
    parser.close()
    parser.end_block()
    heading = next((block for tag, block in parser.blocks if tag == "h1"), "")
    body = [block for tag, block in parser.blocks if (tag, block) != ("h1", heading)]
    title = heading or parser.heading or " ".join("".join(parser.title).split())
    fields = {"text": "\n\n".join(body or parser.loose), "title": title, "lang": parser.lang}
    return {name: value for name, value in fields.items() if value or name == "text"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.loose: list[str] = []
        self.title: list[str] = []
        self.heading = ""
        self.lang = ""
        self._outside: list[str] = []
        self._block = ""
        self._parts: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.lang = (dict(attrs).get("lang") or "").strip()
        elif tag == "title":
            self._in_title = not self.title
        elif tag in OUTSIDE:
            self.end_block()
            self._outside.append(tag)
        elif tag in BLOCKS:
            self.end_block()
            self._block = tag
        elif tag == "br":
            self._parts.append(" ")
        elif tag in BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in self._outside:
            self.end_block()
            while self._outside.pop() != tag:
                pass
        elif tag in BLOCKS:
            self.end_block()
        elif tag in BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._outside or (self._block == "h1" and self._outside[-1] == "header"):
            self._parts.append(data)

    def _break(self) -> None:
        inside = self._block if self._block in ("li", "blockquote") else ""
        self.end_block()
        self._block = inside

    def end_block(self) -> None:
        """Put the words gathered since the last one where they belong."""
        words = " ".join("".join(self._parts).split())
        if words and self._block == "h1" and "header" in self._outside:
            self.heading = self.heading or words
        elif words and self._block:
            self.blocks.append((self._block, words))
        elif words:
            self.loose.append(words)
        self._parts = []
        self._block = ""
