"""Words and small grammar of the logic families: `an acrobat`, `Ada, Bo and Cy`, groups such as bakers or blimpets."""

from collections.abc import Sequence

_NAMES = """
Abel Ada Adele Agnes Aida Ailsa Alba Alma Alvin Amos Anders Anika Anselm Anton Arlo Arne Asa Asha Astrid August Aurel
Axel Balint Basil Bea Benno Berit Bess Birgit Bjorn Blanche Bo Boris Brita Bruno Bryn Callum Carla Carmen Casper Cato
Cecil Celia Cesar Chad Chidi Clara Clem Clio Conan Cora Cosmo Cy Cyril Dafna Dagmar Dalia Damon Dana Daphne Darius
Deniz Derek Dina Dirk Dolly Dora Dorian Duncan Ebba Edda Edgar Edith Egon Eino Elan Elke Ella Elmer Elsa Emil Emre
Enid Enzo Erik Erna Esme Ethel Etta Ewan Ezra Fabio Farah Fatou Felix Fergus Fidel Fiona Flora Floyd Franz Freya Frida
Fritz Gail Galen Gemma Georg Gerda Gideon Gilda Gita Goran Greta Guido Gunnar Gus Gwen Hadi Hakan Hana Hanno Harald
Hattie Hedda Heidi Helga Henk Hilda Homer Horace Hugo Ian Ida Idris Igor Ilka Ilse Ines Inga Ingo Iona Ira Irma Isla
Ismael Ivan Ivo Jaime Jana Janko Jarl Jasna Jed Jens Jiri Jonas Joris Juan Judith Jules Juno Kai Kalle Karim Karin
Kasia Kenji Kiara Kira Klaus Knut Kofi Lars Laszlo Layla Leda Leif Lena Leo Lidia Lin Lise Liv Lois Lorna Lotte Luca
Lucia Ludo Luis Lukas Luna Mabel Magda Maia Malik Manon Mara Marek Margo Marta Matteo Maud Mavis Mei Mika Mila Milo
Mina Mira Moira Moses Mungo Myra Nadia Naomi Nela Nico Nils Nina Noam Nora Nuri Odin Olaf Olga Olive Omar Orla Oscar
Osman Otis Otto Oya Pablo Paco Paula Pavel Pedro Pelle Petra Philo Pia Piers Piotr Quentin Rafa Ragna Ralf Ramon Rania
Reza Rhea Rico Rita Roald Rolf Roman Rosa Rufus Runa Sabine Salma Samir Sanna Saskia Saul Selma Seth Signe Silas
Silvia Simone Sissel Sonja Soren Stefan Stella Sunil Sven Sybil Tadeo Talia Tamar Tanya Tariq Tessa Thea Theo Tilda
Timo Tirza Tobias Tomas Torsten Tova Trudy Ugo Ulla Ulrich Uma Una Ursula Uwe Vadim Valda Vera Viggo Viktor Vilma Vito
Wanda Wen Werner Wilma Wim Xavi Xenia Yael Yannis Yara Yasmin Yuri Yusuf Yvo Zack Zara Zelda Zeno Zita Zoltan
"""
NAMES = tuple(_NAMES.split())
"""Given names of people; none is a word that a sentence could use otherwise."""

_PEOPLE = """
accordionist acrobat actor adventurer anarchist angler archer architect artist astronaut astronomer athlete baker
ballerina banker barber bassoonist beekeeper beginner biker biologist blogger boatbuilder bookbinder bookseller
botanist boxer brewer broker builder butcher butler candidate captain carpenter cartoonist cellist chemist climber
clown coach coder collector comedian composer conductor cook cricketer curler cyclist dancer debater dentist designer
detective diplomat diver doctor dreamer driver drummer economist editor electrician engineer explorer falconer farmer
fencer fiddler firefighter florist flutist footballer forester forger gambler gardener geologist glazier goalkeeper
goldsmith golfer gondolier grocer guitarist gymnast hairdresser harpist hatter hiker historian hunter illustrator
innkeeper inspector inventor jeweller jockey jogger joiner journalist judge juggler kayaker knitter lawyer lecturer
librarian linguist locksmith logician magician marksman mason mathematician mayor mechanic merchant meteorologist
miller miner minister model mountaineer musician nomad novelist nurse optician optimist orchardist orator organist
painter pensioner pessimist pharmacist philosopher photographer physicist pianist pilgrim pilot plumber poet porter
potter printer puppeteer racer ranger reader rebel referee reporter rider ringer roofer rower runner sailor
saxophonist scholar scientist scout sculptor senator sheriff shoemaker shopkeeper singer skater skier smith snorkeller
soldier sprinter stargazer storyteller student stuntman surfer surgeon swimmer tailor teacher tenor theologian tinker
traveller trombonist trumpeter tutor umpire vegan vegetarian veteran vintner violinist waiter walker warden watchmaker
weaver weightlifter welder whistler woodcutter wrestler writer yodeller zoologist
"""
PEOPLE = tuple(_PEOPLE.split())
"""Nouns for groups of people; the plural is made with `s` unless `IRREGULAR` has it."""

IRREGULAR = {"marksman": "marksmen", "stuntman": "stuntmen"}

_HEADS = "blim brod crell dasp drun elp fanx flor frib gamb glun grov hilk hund jasp jil krem lorp manz mib nelf nurg"
_MORE_HEADS = (
    "olt orb plov prin quam quon rilm skep snor stil tarv thrum torv ulm vamp velk vib vosk wend wib yalp zand"
)
_TAILS = "acle ador apet arin ator eckle edge elan elop enta erg etto ibble idon iffle igan ile imo ingle onder"
_MORE_TAILS = "obar obit oddle omel oola oot orfin orn ottle ubbin uggle umper undle urk urmet uvin"

MADE_UP = tuple(head + tail for head in f"{_HEADS} {_MORE_HEADS}".split() for tail in f"{_TAILS} {_MORE_TAILS}".split())
"""Words that mean nothing, for problems in which only the form can help; the plural is made with `s`."""

_ISLANDS = """
Abrel Arnmoor Aske Balta Barrow Belfara Borra Brakka Calden Canto Carrick Cordal Corvo Dalsay Delmar Dorrin Dunsey Eldra
Elvery Ennor Farne Fenna Feroe Galdo Garth Gorra Halvar Harray Hirta Holm Ilmar Inver Isola Jarra Jura Kalva Kestral
Korso Lamba Lerna Lindsey Loro Lunga Malva Marra Mersea Morra Nalda Norsay Novara Olva Ordal Oxna Pabbay Palmar Pellan
Quarra Quilon Ramsay Ronay Rosal Rubra Salta Sanday Sark Scarp Selvo Skerra Solva Sorra Stroma Tarn Tavira Telmo Tiree
Tolva Ulva Unst Urda Valsay Varda Vela Vorra Westra Wiay Yarrow Yell Zannon Zembra
"""
ISLANDS = tuple(_ISLANDS.split())
"""Islands, real or not, for those who live on one."""

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


def plural(noun: str) -> str:
    """Return the plural of a noun from this module."""
    return IRREGULAR.get(noun, f"{noun}s")


def indefinite(noun: str) -> str:
    """Return a noun from this module with `a` or `an` before it."""
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Return the words as a list in prose: `Ada`, `Ada and Bo`, `Ada, Bo and Cy`."""
    return f"{', '.join(words[:-1])} {joint} {words[-1]}" if len(words) > 1 else words[0]


def sentence(text: str) -> str:
    """Return the text with a capital at its beginning."""
    return text[0].upper() + text[1:]
