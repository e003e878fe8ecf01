"""What every engine must do: the seam's contract, and the law that its answers equal a search by hand."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.engines import POSITION_BITS, Engine, Found, Reader
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import LibraryDamagedError, LibraryLockedError
from indexer.records import (
    AllOf,
    AnyOf,
    Clause,
    Entry,
    Flagged,
    Key,
    Lesser,
    Match,
    Near,
    Not,
    PassageEntry,
    Phrase,
    Within,
    Word,
)
from indexer.vocabulary import Terms
from tests.engines.entries import brute_force, entry
from tests.libraries import folder_in_memory, terms

ENGINES = (WhooshEngine,)

CANCER = entry("cancer", "drop metastasis in brain cancer", "cancer of the lung", title="On cancer", heading="Results")
FLU = entry("flu", "the flu spreads in winter", title="The flu")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return request.param.create(tmp_path)


@pytest.fixture
def reader(engine: Engine) -> Reader:
    engine.write([CANCER, FLU], ())
    return engine.reader()


def found(
    reader: Reader, *clauses: Clause, required: tuple[Clause, ...] = (), limit: int = 10
) -> list[tuple[str, int]]:
    """Document id and ordinal of the matches, best first."""
    return [(m.document_id, m.ordinal) for m in reader.search(clauses, required, limit).matches]


def matches(*keys: tuple[str, int]) -> list[Match]:
    """Matches of passages by document id and ordinal."""
    return [Match(document_id, ordinal, 1.0) for document_id, ordinal in keys]


class TestReading:
    def test_tells_what_it_knows(self, reader: Reader) -> None:
        assert reader.known() == {"cancer": "f1", "flu": "f1"}
        assert reader.size() == 3

    def test_gives_documents_back(self, reader: Reader) -> None:
        assert reader.document("flu") == FLU.payload
        assert reader.summary("flu") == b"row of flu"
        assert reader.documents() == [b"row of cancer", b"row of flu"]

    def test_tells_where_terms_stand_in_passages_that_were_found(self, reader: Reader) -> None:
        asked = matches(("flu", 0), ("cancer", 1), ("cold", 0), ("cancer", 0))
        found = reader.positions(asked, ["cancer", "the", "in", "On", "measles"])
        told = {term: [divmod(place, 1 << POSITION_BITS) for place in held.tolist()] for term, held in found.items()}
        assert told == {
            "cancer": [(1, 0), (3, 4)],
            "the": [(0, 0), (1, 2)],
            "in": [(0, 3), (3, 2)],
            "On": [],
            "measles": [],
        }
        assert reader.heads(asked).each() == [b"head 0 of flu", b"head 1 of cancer", b"", b"head 0 of cancer"]
        every = reader.search((), (AllOf(()),), 9).matches
        assert reader.heads(every).each() == [
            b"head %d of %s" % (one.ordinal, one.document_id.encode()) for one in every
        ]
        assert len(reader.positions(every, ["cancer"])["cancer"]) == 2

    @pytest.mark.parametrize("key", [("flu", 1), ("flu", -1), ("cold", 0), ("", 0)])
    def test_has_none_for_a_passage_that_is_not_there(self, reader: Reader, key: tuple[str, int]) -> None:
        assert reader.heads(matches(key, ("flu", 0))).each() == [b"", b"head 0 of flu"]

    @pytest.mark.parametrize("document_id", ["cold", "", "canc", "cancer ", "\ud800"])
    def test_has_none_for_a_document_that_is_not_there(self, reader: Reader, document_id: str) -> None:
        assert reader.document(document_id) is None
        assert reader.summary(document_id) is None

    def test_counts_passages_whose_text_holds_a_term(self, reader: Reader) -> None:
        assert reader.frequencies(["cancer", "in", "on", "measles"]) == {"cancer": 2, "in": 2, "on": 0, "measles": 0}

    def test_lists_terms_of_the_text_by_frequency(self, reader: Reader) -> None:
        assert reader.vocabulary("", 4) == [("cancer", 2), ("in", 2), ("the", 2), ("brain", 1)]
        assert reader.vocabulary("m", 9) == [("metastasis", 1)]
        assert reader.vocabulary("on", 9) == []

    def test_knows_nothing_when_empty(self, engine: Engine) -> None:
        reader = engine.reader()
        assert (reader.known(), reader.documents(), reader.size()) == ({}, [], 0)
        assert reader.search([Word("cancer")], [Phrase(("a", "b"))], 10) == Found(0, ())
        assert (reader.keywords(""), reader.tally(matches(("a", 0)), ["year"])) == ({}, {"year": {}})
        assert (reader.vocabulary("", 9), reader.frequencies(["a"])) == ([], {"a": 0})
        assert (reader.document("a"), reader.heads(matches(("a", 0))).each()) == (None, [b""])


class TestSearching:
    def test_finds_passages_that_hold_any_word(self, reader: Reader) -> None:
        assert found(reader, Word("lung"), Word("winter"), Word("unheard")) == [("cancer", 1), ("flu", 0)]

    def test_finds_words_of_titles_and_headings(self, reader: Reader) -> None:
        assert found(reader, Word("On")) == found(reader, Word("Results")) == [("cancer", 0), ("cancer", 1)]

    def test_counts_beyond_the_limit(self, reader: Reader) -> None:
        result = reader.search([Word("cancer"), Word("flu")], (), 1)
        assert (result.total, len(result.matches)) == (3, 1)
        assert reader.search([Word("cancer")], (), 0) == Found(2, ())

    @settings(deadline=None, max_examples=20)
    @given(
        st.lists(st.sampled_from([Word("a"), Word("b"), Word("c"), Phrase(("a", "b"))]), min_size=1), st.integers(0, 99)
    )
    def test_finds_the_best_however_many_are_counted(self, asked: list[Clause], counted: int) -> None:
        with folder_in_memory() as folder:
            engine = WhooshEngine.create(folder)
            for at in range(3):
                texts = ["a" if number % 9 else f"b a {'c ' * (number % 5)}a b" for number in range(30)]
                engine.write([entry(f"d{at}", *texts)], [f"d{at - 2}"])
            every = engine.reader().search(asked, (), 3)
            some = engine.reader().search(asked, (), 3, counted=counted)
        assert some.matches == every.matches
        assert min(counted, every.total) <= some.total <= every.total

    def test_finds_a_phrase_only_where_its_words_follow_one_another(self, reader: Reader) -> None:
        assert found(reader, Phrase(("drop", "metastasis"))) == [("cancer", 0)]
        assert found(reader, Phrase(("metastasis", "drop"))) == []
        assert found(reader, Phrase(("drop", "brain"))) == []

    def test_does_not_find_a_phrase_across_fields(self, reader: Reader) -> None:
        assert found(reader, Phrase(("cancer", "drop")), Phrase(("Results", "drop"))) == []
        assert found(reader, Phrase(("On", "cancer"))) == [("cancer", 0), ("cancer", 1)]

    def test_finds_a_phrase_by_position_not_by_order(self, engine: Engine) -> None:
        joined = Terms.of(("t", "tcell", "cell"), (0, 0, 1))
        engine.write([Entry("d", "f", b"", (PassageEntry(0, text=joined),))], ())
        assert found(engine.reader(), Phrase(("t", "cell"))) == [("d", 0)]
        assert found(engine.reader(), Phrase(("tcell", "cell"))) == [("d", 0)]
        assert found(engine.reader(), Phrase(("t", "tcell"))) == []

    def test_leaves_out_what_lacks_a_required_phrase(self, reader: Reader) -> None:
        brain, lung = Phrase(("brain", "cancer")), Phrase(("the", "lung"))
        assert found(reader, Word("cancer"), Word("flu"), required=(brain,)) == [("cancer", 0)]
        assert found(reader, required=(lung,)) == [("cancer", 1)]
        assert found(reader, Word("cancer"), required=(brain, lung)) == []

    def test_takes_the_forms_of_any_of_as_one_clause(self, engine: Engine) -> None:
        engine.write([entry("a", "il 6 il6"), entry("b", "il6 il6"), entry("c", "something else")], ())
        forms = AnyOf((Word("il6"), Phrase(("il", "6"))))
        first, second = engine.reader().search([forms], (), 10).matches
        assert (first.document_id, second.document_id) == ("b", "a")
        assert engine.reader().search([AnyOf((forms, Word("il6")))], (), 10).matches == [first, second]

    def test_puts_equals_in_order_of_document_and_ordinal(self, engine: Engine) -> None:
        engine.write([entry(name, "same text", "same text") for name in ("b", "é", "a", "10", "9")], ())
        best = found(engine.reader(), Word("same"), limit=5)
        assert best == [("10", 0), ("10", 1), ("9", 0), ("9", 1), ("a", 0)]

    def test_finds_words_near_each_other_in_any_order(self, reader: Reader) -> None:
        assert found(reader, Near(("cancer", "drop"), 3)) == [("cancer", 0)]
        assert found(reader, Near(("cancer", "drop"), 2)) == []
        assert found(reader, Near(("cancer", "On"), 0)) == [("cancer", 0), ("cancer", 1)]
        assert found(reader, Near(("cancer", "cancer"), 9)) == []

    def test_finds_within_a_field(self, reader: Reader) -> None:
        assert found(reader, Within("title", Word("flu"))) == [("flu", 0)]
        assert found(reader, Within("heading", AnyOf((Word("flu"), Word("Results"))))) == [("cancer", 0), ("cancer", 1)]
        assert found(reader, Within("text", Word("On"))) == []
        assert found(reader, Within("author", Word("On"))) == []

    def test_obeys_every_operator(self, reader: Reader) -> None:
        both = AllOf((Word("cancer"), Word("lung")))
        assert found(reader, required=(both,)) == [("cancer", 1)]
        assert found(reader, required=(Not(both),)) == [("cancer", 0), ("flu", 0)]
        assert found(reader, required=(Not(Word("cancer")), Not(Word("flu")))) == []
        assert found(reader, required=(AnyOf((both, Word("winter"))),)) == [("cancer", 1), ("flu", 0)]
        assert found(reader, Word("cancer"), required=(Not(Word("drop")),)) == [("cancer", 1), ("flu", 0)]
        assert found(reader, required=(AllOf(()),)) == [("cancer", 0), ("cancer", 1), ("flu", 0)]

    def test_ranks_by_clauses_alone(self, reader: Reader) -> None:
        (match,) = reader.search([Word("cancer")], [Word("winter")], 9).matches
        assert (match.document_id, match.score) == ("flu", 0.0)

    def test_gives_what_is_lesser_its_share_and_spares_what_it_is_not_meant_for(self, engine: Engine) -> None:
        engine.write([entry("a", "short"), entry("b", "long form"), entry("c", "long form", keys=["other"])], ())
        reader, long = engine.reader(), Phrase(("long", "form"))
        whole = reader.search([AnyOf((Word("short"), Lesser(long, 0.25)))], (), 9).matches
        assert [match.document_id for match in whole] == ["a", "b", "c"]
        (full, _), (lesser, _) = (
            reader.search([long], (), 9).matches,
            reader.search([Lesser(long, 0.25)], (), 9).matches,
        )
        assert whole[1].score == lesser.score == pytest.approx(full.score / 4)
        spared = AnyOf((Word("short"), Lesser(long, 0.25, unless=Key("other"))))
        assert found(reader, spared) == [("a", 0), ("b", 0)]
        assert found(reader, required=(spared,)) == [("a", 0), ("b", 0)]

    def test_tells_passages_that_hold_a_word_only_under_a_flag(self, engine: Engine) -> None:
        texts = ["no cancer", "no cancer but cancer", "cancer"]
        marked = [Terms.of((*terms(text).texts, "!negated"), (*terms(text).positions, 1)) for text in texts[:2]]
        passages = [PassageEntry(at, text=held) for at, held in enumerate([*marked, terms(texts[2])])]
        engine.write([Entry("d", "f", b"", tuple(passages))], ())
        reader = engine.reader()
        assert found(reader, required=(Flagged("negated", (Word("cancer"),)),)) == [("d", 0)]
        assert found(reader, required=(Flagged("negated", (Word("cancer"), Word("no"))),)) == [("d", 0)]
        assert found(reader, required=(Flagged("possible", (Word("cancer"),)),)) == []
        assert found(reader, required=(Flagged("negated", ()),)) == []

    def test_filters_and_counts_by_keywords(self, engine: Engine) -> None:
        engine.write([entry("a", "one", "two", keys=["year=2019", "kind=note"]), entry("b", "one")], ())
        engine.write([entry("c", "one", keys=["year=2019"])], ["b"])
        reader = engine.reader()
        assert found(reader, Word("one"), required=(Key("year=2019"),)) == [("a", 0), ("c", 0)]
        assert found(reader, required=(Not(Key("year=2019")),)) == [("a", 1)]
        assert found(reader, Word("year=2019"), Key("year=2019")) == []
        assert reader.keywords("year=") == {"year=2019": 2}
        assert reader.keywords("") == {"year=2019": 2, "kind=note": 1}
        asked = matches(("a", 0), ("a", 1), ("c", 0), ("b", 0), ("c", 7))
        assert reader.tally(asked, ["year", "kind"]) == {"year": {"2019": 2}, "kind": {"note": 1}}
        assert reader.tally(asked[:1], ["kind"]) == {"kind": {}}
        assert reader.tally(asked, []) == {}
        every = reader.search((), (AllOf(()),), 9).matches
        assert reader.tally(every, ["year", "kind"]) == {"year": {"2019": 2}, "kind": {"note": 1}}

    def test_counts_keywords_of_live_passages_alone(self, engine: Engine) -> None:
        engine.write([entry("a", "one", keys=["year=2019"]), entry("b", "one", keys=["year=2020"])], ())
        engine.write((), ["a"])
        assert engine.reader().keywords("year=") == {"year=2020": 1}

    def test_gives_what_it_has_when_time_is_up(self, reader: Reader) -> None:
        assert reader.search([Word("cancer")], [Word("cancer")], 9, time.monotonic() - 1) == Found(0, (), True)
        assert reader.search([Word("cancer")], (), 9, time.monotonic() - 1) == Found(0, (), True)
        assert reader.search([Word("cancer")], (), 9, time.monotonic() + 60).timed_out is False

    @pytest.mark.parametrize("word", ["", "\ud800", "x" * 70_000, "\0", "unheard", "ſ"])
    def test_finds_nothing_for_a_term_it_does_not_hold(self, reader: Reader, word: str) -> None:
        clauses = (Word(word), Phrase((word,)), Phrase((word, "cancer")), Phrase(()), AnyOf(()), AnyOf((Word(word),)))
        assert found(reader, *clauses) == []

    @pytest.mark.parametrize("word", ["", "\ud800", "x" * 70_000, "\0", "ſ", "\U0010ffff"])
    def test_finds_any_term_it_holds(self, engine: Engine, word: str) -> None:
        text = Terms.of(("a", word, "b"), (0, 70_000, 70_001))
        engine.write([Entry(word, word, b"", (PassageEntry(0, text=text),))], ())
        reader = engine.reader()
        assert found(reader, Word(word)) == found(reader, Phrase((word, "b"))) == [(word, 0)]
        assert reader.known() == {word: word}
        assert (word, 1) in reader.vocabulary(word, 9)


class TestWriting:
    def test_replaces_a_document(self, engine: Engine) -> None:
        engine.write([CANCER, FLU], ())
        engine.write([entry("cancer", "cured", fingerprint="f2")], ())
        reader = engine.reader()
        assert reader.known() == {"cancer": "f2", "flu": "f1"}
        assert found(reader, Word("cancer"), Word("cured")) == [("cancer", 0)]
        assert (reader.size(), reader.document("cancer")) == (2, b"cancer ('cured',)")
        assert reader.frequencies(["cancer"]) == {"cancer": 0}
        assert [term for term, _ in reader.vocabulary("c", 9)] == ["cured"]

    def test_deletes_documents(self, engine: Engine) -> None:
        engine.write([CANCER, FLU], ())
        engine.write((), ["cancer", "never there"])
        reader = engine.reader()
        assert (reader.known(), reader.size()) == ({"flu": "f1"}, 1)
        assert found(reader, Word("cancer")) == []
        assert reader.heads(matches(("cancer", 0))).each() == [b""]

    def test_prefers_an_entry_over_its_deletion(self, engine: Engine) -> None:
        engine.write([FLU], ())
        engine.write([entry("flu", "again")], ["flu"])
        assert found(engine.reader(), Word("again"), Word("winter")) == [("flu", 0)]

    def test_brings_back_a_deleted_document(self, engine: Engine) -> None:
        engine.write([FLU], ())
        engine.write((), ["flu"])
        engine.write([FLU], ())
        assert found(engine.reader(), Word("winter")) == [("flu", 0)]

    def test_keeps_a_document_without_passages(self, engine: Engine) -> None:
        engine.write([Entry("broken", "f", b"", (), b"could not be read"), FLU], ())
        reader = engine.reader()
        assert reader.known() == {"broken": "f", "flu": "f1"}
        assert (reader.size(), reader.document("broken"), reader.summary("broken")) == (1, b"", b"could not be read")

    def test_keeps_passages_without_terms(self, engine: Engine) -> None:
        held = PassageEntry(3, head=b"three"), PassageEntry(7, head=b"seven")
        engine.write([Entry("d", "f", b"p", held)], ())
        reader = engine.reader()
        found = reader.heads(matches(("d", 7), ("d", 0), ("d", 3))).each()
        assert (reader.size(), found) == (2, [b"seven", b"", b"three"])

    @pytest.mark.parametrize("payload", [b"", b"\0" * 9, bytes(range(256)), b"x" * 200_000])
    def test_keeps_any_payload(self, engine: Engine, payload: bytes) -> None:
        engine.write([Entry("d", "f", payload, (PassageEntry(0, head=payload),), payload), FLU], ())
        reader = engine.reader()
        assert reader.document("d") == reader.summary("d") == payload
        assert reader.heads(matches(("d", 0))).each() == [payload]

    def test_changes_nothing_when_an_entry_fails(self, engine: Engine) -> None:
        def failing() -> Iterator[Entry]:
            yield entry("new", "new text")
            raise OverflowError("as a reader of sources may")

        engine.write([FLU], ())
        with pytest.raises(OverflowError, match="as a reader"):
            engine.write(failing(), ["flu"])
        assert engine.reader().known() == {"flu": "f1"}
        engine.write([CANCER], ())
        assert set(engine.reader().known()) == {"flu", "cancer"}

    @pytest.mark.parametrize(
        ("entries", "reason"),
        [
            ([FLU, FLU], "document 'flu' is given twice"),
            ([Entry("d", "f", b"", (PassageEntry(-1),))], "ordinal -1 is negative"),
        ],
    )
    def test_refuses_entries_that_make_no_sense(self, engine: Engine, entries: list[Entry], reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            engine.write(entries, ())
        assert engine.reader().known() == {}

    def test_takes_entries_one_by_one(self, engine: Engine) -> None:
        def entries() -> Iterator[Entry]:
            for number in range(30):
                yield entry(f"d{number}", "text")
                alive.append(number)

        alive: list[int] = []
        engine.write(entries(), ())
        assert (len(alive), engine.reader().size()) == (30, 30)

    def test_refuses_a_second_writer(self, engine: Engine) -> None:
        def entries() -> Iterator[Entry]:
            yield FLU
            with pytest.raises(LibraryLockedError):
                engine.write([CANCER], ())

        engine.write(entries(), ())
        engine.write([CANCER], ())
        assert set(engine.reader().known()) == {"flu", "cancer"}

    def test_counts_its_commits(self, engine: Engine) -> None:
        commits = [engine.commit()]
        for entries in ([FLU], [], [CANCER]):
            engine.write(entries, ())
            commits.append(engine.commit())
        assert commits == sorted(set(commits))


class TestCommits:
    def test_a_reader_stays_on_its_commit(self, engine: Engine) -> None:
        engine.write([FLU], ())
        before = engine.reader()
        for number in range(12):
            engine.write([entry(f"d{number}", "winter again")], ["flu", f"d{number - 2}"])
        assert (before.known(), before.size()) == ({"flu": "f1"}, 1)
        assert found(before, Word("winter"), Word("again")) == [("flu", 0)]
        assert before.documents() == [b"row of flu"]
        assert engine.reader().known() == {"d10": "f1", "d11": "f1"}

    def test_another_engine_sees_the_last_commit(self, engine: Engine, tmp_path: Path) -> None:
        engine.write([FLU], ())
        other = type(engine).open(tmp_path)
        assert other.reader().known() == {"flu": "f1"}
        engine.write([CANCER], ["flu"])
        assert other.reader().known() == {"cancer": "f1"}
        assert other.commit() == engine.commit()

    def test_equal_states_score_alike_however_they_were_reached(self, engine: Engine, tmp_path: Path) -> None:
        for number in range(20):
            engine.write([entry(f"d{number % 5}", "flu " * (number % 7), "winter flu")], [f"d{number % 3}"])
        (tmp_path / "fresh").mkdir()
        fresh = type(engine).create(tmp_path / "fresh")
        last = [entry("d0", "flu"), entry("d3", "flu " * 4, "winter flu"), entry("d4", "flu " * 5, "winter flu")]
        engine.write(last, ["d1", "d2"])
        fresh.write(last, ())
        query = [Word("flu"), Word("winter"), Phrase(("flu", "flu"))]
        assert engine.reader().search(query, (), 99) == fresh.reader().search(query, (), 99)


class TestDamage:
    def test_tells_an_empty_folder(self, engine: Engine, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        for folder in ("empty", "missing"):
            with pytest.raises(LibraryDamagedError):
                type(engine).open(tmp_path / folder)

    @pytest.mark.parametrize("damage", ["missing", "empty", "half", "short", "long", "zeros", "noise", "one bit"])
    def test_tells_damage_to_any_file(self, engine: Engine, tmp_path: Path, damage: str) -> None:
        """`open` or `check` tells it, as LibraryDamagedError; a file that is not needed may be damaged."""
        engine.write([CANCER], ())
        engine.write([FLU], ())
        told = 0
        for path in sorted(tmp_path.iterdir()):
            whole = path.read_bytes()
            harm(path, damage)
            try:
                type(engine).open(tmp_path).check()
            except LibraryDamagedError:
                told += 1
            else:
                assert found(engine.reader(), Word("winter"), Word("lung")) == [("cancer", 1), ("flu", 0)]
            path.write_bytes(whole)
        assert told >= 3
        type(engine).open(tmp_path).check()

    def test_can_be_written_again_after_the_damage_is_mended(self, engine: Engine, tmp_path: Path) -> None:
        engine.write([CANCER], ())
        largest = max(tmp_path.iterdir(), key=lambda path: path.stat().st_size)
        moved = largest.rename(tmp_path.parent / f"{tmp_path.name}.moved")
        with pytest.raises(LibraryDamagedError):
            engine.write([FLU], ())
        moved.rename(largest)
        engine.write([FLU], ())
        assert set(engine.reader().known()) == {"flu", "cancer"}


def harm(path: Path, damage: str) -> None:
    """Damage a file in the way that the word says."""
    content = path.read_bytes()
    middle = len(content) // 2
    if damage == "missing":
        path.unlink()
        return
    harmed = {
        "empty": b"",
        "half": content[:middle],
        "short": content[:-1],
        "long": content + b"\0",
        "zeros": bytes(len(content)),
        "noise": bytes(byte ^ 0x5A for byte in content),
        "one bit": content[:middle] + bytes(byte ^ 4 for byte in content[middle : middle + 1]) + content[middle + 1 :],
    }
    path.write_bytes(harmed[damage])


WORDS = st.sampled_from(["a", "b", "c", "d", "!negated"])
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
NAMES = st.sampled_from(["d1", "d2", "d3", "d4"])
KEYWORDS = st.sampled_from(["x=1", "x=2", "y=1"])
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: Phrase(tuple(words)))
NEAR = st.builds(Near, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.integers(0, 3))
LEAVES = st.one_of(WORDS.map(Word), PHRASES, NEAR)


def tuples(parts: st.SearchStrategy[Clause]) -> st.SearchStrategy[tuple[Clause, ...]]:
    return st.lists(parts, max_size=3).map(tuple)


FORMS = st.recursive(
    LEAVES | st.builds(Within, st.sampled_from(["title", "heading", "text"]), LEAVES),
    lambda parts: st.builds(AnyOf, tuples(parts)),
    max_leaves=4,
)
LESSER = st.builds(Lesser, LEAVES, st.sampled_from([0.15, 0.5]), st.none() | KEYWORDS.map(Key))
CLAUSES = FORMS | LESSER | st.builds(lambda form, lesser: AnyOf((form, lesser)), FORMS, LESSER)
REQUIRED = st.recursive(
    CLAUSES | KEYWORDS.map(Key) | st.builds(Flagged, st.just("negated"), tuples(LEAVES)),
    lambda parts: st.builds(AnyOf, tuples(parts)) | st.builds(AllOf, tuples(parts)) | st.builds(Not, parts),
    max_leaves=4,
)
ENTRIES = st.builds(
    lambda name, texts, title, heading, keys: entry(name, *texts, title=title, heading=heading, keys=keys),
    NAMES,
    st.lists(TEXTS, max_size=3),
    TEXTS,
    TEXTS,
    st.lists(KEYWORDS, max_size=2),
)
COMMITS = st.tuples(st.lists(ENTRIES, max_size=3, unique_by=lambda made: made.document_id), st.lists(NAMES, max_size=2))


@pytest.mark.parametrize("kind", ENGINES)
@settings(deadline=None, max_examples=60)
@given(st.lists(COMMITS, max_size=4), st.lists(CLAUSES, max_size=4), st.lists(REQUIRED, max_size=2), st.integers(1, 5))
@example([([entry("d1", "a b a", title="a")], [])], [Word("a")], [Phrase(("a", "b"))], 1)
@example(
    [([entry("d1", "!negated a a !negated b")], [])], [], [Flagged("negated", (Near(("b", "a", "!negated"), 3),))], 1
)
@example([([entry("d1", "a a"), entry("d2", "a")], []), ([], ["d1"])], [Word("a")], [], 5)
def test_answers_as_a_search_by_hand(
    kind: type[Engine],
    commits: list[tuple[list[Entry], list[str]]],
    clauses: list[Clause],
    required: list[Clause],
    limit: int,
) -> None:
    state: dict[str, Entry] = {}
    with folder_in_memory() as folder:
        engine = kind.create(folder)
        for entries, gone in commits:
            engine.write(entries, gone)
            state = {name: held for name, held in state.items() if name not in gone}
            state |= {made.document_id: made for made in entries}
        reader = engine.reader()
        assert reader.known() == {name: held.fingerprint for name, held in state.items()}
        expected, answer = brute_force(state.values(), clauses, required, 99), reader.search(clauses, required, limit)
    assert answer.total == expected.total
    assert len(answer.matches) == min(limit, expected.total)
    scores = {(m.document_id, m.ordinal): m.score for m in expected.matches}
    for match, best in zip(answer.matches, expected.matches, strict=False):
        assert match.score == pytest.approx(scores[match.document_id, match.ordinal], abs=1e-9)
        assert match.score == pytest.approx(best.score, abs=1e-9)
    assert list(answer.matches) == sorted(answer.matches, key=_order)


def _order(match: Match) -> tuple[float, str, int]:
    return -match.score, match.document_id, match.ordinal
