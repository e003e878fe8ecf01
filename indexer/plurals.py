"""Irregular plurals of the sciences made singular, so that the stemmer sees one word: metastases -> metastasis.

Regular plurals are the stemmer's. A rule by ending is used only where English has no other word with that ending;
elsewhere the words are listed, so that "doses", "services", "Hawaii" and "data" stay as they are.
"""

from __future__ import annotations

import re

_SIS = frozenset(
    """
    ankylo anastomo apopto arthro asbesto atherosclero cirrho cyano diagno endometrio fibro halito hypno kypho
    leukocyto lordo meio metamorpho misdiagno mito mycobacterio myco narco necro neuro nephro osmo osteoporo
    phagocyto progno psycho sarcoido sclero scolio silico spondylo steno symbio thrombo tuberculo zoono
    ba cri oa
    antithe biosynthe hypothe parenthe prosthe synthe the photosynthe metathe
    amniocente gene pathogene carcinogene angiogene neogene morphogene kine mime neme pare empha exege diure
    """.split()
)
LISTED = {
    plural: one
    for pair in """
    radii:radius fungi:fungus bacilli:bacillus stimuli:stimulus nuclei:nucleus nucleoli:nucleolus foci:focus loci:locus
    bronchi:bronchus thrombi:thrombus emboli:embolus cocci:coccus humeri:humerus uteri:uterus calculi:calculus
    gyri:gyrus sulci:sulcus villi:villus alumni:alumnus cacti:cactus syllabi:syllabus rami:ramus nevi:nevus
    naevi:naevus tori:torus genii:genius denarii:denarius menisci:meniscus tali:talus hili:hilus
    malleoli:malleolus alveoli:alveolus tumuli:tumulus cumuli:cumulus annuli:annulus moduli:modulus
    streptococci:streptococcus staphylococci:staphylococcus pneumococci:pneumococcus enterococci:enterococcus
    meningococci:meningococcus gonococci:gonococcus lactobacilli:lactobacillus hippopotami:hippopotamus
    appendices:appendix indices:index cortices:cortex matrices:matrix vertices:vertex vortices:vortex cervices:cervix
    apices:apex helices:helix codices:codex calices:calyx calyces:calyx varices:varix radices:radix
    bacteria:bacterium septa:septum ova:ovum sera:serum crania:cranium atria:atrium ilia:ilium ostia:ostium
    mycobacteria:mycobacterium epithelia:epithelium endothelia:endothelium ganglia:ganglion criteria:criterion
    phenomena:phenomenon mitochondria:mitochondrion diverticula:diverticulum labia:labium curricula:curriculum
    strata:stratum spectra:spectrum addenda:addendum errata:erratum antra:antrum hila:hilum labra:labrum
    foramina:foramen lumina:lumen stamina:stamen genera:genus viscera:viscus corpora:corpus opera:opus
    meninges:meninx phalanges:phalanx larynges:larynx pharynges:pharynx
    men:man women:woman children:child feet:foot teeth:tooth mice:mouse geese:goose oxen:ox
    """.split()
    for plural, one in [pair.split(":")]
}
# shelves, wolves, midwives; no "valves", "solves", "olives", "sleeves", "staves" and "achieves"
_VES = re.compile(
    r"(?P<f>\w*(?:shel|sel|wol|hal|cal|thie|kerchie|scar|whar|dwar|loa|shea)|(?:fly|clover)?lea|hoo|el)ves"
    r"|(?P<fe>\w*(?:kni|wi)|(?:after|half)?li)ves"
)
_OMATA = re.compile(r"(\w{2,}oma)ta")  # carcinomata, stomata; "automata" and "sarcomata" have no other reading
_AE = re.compile(r"(\w{3,}a)e")  # vertebrae, fistulae
_NOT_AE = frozenset({"reggae", "sundae", "brae", "tae"})
_STASES = re.compile(r"(\w*sta)ses")  # metastases, homeostases
_LYSES = re.compile(r"(\w+ly)ses")  # analyses, paralyses
_IASES = re.compile(r"(\w+ia)ses")  # psoriases, lithiases
_NOT_IASES = frozenset({"biases", "aliases"})


def singular(word: str) -> str:
    """The singular of an irregular plural; any other word as it is. Takes and gives lower case."""
    listed = LISTED.get(word)
    if listed:
        return listed
    if word.endswith("ses"):
        return _sis(word)
    if word.endswith("ves") and (found := _VES.fullmatch(word)):
        return f"{found['f']}f" if found["f"] else f"{found['fe']}fe"
    if word.endswith("ata") and (found := _OMATA.fullmatch(word)):
        return found[1]
    if word.endswith("ae") and word not in _NOT_AE and (found := _AE.fullmatch(word)):
        return found[1]
    return word


def _sis(word: str) -> str:
    """A word in -ses made one in -sis, where it is the plural of one."""
    if word[:-3] in _SIS:
        return word[:-3] + "sis"
    if _STASES.fullmatch(word) or _LYSES.fullmatch(word):
        return word[:-3] + "sis"
    if _IASES.fullmatch(word) and word not in _NOT_IASES:
        return word[:-3] + "sis"
    return word
