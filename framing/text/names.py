"""Names in running text: lists, and rules that tell a person from a body or a place."""

from __future__ import annotations

import functools
import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MALE_TITLES = _set("mr sir lord king prince baron duke father brother congressman councilman")
FEMALE_TITLES = _set("mrs ms miss dame lady queen princess baroness duchess congresswoman sister")
TITLES = (
    _set(
        "dr prof professor president senator sen rep reps representative governor gov mayor judge "
        "justice minister secretary chancellor general gen colonel col captain capt sergeant sgt "
        "inspector superintendent rev reverend bishop archbishop pope mp cllr councillor chief "
        "constable attorney prime home foreign health education defence defense former vice "
        "sheriff backbencher campaigner campaigners historian plumber commerce energy treasury "
        "labour tory conservative democrat democratic republican liberal labor texan senior farmer "
        "teacher nurse activist pensioner actor actress singer author economist analyst columnist "
        "commentator presenter host businessman businesswoman billionaire hardliner strategist "
        "lawyer barrister solicitor pollster journalist reporter correspondent commissioner "
        "ambassador councilor mps peer backbench veteran father mother brother sister midwife "
        "doctor widow scientist researcher trade transport work pensions deputy police shadow "
        "press state interior border immigration housing culture business speaker spokesman "
        "spokeswoman spokesperson director ex first chairman chairwoman chair leader the a an hon "
        "right honourable detective officer lieutenant lt"
    )
    | MALE_TITLES
    | FEMALE_TITLES
)
KEPT_TITLES = _set("sir dame lord lady baroness baron")
MALE = _set(
    "john james david michael robert william richard thomas charles george paul mark donald joe "
    "joseph daniel matthew andrew anthony tony peter steven stephen kevin brian edward ronald "
    "timothy tim jason jeffrey jeff gary ryan nicholas nick eric jonathan larry justin scott "
    "brandon benjamin ben samuel sam gregory frank patrick raymond jack dennis jerry alexander "
    "alex keir boris rishi nigel jeremy gordon barack bernie ted marco mitt mike chris "
    "christopher martin hugh toby kwame dwight ruben ivan ahmed hassan hussein ibrahim yusuf "
    "tariq imran amir karim raj sanjay arjun vikram ravi sunil anil deepak wei jin chen hiroshi "
    "kenji sergei dmitry mikhail igor oleg pavel jan piotr lars erik sven hans klaus jurgen "
    "pierre jean luc marcel giovanni paolo luca mario diego pablo miguel pedro fernando ricardo "
    "eduardo alejandro rafael enrique hank roy leon curtis dale earl floyd glenn harold howard "
    "hugo ivor jerome julian kent kirk lance lee leonard leslie lewis lloyd louis marcus maurice "
    "max mick milo nathan ned noah norman oscar otto perry ralph randy ray reginald rex ron ross "
    "rupert russell sidney spencer stanley terry theo todd tyler vernon victor wade wallace "
    "walter warren wayne wilfred winston zachary simon ian graham neil alan keith adam luke sean "
    "liam owen harry oliver ed jim jimmy bill bob tom dan dave rob steve ken phil philip roger "
    "stuart vladimir emmanuel recep mohammed muhammad ali omar carlos jose juan luis javier vince "
    "kwasi sajid wes lindsey mitch billy bobby johnny joey danny tommy freddie charlie archie "
    "josh joshua jonah ethan noel derek trevor clive graeme gavin craig darren wesley dominic "
    "edmund gerald gerard geoffrey barry bernard bruce cameron carl cecil clarence clifford colin "
    "cory cyril damian darrell desmond devin dominick donovan duncan dustin edgar edwin elliot "
    "elliott ellis ernest eugene evan felix fergus francis fraser gareth gilbert giles glen "
    "hamish harvey hector henry herbert horace humphrey irving isaac jacob jake jamie jared "
    "jarrod jay jeremiah jesse joel johnathan keegan kenneth kenny kieran laurence lawrence "
    "lester linus lionel lorenzo lyndon mack malcolm marshall marvin maxwell melvin merrill "
    "mickey mohamed morris morton murray nicolas oswald percy pete preston quentin quincy randall "
    "reece rhys ricky rick robbie rodney roland ronan ronnie rory rowan rudy rufus scot sebastian "
    "seth shane shaun sheldon sherman stewart terence terrence tobias travis tristan trey vaughan "
    "walt willie zac zach chuck jeb matt jon greg doug don rod brett dick brad chad brendan lamar "
    "aaron andy newt marc fred corey nate karl bret raul douglas gene lou xavier thom allen kyle "
    "gregg stan theodore antonio ari alfred norm benedict brent lucas eddie kurt robby bryan "
    "vincent arnold troy gerry wilbur ezra saul neal bart claude albert eli gabriel stefan "
    "frederick phillip cedric andre dylan miles herman sterling irving jesus jens cesar alberto"
)
FEMALE = _set(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty "
    "margaret sandra ashley kimberly emily donna michelle carol amanda melissa deborah stephanie "
    "rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole "
    "helen priya amina joanna farah alison janice ilana miriam luz grace gwen maureen denise "
    "yasmin fatima aisha leila nadia sofia elena isabel carmen rosa lucia ana natalia olga "
    "svetlana irina ingrid astrid greta beatrice eleanor harriet imogen jemima rosemary sylvia "
    "vivian wendy yvonne tracy tracey gail gillian hazel heidi holly ivy jasmine jenny jo joy "
    "june kay kerry kim leah lily lindsay lorraine louise lynn marcia marian marjorie may molly "
    "naomi nora pam patsy paula peggy phoebe polly rhoda rita roberta robin sally sheila sonia "
    "stella susannah tina una vera samantha katherine christine debra rachel carolyn janet "
    "catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren "
    "christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann "
    "anne madison frances kathryn jean alice hillary theresa yvette priti suella liz rosie kemi "
    "nicola jess kamala condoleezza madeleine ursula giorgia claire lucy kate charlotte sophie "
    "zoe fiona penny amber esther ivanka melania marine bridget shabana jill carly michele debbie "
    "kirsten kristen nikki tulsi elise ilhan rashida alexandria gina betsy elaine ketanji jacinda "
    "sanna abigail alexandra alexis allison amelia annabel audrey beverley bonnie brooke caitlin "
    "candace cara carla caroline cassandra cecilia chloe clara colleen courtney dana danielle "
    "darlene delia diana dolores dora doris dorothy edith eileen ella ellen elsie erica erin "
    "ethel eva evie florence freya georgina gladys glenda glynis gretchen helena henrietta ida "
    "isla isobel ivana jane jayne jeanette jemma jillian joanne jodie josephine juliet justine "
    "karin katie katy kirsty lara libby lilian lorna lucinda lucille lynda lynne mabel madeline "
    "maggie mandy margo marilyn marion marissa marsha matilda maud meera melanie melinda mia "
    "mildred millie miranda moira mollie mona monica muriel myra nadine natalie natasha nell nina "
    "noreen octavia paige patrice phyllis rachael ramona rosalind rosalie rosamund roxanne "
    "sabrina saskia selina shauna sian sophia stacey susanna suzanne sylvie tabitha tammy tanya "
    "tatiana thelma trisha trudy valerie vanessa veronica vicki vicky wanda wilma winifred "
    "yolanda zara dianne loretta jen sara carrie tara julia patty jeanne kathy anita lori cathy "
    "marla kristin marie beth marianne jackie chelsea shelley maxine terri alicia giuliana cindy "
    "tamara abby alyssa kristina judy susana cristina angie patti brianna gabrielle letitia "
    "katharine dawn kelli lesley antoinette kelsey laurie meredith sue kerri sherry mimi"
)
ANONYMOUS = _set(
    "source sources insider insiders critic critics expert experts observer observers analyst "
    "analysts some many others opponents supporters campaigners activists people person friend "
    "friends ally allies aide aides colleague colleagues diplomat diplomats witness witnesses "
    "official officials onlookers commentators pundits skeptics sceptics detractors advocates"
)
ORGANISATIONS = _set(
    "ministry department office party committee council government police union institute agency "
    "court company bank university association commission charity group foundation house treasury "
    "administration board federation society campaign team centre center embassy network church "
    "parliament congress senate firm authority service trust coalition organisation organization "
    "school hospital times post guardian telegraph bbc cnn nbc cbs abc msnbc nhs reuters ap news "
    "jazeera inc ltd plc corp corporation co college council tower street avenue airport "
    "institutes caucus league bureau isis hamas hezbollah taliban"
)
BODIES = _set(
    "company firm group bank charity agency department ministry council union party committee "
    "university paper newspaper network organisation organization airline retailer broadcaster "
    "website giant maker manufacturer publisher regulator watchdog carrier channel magazine"
)
PLACES = _set(
    "uk us eu un britain england scotland wales london washington america france germany russia "
    "china israel iran ukraine europe brussels moscow beijing paris berlin turkey japan india "
    "kremlin pentagon westminster holyrood downing nato vatican korea canada mexico brazil spain "
    "italy poland hungary greece ireland australia zealand africa asia egypt syria iraq "
    "afghanistan pakistan yemen libya lebanon qatar saudi arabia venezuela cuba vietnam indonesia "
    "nigeria kenya sweden norway denmark finland austria switzerland belgium netherlands portugal "
    "california texas florida york jersey carolina dakota virginia hampshire island islands"
)
DOCUMENTS = _set(
    "report reports study studies poll polls survey surveys statement letter document documents "
    "memo filing email emails article book analysis paper review lawsuit complaint indictment "
    "ruling figures data website census editorial article tweet release transcript order bill law"
)
GROUPS = _set(
    "democrats republicans tories conservatives liberals prosecutors ministers lawmakers senators "
    "scientists researchers doctors nurses teachers police investigators authorities economists "
    "lawyers judges unions employers businesses residents voters locals parents activists"
)
ROLES = (
    "prime minister", "deputy prime minister", "president", "vice president", "home secretary",
    "foreign secretary", "health secretary", "education secretary", "defence secretary",
    "chancellor", "justice secretary", "first minister", "mayor", "governor", "senator",
    "congressman", "congresswoman", "secretary of state", "attorney general", "speaker", "king",
    "queen", "pope", "taoiseach", "billionaire", "lawmaker", "candidate", "nominee", "minister",
    "spokesman", "spokeswoman", "spokesperson", "judge", "chairman", "chief executive",
    "archbishop", "bishop", "labour leader", "opposition leader", "reform leader", "tory leader",
    "conservative leader",
)  # fmt: skip
SHORT_ROLES = {"pm": "prime minister", "potus": "president", "ceo": "chief executive"}
OFFICES = {
    "prime minister": (
        "Gordon Brown", "David Cameron", "Theresa May", "Boris Johnson", "Liz Truss",
        "Rishi Sunak", "Keir Starmer", "Tony Blair", "John Major", "Margaret Thatcher",
    ),
    "president": (
        "Bill Clinton", "George W. Bush", "Barack Obama", "Donald Trump", "Joe Biden",
        "Ronald Reagan", "Emmanuel Macron", "Vladimir Putin", "Donald J. Trump",
    ),
}  # fmt: skip
WOMEN = _set("May Truss Thatcher")  # surnames of theirs that are women's
WORDS_TOO = _set("May Brown Major Bush")  # surnames of theirs that are other words
NAME = re.compile(  # a class of letters opens it, which is quick to search for
    r"[A-ZÀ-Þ](?<=\b.)[\w’'-]*[\w](?:,? (?:Jr|Sr)\b\.?)?"
    r"(?: (?:[A-ZÀ-Þ][\w’'-]*\w|[A-Z]\.|"
    r"(?:de|da|del|della|van|von|der|den|bin|al|la|le|ibn|du|of the)\b))*"
)
OWNED = re.compile(  # behind a name: "the Hill campaign", "Hill's office" are not Hill
    r"(?:['’]s|['’])? (?:campaign|office|team|camp|family|administration|government|ministry|"
    r"presidency|aides?|allies|advis[eo]rs?|lawyers?|supporters|voters|people|spokes\w+|staff|"
    r"foundation|organi[sz]ation|cabinet|family|committee|wife|husband|son|daughter|brother|sister|"
    r"mother|father|lawyers|attorneys?|friends?|critics|opponents|rivals?)\b"
)
OWNER = re.compile(
    r"(?:[Tt]he )?[A-ZÀ-Þ][\w.&-]*(?: [A-ZÀ-Þ][\w.&-]*)*(?:['’][sS]|(?<=s)['’]) (?=.*[A-ZÀ-Þ])"
)
WOMAN = _set("woman mother mum mom daughter widow wife sister grandmother girl actress nun")
MAN = _set("man father dad husband son brother grandfather boy widower monk")
PERSON = _set(  # "a minister", who may be a man or a woman
    "minister commander official officer adviser advisor aide source insider diplomat lawmaker "
    "senator peer judge lawyer barrister solicitor teacher nurse doctor midwife student pupil "
    "farmer worker driver banker trader executive director manager professor scientist "
    "researcher economist historian analyst strategist pollster journalist reporter editor "
    "columnist author writer veteran soldier general colonel sergeant constable detective "
    "inspector mayor councillor governor mp democrat republican voter resident neighbour "
    "neighbor pensioner campaigner activist witness survivor expert critic ally friend "
    "colleague backbencher owner shopkeeper landlord tenant plumber builder baker butcher "
    "engineer electrician mechanic pilot sailor miner vicar bishop rabbi imam prosecutor "
    "investigator negotiator ambassador secretary spokesperson passenger commuter trucker"
)
FIRST_NAMES = MALE | FEMALE
ADDRESSES = TITLES - {"the"}
PARTISANS = _set("democrat republican tory conservative liberal independent libertarian")
PARTIES = _set("labour gop snp ukip dup plaid")
MEDIA = _set("business radio television tv media magazine herald gazette chronicle tribune fox sky")
THINGS = _set(
    "amendment act national american congressional supreme federal olympic olympics games game "
    "prize award awards garden works mills capitol guard islamic crisis gun muslim "
    "african asian european"
)
NOT_FIRST = _set(  # of a name: "Associated Press", "Deferred Action"
    "associated story replay getty privacy monitor great middle social world south north daily "
    "morning air human hide homeland customs planned pacific access big deferred hurricane cold "
    "global political super civil keystone joint silicon red free fort central special common "
    "overnight insurance climate army blue better real public election atlantic legal pew "
    "international military armed night delta celebrity founding rolling gulf read veterans "
    "infectious cape moon presidential navy second majority tax intelligence judicial top reality "
    "ninth economic sign family old policy southern living coronavirus citizens facebook "
    "operation city urban native western situation crooked child upper five ban follow financial "
    "obamacare executive plan weekly continue title bloomberg mount democracy terms final best "
    "airborne superstorm impeachment bay equal paycheck religious christmas fact vanity golden "
    "key temporary full fire secret nuclear terrorist secure stop lake voting sexual long iron "
    "bridge deep clean radical criminal minority newsletter class orange freedom royal protect "
    "wrong whole dark strategic food space fiscal commercial grand nature evangelical "
    "independence future primary vote century biggest third previous consumer reliable planet "
    "decision death stock silver attack dangerous ebola confederate search ideological reform "
    "bipartisan refugee people port environmental official rights eastern sex citizen budget "
    "partisan interview holy stand identity capital los las san des smoking russian korean "
    "syrian israeli arab jewish egyptian french german chinese japanese british hispanic latino "
    "persian irish italian catholic indian"
)
BODIES_TOO = ORGANISATIONS | MEDIA | PLACES | DOCUMENTS | GROUPS | PARTISANS
NOT_PEOPLE = (BODIES_TOO | THINGS | {"of"}) - {"bill"}
NOT_LAST = _set("state states day gov sen rep reps lt testimony hearings questions live")
OFFICE = _set(
    "president director secretary ambassador chairman chairwoman chair general minister chancellor "
    "editor executive correspondent spokesman spokeswoman spokesperson commissioner officer leader "
    "editor-in-chief chief strategist administrator counsel ceo cfo analyst advocate adviser "
    "superintendent coordinator founder pollster anchor host columnist economist advisor "
    "candidate nominee judge representative whip speaker"
)
CONTRACTION = re.compile(r"['’](?:ve|re|ll|d|m|s)$")
POSSESSIVE = re.compile(r"['’]s?$")
PARTICLES = _set("de da del di du della van von der den bin al la le ibn")
NOT_NAMES = _set(
    "the this that these those but and or if when while on in at for with from after before he she "
    "they it we i you his her their our my there here what why how who hence thus "
    "as by to of an a not no yes monday tuesday wednesday thursday friday saturday sunday "
    "january february march april june july august september october november december "
    "mr mrs ms dr sir both yet so even most since many under one like all some whether though "
    "during are is was were neither despite although other now can could does did should would "
    "then perhaps because another never unlike several two three among only next more maybe "
    "every once again still instead had has have against between besides either until meanwhile "
    "however moreover finally indeed later earlier today tonight asked see"
)
ENDS_NO_NAME = (NOT_PEOPLE | NOT_LAST) - NOT_NAMES
OPENS_NO_PAIR = NOT_NAMES | TITLES | OFFICE | NOT_PEOPLE | NOT_FIRST  # "On Tuesday", "Des Moines"

