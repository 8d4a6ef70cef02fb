"""Titles and offices: words before a name that are no part of it."""

from __future__ import annotations

import re

from c6brief.evidence.folding import fold_name

TITLES = frozenset(map(fold_name, [
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "madam", "president",
    "minister", "ambassador", "secretary", "director", "general", "deputy", "first", "second", "acting", "former",
    "head", "colonel", "major", "captain", "judge", "justice", "senator", "governor", "mayor", "chairman",
    "chairwoman", "chair", "chief", "hon", "rev", "father", "sheikh", "mme", "mlle", "monsieur", "madame", "herr",
    "frau", "señor", "señora", "sra", "signor", "signora", "bay", "bayan", "господин", "госпожа", "г-н", "г-жа",
    "президент", "министр", "директор", "посол", "секретарь",
]))  # fmt: skip
"""Those that stand for the person, too: no name ends in one."""

_BEFORE_NAMES = """
accountant activist adjutant admiral adviser advisor alderman alderwoman ambassadress analyst anthropologist archbishop
archdeacon architect assemblyman assemblywoman assistant associate attorney auditor author bailiff baron baroness barrister
biologist bishop brigadier broker brother campaigner canon cardinal chairperson chancellor chaplain chemist clerk coach
columnist commander commandant commissioner commodore comptroller comrade congressman congresswoman constable consul
consultant controller convener coordinator coroner corporal correspondent councillor councilor councilman councilmember
councilwoman counsel counsellor counselor countess cr curator deacon delegate detective diplomat dispatcher doctor driver
ecologist economist editor engineer envoy epidemiologist executive farmer firefighter fisherman forester founder geographer
geologist harbourmaster harbormaster headmaster headmistress headteacher historian honorary hydrologist imam inspector
instructor interim investigator journalist lawmaker lawyer lecturer legislator librarian lieutenant magistrate manager
marshal master matron mediator member meteorologist midwife miner monsignor mother mufti mullah negotiator nurse officer
ombudsman ombudsperson ombudswoman organiser organizer owner paramedic parliamentarian pastor physician physicist pilot
planner policeman policewoman postmaster premier presenter priest prime princess principal prior prosecutor provost
psychologist queen rabbi rapporteur rector registrar reporter representative researcher reverend scientist sergeant sheriff
sister skipper sociologist solicitor speaker spokesman spokesperson spokeswoman stationmaster statistician steward
superintendent supervisor surgeon surveyor teacher technician trader treasurer trustee under undersecretary veteran vicar
vice viscount viscountess warden writer abgeordnete abgeordneter analystin anwalt anwältin äbtissin abt baronin bauingenieur
bauingenieurin bischof bischöfin botschafter botschafterin bruder bürgermeister bürgermeisterin chef chefin delegierte
delegierter direktorin doktor forscher forscherin freiherr freifrau gemeinderat gemeinderätin graf gräfin hauptmann
historiker historikerin ingenieur ingenieurin inspektor inspektorin kanzler kanzlerin kapitän kapitänin kommissar
kommissarin landrat landrätin lehrer lehrerin leiter leiterin leutnant ministerin oberst ökonom ökonomin ombudsfrau
ombudsmann pastorin pater pfarrer pfarrerin präsident präsidentin professorin rabbiner rabbinerin ratsfrau ratsherr
rechtsanwalt rechtsanwältin richter richterin schatzmeister schatzmeisterin schwester sekretär sekretärin senatorin sprecher
sprecherin staatsanwalt staatsanwältin stadtrat stadträtin vorsitzende vorsitzender wissenschaftler wissenschaftlerin abbé
adjoint adjointe ambassadeur ambassadrice analyste baronne capitaine cheffe chercheur chercheuse commissaire comtesse
conseiller conseillère délégué déléguée député députée directeur directrice docteur docteure économiste évêque frère général
générale historien historienne ingénieur ingénieure inspecteur inspectrice juge lieutenante maire maître médiateur
médiatrice mère ministre pasteur père porte-parole préfet préfète président présidente procureur procureure professeur
professeure rabbin secrétaire sénateur sénatrice sergent sœur trésorier trésorière alcalde alcaldesa analista baronesa
capitán comisaria comisario concejal concejala consejera consejero coronel defensor defensora delegada delegado diputada
diputado directora doctora economista embajador embajadora fiscal gobernador gobernadora hermana hermano historiador
historiadora imán ingeniera ingeniero inspectora investigador investigadora jueza juez licenciada licenciado madre ministra
ministro obispo padre pastora portavoz presidenta presidente profesor profesora rabino sargento secretaria secretario
senador senadora teniente tesorera tesorero академик адвокат адмирал аналитик архиепископ баронесса вице-премьер генерал
глава губернатор делегат депутат доктор епископ заместитель имам инженер инспектор историк казначей канцлер капитан комиссар
консул лейтенант майор мэр начальник омбудсмен отец пастор полковник председатель представитель премьер пресс-секретарь
прокурор профессор раввин ректор руководитель сенатор сержант советник спикер судья учитель учёный экономист әкім төраға
төрага елші элчи сафир муҳандис albay analist avukat başkan bakan başbakan belediye büyükelçi çavuş delege ekonomist haham
mühendis müdür müfettiş milletvekili papaz profesör rektör sayman savcı sekreter sözcü tarihçi teğmen yargıç yüzbaşı binbaşı
deputat general hökumət iqtisadçı kapitan mayor müəllim mühəndis polkovnik prezident professor səfir sədr tarixçi elchi
hokim iqtisodchi muhandis prokuror tarixchi başlyk ilçi inžener ministr
"""
_OFFICES = TITLES | frozenset(map(fold_name, _BEFORE_NAMES.split()))
_COMPOUND = re.compile(
    r"\w{3,}(?:minister|prasident|meister|direktor|sekretar|sprecher|kommissar|inspektor|ingenieur|berater|richter|leiter|"
    r"botschafter|forscher|historiker|okonom)(?:in)?|\w{3,}(?:anwalt|anwaltin|ratin|vorsitzende|vorsitzender)"
)
"""German ones of several words in one."""


def is_office(word: str) -> bool:
    """Whether a word, folded as names are, is a title or an office when it stands before a name: Councillor, ex-Minister."""
    return word in _OFFICES or word.rpartition("-")[2] in _OFFICES or _COMPOUND.fullmatch(word) is not None


_ALSO = """
    abbé abt bailiff baron bay bischof bishop bruder brother canon captain cardinal chair chancellor clerk coach constable
    driver farmer father first forester graf hauptmann head herr judge justice lord major marshal master mother owner
    père pastor pater pfarrer premier priest prime prior provost queen rector richter schwester second sergeant sheriff
    sister skipper steward vicar vice warden under general maire maître juge dame frau lady imam mayor bakan fiscal madre
    padre hermano trader commander coroner founder
"""
_ALSO_NAMES = frozenset(map(fold_name, _ALSO.split()))


def is_only_office(word: str) -> bool:
    """Whether a word is an office that is no family name, too, so that what stands before it is no given name: Minister."""
    return is_office(word) and word not in _ALSO_NAMES
