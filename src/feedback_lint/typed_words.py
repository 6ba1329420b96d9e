"""Words as people type them (chat spellings, lost apostrophes, common misspellings), and what is meant.

The data of `spelling`, where the rules stand by which a word is respelled.
"""

from __future__ import annotations

from typing import NamedTuple

Words = frozenset[str]


def _words(text: str) -> Words:
    return frozenset(text.split())


def _meanings(text: str) -> dict[str, str]:
    """Entries "typed typed … meaning;", where "_" is a space in the meaning."""
    entries = [entry.split() for entry in text.split(";")]
    return {typed: meaning.replace("_", " ") for *ways, meaning in entries for typed in ways}


_CONTRACTED = (
    "aren't couldn't didn't doesn't don't hadn't hasn't haven't isn't mustn't shouldn't wasn't weren't wouldn't ain't "
    "needn't mightn't shan't oughtn't daren't I'm I've you're you've you'd you'll they're they've they'd they'll "
    "that's what's who's here's there's where's he's she's we've it'll it'd that'd that'll who'd who'll there'll "
    "could've should've would've might've must've wife's today's yesterday's tomorrow's people's children's women's "
    "men's everyone's someone's anyone's nobody's somebody's company's"
)
_CHAT = (
    "i I; u ya ye yu you; ur your; yall y'all you_all; ure you're; urs yours; urself yourself; r are; y why; n nd "
    "and; pls plz plss plse plzz please; thx tnx thnx thks thanx tks thanks; ty tysm thank_you; m8 mate; bc cuz cus "
    "coz cos bcoz bcos bcz becoz becos bcuz bcause because; tho though; altho although; thru through; abt about; ppl "
    "pple people; msg message; msgs messages; b4 before; wat wot wht what; wats wots what's; wud wld would; cud cld "
    "could; shud shld shd should; wudnt wouldn't; cudnt couldn't; shudnt shouldn't; gud good; gr8 great; l8 late; l8r "
    "later; w8 wait; w8ing waiting; h8 hate; str8 straight; 4get forget; 2day today; 2moro 2morrow 2mrw tmrw tmr "
    "tomoz tomoro tomorrow; 2nite tonite tonight; 2gether together; in2 into; any1 anyone; some1 sum1 someone; every1 "
    "everyone; no1 noone no_one; smth sth something; wiv wid wit w with; kno knw know; hav hv hve have; havnt "
    "haven't; dnt don't; dint didn't; dunno don't_know; gimme give_me; lemme let_me; lmk let_me_know; sry sori sorry; "
    "abeg please; fb fdbk fdback feedback; wen whn when; whr where; wich which; dis this; dat tht that; im I'm; b be; "
    "whyd why_did; whys why_is; hows how_is; howcome how_come; wernt weren't; cnt can't; cmon come_on; frm from; jus "
    "jst just; rly rlly really; wk week; wks weeks; yrs years; hrs hours; intvw intrvw interview; rply reply; nxt "
    "next; lst last; thort thought; shoulda should_have; coulda could_have; woulda would_have; didnae didn't; wasnae "
    "wisnae wasn't; dinnae don't; cannae can't; isnae isn't; wouldnae wouldn't; couldnae couldn't; werenae weren't; "
    "havenae haven't; dae do"
)
# Misspellings of short words, and of others that are too far from what is meant.
_MISSPELT = (
    "recieve receve recive receive; recieved receved recived received; beleive belive believe; thier their; "
    "definately definatly definetly defiantly definitely; alot a_lot; teh hte the; adn and; taht that; waht what; "
    "woudl woud wuold would; shoudl shoud should; coudl coud could; becuse beacuse becasue becaus because; freind "
    "friend; wierd weird; agian agen again; emial email; emials emails; worng wrogn wrong; hierd hired; reson reasn "
    "reason; resons reasns reasons; anser anwser answer; ansers answers; awnsered answered; ansered answered; "
    "oppertunity oppurtunity opportunity; discrimation discrimination; unfiar unfare unfair; untill until; realy "
    "really; truely truly; choosed chose; choosen chosen; hapened happend happened; wether whether; whoes whose; "
    "lawer laywer lawyer; laywers lawyers; apparantly apperently apparently; dissapoint disappoint; recomend "
    "recommend; refered referred; interwiev intervju interview; sincerly sincerely; greatful grateful; thankyou "
    "thank_you; aswell as_well; infact in_fact; atleast at_least; incase in_case; writting writing; tring trying; "
    "tryed tried; payed paid; sended sent; writed wrote; telled told; enought enuf enough; excpet except; explane "
    "explain; nothin nothing; somthing something; anythin anything; poeple people; throught thought; expext expect; "
    "waitng waiting; unqualifed unqualified; regect reject; dicision desicion decision; imediately immediately"
)
MEANINGS = (
    {word.replace("'", "").lower(): word for word in _CONTRACTED.split()} | _meanings(_CHAT) | _meanings(_MISSPELT)
)


