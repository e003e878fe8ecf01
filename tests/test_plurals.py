import pytest

from indexer.plurals import singular


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("metastases", "metastasis"),
        ("diagnoses", "diagnosis"),
        ("prognoses", "prognosis"),
        ("analyses", "analysis"),
        ("paralyses", "paralysis"),
        ("hypotheses", "hypothesis"),
        ("stenoses", "stenosis"),
        ("crises", "crisis"),
        ("psoriases", "psoriasis"),
        ("vertebrae", "vertebra"),
        ("fistulae", "fistula"),
        ("carcinomata", "carcinoma"),
        ("radii", "radius"),
        ("bronchi", "bronchus"),
        ("appendices", "appendix"),
        ("bacteria", "bacterium"),
        ("criteria", "criterion"),
        ("foramina", "foramen"),
        ("meninges", "meninx"),
        ("women", "woman"),
        ("shelves", "shelf"),
        ("bookshelves", "bookshelf"),
        ("midwives", "midwife"),
        ("afterlives", "afterlife"),
        ("hooves", "hoof"),
    ],
)
def test_irregular_plurals_are_made_singular(plural, one):
    assert singular(plural) == one


@pytest.mark.parametrize(
    "word",
    "doses purposes noses glucoses phases cases diseases bases biases aliases services practices data reggae sundae"
    " hawaii wifi alibi stata errata toes series species lens gas metastasis tumors"
    " valves solves olives sleeves staves achieves behooves interleaves delves drives waives archives".split(),
)
def test_other_words_stay_as_they_are(word):
    assert singular(word) == {"bases": "basis", "errata": "erratum"}.get(word, word)
