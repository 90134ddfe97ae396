"""The card of a classifier: what it is, how well it does where, where it fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

CALLS = {
    "single": "of exactly one frame; called is the one with the highest probability over its "
    "threshold (odds over odds), which need not be the most probable one",
    "multi": "every frame whose probability is above its threshold",
    "binary": "the frame where its probability is above the threshold",
}
MAIN = ("macro_f1", "micro_f1", "auc", "ece", "brier")


def card_text(classifier: Any, facts: Mapping[str, Any]) -> str:
    """Return the card as Markdown, written from the facts and the evaluation among them.

    Parameters
    ----------
    classifier : FrameClassifier
    facts : mapping
        `title, data, licence, use, limits, evaluation` (`Evaluation.as_dict()`), all optional.
    """
    name = getattr(classifier, "name_", "") or facts.get("name") or "classifier"
    book = classifier.read_codebook()
    units = {"document": "documents", "sentence": "sentences"}[classifier.unit]
    scheme = f"{book.title} ({book.id}, {book.version})" if book else "the labels of the data"
    lines = [f"# {name}", ""]
    if facts.get("title"):
        lines += [f"{facts['title']}.", ""]
    lines += [
        f"- **Frames** ({classifier.kind_}, of {units}): {', '.join(classifier.frames_)}",
        f"- **Codebook**: {scheme}",
        f"- **Calls**: {CALLS[classifier.kind_]}",
        f"- **Learnt from**: {facts.get('data') or 'not said'}{_length(classifier, units)}",
        f"- **Licence of the weights**: {facts.get('licence') or 'not said; ask whoever made it'}",
        f"- **Use**: {facts.get('use') or 'not said'}",
        f"- **Trained with**: {facts.get('command') or 'not said'}",
        "", "## Where it fails", "",
        facts.get("limits") or "Not written down. Measure it on your own texts before using it.",
        "",
        "It is an instrument for texts like those it learnt from. A share of frames it reports for "
        "other texts is uncorrected until 100 to 200 labels from those texts correct it.",
        "",
    ]  # fmt: skip
    lines += _recalibration(facts.get("recalibration"))
    evaluation = facts.get("evaluation")
    if evaluation:
        lines += ["## Scores", "", *_summary(evaluation), ""]
        lines += scores_text(evaluation) if "scores" in evaluation else []
        lines += _transfer(evaluation)
    else:
        lines += ["## Scores", "", "No evaluation is stored with it.", ""]
    return "\n".join(lines)


def _length(classifier: Any, units: str) -> str:
    words = getattr(classifier, "median_words_", None)
    return f"; {units} of {words:.0f} words (median)" if words else ""


def _recalibration(found: Mapping[str, Any] | None) -> list[str]:
    if not found:
        return []
    before, after = found["ece_before"], found["ece_after"]
    return [
        f"Its probabilities were fitted again to {found['n']} labelled texts: expected calibration "
        f"error {before:.3f} before, {after:.3f} after, on texts left out (mean over frames, ten "
        "bins).", "",
    ]  # fmt: skip


def _summary(found: Mapping[str, Any]) -> list[str]:
    """Return the figure to expect, the one not to expect, and where it fails most."""
    away = [f"{_named(row)} ({row['corpus']})" for row in found.get("transfer") or ()
            if row["metric"] == "macro_f1" and "," not in row["corpus"]]  # fmt: skip
    elsewhere = [f"- **On other texts: {'; '.join(away)}**."] if away else []
    if "scores" not in found:
        return elsewhere
    strict, lines = found["strictest"], []
    by = {(row["protocol"], row["metric"]): row
          for row in found["scores"] if row["model"] == "text"}  # fmt: skip
    if (strict, "macro_f1") in by:
        lines += [f"- **Expect {_named(by[strict, 'macro_f1'])}** ({strict}, the strictest "
                  "protocol)."]  # fmt: skip
    if strict != "random" and ("random", "macro_f1") in by:
        lines += [f"- Random folds give {_named(by['random', 'macro_f1'])}: do not expect it of "
                  "new texts."]  # fmt: skip
    frames = [row for row in found["frames"] if row["protocol"] == strict and row["n"]]
    if frames:
        worst = min(frames, key=lambda row: row["f1"] or 0)
        lines += [f"- {'Weakest frame: ' * (len(frames) > 1)}{worst['frame']}, F1 "
                  f"{_two(worst['f1'])}: {_two(worst['precision'])} of its calls are right, "
                  f"{_two(worst['recall'])} of its {worst['n']} units are found."]  # fmt: skip
    return lines + elsewhere


MODELS = {
    "majority": "always gives the most frequent label",
    "metadata": "knows the field and no text",
    "rhetoric": "knows the rates of the shipped measures only",
    "minus": "is the difference between two models",
}


def _legend(scores: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say what the models beside the classifier are, and what is resampled where."""
    there = " ".join(row["model"] for row in scores)
    told = [f"*{name}* {does}" for name, does in MODELS.items() if name in there]
    said = [f"*text* is the classifier; {'; '.join(told)}."] if told else []
    counts = {(row["protocol"], row["n_clusters"]) for row in scores}
    if len({count for _, count in counts}) < len(counts):
        said.append("Of few groups that are left out whole the interval resamples the finest units "
                    "there are: it holds for these groups, not for others.")  # fmt: skip
    return [" ".join(said)] if said else []


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['metric'].replace('_f1', '-F1')} {_value(row)}"


