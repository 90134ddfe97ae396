"""Classifiers: what they learn, say and explain."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer

from framing.extractors.loaded_language import LoadedLanguage
from framing.frames.classifier import FrameClassifier
from framing.frames.finetune import TunedBlock
from framing.frames.fitting import Head
from framing.frames.sentence_classifier import SentenceClassifier
from framing.frames.store import load_classifier
from framing.frames.units import groups_of
from framing.tables import LABELS, BadInput
from framing.text.document import Document


def frames_of(coded):
    return [one.meta["frame"] for one in coded]


def test_it_learns_and_scikit_learn_takes_it(coded) -> None:
    texts = np.array([one.text for one in coded], object)
    scores = cross_val_score(FrameClassifier(folds=3), texts, frames_of(coded), cv=3)
    assert scores.mean() > 0.9
    assert clone(FrameClassifier(C=3.0)).get_params()["C"] == 3.0


def test_a_string_is_a_list_of_one(coded) -> None:
    model = FrameClassifier(fields="text", terms="word", measures="loaded_language",
                            numbers="size", folds=2)  # fmt: skip
    texts = [Document(one.doc_id, one.text, None, one.meta | {"size": 1}) for one in coded]
    assert clone(model).get_params()["measures"] == "loaded_language"
    blocks = model.fit(texts, frames_of(coded)).fitted_.heads[0].blocks
    assert [type(one).__name__ for one in blocks] == ["TermBlock", "RateBlock", "NumberBlock"]
    assert blocks[0].field == "text" and blocks[1].measures == ("loaded_language",)


@pytest.mark.parametrize("name", ["policy-frames", "policy-frames-lexicon"])
def test_probabilities_are_features_beside_a_measure(name: str) -> None:
    model = load_classifier(name)
    texts = ["A vile and shameful stunt by the court. " * 20, "The bank lent money. " * 20] * 4
    columns = make_union(LoadedLanguage(voice="outlet"), FunctionTransformer(model.predict_proba))
    study = make_pipeline(columns, LogisticRegression())
    assert cross_val_score(study, texts, [1, 0] * 4, cv=2).min() == 1.0
    found = columns.fit_transform(texts)
    assert np.allclose(found[:, -len(model.frames_) :], model.predict_proba(texts))


def test_one_frame_a_text_sums_to_one(model, coded) -> None:
    chance = model.predict_proba(coded)
    assert chance.shape == (len(coded), 2) and np.allclose(chance.sum(axis=1), 1)
    assert set(model.predict(coded)) <= set(model.classes_)


def test_several_frames_a_text(coded) -> None:
    y = [f"{one.meta['frame']}|north" if one.meta["outlet"] == "Mail" else one.meta["frame"]
         for one in coded]  # fmt: skip
    model = FrameClassifier(folds=3).fit(coded, y)
    assert model.kind_ == "multi" and model.predict(coded).shape == (len(coded), 3)
    share = model.predict(coded)[:, list(model.frames_).index("crime")].mean()
    assert share == pytest.approx(0.5, abs=0.1)


def test_labels_table_of_documents_and_sentences(model, coded) -> None:
    table = model.label(coded[:3])
    assert list(table.columns)[: len(LABELS)] == list(LABELS)
    assert table["label"].dtype == bool and len(table) == 6
    assert table.groupby("doc_id")["label"].sum().tolist() == [1, 1, 1]
    assert table["threshold"].tolist() == [*model.thresholds_] * 3
    odds = np.log(table[["probability", "threshold"]] / (1 - table[["probability", "threshold"]]))
    near = (odds["probability"] - odds["threshold"]).abs() < 0.4
    assert near.equals(table["uncertain"])
    binary = SentenceClassifier(folds=3).fit(coded, [f == "crime" for f in frames_of(coded)])
    text = "Police arrest burglar in Ashby. Rents climb in Ashby."
    table = binary.label([Document("a", text)])
    assert table["sentence"].tolist() == [0, 1] and table["label"].tolist() == [True, False]


def test_explain_names_words_with_their_places(model) -> None:
    text = "Police arrest burglar in Ashby."
    table = model.explain(text, "crime")
    best = table.iloc[0]
    assert best["contribution"] > 0
    for start, end in best["spans"]:
        assert text[start:end].lower() == best["what"]
    row = model.fitted_.heads[0]
    total = table["contribution"].sum() + row.bias[model.frames_.index("crime")]
    score = row.scores(
        __import__("scipy.sparse").sparse.hstack(
            [block.transform([Document("1", text)]) for block in row.blocks], "csr"
        )
    )[0, model.frames_.index("crime")]
    assert total == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "pair", "said"),
    [("Prices rise a sharply.", "rise sharply", "rise a sharply"),
     ("Rents don't go up.", "don go", "don't go"),
     ("Rents rise sharply.", "rise sharply", "rise sharply")],
)  # fmt: skip
def test_word_pairs_have_their_places_over_one_letter_words(text, pair, said) -> None:
    texts = [text, "Police arrest burglar."] * 3
    model = FrameClassifier(terms="word", min_df=1, folds=3)
    table = model.fit(texts, ["a", "b"] * 3, groups=range(6)).explain(text, "a")
    (spans,) = table.loc[table["what"] == pair, "spans"]
    assert [text[start:end] for start, end in spans] == [said]


def test_half_a_character_is_explained(model) -> None:
    table = model.explain("Police arrest burg\ud800lar in \udfff", "crime")
    assert {"burg?lar", "police"} <= set(table["what"])


def test_the_share_of_a_tuned_network_is_one_row(model) -> None:
    block = TunedBlock(("text",), 2, lambda texts: np.array([[1.0, -2.0]] * len(texts)), False)
    head = Head([block], np.eye(2, dtype=np.float32), np.zeros(2))
    tuned = copy.copy(model)
    tuned.fitted_ = replace(model.fitted_, heads=[head])
    table = tuned.explain("Police arrest burglar.", model.frames_[1])
    assert table[["what", "contribution"]].values.tolist() == [["fine-tuned network", -2.0]]
    assert table["spans"].tolist() == [[]]


def test_measures_and_numbers_are_seen() -> None:
    vile = [
        "A vile stunt by the mayor.",
        "The shameful mob rule of fools.",
        "What a vile sham.",
    ] * 6
    calm = ["The mayor met the council.", "A report was read out.", "They spoke of the road."] * 6
    documents = [
        Document(str(n), text, None, {"size": n % 2}) for n, text in enumerate(vile + calm)
    ]
    y = [True] * 18 + [False] * 18
    model = SentenceClassifier(terms=(), measures=("loaded_language",), numbers=("size",), folds=3)
    model.fit(documents, y, groups=[str(n) for n in range(36)])
    assert (model.predict_proba(documents)[:, 1] > 0.5).tolist() == y
    with pytest.raises(BadInput, match="needs a number in the field 'size'"):
        model.predict(["no field here"])


def test_near_duplicates_share_a_group() -> None:
    texts = ["Fire guts the old mill", "Rents rise", "Fire guts the old mill again"]
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    assert groups_of(documents, None).tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda m: m.fit("one text", ["a"]), "expected several texts"),
        (lambda m: m.fit(["a", "b"], ["x"]), "2 texts but 1 label; one for each text is needed"),
        (lambda m: m.fit(["a", 3], ["x", "y"]), "text 2 is a int"),
        (lambda m: m.predict(["a"]), "not fitted"),
        (lambda m: m.fit([""] * 60, ["x", "y"] * 30), "nothing to learn from: no term is in as"),
        (lambda m: m.fit(["a", "b"], ["x", "y"], groups=["g"]), "2 texts but 1 group;"),
        (lambda m: m.predict(pd.DataFrame({"text": ["a"]})), r"a DataFrame.*df\[.text.\], or"),
        (lambda m: m.predict({"text": ["a"]}), "got a dict"),
        (lambda m: m.fit(pd.DataFrame({"text": ["a"]}), ["x"]), "got a DataFrame"),
    ],
)
def test_bad_input(make, message) -> None:
    with pytest.raises(BadInput, match=message):
        make(FrameClassifier())


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"thresholds": "hlaf"}, "thresholds: no 'hlaf' .did you mean 'half'"),
        ({"calibration": "platt"}, "calibration: no 'platt'.*auto, sigmoid, isotonic"),
        ({"kind": "mulit"}, "'mulit' .did you mean 'multi'"),
        ({"terms": "words"}, "terms: no 'words' .did you mean 'word'"),
        ({"fields": ("text", "titel")}, "fields: no 'titel' .did you mean 'title'"),
        ({"folds": 0}, "folds is 0; .*2 is the least"),
        ({"folds": 2.5}, "folds is 2.5; it must be a whole number"),
        ({"C": 0}, "C is 0; it must be a number over 0"),
        ({"C": "1"}, "C is '1'"),
        ({"min_df": 0}, "min_df is 0"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(settings, message, coded) -> None:
    with pytest.raises(BadInput, match=message):
        FrameClassifier(**settings).fit(coded, frames_of(coded))


@pytest.mark.parametrize("size", [float("nan"), float("inf"), "nan"])
def test_a_number_that_is_none_is_refused(size, coded) -> None:
    texts = [Document(one.doc_id, one.text, None, {"size": size}) for one in coded]
    with pytest.raises(BadInput, match="needs a number in the field 'size'"):
        FrameClassifier(numbers="size").fit(texts, frames_of(coded))


def test_columns_stand_in_the_order_of_numbers(coded) -> None:
    texts = np.array([one.text for one in coded], object)
    y = np.array([2 * (f == "crime") + (n % 10 == 0) for n, f in enumerate(frames_of(coded))])
    assert set(y) == {0, 1, 2}
    chance = cross_val_predict(FrameClassifier(folds=2), texts, y, cv=3, method="predict_proba")
    assert (chance.argmax(axis=1) == y).mean() > 0.7
    model = FrameClassifier(folds=2).fit(texts, y)
    assert model.classes_.tolist() == [0, 1, 2] and model.frames_ == ("0", "1", "2")


@pytest.mark.parametrize("values", [(False, True), (0, 1), ("no", "yes")])
def test_true_and_false_come_back_as_they_were_given(values, coded) -> None:
    texts = np.array([one.text for one in coded], object)
    y = [values[f == "crime"] for f in frames_of(coded)]
    assert cross_val_score(SentenceClassifier(folds=2), texts, y, cv=2).mean() > 0.9
    model = SentenceClassifier(folds=2).fit(texts, y)
    assert model.classes_.tolist() == list(values) and set(model.predict(texts)) == set(values)
    assert model.frames_ == ("positive",)


def test_a_classifier_fitted_anew_has_no_card_of_the_old(coded) -> None:
    model = load_classifier("gun-violence-frames").set_params(codebook=None, folds=2)
    assert "1,043" in model.card
    model.fit(coded, frames_of(coded))
    assert "1,043" not in model.card and "gun-violence" not in model.card
    assert not hasattr(model, "facts_") and not hasattr(model, "name_")


def test_an_unknown_label_is_refused() -> None:
    with pytest.raises(BadInput, match="is not one of the frames"):
        FrameClassifier("generic_news").fit(["a", "b"], ["conflict", "conflicts"])


def test_a_frame_the_texts_tell_nothing_about_is_said():
    texts = ["Rents rise", "Taxes fall", "Police came", "Court sat"] * 4
    y = [["economic"] if n % 2 else ["economic", "any"] for n in range(16)]
    rng = np.random.default_rng(3)
    shuffled = [y[n] for n in rng.permutation(16)]
    with pytest.warns(UserWarning, match="nothing was learnt about the frame"):
        FrameClassifier(kind="multi", min_df=1, folds=2).fit(texts, shuffled)


def test_rates_of_texts_without_a_kind_of_hit_are_none_of_it():
    measures = ("historical_comparison",)
    texts = [
        "It was the worst storm since 1953.",
        "The plan echoes Suez.",
        "The council met.",
        "The first flood since 1953.",
        "Another Watergate, they said.",
        "Rain fell.",
    ] * 3
    y = [True, True, False, True, True, False] * 3
    model = SentenceClassifier(terms=(), measures=measures, folds=3).fit(texts, y)
    alone = model.predict_proba(["The council met."])
    assert np.allclose(alone, model.predict_proba(["The council met.", *texts])[:1])
