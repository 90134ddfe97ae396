"""Syllables of English words, counted by rule."""

from __future__ import annotations

import functools
import re
import unicodedata

VOWELS = re.compile(r"[aeiou]+y?[aeiouy]*|y[aeiouy]*")
INITIALS = re.compile(r"[A-Z]{2}|[BCDFGHJKLMNPQRSTVWXZ]{2,6}")
NEGATED = re.compile(r"[dst]n't$")

ENDINGS = (
    "ly|ments?|ful(?:ly)?|less|lessly|ness|some|ty|ties|teen|man|men|woman|women|one|body|day|"
    "sman|smen|swoman|swomen|sperson|thing|what|how|where|times?|land|house|household|hood|hold|"
    "boat|line|lines|storm|ball|work|works|book|books|wide|over|taker|well|cast|field|fighter|"
    "berg|goat|shed"
)
SILENT = tuple(map(re.compile, (
    r"(?<![aeiouy])(?<![^aeiouy][lr])e$",  # made, whole; not table, centre
    r"(?<![aeiouyszxcg])(?<!sh)(?<!ch)(?<![^aeiouy][lr])es$",  # makes; not houses, tables
    r"(?<![aeiouytd])(?<![^aeiouylrw][lr])ed$",  # asked, called; not wanted, settled, hundred
    rf"(?:(?<=[aeiouy][^aeiouyl])|(?<=[aeiouy][^aeiouy][cgsv]))e(?=(?:{ENDINGS})$)",  # safely
    r"(?<=[aeiouyns][gq])ue[sd]?$|^every",  # league, mosque; not argue
)))  # fmt: skip
SPLIT = tuple(map(re.compile, (
    r"(?<![cgst])ia(?!ges?$|r$|ment)|(?<=[cgst])ia(?=t[eio])",  # media, initiate; not special
    r"(?<![cgstxhn])(?<!ll)(?<!av)io|(?<=[^aeiou][ct])io(?!n|us)",  # radio; not union, nation
    r"iu|eu(?=ms?$)|(?<![pg])eo(?!us)|(?<=g)eo(?=[glm])|uou",  # medium, museum, video, continuous
    r"(?<![qgs])ua(?!de)|(?<=s)ua(?=l)|(?<![qg])ue(?=n(?!ch))|(?<![qgae])ue(?=l|t$)",  # fuel
    r"(?<![cts])ie(?=n[ct])|ie(?=ty)|(?<=[aeiou][lrnps])ie(?=r$|st$)|(?<=[^aeiou][lnrt])ie(?=r$)",
    r"(?<=[aeiouy])ing|ism(?=s?$)|(?<=[aeiou])y(?=[aeou](?!d$|s$))",  # doing, racism, player
    r"(?<=cr)ea(?=t(?!ur))|(?<=^r)ea(?=ct|l(?:i[stz]|l?y$))|(?<=[aeiou][dr])ea(?=s?$)|pea(?=n$)",
    r"(?<=p)oe(?=[mt])|(?<=^r)ui(?=n)|(?<=[^gq])ui(?=ds?$|tion)|(?<=^s)ui(?=ci)",  # poem, ruin
)))  # fmt: skip
KNOWN = {
    word: int(count)
    for count, words in {
        "1": "eye eyes whose priest priests",
        "2": "people being business evening science chaos quiet diet giant giants louis liar dial "
        "trial trials client clients riot riots soldier soldiers cafe colonel colonels wednesday "
        "leopard leopards frontier mr mrs dr",
        "3": "theatre theatres nuclear parliament alien aliens soviet heroin recipe recipes",
        "4": "coalition coalitions catastrophe catastrophes",
    }.items()
    for word in words.split()
}


@functools.lru_cache(maxsize=1 << 16)
def syllables(word: str) -> int:
    """Count the syllables of one word.

    Parameters
    ----------
    word : str
        As written; capitals matter only for initials.

    Returns
    -------
    int
        At least 1.

    Notes
    -----
    A word counts its groups of vowel letters (a e i o u y; a y at the beginning before a vowel is
    none). Silent letters are taken off: the e of a final -e, -es, -ed where it is not spoken, and
    before -ly, -ment, -ful, -less, -ness. Vowels spoken apart are added: "media", "radio", "doing".
    A short list holds words that no rule fits. Initials count one a letter, three for a W; two
    capitals ("EU") are initials, longer ones if they hold no vowel ("NHS"). A word without a letter
    ("1,200") counts one.

    Examples
    --------
    >>> [syllables(word) for word in ("table", "asked", "wanted", "media", "isn't", "NHS", "1918")]
    [2, 1, 2, 3, 2, 3, 1]
    """
    written = word.replace("’", "'")
    bare = written.removesuffix("'s").removesuffix("s") if written[:2].isupper() else ""
    if INITIALS.fullmatch(bare):
        return len(bare) + 2 * bare.count("W")
    plain = unicodedata.normalize("NFKD", written.lower())
    extra = bool(NEGATED.search(plain))
    base = "".join(char for char in plain.split("'")[0] if "a" <= char <= "z")
    if base in KNOWN:
        return KNOWN[base] + extra
    if base[:1] == "y" and base[1:2] in tuple("aeiou"):
        base = base[1:]
    count = len(VOWELS.findall(base)) + extra
    count -= sum(rule.search(base) is not None for rule in SILENT)
    count += sum(len(rule.findall(base)) for rule in SPLIT)
    return max(count, 1)
