"""The works that methods rest on; a report lists those it cites."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORKS: Mapping[str, str] = {
    "Benjamini and Hochberg 1995": "Benjamini, Y. and Hochberg, Y. (1995). Controlling the false "
    "discovery rate: a practical and powerful approach to multiple testing. Journal of the Royal "
    "Statistical Society, Series B 57(1), 289–300.",
    "Cameron, Gelbach and Miller 2008": "Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). "
    "Bootstrap-based improvements for inference with clustered errors. Review of Economics and "
    "Statistics 90(3), 414–427.",
    "Cochran 1977": "Cochran, W. G. (1977). Sampling Techniques, third edition. Wiley.",
    "Efron and Tibshirani 1993": "Efron, B. and Tibshirani, R. J. (1993). An Introduction to the "
    "Bootstrap. Chapman and Hall.",
    "Garwood 1936": "Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika "
    "28(3/4), 437–442.",
    "Gentzkow, Shapiro and Taddy 2019": "Gentzkow, M., Shapiro, J. M. and Taddy, M. (2019). "
    "Measuring group differences in high-dimensional choices: method and application to "
    "congressional speech. Econometrica 87(4), 1307–1340.",
    "Kitagawa 1955": "Kitagawa, E. M. (1955). Components of a difference between two rates. "
    "Journal of the American Statistical Association 50(272), 1168–1194.",
    "Krippendorff 2004": "Krippendorff, K. (2004). Content Analysis: An Introduction to Its "
    "Methodology, second edition. Sage.",
    "Monroe, Colaresi and Quinn 2008": "Monroe, B. L., Colaresi, M. P. and Quinn, K. M. (2008). "
    "Fightin' Words: lexical feature selection and evaluation for identifying the content of "
    "political conflict. Political Analysis 16(4), 372–403.",
}


def references(words: str) -> list[str] | str:
    """Return the works cited in `words`, in order of their authors.

    Parameters
    ----------
    words : str
        Text that cites as in ``(Cochran 1977)`` or ``Cochran (1977)``.

    Returns
    -------
    list of str
        One item a work, to be a section of a report; a sentence where nothing is cited.

    Examples
    --------
    >>> references("A ratio of sums (Cochran 1977).")
    ['Cochran, W. G. (1977). Sampling Techniques, third edition. Wiley.']
    """
    flat = re.sub(r"\((\d{4})\)", r"\1", " ".join(words.split()))
    return [WORKS[key] for key in sorted(WORKS) if key in flat] or "No work is cited."
