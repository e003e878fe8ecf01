import pytest

from indexer.aligned import AlignedText
from indexer.records import Citation, Document, Passage, Source, Span, Summary
from tests.evaluation.anchors import citation_fault, passage_faults, source_fault, span_fault, spelled

ORIGINAL = "A drop meta-\nstasis3) of the ﬁlum."
TEXT = AlignedText.of(ORIGINAL).edit([(11, 13, ""), (19, 21, ""), (29, 30, "fi")])


def document():
    return Document("d1", Source("d1.txt", "0" * 64), "Title", (), "", "", TEXT, (), ())


def citation(start, end, **changes):
    values = {
        "text": "Title",
        "page": None,
        "span": Span(start, end),
        "source_span": TEXT.source(start, end),
        "source_spans": TEXT.sources(start, end),
        "quote": TEXT.text[start:end],
        "prefix": TEXT.text[max(0, start - 32) : start],
        "suffix": TEXT.text[end : end + 32],
    }
    return Citation(**{**values, **changes})


def test_the_example_is_cleaned_as_meant():
    assert TEXT.text == "A drop metastasis of the filum."


@pytest.mark.parametrize(("start", "end"), [(0, 31), (2, 17), (7, 17), (25, 31), (3, 3)])
def test_a_true_citation_has_no_fault(start, end):
    assert citation_fault(document(), ORIGINAL, citation(start, end)) == ""


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"span": Span(3, 18)}, "is not what stands at 3-18"),
        ({"quote": "drop metastases"}, "is not what stands at 2-17"),
        ({"prefix": "The "}, "prefix and suffix"),
        ({"suffix": "."}, "prefix and suffix"),
        ({"source_span": Span(2, 12)}, "outside its source span"),
        ({"source_spans": (Span(2, 11),)}, "has '' in its source in place of 'stasis'"),
        (
            {"source_spans": (Span(2, 11), Span(13, 21)), "source_span": Span(2, 21)},
            "has '3)' in its source in place of ''",
        ),
    ],
)
def test_each_fault_is_named(changes, fault):
    assert fault in citation_fault(document(), ORIGINAL, citation(2, 17, **changes))


def test_a_source_may_break_the_line_and_hyphenate_but_spells_the_same():
    assert source_fault("meta-\nstasis", (Span(0, 12),), "metastasis") == ""
    assert source_fault("metastases", (Span(0, 10),), "metastasis") != ""
    assert spelled("well-enhanced ﬁlum") == spelled("wellenhanced filum")


def test_a_span_is_held_against_the_clean_text():
    assert span_fault(document(), Span(2, 6), "drop") == ""
    assert "is not what stands" in span_fault(document(), Span(2, 7), "drop")


class OneDocument:
    """A library of the example, with one passage that says where it stands."""

    def __init__(self, text, span):
        self.made = Passage("d1.1", "d1", 0, "prose", (), text, span, None)

    def documents(self):
        return [Summary("d1", "d1.txt", "Title", passages=1)]

    def document(self, _):
        return document()

    def passages(self, _):
        return [self.made]


def test_every_passage_is_held_against_its_document_and_its_source():
    assert [*passage_faults(OneDocument("drop metastasis", Span(2, 17)), {"d1": ORIGINAL})] == [""]
    (fault,) = passage_faults(OneDocument("drop metastasis", Span(3, 18)), {"d1": ORIGINAL})
    assert "is not what stands at 3-18" in fault
    (fault,) = passage_faults(OneDocument("drop metastasis", Span(2, 17)), {"d1": ORIGINAL.replace("meta", "para")})
    assert "has 'parastasis' in its source in place of 'metastasis'" in fault
