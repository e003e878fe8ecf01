import pytest

from indexer.dialects import spellings

PAIRS = [
    ("tumour", "tumor"),
    ("tumours", "tumors"),
    ("oedema", "edema"),
    ("haemorrhage", "hemorrhage"),
    ("haematology", "hematology"),
    ("anaemia", "anemia"),
    ("ischaemic", "ischemic"),
    ("leukaemia", "leukemia"),
    ("hypoglycaemia", "hypoglycemia"),
    ("paediatric", "pediatric"),
    ("orthopaedics", "orthopedics"),
    ("orthopaedic", "orthopedic"),
    ("encyclopaedia", "encyclopedia"),
    ("haemangioma", "hemangioma"),
    ("haemoglobin", "hemoglobin"),
    ("hypoxaemia", "hypoxemia"),
    ("anaesthesia", "anesthesia"),
    ("paraesthesia", "paresthesia"),
    ("aetiology", "etiology"),
    ("oesophagus", "esophagus"),
    ("oestrogen", "estrogen"),
    ("foetus", "fetus"),
    ("diarrhoea", "diarrhea"),
    ("dyspnoea", "dyspnea"),
    ("coeliac", "celiac"),
    ("caecum", "cecum"),
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("labelled", "labeled"),
    ("modelling", "modeling"),
    ("fibre", "fiber"),
    ("centre", "center"),
    ("centred", "centered"),
    ("millimetres", "millimeters"),
    ("titre", "titer"),
    ("organise", "organize"),
    ("localisation", "localization"),
    ("analyse", "analyze"),
    ("dialysed", "dialyzed"),
    ("analogue", "analog"),
    ("defence", "defense"),
    ("programme", "program"),
    ("grey", "gray"),
    ("disc", "disk"),
    ("sulphate", "sulfate"),
    ("artefact", "artifact"),
    ("ageing", "aging"),
    ("enrolment", "enrollment"),
    ("neurone", "neuron"),
    ("haemorrhoidectomised", "hemorrhoidectomized"),
]


@pytest.mark.parametrize(("british", "american"), PAIRS)
def test_each_rule_goes_both_ways(british, american):
    assert american in spellings(british)
    assert british in spellings(american)


REAL = frozenset(
    """
    for four or our door hour pour tire tyre prize prise size sise story storey draft draught ton tonne cheque check
    metal mettle hemisphere chemical theme imaging managing parameter diameter doctor motor contour glamour laboratory
    colorectal humoral pneumonia restrict disease exercise precise rise noise surprise promise advise lenses senses
    pedicle pedal feces poet does shoe canoe dialog analyst basis program care acre here there
    sped spaed impede stopped later liter letter litter metered them chemical hem theme practical practice
    gram kilogram type ii iv egfr her2 il6 dose doses axis fission vision lesion
    """.split()
)


@pytest.mark.parametrize("word", sorted(REAL))
def test_no_rule_offers_another_word(word):
    assert not REAL.intersection(spellings(word))


@pytest.mark.parametrize("word", ["", "a", "il6", "β", "x" * 64, "tumour tumor"])
def test_any_word_can_be_asked_for(word):
    assert word not in spellings(word)
    assert len(spellings(word)) <= 8