BEFORE_NOUN = re.compile(r"\b(?:[A-Z][\w’'-]+ (?:(?:of|for|and) (?:the )?)?)+$")
BEHIND_NOUN = re.compile(r" (?:of|for|on)(?: the)?(?: [A-Z][\w-]+)+")


def bodies_named(text: str, noun: str) -> list[tuple[int, str]]:
    """Return where bodies with a noun in their names stand, and the names: "Bank of Ohio"."""
    found = []
    place = text.find(noun)
    while place >= 0:
        end = place + len(noun)
        lead = BEFORE_NOUN.search(text, max(place - 60, 0), place)
        tail = BEHIND_NOUN.match(text, end)
        begin = lead.start() if lead else place
        name = text[begin : tail.end() if tail else end]
        if " " in name.removeprefix("The ") and not text[end : end + 1].isalnum():
            found.append((begin, name))
        place = text.find(noun, end)
    return found


def drawn(name: str) -> bool:
    """Whether something may be drawn to a name with an apostrophe."""
    return "'" in name or "’" in name


def owned(name: str) -> str:
    """Return a name without the body it belongs to: "Hill News's Mary Oakes" is Mary Oakes."""
    if not drawn(name):
        return name
    behind = name.replace("’", "'").partition("'")[2]
    return name if behind == behind.lower() else OWNER.sub("", name, count=1)


