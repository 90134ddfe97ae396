"""What things cost, as ratios of CPU time to that of ``re.finditer(r"\\w+")`` with spans.

Run by hand: ``python tests/benchmarks/run.py [NUMBER_OF_DOCUMENTS]``. Absolute times mean nothing
on a shared machine; the rounds are interleaved and medians are printed.
"""

from __future__ import annotations

import itertools
import os
import re
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

from framing.engine import Engine, annotate_blocks, blocks
from framing.extractors.base import as_extractors
from framing.frames.labeller import NAME as CUES_ONLY
from framing.frames.store import load_classifier, shipped_classifiers
from framing.matcher import Matcher
from framing.text.document import Document
from framing.text.readers import stream
from framing.text.segment import read_block

ROUNDS = 5
ROOT = Path(__file__).parents[2]


def texts(count: int) -> list[Document]:
    folder = os.environ.get("FRAMING_CORPORA")
    bench = Path(folder or "") / "bench" / "bench_10k.jsonl.gz"
    if folder and bench.is_file():
        return list(itertools.islice(stream(str(bench)), count))
    print("FRAMING_CORPORA is not set: the demonstration corpus is repeated instead")
    demo = list(stream(str(ROOT / "corpora" / "newsstand")))
    wanted = itertools.islice(itertools.cycle(demo), count)
    return [Document(str(number), one.text) for number, one in enumerate(wanted)]


def words(documents: list[Document]) -> None:
    for document in documents:
        [match.span() for match in re.finditer(r"\w+", document.text)]


def jobs(documents: list[Document]) -> dict[str, Callable[[], object]]:
    grouped = list(blocks(documents))
    chosen = as_extractors(None)
    lists = {item.id: item for one in chosen for item in one.lexicons}
    matcher = Matcher(list(lists.values()))
    voices, full = Engine([]), Engine(chosen)

    def read_and_match() -> None:
        for block in grouped:
            matcher.scan(read_block([document.text for document in block]))

    def only_voices() -> None:
        for block in grouped:
            for _ in voices.read(block):
                pass

    def annotate() -> None:
        for block in grouped:
            full.rows(block)

    work: dict[str, Callable[[], object]] = {
        r"\w+ with spans (the unit)": lambda: words(documents),
        "words, sentences, paragraphs": lambda: [
            read_block([document.text for document in block]) for block in grouped
        ],
        "the same + the lexicon of every measure": read_and_match,
        "the same + voices": only_voices,
        "full annotate": annotate,
    }
    if find_spec("vaderSentiment"):
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        analyser = SentimentIntensityAnalyzer()
        some = documents[: max(len(documents) // 20, 1)]

        def vader() -> None:
            for document in some:
                for start, end in document.sentences:
                    analyser.polarity_scores(document.text[start:end])

        work[f"VADER per sentence, on {len(some)} documents"] = vader
    return work


def ratios(work: dict[str, Callable[[], object]]) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, job in work.items():
            begin = time.process_time()
            job()
            spent[name].append(time.process_time() - begin)
    medians = {name: statistics.median(times) for name, times in spent.items()}
    unit = next(iter(medians.values()))
    return {name: value / unit for name, value in medians.items()}


def start_time(*command: str) -> float:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def long_document(documents: list[Document]) -> float:
    """Cost of one 10 MB text over that of the same words in short documents."""
    pieces, size = [], 0
    for document in itertools.cycle(documents):
        pieces.append(document.text)
        size += len(document.text)
        if size >= 10_000_000:
            break
    short = [Document(str(i), text) for i, text in enumerate(pieces)]
    long = [Document("long", "\n\n".join(pieces))]
    spent = []
    for batch in (short, long):
        begin = time.process_time()
        for _ in annotate_blocks(batch, as_extractors(None)):
            pass
        spent.append(time.process_time() - begin)
    return spent[1] / spent[0]


def classifiers(documents: list[Document]) -> Iterator[tuple[str, float, float]]:
    """Yield name, cost over that of the equal scikit-learn Pipeline, and load time."""
    some = [document.text for document in documents[:100]]
    for name in shipped_classifiers():
        model = load_classifier(name)
        if name == CUES_ONLY:
            continue
        pipeline, spent, loads = model.to_sklearn(), [[], []], []
        for _ in range(ROUNDS):
            for place, one in enumerate((load_classifier(name), pipeline)):
                begin = time.process_time()
                one.predict_proba(some)
                spent[place].append(time.process_time() - begin)
            begin = time.perf_counter()
            load_classifier(name)
            loads.append(time.perf_counter() - begin)
        ours, theirs = (statistics.median(times) for times in spent)
        yield name, ours / theirs, statistics.median(loads)


def main() -> None:
    warnings.simplefilter("ignore")  # whole articles for classifiers of headlines and sentences
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    documents = texts(count)
    print(f"{len(documents)} documents, {ROUNDS} interleaved rounds, median CPU time")
    for name, value in ratios(jobs(documents)).items():
        print(f"  x {value:6.2f}  {name}")
    print(f"  x {long_document(documents[:500]):6.2f}  one 10 MB text / the same in short texts")
    for name, ratio, load_time in classifiers(documents):
        print(f"  x {ratio:6.2f}  {name} / its scikit-learn Pipeline; loads in {load_time:.3f} s")
    print(f"  {start_time('-c', 'import framing'):6.3f} s  python -c 'import framing'")
    print(f"  {start_time('-c', ''):6.3f} s  python -c ''")
    print(f"  {start_time('-m', 'framing', '--help'):6.3f} s  framing --help")


if __name__ == "__main__":
    main()
