"""Evaluation: leakage is caught, baselines stand beside, intervals hold."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import f1_score, roc_auc_score

from framing.frames import evaluation_files
from framing.frames.audit import headline_in_body, leaks
from framing.frames.baselines import metadata_only
from framing.frames.calibration import (
    apply_curves,
    calibration_error,
    choose,
    fit_curve,
    prevalence_thresholds,
)
from framing.frames.classifier import FrameClassifier
from framing.frames.evaluation import confusion, evaluate
from framing.frames.folds import grouped_folds, leave_out
from framing.frames.labels import Labels
from framing.frames.matrix import cross_corpus
from framing.frames.metrics import Outcome, auc_draws, estimates, f1_draws, weights_of
from framing.frames.protocols import folds_of, parts, read_task, run
from framing.tables import BadInput
from framing.text.document import Document


@pytest.fixture(scope="module")
def found(coded):
    y = [one.meta["frame"] for one in coded]
    return evaluate(FrameClassifier(folds=3), coded, y, groups=["article", "outlet"])


def test_random_and_grouped_folds_stand_side_by_side(found) -> None:
    assert set(found.scores["protocol"]) == {"random", "by article", "by outlet"}
    models = set(found.scores["model"])
    assert {
        "text",
        "majority",
        "metadata: outlet",
        "text minus metadata: outlet",
        "rhetoric",
    } <= models
    for protocol in ("random", "by article", "by outlet"):
        assert found.value(protocol, "macro_f1") > 0.9
        assert found.value(protocol, "macro_f1", "majority") < 0.6
    rows = found.scores.query("metric == 'macro_f1'")
    assert not (rows["low"] > rows["estimate"]).any()
    assert not (rows["estimate"] > rows["high"]).any()


def test_what_is_written_can_be_read(found, tmp_path) -> None:
    folder = found.save(tmp_path / "out")
    page = json.loads((folder / "metrics.json").read_text())
    assert page["n_units"] == 80 and page["strictest"] == "by outlet"
    assert len(page["scores"]) == len(found.scores) and (folder / "scores.csv").is_file()


def test_an_evaluation_is_written_whole_or_not_at_all(found, tmp_path, monkeypatch) -> None:
    def there() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def fail(*_: object) -> None:
        raise BadInput("no room")

    folder = tmp_path / "out"
    with monkeypatch.context() as patched, pytest.raises(BadInput, match="no room"):
        patched.setattr(evaluation_files, "draw", fail)
        found.save(folder)
    assert not list(tmp_path.iterdir())
    replace(found, facts=found.facts | {"n_units": 1}).save(folder)
    (folder / "notes.txt").write_text("mine")
    before = there()
    with monkeypatch.context() as patched, pytest.raises(BadInput, match="no room"):
        patched.setattr(evaluation_files, "draw", fail)
        found.save(folder)
    assert there() == before
    replace(found, learning=found.learning[:0]).save(folder)
    after = there()
    gone = {"learning.csv", *(f"learning_curve.{kind}" for kind in evaluation_files.KINDS)}
    assert before.keys() - after.keys() == gone
    assert after["notes.txt"] == b"mine" and after["metrics.json"] != before["metrics.json"]


def test_a_duplicated_article_across_folds_is_caught() -> None:
    texts = ["The council met at noon to talk of rents.", "Rain fell on the town all day.",
             "The council met at noon to talk of rents!"]  # fmt: skip
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    (row,) = leaks(documents, np.array([0, 0, 1]), {})
    assert (row["leak"], row["n"]) == ("near-duplicate", 2)
    assert leaks(documents, np.array([0, 1, 0]), {}) == []


def test_an_outlet_in_both_parts_is_caught() -> None:
    documents = [
        Document(str(n), text) for n, text in enumerate(("Rain fell.", "Rents rose.", "Ice."))
    ]
    (row,) = leaks(documents, np.array([0, 1, 1]), {"outlet": ["Mail", "Mail", "Post"]})
    assert (row["leak"], row["what"], row["n"]) == ("group", "outlet", 2)
    assert leaks(documents, np.array([0, 0, 1]), {"outlet": ["Mail", "Mail", "Post"]}) == []


def test_a_headline_repeated_in_the_body_is_caught() -> None:
    title = "Rents rise in the old town"
    again = Document("a", f"{title}\n\nRents rise in the old town, the council said.", title)
    once = Document("b", f"{title}\n\nThe council met.", title)
    assert headline_in_body(again) and not headline_in_body(once)
    (row,) = leaks([again, once], np.array([0, 0]), {})
    assert (row["leak"], row["n"]) == ("headline in body", 1)


def test_near_duplicates_of_a_test_text_never_train() -> None:
    """A label that only a copy could know must not be found under grouped folds."""
    rng = np.random.default_rng(0)
    words = [f"word{n}" for n in range(400)]
    texts, y = [], []
    for number in range(60):
        text = " ".join(rng.choice(words, 12))
        texts += [text, text + "!"]
        y += [str(number % 2)] * 2
    y = [f"f{label}" for label in y]
    found = evaluate(FrameClassifier(folds=3, min_df=1), texts, y, extras=())
    assert found.value("random", "macro_f1") > 0.9
    assert found.value("by near-duplicate", "macro_f1") < 0.7
    assert "near-duplicate" in set(found.leaks["leak"])


def test_what_only_trains_is_tested_where_its_field_is_not_left_out(coded) -> None:
    y = [one.meta["frame"] for one in coded]
    task = read_task(FrameClassifier(), coded, y, ["outlet"], {"outlet": "Mail"})
    mail = np.array([one.meta["outlet"] == "Mail" for one in coded])
    folds = folds_of(task)
    assert (folds["random"] >= 0).all()
    assert (folds["by outlet"][mail] == -1).all() and (folds["by outlet"][~mail] >= 0).all()
    assert task.tested("by outlet").tolist() == np.flatnonzero(~mail).tolist()


def test_an_unknown_group_is_bad_input(coded) -> None:
    y = [one.meta["frame"] for one in coded]
    with pytest.raises(BadInput, match="no document has the field 'paper'"):
        evaluate(FrameClassifier(), coded, y, groups=["paper"])


def test_groups_never_lie_in_two_folds() -> None:
    rng = np.random.default_rng(1)
    groups = rng.integers(0, 40, 300)
    folds = grouped_folds(groups, rng.random((300, 3)) < 0.3, 5)
    assert all(len(set(folds[groups == g])) == 1 for g in range(40))
    sizes = np.bincount(folds)
    assert len(sizes) == 5 and sizes.min() > 40
    assert set(leave_out(["a", "b", "a"]).tolist()) == {0, 1}


def test_measures_agree_with_scikit_learn() -> None:
    rng = np.random.default_rng(2)
    wanted = rng.random((200, 3)) < 0.4
    chance = np.round(np.clip(wanted * 0.3 + rng.random((200, 3)) * 0.7, 0, 1), 2)
    called = chance > 0.5
    outcome = Outcome(chance, called, wanted, np.arange(200), "multi")
    found = estimates(outcome)
    assert found["macro_f1"][0] == pytest.approx(
        f1_score(wanted, called, average="macro"), abs=1e-6
    )
    assert found["micro_f1"][0] == pytest.approx(
        f1_score(wanted, called, average="micro"), abs=1e-6
    )
    assert found["auc"][0] == pytest.approx(roc_auc_score(wanted, chance), abs=1e-6)
    binary = Outcome(chance[:, :1], called[:, :1], wanted[:, :1], np.arange(200), "binary")
    both = f1_score(wanted[:, 0], called[:, 0], average="macro")
    assert estimates(binary)["macro_f1"][0] == pytest.approx(both, abs=1e-6)
    drawn = rng.integers(0, 3, (1, 200)).astype(float)
    weighted = roc_auc_score(wanted[:, 0], chance[:, 0], sample_weight=drawn[0])
    assert auc_draws(chance[:, 0], wanted[:, 0], drawn)[0] == pytest.approx(weighted, abs=1e-6)


def test_intervals_over_clusters_are_wider_than_over_units() -> None:
    rng = np.random.default_rng(3)
    clusters = np.repeat(np.arange(20), 20)
    good = np.repeat(rng.random(20), 20)
    wanted = rng.random((400, 1)) < 0.5
    called = np.where(rng.random(400) < good, wanted[:, 0], ~wanted[:, 0])[:, None]
    width = []
    for groups in (clusters, np.arange(400)):
        low, high = estimates(Outcome(called * 1.0, called, wanted, groups, "binary"))["macro_f1"][
            1:
        ]
        width.append(high - low)
    assert width[0] > 1.5 * width[1]


def test_calibration_mends_probabilities() -> None:
    rng = np.random.default_rng(4)
    score = rng.normal(size=4000)
    wanted = rng.random(4000) < 1 / (1 + np.exp(-(2 * score - 1)))
    for method in ("sigmoid", "isotonic"):
        curve = fit_curve(score[:2000], wanted[:2000], method)
        chance = apply_curves(score[2000:, None], [curve], single=False)[:, 0]
        assert calibration_error(chance, wanted[2000:]) < 0.04
        assert calibration_error(np.clip(score[2000:], 0, 1), wanted[2000:]) > 0.1
    slope = fit_curve(score, wanted, "sigmoid")
    assert slope[1][0] == pytest.approx(2, abs=0.25) and slope[2][0] == pytest.approx(-1, abs=0.25)


def test_thresholds_call_as_often_as_it_is_there() -> None:
    rng = np.random.default_rng(5)
    chance = rng.random((500, 2)) * np.array([0.3, 0.9])
    wanted = rng.random((500, 2)) < np.array([0.1, 0.6])
    called = choose(chance, prevalence_thresholds(chance, wanted), single=False)
    assert np.abs(called.sum(0) - wanted.sum(0)).max() <= 1
    one = choose(chance, np.array([0.5, 0.5]), single=True)
    assert (one.sum(axis=1) == 1).all() and (one.argmax(1) == chance.argmax(1)).all()


def test_outlet_only_baseline_sees_only_the_other_folds() -> None:
    wanted = np.array([[True], [False], [False], [False]])
    folds = np.array([0, 1, 0, 1])
    guess = metadata_only(wanted, ["a", "a", "b", "b"], folds, "binary")
    assert guess.ravel().tolist() == [False, True, False, False]


def coded_sentences(outlets: int = 6) -> tuple[list[Document], list[str]]:
    """Five sentences for each of 25 articles; every tenth stands in two outlets."""
    rng = np.random.default_rng(6)
    words = [f"word{n}" for n in range(600)]
    documents = []
    for number in range(125):
        meta = {"article": f"a{number // 5}", "outlet": f"o{number // 5 % outlets}"}
        documents.append(Document(str(number), " ".join(rng.choice(words, 12)), None, meta))
    for number in range(0, 120, 10):
        meta = {"article": f"b{number}", "outlet": f"o{(number // 5 + 1) % outlets}"}
        documents.append(Document(f"c{number}", documents[number].text + "!", None, meta))
    return documents, [f"f{number % 2}" for number in range(len(documents))]


def fitted_parts(monkeypatch, protocol: str, kept: np.ndarray | None = None):
    """Return the task, and of each fit the rows and the inner groups it was given."""
    from framing.frames import protocols

    seen: list[tuple[np.ndarray, np.ndarray]] = []
    fit = protocols.fit

    def spy(pools, wanted, groups, rows, settings):
        seen.append((rows, groups))
        return fit(pools, wanted, groups, rows, settings)

    monkeypatch.setattr(protocols, "fit", spy)
    task = read_task(FrameClassifier(folds=2, min_df=1), *coded_sentences(), None, None)
    more = () if kept is None else (kept,)
    run(task, task.classifier.pools(task.documents), folds_of(task)[protocol], protocol, *more)
    return task, seen


def test_the_learning_curve_leaves_out_copies_of_test_texts(monkeypatch) -> None:
    kept = np.random.default_rng(0).random(137) < 0.6
    task, seen = fitted_parts(monkeypatch, "by outlet", kept)
    folds = folds_of(task)["by outlet"]
    assert len(task.duplicates) == 12 and len(seen) == 6
    for fold, (rows, _) in enumerate(seen):
        assert kept[rows].all() and (folds[rows] != fold).all()
        test = set(np.flatnonzero(folds == fold).tolist())
        assert not any({one, other} & test and {one, other} & set(rows.tolist())
                       for one, other in task.duplicates)  # fmt: skip
    assert [len(train) for train, _ in parts(task, folds, "by outlet", kept)] == [
        len(rows) for rows, _ in seen
    ]


def test_the_learning_curve_with_all_units_ends_where_the_scores_are() -> None:
    documents, y = coded_sentences()
    found = evaluate(FrameClassifier(folds=2, min_df=1), documents, y, extras=("learning curve",))
    last = found.learning.query("folds == 'grouped'").iloc[-1]
    assert last["estimate"] == pytest.approx(found.value("by outlet", "macro_f1"))


def test_inner_folds_keep_articles_together_where_outlets_are_left_out(monkeypatch) -> None:
    task, seen = fitted_parts(monkeypatch, "by outlet")
    assert (seen[0][1] == task.group("article")).all()
    assert len(set(seen[0][1].tolist())) == 25


def test_a_training_part_of_one_article_falls_back_to_near_duplicates() -> None:
    documents, y = coded_sentences()
    for one in documents[:60]:
        one.meta.update(article="long", outlet="Mail")
    for one in documents[60:]:
        one.meta.update(article=one.doc_id, outlet="Post")
    found = evaluate(FrameClassifier(folds=2, min_df=1), documents, y, extras=())
    assert found.value("by outlet", "macro_f1") > 0


def test_frames_the_classifier_does_not_have_are_a_row_of_their_own() -> None:
    wanted = np.zeros((6, 2), bool)
    wanted[0, 0] = wanted[1, 1] = True
    called = np.tile([True, False], (6, 1))
    outcome = Outcome(called * 1.0, called, wanted, np.arange(6), "single")
    rows = confusion(outcome, Labels(wanted, ("conflict", "morality"), "single"))
    assert rows == [
        ("conflict", "conflict", 1), ("conflict", "morality", 0),
        ("morality", "conflict", 1), ("morality", "morality", 0),
        ("other frame", "conflict", 4), ("other frame", "morality", 0),
    ]  # fmt: skip
    assert len(confusion(outcome.only(np.arange(2)), Labels(wanted[:2], ("a", "b"), "single"))) == 4


@pytest.mark.parametrize("kind", ["multi", "single"])
def test_frames_that_are_neither_marked_nor_called_do_not_lower_macro_f1(kind: str) -> None:
    wanted = np.zeros((60, 4), bool)
    wanted[:2, 0] = wanted[2:, 1] = True
    outcome = Outcome(wanted * 1.0, wanted, wanted, np.arange(60), kind)
    assert (f1_draws(outcome, weights_of(outcome.clusters))["macro_f1"] == 1).all()
    wrong = wanted.copy()
    wrong[0] = [False, False, True, False]
    found = estimates(Outcome(wrong * 1.0, wrong, wanted, np.arange(60), kind), auc=False)
    labels = (wanted.argmax(1), wrong.argmax(1))
    assert found["macro_f1"][0] == pytest.approx(f1_score(*labels, average="macro"), abs=1e-6)


@pytest.mark.filterwarnings("error")
def test_what_no_draw_changes_has_no_interval_and_one_sided_labels_no_area() -> None:
    wanted = np.tile([[True], [False], [True]], (20, 1))
    called = np.tile([[True], [True], [False]], (20, 1))
    for clusters, known in ((np.zeros(60, int), False), (np.arange(60), True)):
        found = estimates(Outcome(called * 0.6, called, wanted, clusters, "multi"))
        for name in ("macro_f1", "micro_f1", "brier", "auc"):
            value, low, high = found[name]
            assert 0 < value < 1
            assert (low < value < high) if known else np.isnan([low, high]).all()
    same = Outcome(called * 0.6, called, np.ones_like(wanted), np.arange(60), "multi")
    assert np.isnan(estimates(same)["auc"]).all()


def test_units_without_a_group_are_not_one_group() -> None:
    documents, y = coded_sentences()
    for number, one in enumerate(documents):
        one.meta["outlet"] = {0: "Mail", 1: "Post"}.get(number, (None, "")[number % 2])
    task = read_task(FrameClassifier(), documents, y, ["outlet"], None)
    folds = folds_of(task)["by outlet"]
    assert np.bincount(folds).max() < 40 and folds[0] != folds[1]
    assert leave_out(["a", None, "a", None, ""]).tolist() == [0, 1, 0, 2, 3]
    assert leaks(documents[:125], np.arange(125) % 5, {"outlet": task.groups["outlet"][:125]}) == []


def test_a_field_of_one_value_gives_no_folds() -> None:
    documents, y = coded_sentences()
    for one in documents:
        one.meta["outlet"] = "Mail"
    with pytest.warns(UserWarning, match="'outlet' has fewer than two values"):
        task = read_task(FrameClassifier(), documents, y, ["outlet", "article"], None)
    assert list(folds_of(task)) == ["random", "by article"]
    with pytest.warns(UserWarning, match="'outlet' has fewer than two values"):
        table = cross_corpus(
            FrameClassifier(folds=2, min_df=1),
            {"a": (documents[:60], y[:60]), "b": (documents[60:125], y[60:125])},
            "outlet",
        )
    assert set(table["trained_on"]) == {"a", "b"}
