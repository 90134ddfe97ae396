"""The marked text: every hit at its place, voices told by shape, any text whatever."""

from html.parser import HTMLParser
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt

from framing.figures import marked_html, marked_text, plotted
from framing.figures.marks import MARKS
from framing.figures.spans import Piece, cut
from framing.figures.typeset import Faces, Word, set_lines, stretches
from framing.figures.wording import drawable
from framing.tables import BadInput


def words_of(ax):
    return [artist for artist in ax.texts if isinstance(artist, Word)]


def gids(ax):
    return [artist.get_gid() for artist in (*ax.lines, *ax.patches)]


def test_all_words_are_set_in_order(document, hits):
    ax = marked_text(document, hits)
    placed = [(round(word.get_position()[1]), word.get_position()[0]) for word in words_of(ax)]
    assert placed == sorted(placed)
    assert "".join(word.get_text() for word in words_of(ax)) == "".join(document.text.split())


def test_hits_bear_the_shape_of_their_measure(document, hits):
    ax = marked_text(document, hits)
    drawn = gids(ax)
    # each measure also stands once in the key
    assert drawn.count("box") == 1 + 1
    assert drawn.count("line") == 5 + 1
    assert drawn.count("wave") == 1 + 1
    assert plotted(ax).table["line"].notna().all()
    assert plotted(ax).table["text"].tolist() == hits.sort_values("start")["text"].tolist()


def test_own_voice_is_bold_and_attributed_voice_is_not(document, hits):
    bold = {
        word.get_text()
        for word in words_of(marked_text(document, hits))
        if word.get_weight() == "bold"
    }
    assert bold == {"slammed", "much-derided", "vision"}


def test_voices_come_from_runs_or_from_the_hits_alone(document, hits):
    ax = marked_text(document, hits)
    with_runs = sum(p.get_width() for p in ax.patches if p.get_gid() == "direct")
    bare = SimpleNamespace(doc_id="d1", text=document.text)
    ax = marked_text(bare, hits)
    without = sum(p.get_width() for p in ax.patches if p.get_gid() == "direct")
    assert 0 < without < with_runs
    again = marked_text(bare, hits, runs=document.runs)
    assert sum(p.get_width() for p in again.patches if p.get_gid() == "direct") == with_runs
    assert gids(again).count("indirect") >= 2


def test_the_key_names_what_is_there_and_nothing_else(document, hits):
    said = " ".join(t.get_text() for t in marked_text(document, hits).texts if t.get_gid() == "key")
    assert "loaded language" in said
    assert ": 3 own, 2 attributed" in said
    assert "scare quotes" in said
    assert "boilerplate" not in said


@pytest.mark.parametrize("width", ["single", "double"])
@pytest.mark.parametrize("labels", [False, True])
def test_nothing_leaves_the_page(document, hits, outside, width, labels):
    document.text += "\n\n" + "x" * 700 + " https://" + "a/" * 200
    ax = marked_text(document, hits, width=width, labels=labels)
    assert outside(ax.figure) <= 1
    mm = {"single": 84, "double": 174}[width]
    assert ax.figure.get_size_inches()[0] * 25.4 == pytest.approx(mm)
    renderer = ax.figure.canvas.get_renderer()
    for text in ax.texts:
        box = text.get_window_extent(renderer)
        assert box.x0 >= -1
        assert box.x1 <= ax.figure.bbox.x1 + 2, text


def test_axes_given_are_filled_and_the_rest_is_said(document, hits):
    figure, axes = plt.subplots(1, 2, figsize=(7, 2.4))
    before = plt.get_fignums()
    assert marked_text(document, hits, ax=axes[0]) is axes[0]
    assert plt.get_fignums() == before
    unseen = int(plotted(axes[0]).table["line"].isna().sum())
    assert unseen > 0
    said = " ".join(" ".join(text.get_text() for text in axes[0].texts).split())
    assert f"{unseen} marked spans not shown" in said
    assert figure.axes == list(axes)


def test_lines_can_be_chosen(document, hits):
    whole = plotted(marked_text(document, hits, width="single")).table
    part = plotted(marked_text(document, hits, width="single", lines=(2, 4))).table
    shown = part["line"].notna()
    assert part.loc[shown, "line"].tolist() == whole.loc[shown, "line"].tolist()
    assert set(part.loc[shown, "line"]) <= {3, 4}
    with pytest.raises(BadInput, match="lines"):
        marked_text(document, hits, lines=(4, 4))


def test_more_measures_than_shapes_are_numbered(document, hits):
    many = hits.assign(extractor=[f"measure_{n}" for n in range(len(hits))])
    more = pd.concat([many, many.assign(doc_id="other", extractor="measure_x"),
                      many.assign(doc_id="other", extractor="measure_y")])  # fmt: skip
    assert len(set(more["extractor"])) > len(MARKS)
    tags = [t.get_text() for t in marked_text(document, more).texts if t.get_gid() == "tag"]
    assert " ".join(tags).split() and not [
        t for t in marked_text(document, many).texts if t.get_gid() == "tag"
    ]


def test_marks_are_alike_from_text_to_text(document, hits):
    other = SimpleNamespace(doc_id="d2", text="Chaos again.")
    row = {**hits.iloc[0], "doc_id": "d2", "start": 0, "end": 5, "text": "Chaos"}
    ax = marked_text(other, pd.concat([hits, pd.DataFrame([row])]))
    assert set(gids(ax)) == {"line"}


