from indexer.lexicon import Lexicon, Sieve


def test_a_lexicon_makes_each_word_once_and_forgets_when_it_is_full(monkeypatch):
    monkeypatch.setattr("indexer.lexicon._HELD", 2)
    made = []
    lexicon = Lexicon(lambda word: made.append(word) or word.upper())
    assert [lexicon[word] for word in ("a", "a", "b", "c", "a", "x" * 65, "x" * 65)][:5] == ["A", "A", "B", "C", "A"]
    assert made == ["a", "b", "c", "a", "x" * 65, "x" * 65]


def test_a_sieve_asks_once_about_the_words_of_which_nothing_is_made(monkeypatch):
    monkeypatch.setattr("indexer.lexicon._HELD", 3)
    asked = []
    sieve = Sieve(lambda word: asked.append(word) or word.strip("abc"))
    assert sieve.among({"a", "by", "x" * 65}) == {"by": "y", "x" * 65: "x" * 65}
    assert sieve.among({"a", "by"}) == {"by": "y"}
    assert sorted(asked) == ["a", "by", "by", "x" * 65]
    assert sieve.among({"b", "c"}) == sieve.among({"a"}) == {}
    assert asked.count("a") == 1
    assert sieve.among({"aa"}) == sieve.among({"a"}) == {}
    assert asked.count("a") == 2