class Sense(NamedTuple):
    """What a word means where the words beside it show it.

    They are compared in lower case; "" is the edge of a sentence or a sign. None and an empty set ask for nothing.
    """

    meaning: str
    after: Words | None = None
    before: Words | None = None
    not_after: Words = frozenset()
    not_before: Words = frozenset()

    def fits(self, previous: str, following: str) -> bool:
        """Whether the word is meant so between these two."""
        return (
            (self.after is None or previous in self.after)
            and (self.before is None or following in self.before)
            and previous not in self.not_after
            and following not in self.not_before
        )


_CLAUSE_BEGINS = _words("and but so then or if that because think thought know hope guess say said when now") | {""}
_CONTINUED = _words(
    "a an the not so too very just only really been my your our his her their this that no what how why"
)
# Words with another reading than the one that is meant by the way.
IN_CONTEXT = {
    "ur": Sense(
        "you're",
        before=_words(
            "a an the not so too very just really going gonna gunna making being doing getting looking comfortable "
            "able sure ok okay busy welcome right wrong all always still never happy willing obliged supposed allowed "
            "telling saying asking wasting lying ignoring joking kidding"
        ),
    ),
    "its": Sense(
        "it's",
        before=_CONTINUED
        | _words(
            "all about like because bcoz fine ok okay unfair wrong clear obvious sad easy disgusting me you u going "
            "getting ageism racism sexism discrimination illegal nice two three hard"
        ),
    ),
    "id": Sense(
        "I'd",
        not_after=_words(
            "my your ur his her their mail email e-mail photo employee candidate application job the a an valid "
            "student reference ref user linkedin gmail company personal official of with this that case ticket"
        ),
        not_before=_words(
            "card cards number numbers no proof badge is was and or for from on at in of to by with check"
        )
        | {""},
    ),
    "ill": Sense(
        "I'll",
        not_after=_words(
            "be am im i'm was is are were been being feel felt feeling fall fell fallen got get getting taken "
            "mentally seriously very so too how become became terminally critically really quite still too an"
        ),
        not_before=_words(
            "will health at or and but for with from patient mannered feeling treatment advised prepared fated today "
            "last that this when during on in because enough mother father child"
        )
        | {""},
    ),
    "lets": Sense(
        "let's",
        after=_CLAUSE_BEGINS | _words("ok okay please well"),
        before=_words(
            "not be go call say see talk just get hope face make do keep move meet agree start leave have try stop "
            "pretend put take speak sort stay"
        ),
    ),
    "well": Sense("we'll", after=_CLAUSE_BEGINS, before=_words("be see meet never speak talk")),
    "were": Sense("we're", after=frozenset({""}), before=_words("going done talking grown gonna")),
    "hell": Sense(
        "he'll",
        before=_words("be get need want regret know tell never"),
        not_after=_words("the like to of in what bloody oh raise absolute was is pure"),
    ),
    "shell": Sense("she'll", after=_CLAUSE_BEGINS, before=_words("be get need want regret know tell never")),
    "wont": Sense("won't", not_after=_words("my your ur his her their our its the")),
    "cant": Sense("can't", not_after=_words("the religious pious such")),
    "m": Sense("am", after=frozenset({"i"})),
    "throught": Sense("through", not_after=_words("i we you u he she they just have had never really always also")),
}
# Capital letters that begin a sentence as words: "Y did u …", "R u …".
CAPITALS = {
    "Y": Sense(
        "Why",
        after=frozenset({""}),
        before=_words(
            "did didn't didnt was wasn't wasnt were weren't werent is isn't isnt are r am not do don't dont does have "
            "has had would wud could cud can i u you they my me he she we it the"
        ),
    ),
    "R": Sense("Are", after=frozenset({""}), before=_words("u ur you they we these those there")),
    "N": Sense(
        "And", after=frozenset({""}), before=_words("i u you now then so the if that to 2 y why what wat no yes")
    ),
    "B": Sense("Be", after=frozenset({""}), before=_words("honest so my kind")),
}
# "2" and "4" are "to" and "for" before these; where people chat, before any other word that is not counted.
DIGITS = {"2": "to", "4": "for"}
UNCOUNTED = _words(
    "a an the my ur your his her our their its this that u you me him us them it be b every any each nothing whom "
    "what wat whoever whatever which being being everyone somebody someone myself letting getting having telling "
    "giving know kno hear say ask tell learn have hav get write do see look answer take work thank practise practice "
    "make explain give send keep come go understand read let talk find apply improve use hold build meet receive "
    "change share become start chase reply help check grow stay argue leave fill reapply call run finish correct walk "
    "show decide stand mention follow fix speak believe settle describe ignore accept demand reopen contest turn "
    "provide expect justify pass blame laugh insult teach add train fight choose defend disclose reconvene challenge "
    "discover dispute consider discuss assess address express access process guess miss escalate complain appeal sue "
    "pay wait try think feel"
)
COUNTED = _words(
    "more other others people ppl of and n or out times x pm am hr wk week month mth day yr year hour min different "
    "separate long whole full th nd round children men women star page for to in on at by per percent is was are were "
    "great good hard senior junior"
)
NUMBERED = _words(
    "stage round part number no question q step page level phase grade year band only last first next these those all "
    "of than least within another about abt over under after in every top section point room floor and or january "
    "february march april may june july august september october november december"
)
# After these "2" and "4" are words, too.
SPOKEN_AFTER = _words(
    "keen able going want wanted wanting like love need trying hoping hope intend happy glad willing ready ought used "
    "much easy belong reply respond listen talk speak supposed obliged entitled forced due up came thanks thank thx "
    "sorry said"
)
CHAT_WORDS = _words("u ur r y n plz pls plss thx bcoz coz cuz wud cud shud abt wat hav ppl b4 gr8 wid wiv dnt luv 2day")