def test_hits_of_another_text_are_refused(document, hits):
    with pytest.raises(BadInput, match="reads 'slammed'"):
        marked_text(SimpleNamespace(doc_id="d1", text="y" * 500), hits)
    with pytest.raises(BadInput, match="lies outside"):
        marked_html(SimpleNamespace(doc_id="d1", text="short"), hits)


def test_no_text_and_no_hits(document, hits):
    empty = marked_text(SimpleNamespace(doc_id="e", text=" \n "), hits)
    assert any(text.get_gid() == "message" for text in empty.texts)
    none = marked_text(document, hits.iloc[:0])
    assert words_of(none)
    assert len(plotted(none).table) == 0
    assert "<mark" not in marked_html(document, hits.iloc[:0])


def test_a_title_that_opens_the_text_is_not_repeated(document, hits):
    assert "Council halts" in " ".join(t.get_text() for t in marked_text(document, hits).texts)
    document.title = document.text[:20]
    assert document.title not in [t.get_text() for t in marked_text(document, hits).texts]
    assert "<h3" not in marked_html(document, hits)


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.body, self.marks, self.open, self.depth = "", [], [], 0

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.depth += tag == "div" or self.depth > 0
        if tag == "mark":
            self.marks.append(dict(attrs))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.depth -= self.depth > 0

    def handle_data(self, data):
        self.body += data if self.depth else ""


def test_html_holds_the_text_and_its_marks(document, hits):
    page = marked_html(document, hits)
    assert page.isascii()
    reader = Reader()
    reader.feed(page)
    assert reader.body == document.text
    assert not reader.open
    assert len(reader.marks) == len(hits) + 1  # the comparison is cut by the hit inside it
    assert any("speaker: Ada Holm" in mark["title"] for mark in reader.marks)
    assert all("background:none" in mark["style"] for mark in reader.marks)


def test_html_cannot_be_broken_into():
    text = "<script>alert(1)</script> & \"quotes\" 'too'"
    rows = pd.DataFrame({"doc_id": ["x"], "start": [0], "end": [8], "extractor": ['"><b onclick="'],
                         "rule": ["'\"><i>"], "voice": ["outlet"]})  # fmt: skip
    page = marked_html(SimpleNamespace(doc_id="x", text=text, title="<b>loud</b>"), rows)
    assert "<script" not in page
    assert "<i>" not in page
    assert "<b>loud" not in page
    assert "<b onclick" not in page


LETTERS = st.text(st.characters(exclude_categories=()), max_size=120)
spans = st.lists(st.tuples(st.integers(0, 119), st.integers(1, 40)), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=LETTERS, spans=spans, voices=st.lists(st.sampled_from(["outlet", "direct", "indirect"]))
)
def test_any_text_can_be_set_and_written(text, spans, voices):
    spans = [(a, min(a + n, len(text))) for a, n in spans if a < len(text)]
    rows = pd.DataFrame(
        [{"doc_id": "x", "start": a, "end": b, "extractor": f"m{a % 3}", "voice": "direct"}
         for a, b in spans], columns=["doc_id", "start", "end", "extractor", "voice"])  # fmt: skip
    runs = [(10 * n, 10 * n + 7, voice) for n, voice in enumerate(voices)]
    document = SimpleNamespace(doc_id="x", text=text)
    ax = marked_text(document, rows, runs=runs)
    ax.figure.canvas.draw()
    set_text = "".join(word.get_text() for word in words_of(ax))
    assert set_text == "".join(drawable(part) for part in text.split())
    plt.close(ax.figure)
    assert marked_html(document, rows, runs=runs).isascii()


@settings(deadline=None)
@given(length=st.integers(0, 60), spans=spans)
def test_pieces_cover_the_text_without_overlap(length, spans):
    spans = sorted((a, min(a + n, length)) for a, n in spans if a < length)
    rows = pd.DataFrame({"start": [a for a, _ in spans], "end": [b for _, b in spans],
                         "voice": "outlet"})  # fmt: skip
    pieces = cut(length, rows, [(5, 9, "direct"), (30, 90, "indirect")])
    assert [p.start for p in pieces] == [0, *(p.end for p in pieces)][: len(pieces)]
    for number, (start, end) in enumerate(spans):
        inside = {at for p in pieces if number in p.hits for at in range(p.start, p.end)}
        assert inside == set(range(start, end))


def test_lines_fit_and_paragraphs_open():
    text = "one two three four five six\nseven\n\neight " + "n" * 90
    pieces = [Piece(0, len(text), "direct", ())]
    lines = list(set_lines(text, pieces, set(), 60, Faces()))
    assert all(line.fragments[-1].right <= 60 for line in lines)
    assert [line.fragments[0].text for line in lines if line.opens] == ["one", "eight"]
    assert all(len(list(stretches(line, "direct"))) == 1 for line in lines)


def test_a_very_long_line_is_cut_short_quickly():
    document = SimpleNamespace(doc_id="x", text="word " * 400_000 + "y" * 1_000_000)
    ax = marked_text(document, pd.DataFrame(columns=["doc_id", "start", "end", "extractor"]))
    assert "longer text" in " ".join(text.get_text() for text in ax.texts)
    assert ax.figure.get_size_inches()[1] < 40


def test_the_id_of_a_document_is_no_document():
    hits = pd.DataFrame(columns=["doc_id", "start", "end", "extractor"])
    for draw in (marked_text, marked_html):
        with pytest.raises(BadInput, match=r"is a str; give a Document, such as corpus\["):
            draw("boats-ledger", hits)
