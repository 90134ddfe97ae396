"""Training recipes: which labelled texts, which settings, which scores to expect.

A recipe trains with one command (`framing train --recipe babe`). Its bands are macro-F1 or another
measure under grouped folds, at least as wide as the interval over clusters; a training run outside
its bands is told so and fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from framing.frames import labelled
from framing.frames.classifier import FrameClassifier
from framing.frames.evaluation import Evaluation
from framing.frames.sentence_classifier import SentenceClassifier
from framing.tables import BadInput, nearest
from framing.text.document import Document

RATES = ("loaded_language", "partisan_framing", "historical_comparison")
SPAN = (
    "times", "earlier", "later", "length", "log_length", "long", "one_word", "two_words",
    "three_words", "place", "headline", "starts", "whole_line", "share_of_line", "log_line",
    "closes", "marks", "quoted", "line_marks", "opens", "questions", "shouts", "commas", "capital",
    "digits", "capitals", "we", "you", "if", "not", "all",
)  # fmt: skip


@dataclass(frozen=True)
class TrainingRecipe:
    """How a classifier is trained on one labelled corpus.

    Attributes
    ----------
    name, title : str
    corpus : str
        The published corpus, as `framing corpora show` names it.
    load : callable
        Gives the documents, labels in their field `frames`.
    sentence : bool
        Whether the units are sentences.
    settings : mapping
        Of the classifier.
    groups : tuple of str
        Fields that are kept together in folds.
    train_only : mapping
        Field -> value of units that only train where that field is left out.
    bands : mapping
        "protocol: metric" -> (low, high), where the figure is expected.
    licence, data : str
        What may be done with the weights; what they were made from.
    use, limits : str
        For the card.
    shipped : bool
    subsets : mapping
        Name -> which tested units get figures of their own.
    variants : mapping
        Name -> other texts whose figure under the strictest protocol stands beside.
    elsewhere : mapping
        Corpus -> texts it is tested on as it is, where they are there.
    threshold_on : str
        The corpus of `elsewhere` on whose sentences its threshold is set.
    first : callable, optional
        Texts of another corpus from which a fine-tuned half learns before those of this one.
    """

    name: str
    title: str
    corpus: str
    load: Callable[[], Iterator[Document]]
    settings: Mapping[str, Any]
    groups: tuple[str, ...]
    bands: Mapping[str, tuple[float, float]]
    licence: str
    data: str
    use: str
    limits: str
    sentence: bool = False
    train_only: Mapping[str, str] = field(default_factory=dict)
    shipped: bool = False
    subsets: Mapping[str, Callable[[Document], bool]] = field(default_factory=dict)
    variants: Mapping[str, Callable[[], Iterator[Document]]] = field(default_factory=dict)
    elsewhere: Mapping[str, Callable[[], Iterator[Document]]] = field(default_factory=dict)
    threshold_on: str = ""
    first: Callable[[], Iterator[Document]] | None = None

    def classifier(self, **changes: Any) -> FrameClassifier:
        """Return the unfitted classifier."""
        make = SentenceClassifier if self.sentence else FrameClassifier
        return make(**{**self.settings, **changes})

    def faults(self, evaluation: Evaluation, *, more: bool = False) -> list[str]:
        """Return the figures outside their bands; of `more` than the terms, those below them."""
        found = []
        for key, (low, high) in self.bands.items():
            protocol, _, metric = key.partition(": ")
            value = evaluation.value(protocol, metric)
            if value < low or (value > high and not more):
                found.append(f"{key} is {value:.3f}, expected {low} to {high}")
        return found


def recipe(name: str) -> TrainingRecipe:
    """Return a recipe by name.

    Raises
    ------
    BadInput
        If there is none.

    Examples
    --------
    >>> recipe("babe").groups
    ('article', 'outlet')
    """
    if name not in RECIPES:
        from framing.frames.weak import NAME

        known = [*RECIPES, NAME]
        raise BadInput(f"no recipe '{name}'{nearest(name, known)}; there are {', '.join(known)}")
    return RECIPES[name]


NOT_SHIPPED = "Research use by whoever has the corpus; the weights must not be passed on."
BIAS_LIMITS = (
    "Annotators agree poorly on what is biased (Krippendorff's alpha about .40 in BABE). What one "
    "corpus calls biased another does not: trained on BABE, no model transfers to BASIL."
)

RECIPES: dict[str, TrainingRecipe] = {
    one.name: one
    for one in (
        TrainingRecipe(
            "gun-violence-frames", "Frames of headlines on gun violence", "gvfc_newsframing",
            labelled.gun_violence, {"codebook": "gun_violence"}, ("period",),
            {"by near-duplicate: macro_f1": (0.58, 0.67), "by period: macro_f1": (0.48, 0.56)},
            "Apache-2.0 (repository of the corpus)",
            "1,043 US headlines of 2018 with one of nine frames (Gun Violence Frame Corpus; Liu et "
            "al. 2019, Akyurek et al. 2020)",
            "Headlines of US news on gun violence.",
            "Headlines only. Every period has events of its own: the figure with one period left "
            "out is the one to expect for another year. Gun rights and society are rare.",
            train_only={"period": "Duplicate"}, shipped=True,
        ),
        TrainingRecipe(
            "us-party", "Party of statements by members of the US Congress",
            "congress_statements_2025", labelled.congress,
            {"codebook": "us_party", "terms": ("word",), "C": 10.0, "min_df": 5,
             "max_terms": 40_000}, ("speaker",),
            {"by speaker: macro_f1": (0.78, 0.90)},
            "US public domain (texts); weights CC0-1.0",
            "Public statements of members of the US Congress, 2025-26 (by Vote Smart), party words "
            "and members' names masked",
            "How much a US political text speaks like either party in 2025-26.",
            "Not ideology, not bias, not truth. It learns the topics each party chose in one "
            "Congress; another Congress, another country or newspapers are out of its reach.",
            shipped=True, subsets={"2,000 characters or more": lambda d: len(d.text) >= 2000},
            variants={"unmasked": lambda: labelled.congress(masked=False)},
        ),
        TrainingRecipe(
            "lexical-bias", "Lexical bias of sentences", "anno_lexical", labelled.anno_lexical,
            {"codebook": "lexical_bias", "max_terms": 30_000, "min_df": 4, "measures": RATES},
            ("outlet",),
            {"by outlet: macro_f1": (0.68, 0.90)},
            "MIT (repository of the labels); the sentences are not in the weights",
            "41,080 sentences with silver labels by a majority of language models (Anno-lexical; "
            "Horych et al. 2025)",
            "A first look at which sentences of US news carry loaded wording.",
            "The labels it learnt from were made by machines. " + BIAS_LIMITS, sentence=True,
            shipped=True, threshold_on="babe",
            elsewhere={"babe": labelled.babe, "basil_lexical": labelled.basil_lexical},
        ),
        TrainingRecipe(
            "babe", "Bias by word choice, sentences (BABE)", "babe", labelled.babe,
            {"codebook": "lexical_bias", "measures": RATES}, ("article", "outlet"),
            {"by article: macro_f1": (0.72, 0.79), "by outlet: macro_f1": (0.685, 0.76)},
            NOT_SHIPPED, "BABE (Spinde et al. 2021), 3,019 sentences here",
            "Sentences of US news.", BIAS_LIMITS, sentence=True, first=labelled.silver,
        ),
        TrainingRecipe(
            "semeval2023-frames", "Fourteen policy frames of articles", "semeval2023_task3_en",
            labelled.semeval_frames,
            {"codebook": "policy_frames", "kind": "multi", "measures": ("policy_frames",)}, (),
            {"by near-duplicate: micro_f1": (0.63, 0.71),
             "by near-duplicate: macro_f1": (0.52, 0.62)},
            NOT_SHIPPED, "SemEval-2023 task 3, English (Piskorski et al. 2023)",
            "English news articles.", "344 articles, of some frames fewer than thirty.",
        ),
        TrainingRecipe(
            "ptc-techniques", "Technique of a given span", "ptc_semeval2020",
            labelled.ptc_techniques,
            {"kind": "single", "numbers": SPAN, "thresholds": "half", "max_terms": 30_000,
             "balanced": False}, (),
            {"by near-duplicate: micro_f1": (0.53, 0.62)},
            NOT_SHIPPED, "PTC, SemEval-2020 task 11 (Da San Martino et al. 2020)",
            "Spans that people have marked as propaganda; it finds no spans.",
            "Spans repeat inside articles and their copies, which is why those stay together.",
        ),
        TrainingRecipe(
            "ptc-loaded", "Sentences with loaded language (PTC)", "ptc_semeval2020",
            labelled.ptc_loaded, {"codebook": "lexical_bias", "measures": RATES}, ("article",),
            {"by article: macro_f1": (0.6, 0.8)},
            NOT_SHIPPED, "PTC, SemEval-2020 task 11 (Da San Martino et al. 2020)",
            "Sentences to look at first; `propose_spans` names the words.",
            "Most of the outlets are partisan. " + BIAS_LIMITS, sentence=True,
        ),
        TrainingRecipe(
            "basil-informational", "Informational bias of sentences", "basil",
            labelled.basil_informational,
            {"codebook": "lexical_bias", "measures": RATES, "numbers": ("position",), "C": 0.3,
             "calibration": "sigmoid"}, ("event",),
            {"by event: auc": (0.65, 0.71)},
            NOT_SHIPPED, "BASIL (Fan et al. 2019), 240 articles here",
            "Ranking sentences for people to look at.", "Macro-F1 .61 by event, AUC .68: use "
            "the ranking, not the calls.", sentence=True,
        ),
        TrainingRecipe(
            "basil-lexical", "Lexical bias of sentences (BASIL)", "basil", labelled.basil_lexical,
            {"codebook": "lexical_bias", "measures": RATES, "C": 0.3, "calibration": "sigmoid"},
            ("event",), {"by event: auc": (0.65, 0.76)},
            NOT_SHIPPED, "BASIL (Fan et al. 2019), 240 articles here",
            "Ranking sentences for people to look at.", BIAS_LIMITS, sentence=True,
        ),
        TrainingRecipe(
            "climate-narrative", "Five narrative frames of climate news",
            "narrative_framing_climate", labelled.climate,
            {"codebook": "climate_narrative", "kind": "multi"}, ("article", "outlet"),
            {"by article: macro_f1": (0.54, 0.67), "by outlet: macro_f1": (0.52, 0.66)},
            NOT_SHIPPED, "Narrative framing of climate news (Frermann et al. 2023), 347 articles",
            "US and UK news articles on climate change.",
            "347 articles; frames of which annotators themselves disagree.",
        ),
    )
}  # fmt: skip