def scores_text(found: Mapping[str, Any]) -> list[str]:
    """Return the tables of an evaluation (`Evaluation.as_dict()`) as lines of Markdown."""
    lines = [
        f"Refitted in every fold on {found['n_units']} units, {found['n_tested']} of them tested; "
        f"intervals of 95 % from resampling clusters. The strictest protocol is the one to expect "
        "for new texts; random folds, which most published figures rest on, stand beside it.", "",
    ]  # fmt: skip
    if found["strictest"] == "as it is":
        lines[0] = f"As it is, nothing refitted, on {found['n_units']} units; intervals of 95 %."
    rows = [
        (row["protocol"], row["model"], row["metric"].replace("_", " "), _value(row),
         row["n_units"], row["n_clusters"])
        for row in found["scores"]
        if row["metric"] in MAIN or row["metric"].startswith("auc_within")
    ]  # fmt: skip
    lines += _table(("protocol", "model", "measure", "value", "units", "clusters"), rows)
    lines += [*_legend(found["scores"]), ""]
    strict = found["strictest"]
    lines += [f"## Frames ({strict})", ""]
    frames = [
        (row["frame"], row["n"], _two(row["precision"]), _two(row["recall"]), _two(row["f1"]),
         f"{_two(row['f1_low'])} to {_two(row['f1_high'])}".replace("- to -", "-"),
         _two(row["auc"]), _two(row["ece"]),
         _two(row["prevalence"]), _two(row["prevalence_predicted"]))
        for row in found["frames"] if row["protocol"] == strict
    ]  # fmt: skip
    lines += _table(("frame", "n", "precision", "recall", "F1", "interval", "AUC", "ECE", "share",
                     "predicted share"), frames)  # fmt: skip
    if found["groups"]:
        lines += ["## Errors by group", ""]
        lines += _table(("group", "measure", "value", "units"), [
            (f"{row['field']}: {row['group']}", row["measure"].replace("_", " "), _value(row),
             row["n"]) for row in found["groups"]
        ])  # fmt: skip
    if found["leaks"]:
        lines += [
            "## Leakage of random folds",
            "",
            "Share of units whose near-duplicate or group "
            "lies on the other side of a random fold: what lifts the figures there.",
            "",
        ]
        lines += _table(("leak", "of", "units", "share"), [
            (row["leak"], row["what"], row["n"], _two(row["share"])) for row in found["leaks"]
        ])  # fmt: skip
    return lines


def _transfer(found: Mapping[str, Any]) -> list[str]:
    if not found.get("transfer"):
        return []
    rows = [
        (row["corpus"], row["metric"].replace("_", " "), _value(row), row["n_units"])
        for row in found["transfer"]
    ]
    head = ["## On other texts", ""]
    return [*head, *_table(("corpus", "measure", "value", "units"), rows)]


def _table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> list[str]:
    names = list(head)
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return [*lines, ""]


def _value(row: Mapping[str, Any]) -> str:
    low, high = row.get("low"), row.get("high")
    if row["estimate"] is None:
        return "-"
    if low is None or high is None or low != low:
        return f"{row['estimate']:.3f}"
    return f"{row['estimate']:.3f} [{low:.3f}, {high:.3f}]"


def _two(value: float | None) -> str:
    return "-" if value is None or value != value else f"{value:.2f}"


def card_html(classifier: Any) -> str:
    """Return a short card for notebooks."""
    if not hasattr(classifier, "frames_"):
        return f"<pre>{escape(repr(classifier))} (not fitted)</pre>"
    facts = getattr(classifier, "facts_", {})
    name = getattr(classifier, "name_", "") or type(classifier).__name__
    rows = [("Frames", ", ".join(classifier.frames_)), ("Learnt from", facts.get("data", "")),
            ("Licence", facts.get("licence", "")), ("Use", facts.get("use", "")),
            ("Where it fails", facts.get("limits", ""))]  # fmt: skip
    evaluation = facts.get("evaluation") or {}
    for row in evaluation.get("scores", ()):
        if row["model"] == "text" and row["metric"] == "macro_f1":
            rows.append((f"Macro-F1, {row['protocol']}", _value(row)))
    left = "style='text-align:left'"
    cells = "".join(
        f"<tr><th {left}>{escape(key)}</th><td {left}>{escape(str(value))}</td></tr>"
        for key, value in rows if value
    )  # fmt: skip
    return f"<table><caption>{escape(name)}</caption>{cells}</table>"
