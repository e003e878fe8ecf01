import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read import load, read, text, unsupported
from indexer.records import Source

GERMAN = "Größe des Tumors: fünf Zentimeter, größer als üblich.\n" * 20


def original(data):
    (extract,) = text.extracts(data, Source("a.txt", "0" * 64))
    assert extract.text.text == extract.original
    return extract.original


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-16-le"])
def test_encodings_are_told_apart(encoding):
    assert original(GERMAN.encode(encoding)) == GERMAN


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2"])
@pytest.mark.parametrize(
    "words",
    [
        "Biblioteka jest zamknięta w niedzielę. Książki można wypożyczyć na miesiąc.",
        "Knihovna je v neděli zavřená. Půjčit si můžete šest knih na měsíc, šťastně.",
        "Dům je starý více než sto let a žije v něm rodina rybářů. Obec loni opravila silnici.",
        "Hiša je stara več kot sto let in v njej živi družina, ki se ukvarja z ribištvom.",
        "Dzieci chodzą do szkoły każdego dnia.",
    ],
)
def test_the_two_alphabets_of_central_europe_are_told_apart(encoding, words):
    assert original(words.encode(encoding)) == words


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_and_without_an_accent_is_not_taken_for_utf_8(encoding):
    assert original("Forty apple trees.\n".encode(encoding)) == "Forty apple trees.\n"


@pytest.mark.parametrize(
    "words",
    [
        "The study of Lefèvre and Señor Núñez was naïve, as Ångström and Müller wrote in the café. " * 20,
        "Åke åt en gröt på lördagen och så gick han hem till ön där älgarna bor. " * 20,
        "L’été dernier, le garçon a mangé à côté de la forêt où naît l’œuvre. " * 20,
    ],
)
def test_western_letters_are_not_taken_for_those_of_other_alphabets(words):
    assert original(words.encode("cp1252")) == words


def test_letters_of_central_europe_are_not_taken_for_western_ones():
    polish = "Zażółć gęślą jaźń, a potem idź do domu, bo wkrótce będzie już całkiem ciemno i źle. " * 20
    assert original(polish.encode("cp1250")) == polish
    short = "Wałęsa pojechał do Łodzi, żeby zobaczyć źródło rzeki. Książka leżała na stole, a kot spał."
    assert original(short.encode("iso8859-2")) == short  # which is taken for the alphabet of the far north
    assert "Größe" in original(GERMAN.encode("latin-1"))


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Kuća je stara više od sto godina i u njoj živi obitelj koja se bavi ribarstvom.", "iso8859-2"),
        ("La casa tiene más de cien años y en ella vive una familia de pescadores.", "cp1252"),
        ("El año pasado.", "cp1252"),
    ],
)
def test_latin_letters_are_not_taken_for_another_script(words, encoding):
    assert original(words.encode(encoding)) == words


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("我們使用python的程式庫numpy來計算x和y,然後用matplotlib畫圖。詳見README。", "big5"),
        ("Мы были в доме у реки, где живёт семья рыбака. См. файл README и python.", "cp1251"),
        ("Το σπίτι είναι παλιό και ζει εκεί μια οικογένεια. Δείτε το αρχείο README.", "cp1253"),
        ("家は百年以上前に建てられ、漁師の家族が住んでいる。詳細はREADMEを参照。", "cp932"),
    ],
)
def test_other_scripts_stay_what_they_are(words, encoding):
    assert original((3 * words).encode(encoding)) == 3 * words


def test_line_ends_stay_as_they_are_so_that_offsets_hold():
    assert original(b"one\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


@given(st.text(min_size=1).filter(lambda words: words.strip() and words[0] != "\ufeff" and words.isprintable()))
def test_utf8_text_comes_back_as_it_was(words):
    assert original(words.encode()) == words


def test_a_few_stray_control_characters_are_no_reason_to_refuse_a_text():
    assert original(b"A short \x00 \x1b[31m text \x07.") == "A short \x00 \x1b[31m text \x07."


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (bytes(range(256)) * 50, "not text"),
        (b"\x7fELF\x02\x01\x01\x00" + b"\x00\x03\x80\xfe" * 500, "not text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 30, "not text"),
        (b"PK\x03\x04 and so on, all of it letters " * 9, "not text"),
        (b"A short line of text.\n" * 4000 + bytes(range(256)) * 400, "not text"),
        (b"\xe4 few \x01 bytes", "not text"),
        ("﻿   \n".encode(), "empty"),
    ],
)
def test_what_is_not_text_is_refused_with_its_status(data, status):
    with pytest.raises(UnreadableSourceError) as caught:
        original(data)
    assert caught.value.status == status


@pytest.mark.parametrize(
    ("data", "limit", "status"), [(b"", 10, "empty"), (b" \n\t", 10, "empty"), (b"x" * 11, 10, "too large")]
)
def test_files_that_are_not_loaded(tmp_path, data, limit, status):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableSourceError) as caught:
        load(path, "a.txt", limit)
    assert caught.value.status == status
    assert caught.value.path == "a.txt"


def test_a_file_that_is_gone_or_no_file_is_unreadable(tmp_path):
    for path in (tmp_path / "gone.txt", tmp_path):
        with pytest.raises(UnreadableSourceError):
            load(path, "x.txt", 10)


def test_a_suffix_without_a_reader_is_unsupported(tmp_path):
    path = tmp_path / "a.xyz"
    path.write_text("text")
    with pytest.raises(UnreadableSourceError, match=r"no reader for \.xyz") as caught:
        read(path, "a.xyz")
    assert caught.value.status == "unsupported"


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("a.xyz", "no reader for .xyz"),
        ("a.RTF", "no reader for .RTF: save it as .docx or .pdf"),
        ("a.rst", "no reader for .rst: a copy named .txt is read as plain text, signs and all"),
        ("a.xlsx", "no reader for .xlsx: save it as .csv"),
    ],
)
def test_it_is_said_what_can_be_done_about_it(name, instead):
    assert unsupported(name).reason == instead
