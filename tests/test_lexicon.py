from indexer.lexicon import Lexicon


def test_a_lexicon_makes_each_word_once_and_forgets_when_it_is_full(monkeypatch):
    monkeypatch.setattr("indexer.lexicon._HELD", 2)
    made = []
    lexicon = Lexicon(lambda word: made.append(word) or word.upper())
    assert [lexicon[word] for word in ("a", "a", "b", "c", "a", "x" * 65, "x" * 65)][:5] == ["A", "A", "B", "C", "A"]
    assert made == ["a", "b", "c", "a", "x" * 65, "x" * 65]
