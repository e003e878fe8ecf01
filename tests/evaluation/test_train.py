import json

import pytest

np = pytest.importorskip("numpy", reason="training needs the extra `train`")
pytest.importorskip("scipy", reason="training needs the extra `train`")

from indexer.model import judged, shipped, signs  # noqa: E402
from indexer.records import Span  # noqa: E402 after the skips
from tests.evaluation.public import Question  # noqa: E402
from tests.evaluation.train import (  # noqa: E402
    AGAINST,
    BY_HAND,
    MODEL,
    MOST,
    TRANSFER,
    firsts,
    listwise,
    rounded,
    sample,
    sentence_weights,
)
from tests.questions import CYSTS, small_library  # noqa: E402


def test_the_slope_is_that_of_the_loss():
    rows = np.array([[1.0, 0.2], [0.3, 2.0], [0.1, 0.4], [2.0, 1.0], [0.5, 0.6]])
    right, bounds = np.array([True, False, False, True, False]), np.array([0, 3, 5])
    weights = np.array([0.4, -0.7])
    value, slope = listwise(weights, rows, right, bounds)
    for at in range(2):
        step = np.zeros(2)
        step[at] = 1e-6
        assert (listwise(weights + step, rows, right, bounds)[0] - value) / 1e-6 == pytest.approx(slope[at], abs=1e-4)


def test_training_puts_the_right_sentence_first_and_is_repeatable():
    start = CYSTS.index("Nine patients")
    with small_library() as reader:
        cysts = next(row.id for row in reader.documents() if "cysts" in row.path)
        one = sample(reader, Question("Where were cysts operated on?", cysts, (Span(start, start + 13),)))
    assert [found.sentence.text[:4] for found, ok in zip(one.scene.pool, one.right, strict=True) if ok] == ["Nine"]
    weights = sentence_weights([[one]])
    assert weights == sentence_weights([[one]])
    assert all(weight <= 0 if name in AGAINST else weight >= 0 for name, weight in weights.items())
    assert weights.keys() == one.features.keys()
    assert weights.items() >= BY_HAND.items()


def test_what_is_learnt_from_is_ranked_as_it_is_served():
    with small_library(walnuts="Walnuts\n\nWhen do walnuts need water?\n") as reader:
        asked = [
            sample(reader, Question(text, "walnuts", (Span(9, 36),))) for text in ("walnuts?", "Do walnuts need it?")
        ]
    asking, telling = ([known for known, _ in firsts([one], shipped().sentence)] for one in asked)
    assert asking == []  # a question that the document asks is no answer
    assert telling == [signs(asked[1].scene, asked[1].features, judged(asked[1].scene).ranking)]


def test_weights_are_written_heaviest_first_and_short():
    assert list(rounded({"a": 0.123456, "b": -2.0}).items()) == [("b", -2.0), ("a", 0.123)]


def test_the_files_hold_what_training_may_write():
    held = [json.loads(MODEL.read_text(encoding="utf-8")), *json.loads(TRANSFER.read_text(encoding="utf-8")).values()]
    for weights in [one["sentence"] for one in held]:
        assert weights.items() >= BY_HAND.items()
        assert all(weight <= 0 if name in AGAINST else weight >= 0 for name, weight in weights.items())
        assert all(weights[name] <= most for name, most in MOST.items())
    for weights in [part for one in held for part in (one["sentence"], one["confidence"]["weights"])]:
        assert list(rounded(weights).items()) == list(weights.items())