# Names that keep their capitals in a text of capitals.
NAMES = {
    name.lower(): name
    for name in (
        "LinkedIn Google Glassdoor Facebook Twitter Instagram WhatsApp Indeed Reddit TikTok YouTube Trustpilot "
        "Telegram Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August "
        "September October November December English Indian Nigerian British American German French Spanish Polish "
        "Irish Scottish HR CV CEO CFO CTO COO MD UK USA EU NHS BBC EEOC ACAS HMRC GDPR LLC GmbH PLC MBA PhD BSc SQL "
        "VAT EOD ASAP"
    ).split()
}
# Words with two equal letters that stay so when they are stretched: "sooon", "toooo".
DOUBLED = _words(
    "soon too good feel feels need needs see seem keep three free meet week weeks tell still all call called will "
    "well pass miss been look looked took cool loss off full fool feed hello really hell ill kill fell stuff less "
    "boss unless speed feedback interviewee agree foot door room proof"
)
# Words for which people look in such mails, and which are long enough to be known when they are misspelt.
LIKELY = _words(
    "absolute absolutely accommodate account accounts acknowledgement actually address addresses advised advocate "
    "against allowed already although amazing another answered answering answers anybody anything anywhere apologies "
    "apologise apparently applicant applicants application applications applied applying appoint appointed "
    "appointment appreciate appreciated assessment assessor assistant attached attempt attention attorney authorities "
    "because believe believed believing bothered bothering brought candidacy candidate candidates candidature careful "
    "carefully certain certificate challenge changed clearly colleague colleagues comment comments committee "
    "communication companies company compared complaint complaints completely compliance compulsory concerned "
    "concerning conclusion confidence confident confirmed congratulate congratulations connection consider "
    "consideration considerations considered constructive consult contact contacting continue continued contract "
    "correct corrected correspondence criteria criticism culture curious deadline decency decided decision declined "
    "defence defensive definitely delighted department describe described description deserve deserved deserves "
    "detailed details development difference different differently difficult directly director directors disability "
    "disagree disappointed disappointing disappointment disclosed discovered discriminate discriminated "
    "discriminating discrimination discriminatory disgusting dispute disrespectful dropped earlier elsewhere emailed "
    "embarrassing employer employers employment encouragement encouraging enjoyed enquire entirely entitled equality "
    "escalate establish established everybody everyone everything evidently exactly excellent expectation expected "
    "expense experience explain explained explaining explanation explanations extension fairness favouritism feedback "
    "feeling finally finished followed following forgive forwarded further general generous glassdoor grateful "
    "gratefully gratitude grievance grounds guidance handphone happened happily helpful hesitate honestly however "
    "humiliating illegal imagine immediately impression improve improvement improving inappropriate incoming "
    "incompetent indicate inequitable information instead instructive insulted insulting interest interested "
    "interesting internal interpreter interrupted interrupting interview interviewed interviewer interviewers "
    "interviews invitation invited lawsuit lawsuits lawyers leadership learned letters liberty limitation linkedin "
    "listening literally mailbox managed management manager manners mention mentioned message messages minutes "
    "missing mistake mistakes needful neither nepotism nervous newspaper nothing noticed objective obligation obliged "
    "obtained obviously occurred offered openings opinion opportunity organisation otherwise ourselves outcome "
    "outside overlooked overqualified particular partner pathetic patience perfect perfectly performance perhaps "
    "personal personally persuaded placement pleasant pleased portfolio position possible practice practise practised "
    "practising precisely preferred preparation prepare prepared preparing present presentation pressure pretend "
    "previous private privilege probably problem procedure process professional progress promise properly provide "
    "publicly published qualified question questions quickly reached reapply reasons reassuring receive received "
    "reception recognise recognised recommend recommendation recommended reconsider recording recount recruiter "
    "recruiters recruitment referee reference references refusal refused regarding regards regulator rejected "
    "rejecting rejection rejections remarked remarks remember reminder reminders repeated replied reported reporting "
    "request requesting requests require required requirement resending respect respected respond response responses "
    "returning ridiculous selected selection separate serious seriously settled shameful shortlist shortlisted "
    "shortlisting silence similar solicitor somebody someone something somewhere sounded specific specifics statement "
    "stopped stronger strongest submission succeed success successful suggest suggested suggestion suggestions "
    "suitable summary supervisor suppose supposed surpassed surprise surprised technical telling thankful thorough "
    "thought thoughts threaten through together tomorrow tracked transparency transparent tribunal trouble "
    "unacceptable unanswered understand understanding understood unfairly unfortunately unprepared unprofessional "
    "unsuccessful vacancy valuable voicemail voicemails weakest weakness weaknesses welcome whatever whatsapp "
    "whatsoever whenever whether whichever whoever withdraw without wondered wonderful wondering worried written "
    "wrongly yesterday yourself yourselves"
)
# Other words that are no less like them than a misspelling is.
LOOKALIKES = _words(
    "acknowledgment actuaries actuary addition alloyed allying amounts anointed apologize apologizes appointees "
    "attacked bought candor cements chained chanced chanted charged cleanly collected collecting collection comets "
    "commence commends compassed complains compliant concerted concussion confection confidant conformed congest "
    "connected constrictive content contents context contexts contracting contrast convection correction courted "
    "curios curtain decides decoded defense deference deferent deferential deportment derailed derails derided "
    "derision deserted detained detains drooped employees entirety escalade esquire exalt excepted expanse expectant "
    "expected expedience fallowed fallowing farther favoritism feeding felling fellowing flowed flowers flowing "
    "forgave fueling fuelling funding gentlemen graceful gracefully handing honesty incited infernal insulated "
    "insulating interval interviewees laterally layers leaned liberally literacy literary litters manger massage "
    "massaged massager massages massaging masters messing minuets mislead misstate misstates mutters nether noting "
    "ombudsmen organization overcooked peasant personnel pheasant pleaded pleated positron practiced practicing "
    "precious prefect premise preset presume prevent primate procession profess professed proffered profusion "
    "property provably prowess reacted reassured recessive recoding recognize recognized recommenced recusal recused "
    "reelected reelection referees refuted reheated reindeer relied remainder remainders remarried remarry reminders "
    "remount repealed repented reseated resented resenting resorted resorting retarding retards retorted retorting "
    "reused reverence reverences rewarding rewards rewording serous slopped specifies stated stepped stomped stooped "
    "stranger strangest stringer suction summery tacked though tilling tolling traced trackers tricked trough trucked "
    "wandered wandering weakens wherever withdrew"
)