def unowned(word: str) -> str:
    """Return a word without a possessive 's."""
    return word.removesuffix("’s").removesuffix("'s")


def behind_office(name: str) -> str:
    """Return what stands behind an office in a name: "White House Press Secretary Mary Oakes".

    Examples
    --------
    >>> behind_office("White House Press Secretary Mary Oakes"), behind_office("CIA Director")
    ('Mary Oakes', '')
    """
    if OFFICE.isdisjoint(name.lower().replace(".", "").replace(",", "").split()):
        return name
    words = name.split()
    places = [at for at, word in enumerate(words) if word.lower().strip(".,") in OFFICE]
    return " ".join(words[places[-1] + 1 :]) if places else name


def named(capitals: str) -> tuple[str, ...]:
    """Return the bare name in a stretch of capitals, without a body or office before it."""
    return bare(owned(behind_office(capitals) or capitals))


@functools.lru_cache(8192)
def bare(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles, possessive and leading function words."""
    apostrophe = drawn(name)
    words = [
        word
        for word in name.replace(",", "").split()
        if (_plain(word) if apostrophe else word.lower()) not in NOT_NAMES
    ]
    while words and _is_lead(words[0]):
        words.pop(0)
    if apostrophe and words and words[-1].endswith(("'", "’", "'s", "’s")):
        words[-1] = POSSESSIVE.sub("", words[-1])
        return tuple(filter(None, words))
    return tuple(words)


def _plain(word: str) -> str:
    """Return a word in lower case, without a verb drawn to it ("They've")."""
    return (CONTRACTION.sub("", word) if drawn(word) else word).lower()


def _is_lead(word: str) -> bool:
    return word.lower().strip(".") in TITLES or (word.isupper() and len(word) > 3)


def is_person(words: tuple[str, ...], phrase: str) -> bool:
    lower = list(map(str.lower, words))
    if not NOT_PEOPLE.isdisjoint(lower):
        return False
    first = lower[0]
    if lower[-1] in NOT_LAST or (len(words) > 1 and first in NOT_FIRST):
        return False
    if first in FIRST_NAMES or not ADDRESSES.isdisjoint(phrase.replace(".", "").split()):
        return True
    gerund = first.endswith("ing") and len(first) > 6 and len(words) > 1
    return not gerund and not any(word.isupper() and len(word) > 2 for word in words)


def gender(words: tuple[str, ...], phrase: str) -> str:
    """Return "m" or "f" by title or first name, "" if neither tells or it is both ("Jean")."""
    before, first = phrase.replace(".", "").split(), words[0].lower()
    if not MALE_TITLES.isdisjoint(before):
        return "m"
    if not FEMALE_TITLES.isdisjoint(before):
        return "f"
    if first in MALE:
        return "" if first in FEMALE else "m"
    return "f" if first in FEMALE else ""
