"""Names and nouns of word problems."""

from curate.families.word_scenarios.grammar import Person

_SHE = (
    "Ada", "Alma", "Amina", "Anna", "Aria", "Asha", "Bella", "Bianca", "Carla", "Chloe", "Clara", "Daria", "Dina",
    "Elena", "Ella", "Emma", "Erin", "Esra", "Eva", "Fatima", "Fiona", "Freya", "Gina", "Grace", "Hana", "Hannah",
    "Helen", "Ida", "Irene", "Isla", "Ivy", "Jana", "Jasmine", "Joan", "Julia", "Karin", "Katya", "Keiko", "Kira",
    "Lara", "Laura", "Lea", "Leila", "Lena", "Lina", "Lucia", "Luna", "Maeve", "Maria", "Mariam", "Maya", "Mei",
    "Mila", "Mina", "Mira", "Nadia", "Naomi", "Nina", "Nora", "Olga", "Olive", "Paula", "Petra", "Priya", "Rania",
    "Rita", "Rosa", "Ruth", "Sana", "Sara", "Selma", "Sofia", "Sonja", "Stella", "Tara", "Tessa", "Uma", "Vera",
    "Wanda", "Yara", "Yuki", "Zara", "Zoe",
)  # fmt: skip

_HE = (
    "Aaron", "Adam", "Ahmed", "Alan", "Ali", "Amir", "Andre", "Anton", "Arjun", "Ben", "Bruno", "Caleb", "Carl",
    "Cem", "Daniel", "David", "Dev", "Diego", "Dmitri", "Edgar", "Eli", "Emil", "Eric", "Ethan", "Farid", "Felix",
    "Finn", "Frank", "Gabriel", "George", "Hamza", "Hugo", "Ian", "Igor", "Ilya", "Ivan", "Jack", "Jakob", "Jamal",
    "Jan", "Jin", "Joel", "Jonah", "Juan", "Kai", "Karim", "Ken", "Kofi", "Kwame", "Leo", "Levi", "Liam", "Luca",
    "Malik", "Marco", "Mark", "Martin", "Max", "Milan", "Mohan", "Nathan", "Nico", "Noah", "Oleg", "Omar", "Oscar",
    "Otto", "Owen", "Pablo", "Paul", "Pedro", "Peter", "Rafael", "Rahul", "Ravi", "Samir", "Sean", "Simon", "Sven",
    "Tariq", "Theo", "Tim", "Tom", "Umar", "Victor", "Vikram", "Walter", "Yusuf", "Zane",
)  # fmt: skip

PEOPLE = tuple(Person(name=name, he="she") for name in _SHE) + tuple(Person(name=name, he="he") for name in _HE)

GOODS = (
    "apron", "basket", "bookmark", "bowl", "brush", "candle", "cap", "cup", "diary", "fan", "flower pot", "glass",
    "jar of honey", "kite", "lantern", "mug", "notebook", "photo frame", "plant", "plate", "poster", "scarf",
    "soap dish", "spoon", "tea box", "towel", "toy car", "vase",
)  # fmt: skip
"""Small things that are bought or sold in numbers."""

GIFTS = (
    "atlas", "backpack", "bicycle", "blanket", "board game", "camera", "chair", "coat", "desk", "drone", "guitar",
    "helmet", "jacket", "keyboard", "lamp", "microscope", "mirror", "oven", "painting", "radio", "rug",
    "skateboard", "sleeping bag", "speaker", "suitcase", "table", "telescope", "tent", "watch",
)  # fmt: skip
"""Larger things that are bought one at a time."""

JOBS = (
    "babysitting shift", "bike repair", "dog walk", "garden visit", "guitar lesson", "house visit", "math lesson",
    "newspaper round", "piano lesson", "swimming lesson", "delivery",
)  # fmt: skip

SHOWS = (
    "ballet", "circus", "concert", "football match", "ice show", "magic show", "musical", "opera", "play",
    "puppet show", "science show", "tennis match",
)  # fmt: skip

PLANS = (
    ("phone plan", "gigabyte"), ("gym membership", "class"), ("car-sharing plan", "trip"),
    ("bike-sharing plan", "ride"), ("film club", "film"), ("music school", "lesson"), ("laundry service", "load"),
    ("climbing hall pass", "visit"),
)  # fmt: skip
"""What is paid by the month, and what is counted."""

PARTS = (
    "bolt", "bottle", "brick", "button", "chip", "cookie", "gear", "hinge", "label", "lid", "nail", "pen", "screw",
    "spring", "tile", "valve",
)  # fmt: skip

