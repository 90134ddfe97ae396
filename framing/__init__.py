"""Measure how news and political text frames what it reports, and in whose voice."""

import importlib
from typing import Any

_HOMES = {
    "Corpus": "framing.text.corpus",
    "read_corpus": "framing.text.corpus",
    "Document": "framing.text.document",
    "annotate": "framing.face",
    "score": "framing.face",
    "voices": "framing.face",
    "compare": "framing.measures.compare",
    "keyness": "framing.face",
    "LoadedLanguage": "framing.extractors.loaded_language",
    "HistoricalComparison": "framing.extractors.historical_comparison",
    "PartisanFraming": "framing.extractors.partisan_framing",
    "load_classifier": "framing.frames.store",
    "FrameClassifier": "framing.frames.classifier",
    "SentenceClassifier": "framing.frames.sentence_classifier",
    "evaluate": "framing.frames.evaluation",
    "figures": "framing.figures",
    "Report": "framing.report.report",
}
__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'framing' has no attribute {name!r}")
    module = importlib.import_module(_HOMES[name])
    return module if name == "figures" else getattr(module, name)


def __dir__() -> list[str]:
    return __all__
