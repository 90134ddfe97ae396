"""A drawing taken into a web page: named, its ids its own, nothing outside referred to."""

from __future__ import annotations

import re
from html import escape

_HEAD = re.compile(r"^.*?(?=<svg)", re.DOTALL)
_OPENING = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'\b(?:width|height|viewBox)="[^"]*"')
_UNSEEN = re.compile(
    r"<metadata>.*?</metadata>|<style\b[^>]*>.*?</style>|<!--.*?-->|<title>.*?</title>", re.DOTALL
)
_ID = re.compile(r'(?<=\sid=")(?=[^"]+")|(?<=url\(#)|(?<=href="#)')
_FALLBACK = re.compile("'DejaVu Sans'(?!,)")


def inline_svg(svg: str, name: str, title: str, alt: str) -> str:
    """Return SVG text as an element of a page.

    Metadata, style sheets and comments of the file are left out, its ids begin with `name`, so
    that several drawings can stand in one page, and `title` and `alt` tell what is drawn.

    Examples
    --------
    >>> drawn = '<?xml version="1.0"?><svg width="9pt" viewBox="0 0 9 9"><g id="a"/></svg>'
    >>> print(inline_svg(drawn, "f1", "Figure 1", "One < two."))
    <svg width="9pt" viewBox="0 0 9 9" role="img" aria-labelledby="f1-title f1-desc"><title
    id="f1-title">Figure 1</title><desc id="f1-desc">One &lt; two.</desc><g id="f1-a"/></svg>
    """
    body = _UNSEEN.sub("", _HEAD.sub("", svg, count=1))
    body = _FALLBACK.sub("'DejaVu Sans', Verdana, sans-serif", _ID.sub(f"{name}-", body))
    opening = _OPENING.match(body)
    if opening is None:
        raise ValueError("not an SVG drawing")
    size = " ".join(_SIZE.findall(opening[0]))
    named = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    told = f'<title id="{name}-title">{escape(title)}</title>'
    told += f'<desc id="{name}-desc">{escape(alt)}</desc>'
    return f"<svg {size} {named}>{told}{body[opening.end() :].rstrip()}"
