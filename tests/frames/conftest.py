"""Headlines written for these tests: two topics, four outlets, two days each."""

from __future__ import annotations

import pytest

from framing.frames.classifier import FrameClassifier
from framing.text.document import Document

MONEY = (
    "Rents climb in {}", "Bank shuts its branch in {}", "Wages fall again in {}",
    "Tax on parking doubles in {}", "Factory in {} hires forty",
)  # fmt: skip
CRIME = (
    "Police arrest burglar in {}", "Court jails thief from {}", "Two stabbed outside bar in {}",
    "Robber flees jewellers in {}", "Detectives search house in {}",
)  # fmt: skip
TOWNS = (
    "Ashby Vale", "Brock Hill", "Caster Mere", "Dunmow Green", "Elling Sands", "Farrow Wood",
    "Gosford Quay", "Hartle Cross",
)  # fmt: skip
OUTLETS = ("Gazette", "Herald", "Mail", "Post")


def headlines() -> list[Document]:
    found = []
    for number, town in enumerate(TOWNS):
        for frame, patterns in (("economic", MONEY), ("crime", CRIME)):
            for at, pattern in enumerate(patterns):
                meta = {"frame": frame, "outlet": OUTLETS[number % 4], "article": f"{town}{at}"}
                doc_id = f"{town}-{frame}-{at}"
                found.append(Document(doc_id, pattern.format(town), None, meta))
    return found


@pytest.fixture(scope="session")
def coded() -> list[Document]:
    return headlines()


@pytest.fixture(scope="session")
def model(coded: list[Document]) -> FrameClassifier:
    return FrameClassifier(folds=3).fit(coded, [one.meta["frame"] for one in coded])
