import pytest

from indexer.expand import expanded
from indexer.query import parse
from indexer.records import Expansion, Options
from tests.notation import noted
from tests.vocabulary import Words


@pytest.mark.parametrize(
    ("collection", "query", "reading"),
    [
        ("a tumor", "tumour", "(tumour | tumor)"),
        ("a tumour", "tumors", "(tumor | tumour)"),
        ("oedema, edema", "edema", "(edema | oedema)"),
        ("Œdema", "edema", "(edema | oedema)"),
        ("intra- and extramedullary", "extra medullary", "(extra | extramedullari) (medullari | extramedullari)"),
        ("extra-medullary", "extra medullary", "(extra | extramedullari) (medullari | extramedullari)"),
        ("extra medullary", "extramedullary", "(extramedullari | 'extra medullari')"),
        ("extra medullary", "extra-medullary", "(extramedullari | 'extra medullari')"),
        ("an extramedullary mass", "extra-medullary", "(extramedullari | 'extra medullari')"),
        ("health-care workers", "health care", "(health | healthcar) (care | healthcar)"),
        ("β-catenin", "beta-catenin", "(betacatenin | 'beta catenin')"),
        ("beta-catenin", "β catenin", "beta catenin"),
        ("5 mg", "5mg", "(5mg | '5 mg')"),
        ("5mg", "5 mg", "(5 | 5mg) (mg | 5mg)"),
        ("5 mcg", "5µg", "(5mug | '5 mcg')"),
        ("a mass of 1.4 x 1.3 cm", "1.4×1.3", "(1.4-1.3 | '1.4 1.3' | '1.4 x 1.3')"),
        ("18F-FDG", "18-FDG", "(18fdg | '18 fdg' | '18f fdg')"),
        ("18-FDG", "18F-FDG", "(18ffdg | '18f fdg' | '18 fdg')"),
        ("F-18 FDG", "18F-FDG", "(18ffdg | '18f fdg' | '18 fdg' | 'f 18 fdg')"),
        ("TNF alpha", "TNFα", "(tnfalpha | 'tnf alpha')"),
        ("TNFα", "TNF alpha", "(tnf | tnfalpha) (alpha | tnfalpha)"),
        ("18F", "F-18", "(f18 | 'f 18' | 18f)"),
        ("a tumor-like mass", "tumour-like", "(tumourlik | 'tumour like' | 'tumor like')"),
        ("non-haemorrhagic", "non-hemorrhagic", "(nonhemorrhag | 'non hemorrhag' | 'non haemorrhag')"),
        ("colonized skin", "colonised", "(colonis | =colonized)"),
        ("Localization", "localisation", "(localis | =localization=Localization)"),
        ("organised", "organizing", "(organ | organis)"),
        ("an anti-septic wash", "antiseptic", "(antisept | 'anti septic')"),
        ("tumor", "title:tumour", "title:tumour"),
        ("tumor", "tumour AND cord", "(tumour | tumor) cord / (tumour | tumor) & cord"),
        ("a height of 5 m", "How tall is it?", "(tall | height)"),
        ("the price, and a fee", "How much is it?", "(much | price | fee)"),
        ("the price, and a fee", "What does it cost?", "(cost | price | fee)"),
    ],
)
def test_a_word_is_found_in_the_ways_that_the_collection_writes_it(collection, query, reading):
    assert noted(expanded(parse(query), Words(collection))) == reading


@pytest.mark.parametrize(
    ("collection", "query"),
    [
        ("a tyre", "tire"),
        ("the prise", "prize"),
        ("for", "four"),
        ("a height", "a tall tree"),
        ("a price", "How much water is in it?"),
        ("the therapist", "the rapist"),
        ("information", "in formation"),
        ("everyday", "every day"),
        ("health care", "care health"),
        ("extramedullary", "extra of medullary"),
        ("type 2", "type II"),
        ("type II", "type 2"),
        ("the tumor was like that", "tumour-like"),
        ("type ii", "type 2"),
        ("CD 4 cells", "CD IV"),
        ("a meter", "metering"),
        ("four", "for"),
        ("tired", "tyred"),
        ("the colon", "colonised"),
        ("an organ", "organised"),
        ("the hospital", "hospitalised"),
        ("a local tumor", "localisation"),
        ("to improve", "improvise"),
        ("an expert", "expertise"),
        ("a parade", "paradise"),
        ("a spa", "sped"),
        ("pro and con; a state", "prostate"),
        ("pre-war; scribes", "prescribe"),
        ("a thesis; hypo", "hypothesis"),
        ("state pro", "prostate"),
        ("5 patients, mg", "5 mg"),
        ("1.4 cm, 1.3 cm", "1.4×1.3"),
        ("18 patients had FDG", "18-FDG"),
        ("tumour", '"tumor"'),
        ("tumour", "=tumor"),
        ("tumour", "tumor*"),
        ("extramedullary", '"extra medullary"'),
        ("tumour", "tumor -tumor"),
    ],
)
def test_where_no_variant_is_added(collection, query):
    words = Words(collection)
    if query.endswith("*"):
        assert all(added.kind == "beginning" for added in expanded(parse(query), words).expanded)
    elif query == "tumor -tumor":
        assert noted(expanded(parse(query), words)) == "(tumor | tumour) / (tumor | tumour) & !tumor"
    else:
        assert expanded(parse(query), words) == parse(query)


def test_only_so_many_phrases_are_looked_for():
    beginnings = (
        "anti auto bio cardio chemo cranio cyto ecto endo epi extra fibro gastro hemi histo hydro hyper hypo".split()
    )
    collection = Words(" ".join(f"{beginning}-medullary" for beginning in beginnings))
    query = expanded(parse(" ".join(f"{beginning}medullary" for beginning in beginnings)), collection)
    assert len(query.clauses) == 18
    assert len(query.expanded) == 16


def test_the_receipt_names_each_variant():
    query = expanded(parse("extra medullary tumour"), Words("extramedullary tumors"))
    assert query.expanded == (
        Expansion("tumour", "tumor", "spelling"),
        Expansion("extra medullary", "extramedullary", "compound"),
    )
    assert query.words == ("extra", "medullary", "tumour")


def test_a_variant_can_be_dropped_alone_or_with_all_others():
    words = Words("tumor edema")
    dropped = expanded(parse("tumour oedema"), words, Options(dropped=("tumor",)))
    assert noted(dropped) == "tumour (oedema | edema)"
    assert [added.to for added in dropped.expanded] == ["edema"]
    assert expanded(parse("tumour oedema"), words, Options(expand=False)) == parse("tumour oedema")
    assert expanded(parse("tumour oedema"), words, Options(strict=True)) == parse("tumour oedema")
