"""Signs that no font of the PDF has: found by asking Typst, and told to the reader."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from framing.report.pdf import ask

NO_SIGN = "\U0010fffd"
MOST_NAMED = 12
_UNDRAWN = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Mc", "Me")
_PROBE = b"""#let report = json("/report.json")
#set text(font: report.faces.slice(0, -1), fallback: false, size: 99pt)
#set text(top-edge: "bounds", bottom-edge: "bounds")
#context {
  let missing = measure(text(report.signs.first()))
  [#metadata(report.signs.slice(1).filter(sign => measure(text(sign)) == missing))<missing>]
}"""


def without_glyph(data: Mapping[str, Any]) -> list[str]:
    """Return the signs in the words of a report that its fonts can draw as boxes only.

    Marks that combine with a letter and signs that are never seen are not looked at.

    Parameters
    ----------
    data : Mapping
        What the template reads.

    Examples
    --------
    >>> without_glyph({"title": "Ἑλλάς, Київ, “ﬁne” \u2212 \u4e2d"}) == ["\u4e2d"]
    True
    """
    signs = sorted(
        sign for sign in set(json.dumps(data, ensure_ascii=False))
        if not sign.isascii() and unicodedata.category(sign) not in _UNDRAWN
    )  # fmt: skip
    return ask({"signs": [NO_SIGN, *signs]}, _PROBE, "<missing>") if signs else []


def boxes_told(signs: Iterable[str]) -> str:
    """Say which signs are printed as boxes: letters by their script, others by their numbers.

    Examples
    --------
    >>> boxes_told("\u4e2d\u56fd\u0e44\U0001fae0").split(". ")[0]
    'No font of this PDF has these signs, printed as boxes: CJK (2), Thai (1), U+1FAE0 (1)'
    """
    counts = Counter(map(_script, signs))
    named = [f"{name} ({number})" for name, number in counts.most_common(MOST_NAMED)]
    if len(counts) > len(named):
        named.append(f"{len(counts) - len(named)} more")
    told = ", ".join(named)
    return (
        f"No font of this PDF has these signs, printed as boxes: {told}. A web page (.html) shows "
        "them in the fonts of its reader."
    )


def _script(sign: str) -> str:
    name = unicodedata.name(sign, "") if unicodedata.category(sign).startswith("L") else ""
    first = name.split(" ")[0]
    return (first if first == "CJK" else first.title()) or f"U+{ord(sign):04X}"
