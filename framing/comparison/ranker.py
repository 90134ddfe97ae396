"""A second stage that learns: it may veto a comparison the rules found, and never adds one."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from framing.comparison.rules import Found
from framing.tables import BadInput
from framing.text import clauses as cl
from framing.text.clauses import Unit

if TYPE_CHECKING:
    from framing.engine import Span

VERSION = 1


class Ranker:
    """Logistic regression over what a rule saw: rule, slot, kind of source, tense, distance.

    Parameters
    ----------
    weights : mapping of str to float
        One weight a feature, with ``"(intercept)"``.
    threshold : float
        Comparisons below that probability are dropped.

    Examples
    --------
    >>> ranker = Ranker({"(intercept)": 1.0, "rule=15.like": -4.0}, 0.2)
    >>> ranker.keeps(["rule=15.like"]), ranker.keeps(["rule=01.compared"])
    (False, True)
    """

    def __init__(self, weights: Mapping[str, float], threshold: float = 0.2) -> None:
        self.weights = dict(weights)
        self.threshold = threshold

    def keeps(self, features: Iterable[str]) -> bool:
        """Whether a comparison with these features stays."""
        score = self.weights.get("(intercept)", 0.0)
        score += sum(self.weights.get(feature, 0.0) for feature in features)
        return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0))) >= self.threshold

    @classmethod
    def fit(
        cls, cases: Sequence[Sequence[str]], right: Sequence[bool], threshold: float = 0.2
    ) -> Ranker:
        """Fit on comparisons the rules found and whether a reader took them for right."""
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression

        if len(set(right)) < 2:
            raise BadInput("the ranker needs right and wrong comparisons; all cases are alike")
        table = DictVectorizer()
        columns = table.fit_transform([dict.fromkeys(case, 1.0) for case in cases])
        model = LogisticRegression(C=0.5, class_weight="balanced").fit(columns, list(right))
        names = table.get_feature_names_out()
        weights = {str(n): float(w) for n, w in zip(names, model.coef_[0], strict=True)}
        return cls({"(intercept)": float(model.intercept_[0]), **weights}, threshold)

    def save(self, path: str | Path) -> None:
        """Write the weights as JSON."""
        page = {"version": VERSION, "threshold": self.threshold, "weights": self.weights}
        Path(path).write_text(json.dumps(page, indent=1, sort_keys=True) + "\n", "utf-8")

    @classmethod
    def load(cls, path: str | Path) -> Ranker:
        """Read what `save` wrote; anything else is `BadInput`."""
        try:
            page = json.loads(Path(path).read_text("utf-8"))
            if page["version"] != VERSION:
                raise BadInput(f"{path}: version {page['version']}, this package reads {VERSION}")
            weights = {str(name): float(weight) for name, weight in page["weights"].items()}
            return cls(weights, float(page["threshold"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, BadInput):
                raise
            raise BadInput(f"{path}: is no saved ranker ({error})") from error


def span_features(unit: Unit, found: Found, span: Span) -> list[str]:
    """Return the features of one comparison."""
    cue, source = found.cue, found.source
    attributes = span.attributes or {}
    words = unit.words[: cue.first]
    past = sum(word in cl.PAST or word.endswith("ed") for word in words)
    present = sum(word in cl.PRESENT or word in ("is", "are", "has", "have") for word in words)
    features = [
        f"rule={cue.rule.id}", f"type={span.label}", f"slot={cue.get('slot')}",
        f"maker={attributes.get('maker_kind')}", f"target={attributes.get('target') is not None}",
        f"tense={'past' if past > present else 'present' if present else 'none'}",
    ]  # fmt: skip
    if source is not None:
        distance = source.first - cue.last if source.first > cue.last else cue.first - source.last
        features += [f"kind={source.kind}", f"distance={min(distance, 6)}"]
    return features
