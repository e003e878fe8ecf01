"""What is hashed in C and in Python against one regular expression and zlib."""

import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import hashed
from indexer.native import WORDS

WAYS = ["python", pytest.param("c", marks=pytest.mark.skipif(WORDS is None, reason="it is not built"))]
TEXTS = st.text(st.sampled_from("aBz1 _-\né߷ݿ߿ࠀ⁰İΣ\ud800") | st.characters(), max_size=30)


@pytest.mark.parametrize("way", WAYS)
@given(text=TEXTS)
def test_a_hash_is_that_of_each_word_in_lower_case(way, text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashed, "WORDS", None if way == "python" else WORDS)
        expected = re.findall(r"[^\W_]+", text.lower())
        assert hashed.words(text) == expected
        assert hashed.hashes(text).tolist() == [zlib.crc32(word.encode()) for word in expected]
