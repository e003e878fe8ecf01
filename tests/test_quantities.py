import pytest

from indexer.quantities import QUANTITIES, measured, tells, told, with_heads


@pytest.mark.parametrize(
    ("question", "quantities"),
    [
        ("How tall is the lighthouse?", {"height": "tall"}),
        ("HOW TALL IS THE LIGHTHOUSE?", {"height": "tall"}),
        ("How long is the bridge?", {"length": "long"}),
        ("How wide is it?", {"width": "wide"}),
        ("How deep is the well?", {"depth": "deep"}),
        ("How thick are the walls?", {"thickness": "thick"}),
        ("How far is it to the sea?", {"distance": "far"}),
        ("How heavy is it?", {"weight": "heavy"}),
        ("How much does the tent weigh?", {"weight": "weigh"}),
        ("What is the weight limit on the bridge?", {"weight": "weight"}),
        ("At what temperature does it melt?", {"temperature": "temperature"}),
        ("What is the highest permitted speed?", {"speed": "speed"}),
        ("How old is the library?", {"age": "old"}),
        ("How loud is the mower?", {"loudness": "loud"}),
        ("How much is a ticket?", {"price": "much"}),
        ("What does a ticket cost?", {"price": "cost"}),
        ("How much will it cost?", {"price": "cost"}),
        ("How often is it tested?", {"frequency": "often"}),
        ("How big is the tank?", {"size": "big"}),
        ("What is the capacity of the ferry?", {"capacity": "capacity"}),
        ("What do children pay?", {"price": "pay"}),
        ("What is the noise level?", {"loudness": "noise level"}),
        ("How steep is the path?", {"steepness": "steep"}),
    ],
)
def test_what_a_question_asks_to_be_measured(question, quantities):
    assert measured(question) == quantities


@pytest.mark.parametrize(
    "question",
    [
        "How long does it take?",
        "For how long is it kept?",
        "How much water is in it?",
        "How many are heavy?",
        "What is temperature?",
        "Which age group fell ill?",
        "What happened when the price fell?",
        "the price of a ticket",
        "How deep learning works",
    ],
)
def test_other_questions_ask_for_no_quantity(question):
    assert measured(question) == {}


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("height", "Height of the tower\t35 m", "35 people climbed it."),
        ("height", "It grows to two feet.", "Its feet are red."),
        ("height", "The rent is £2,450 a month.", "The rent is due on the first day."),
        ("length", "The bridge has a length of 212 m.", "It stands 40 m from the road."),
        ("length", "The road is 3.5 km long.", "It took long."),
        ("width", "The carriageway is 5.6 m wide.", "It is wide."),
        ("distance", "It lies half an hour from here.", "It lies in the north."),
        ("weight", "An adult weighs between one and three kilograms.", "It carries 34 cars."),
        ("age", "It was built in 1868.", "It has 187 steps."),
        ("age", "Children under eight must come with an adult.", "Children swim."),
        ("temperature", "Heat it to 250 °C.", "Bake it for 45 minutes."),
        ("speed", "Traffic is limited to 30 km/h.", "It is limited to 7.5 tonnes."),
        ("speed", "They fly 30 kilometres an hour.", "They fly 3 kilometres."),
        (
            "speed",
            "They fly 30 km in an hour.",
            "It took 34 cars and as many passengers as the deck has seats per hour.",
        ),
        ("loudness", "Noise level: 62 dB", "Weight: 62 kg"),
        ("price", "Admission is £9.", "Admission is at 9."),
        ("price", "Bicycles travel free of charge.", "Bicycles travel on deck."),
        ("steepness", "It climbs slopes of up to 35 %.", "It climbs 35 steps."),
        ("frequency", "Paper is collected every Friday.", "Paper is collected at the gate."),
        ("frequency", "Paper is collected monthly.", "Only the family pool is heated."),
        ("width", 'A shelf is 22" wide.', 'He starred in "Catch 22" then.'),
        ("width", "It is a metre wide.", "The gate opens to a yard."),
        ("weight", "It weighs a ton.", "It hangs on a stone pillar."),
        ("distance", "It is two centuries and a mile away.", "Take a secondary road, then a second one."),
    ],
)
def test_a_number_of_a_quantity_has_its_unit(name, yes, no):
    assert tells(name, yes)
    assert not tells(name, no)


def test_the_unit_may_stand_in_the_head_of_a_column():
    heads = "River\tLength (km)\tFlows into"
    assert tells("length", with_heads("Volga\t3,531\tCaspian Sea", heads))
    assert not tells("length", with_heads("Volga\t\tCaspian Sea", heads))
    assert not tells("weight", with_heads("Volga\t3,531\tCaspian Sea", heads))


def test_each_of_several_rows_of_heads_has_its_units():
    text = with_heads("Don\t12\t9", "\tSize\nName\tLength (km)\tWeight (kg)")
    assert "Length (km) 12 km" in text.splitlines()
    assert tells("weight", text)
    assert with_heads("9", " ") == "9"


def test_a_word_of_a_question_stands_for_those_that_name_the_quantity():
    assert "height" in told("How tall is it?")["tall"]
    assert told("Is it tall?") == {}


@pytest.mark.parametrize("name", QUANTITIES)
def test_what_a_word_is_told_by_is_a_single_word(name):
    assert all(word.isalpha() for word in QUANTITIES[name].told)


@pytest.mark.parametrize("name", QUANTITIES)
def test_each_noun_is_looked_for(name):
    """A question without any of the words that name a quantity is passed over."""
    nouns = [noun for noun in QUANTITIES[name].nouns if QUANTITIES[name].asked.search(f"what {noun}?")]
    assert [measured(f"What {noun}?")[name] for noun in nouns] == nouns
