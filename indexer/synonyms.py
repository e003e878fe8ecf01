"""Word classes: a question says "reduce" where a text says "decline". Evidence beside the words, never a match."""

from __future__ import annotations

from functools import cache

from indexer.analyse import term

# One class a line. A word may stand in several; classes are broad, as they only break ties between sentences.
_CLASSES = """
cause causes caused lead leads led due result results trigger triggered produce responsible because owing factor
cause attributed responsible
reason why because since therefore cause
kind type category class form sort variety subtype
percent percentage proportion rate fraction share prevalence incidence ratio frequency
number count total amount quantity many
effect impact influence consequence outcome affect affected impair damage
advantage benefit strength merit beneficial useful appealing
disadvantage drawback limitation weakness concern shortcoming problem
decrease decreased reduce reduced reduction decline drop fall fell lower lowered diminish lessen
increase increased rise rose grow grew growth elevated higher raise enhance
symptom symptoms sign manifestation presentation present complaint feature
treat treatment therapy therapeutic medication drug cure remedy manage management
prevent prevention protect protection avoid
aim purpose goal objective intend intention
method approach technique procedure way means
use used utilize employ usage application apply
show showed shown demonstrate reveal indicate suggest find found report observe
important significant essential crucial key major main vital primary principal chief
begin began begun start started onset commence originate origin initial
end ended finish finished stop cease conclude terminate
make made create created build built construct develop form establish found produce
discover discovered find found identify identified isolate isolated detect detected recognize describe
transmit transmission spread transfer contract acquire infect
die died death mortality fatal fatality kill lethal
large larger largest big biggest great greatest huge major
small smaller smallest little tiny minor
old older oldest age aged elderly ancient
early earliest first initial original
call called name named known term termed refer dubbed designate
mean means definition define defined refer denote stand short abbreviation
live lived reside inhabit population inhabitant
person people individual human patient subject man woman
country nation state
city town village
fast quick quickly rapid rapidly speed
slow slowly gradual gradually
common frequent frequently often usual usually typical widespread prevalent
rare rarely uncommon infrequent unusual seldom
example instance include including such
part component portion element section region
place site location located situate lie position
win won award awarded
buy bought purchase acquire
help assist aid support
fight fought battle combat war conflict attack
leader head chief ruler king president
difference differ different distinguish distinct compare comparison versus
similar similarity alike resemble
need require necessary requirement must
allow permit enable
unable cannot incapable fail failed impossible feasible
study research investigation paper article review trial
measure assess evaluate estimate determine
test assay examine examination screen scan imaging
occupation job profession work
child pediatric childhood infant
doctor physician surgeon clinician
illness disease disorder condition infection sickness
tumor neoplasm cancer malignancy lesion mass
benign harmless noncancerous
surgery surgical operation operate operative resection removal remove removed
income salary wage
money finance financial fund cost price
religion religious faith belief
law legislation act rule regulation
author write wrote written publish published
complete completed finish
change changed alter modify vary unchanged unmodified
year annual annually yearly
day daily
month monthly
week weekly
recommend advise suggest propose
role function
structure compose consist comprise contain
size length height width diameter large
duration period time last long
teach taught education school instruct
win won victory defeat
give gave given provide grant supply offer
delete eliminate remove removed
color colour red blue yellow green black white gray brown
recover recovery heal improve improvement
return recur recurrence back again
fluid liquid
possible feasible practicable
come arise derive originate stem source origin
tell know determine distinguish decide
else other further additional
arise arose arisen
become became
bend bent
bind bound
bite bit bitten
blow blew blown
break broke broken
bring brought
build built
burn burnt
catch caught
choose chose chosen
come came
deal dealt
dig dug
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
eat ate eaten
feed fed
feel felt
flee fled
fly flew flown
forbid forbade forbidden
forget forgot forgotten
freeze froze frozen
go went gone
hang hung
hear heard
hide hid hidden
hold held
keep kept
know knew known
lay laid
learn learnt
leave left
lend lent
light lit
lose lost
meet met
ride rode ridden
ring rang rung
run ran
see saw seen
sell sold
send sent
shake shook shaken
shoot shot
sing sang sung
sink sank sunk
sit sat
sleep slept
speak spoke spoken
spend spent
stand stood
steal stole stolen
stick stuck
swim swam swum
take took taken
tear tore torn
think thought
throw threw thrown
understand understood
wake woke woken
wear wore worn
weave wove woven
begin open
end close over
allow may forbidden prohibit ban banned
forbidden prohibited banned
cost price fee charge pay rent
free nothing gratis
buy sell sold
house home building flat apartment
bicycle bike
car vehicle automobile
phone telephone
mobile phone
photo photograph picture image
mail email post letter send
near beside next
put keep store belong
choose select pick elect elected
chair conduct preside
repair fix mend maintain restore
clean wash rinse
broken defective faulty damaged
lost lose missing
error mistake mistaken wrong misdiagnose
sleep night bed accommodation
eat food feed diet
drink beverage
cook bake boil roast
empty drain
kid child
holiday vacation leave
staff employee personnel
meeting assembly session
member join belong membership
ticket admission entry fare
arrive arrival reach
depart departure leave
attend visit
visitor guest
wifi wireless
shop store
garden yard
rubbish waste garbage trash refuse
street road
bin container

serve serving portion
"""


@cache
def _classes() -> dict[str, frozenset[str]]:
    """Term -> all terms of the classes that it stands in."""
    found: dict[str, frozenset[str]] = {}
    rows = [frozenset(map(term, line.split())) for line in _CLASSES.strip().splitlines()]
    for row in rows:
        for one in row:
            found[one] = found.get(one, row) | row
    return found


def alike(of: str) -> frozenset[str]:
    """The terms of like meaning, the term itself among them; none for most terms."""
    return _classes().get(of, frozenset())