VESSELS = (
    "barrel", "basin", "cistern", "fish pond", "pool", "rain barrel", "tank", "trough", "water tower",
)  # fmt: skip

BOOKS = (
    "biography", "book of fairy tales", "crime story", "diary", "history book", "novel", "science book", "textbook",
    "travel guide",
)  # fmt: skip

WORKS = (
    "build a bridge", "clean a beach", "dig a canal", "lay a floor", "paint a school", "pave a road",
    "pick an orchard", "plant a forest", "repair a roof", "restore a castle", "set up a fair",
)  # fmt: skip

KIN = (
    "cousin", "friend", "neighbor", "classmate", "teammate", "roommate", "colleague", "pen pal",
)  # fmt: skip

CLUBS = (
    "book", "chess", "drama", "cooking", "cycling", "dance", "film", "garden", "hiking", "rowing", "sailing", "ski",
    "swimming", "tennis", "theater",
)  # fmt: skip

LIQUIDS = (
    ("fruit drink", "juice"), ("salad dressing", "oil"), ("cleaning liquid", "vinegar"), ("lab solution", "acid"),
    ("hand wash", "alcohol"), ("iced tea", "syrup"), ("sports drink", "syrup"), ("milk shake", "cream"),
    ("cough syrup", "honey"), ("antifreeze", "glycol"), ("perfume", "alcohol"), ("glass cleaner", "ammonia"),
    ("plant feed", "nitrate"), ("cocoa drink", "milk"),
    ("smoothie", "spinach juice"), ("paint remover", "acetone"), ("soup", "cream"),
)  # fmt: skip
"""A liquid, and what it contains a share of."""

BLENDS = (
    "coffee", "tea", "rice", "muesli", "candy", "flour", "birdseed", "spice", "grass seed", "pasta",
)  # fmt: skip

SYRUPS = (
    ("lemonade", "lemon syrup"), ("grape drink", "grape juice"), ("mango drink", "mango juice"),
    ("peach drink", "peach nectar"), ("rose drink", "rose syrup"), ("berry drink", "berry syrup"),
    ("tonic", "herb syrup"), ("apple spritzer", "apple juice"), ("raspberry drink", "raspberry syrup"),
    ("mint drink", "mint syrup"), ("ginger drink", "ginger syrup"), ("cherry drink", "cherry juice"),
    ("orange drink", "orange juice"), ("elderflower drink", "elderflower syrup"),
)  # fmt: skip
"""A drink, and what it is mixed from besides water."""

NUTS = (
    "almonds", "cashews", "hazelnuts", "peanuts", "pecans", "pistachios", "walnuts", "oats",
)  # fmt: skip

FRUITS = (
    "raisins", "dried figs", "dried cherries", "banana chips", "dates", "dried apricots", "cranberries",
    "coconut flakes",
)  # fmt: skip

DOUGHS = (
    ("bread", "sugar"), ("cake", "butter"), ("pizza", "cheese"), ("pie", "honey"), ("shortbread", "butter"),
    ("gingerbread", "syrup"), ("plum cake", "plums"), ("cornbread", "corn"),
)  # fmt: skip
"""What is baked, and what goes into it besides flour."""

EVENTS = (
    "a birthday party", "a charity dinner", "a class reunion", "a family feast", "a picnic", "a school play",
    "a wedding", "an exhibition", "an office party", "the spring festival", "the summer camp",
)  # fmt: skip

CAUSES = (
    "the animal shelter", "the library", "the food bank", "the music school", "the youth club", "the hospital",
    "the fire brigade", "the sea rescue team", "the museum",
)  # fmt: skip

WORKPLACES = (
    "a bakery", "a bank", "a bookshop", "a cinema", "a clinic", "a farm", "a garage", "a hotel", "a museum",
    "a restaurant", "a toy factory", "a zoo", "an airport", "the harbor", "the post office",
)  # fmt: skip

GOALS = (
    "a campsite", "a ferry port", "a ski resort", "the beach", "the capital", "the coast", "the lake district",
    "the mountains", "the national park", "the old mine", "the zoo", "an observatory", "a folk festival",
)  # fmt: skip

TOWNS = (
    "Ashford", "Bellmere", "Cedar Falls", "Dunmore", "Eastbrook", "Fairview", "Glenwood", "Hillsdale", "Ironbridge",
    "Kingsport", "Lakeside", "Millbrook", "Northfield", "Oakdale", "Pinehurst", "Riverton", "Stonebridge",
    "Westport",
)  # fmt: skip
