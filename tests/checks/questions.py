"""Case tables of the checks that look at the problem alone: sound questions beside those that cannot be asked so."""

from typing import Any

from curate.checks import Case
from curate.records import Outcome, Problem, Trace


def asking(text: str) -> Trace:
    """Return a trace of this problem."""
    return Trace(id="a", problem=Problem(id="p", text=text))


def case(name: str, text: str, outcome: Outcome = "pass", reason: str = "", **parameters: Any) -> Case:  # noqa: ANN401
    """Return the case of a problem."""
    return Case(name, asking(text), outcome, reason, parameters)


TABLE = "A shop sells fruit as shown in the table below.\n\nfruit | price\napple | 3\nWhat do two apples cost?"
DRAWN = "In the diagram below, ABCD is a square.\n[asy]\ndraw((0,0)--(1,0));\n[/asy]\nWhat is its area?"
CHOICES = "Which of these is prime?\nOptions:\n(A) 4\n(B) 7\n(C) 9"

QUESTION_CASES: dict[str, list[Case]] = {
    "invalid_problem": [
        case("a question", "How many of the 12 eggs are brown if half are?"),
        case("an order", "Compute $\\sin 60^\\circ$."),
        case("nothing but a formula", "7 * 8 ="),
        case("a text to complete", "not ( True ) and ( True ) is"),
        case("another language", "Wie viele der 12 Eier sind braun, wenn es die H\u00e4lfte ist? Gib eine Zahl an."),
        case("another language, without a question mark", "Bestimme die Summe der Zahlen von 1 bis 100."),
        case(
            "Chinese",
            "\u5c0f\u660e\u6709\u4e09\u4e2a\u82f9\u679c\uff0c\u5403\u4e86\u4e00\u4e2a\uff0c\u8fd8\u5269\u51e0\u4e2a\uff1f",
        ),
        case("empty", " \n ", "fail", "the problem is empty"),
        case("signs alone", "...", "fail", "the problem is empty"),
        case("a figure", "In the figure, ABCD is a square of side 2. What is the shaded area?", "fail", "a figure"),
        case("a diagram below", "The diagram below shows a square. What is its area?", "fail", "'diagram below'"),
        case("as shown", "Two circles touch, as shown in the picture. What is the area?", "fail", "a figure"),
        case("shown at the right", "A net is pictured at right. What is its volume?", "fail", "a figure"),
        case("a figure in words", DRAWN),
        case("a story about pictures", "Anna paints 3 pictures a day. How many pictures has she in a week?"),
        case(
            "a person in a picture", "In the picture that Tom took there are 3 cats and 4 dogs. How many legs is that?"
        ),
        case("a graph of a function", "Where does the graph of $y = x^2 - 4$ cross the x-axis?"),
        case("a six-figure sum", "A six-figure number ends in 5. What is the least such number?"),
        case("a figure of speech", "Which figure of speech is in the sentence 'Time flies'?"),
        case("a table", TABLE),
        case("a table that is missing", "The table below gives the prices. What do two apples cost?", "fail", "shown"),
        case("numbers after a colon", "Add the numbers shown below: 3, 4 and 5. What is the sum?"),
        case("an image", "What is the area of ![](square.png)?", "fail", "an image"),
        case("the name of an image", "Look at fig2.jpg and count the squares.", "fail", "'fig2.jpg'"),
        case("a mark for an image", "[Image 2] How many squares are there?", "fail", "an image"),
        case("an index in brackets", "Let f[i] = i + 1. What is f[2]?"),
        case("a link", "Read https://example.org/a and say how many rows there are.", "fail", "a link"),
        case("an address in quotes", 'How many slashes are in "https://example.org/a"?'),
        case("its own answer", "What is 3 + 4?\nAnswer: 7", "fail", "gives an answer itself"),
        case("its own solution", "What is 3 + 4? Solution: 3 + 4 = 7.", "fail", "gives an answer itself"),
        case("an answer to fill in", "What is 3 + 4?\nAnswer: ___"),
        case("an empty answer at the end", "What is 3 + 4?\nAnswer:"),
        case("the form of the answer", "What is 3 + 4? Reply with 'Answer: 7' where 7 is your number."),
        case("two parts", "Let x = 3. (a) Find x + 1. (b) Find x + 2.", "fail", "several parts: a, b"),
        case("parts on lines", "Let x = 3.\n1. What is x + 1?\n2. What is x + 2?", "fail", "several parts: 1, 2"),
        case("Roman parts", "i) Find x.\nii) Find y.", "fail", "several parts: i, ii"),
        case("one part", "Let x = 3. (a) Find x + 1."),
        case("choices", CHOICES),
        case("conditions", "f is a function with: (i) f(0) = 1, (ii) f(x + 1) = 2f(x). What is f(5)?"),
        case("steps to follow", "Start with 5.\n1. Double it.\n2. Take 3 away.\nWhat is left?"),
        case("a comma at the end", "Anna has 3 apples and 4 pears,", "fail", "it breaks off"),
        case("a word at the end", "Find the number of apples that Anna shares with", "fail", "it breaks off"),
        case("a formula at the end", "Find the value of \\(x + 3", "fail", "\\( is never closed"),
        case("brackets at the end", "Complete the sequence of brackets. What closes [ { (? Input: [ { ("),
        case("no question", "Anna has 3 apples and 4 pears in her basket.", "fail", "it asks nothing"),
        case("a lost backslash", "Find $\x0crac{1}{2} + 1$.", "fail", "a control character"),
        case("a tab", "x\ty\n1\t2\nFind the sum of all y."),
    ],
    "needs_proof": [
        case("a value", "What is 3 + 4?"),
        case("a proof", "Prove that there are infinitely many primes.", "fail", "it asks for a proof: 'Prove that"),
        case("show that", "Let n be odd. Show that $n^2 - 1$ is divisible by 8.", "fail", "Show that"),
        case("disprove", "Prove or disprove: every group of order 4 is abelian.", "fail", "a proof"),
        case("a proof, and a value", "Prove that x is an integer, and find x."),
        case("it proved hard", "The exam proved hard: 3 of 12 passed. How many failed?"),
        case("waterproof", "Tom sells waterproof boots at $30. How much are 3 pairs?"),
        case("shows", "The clock shows 3:15. What is the angle between its hands?"),
    ],
    "too_long_problem": [
        case("as long as it may be", "one two three", max_words=3),
        case("longer", "one two three four", "fail", "4 words, 3 at most", max_words=3),
        case("by default", "word " * 501, "fail", "501 words, 500 at most"),
    ],
    "too_short_problem": [
        case("as short as it may be", "Compute 3!", min_words=2),
        case("shorter", "Hello", "fail", "1 words, 2 at least"),
        case("words that are asked for", "one two three", "fail", "3 words, 4 at least", min_words=4),
    ],
    "other_language": [
        case("English", "How many of the 12 eggs are brown if half are?"),
        case("German", "Wie viele der 12 Eier sind braun, wenn es die H\u00e4lfte ist?", "fail", "reads as german"),
        case("French", "Combien de pommes Paul a-t-il?", "undecided", "too few words"),
        case(
            "more French", "Le fermier et les voisins sont dans une ferme avec des pommes. Combien?", "fail", "french"
        ),
        case("German, as it should be", "Wie viele der 12 Eier sind braun und wie viele nicht?", language="german"),
        case(
            "English, where German should be",
            "What is the sum of all the numbers and how many are there?",
            "fail",
            "reads as english, not as german",
            language="german",
        ),
        case("a formula", "$\\frac{3}{4} + 2$"),
        case("a formula and a verb", "Simplify $\\sqrt{242}$.", "undecided", "too few words"),
        case(
            "a name in another language",
            "How many francs does the caf\u00e9 Les Deux Magots take for each of its cups?",
        ),
        case(
            "Russian", "\u0421\u043a\u043e\u043b\u044c\u043a\u043e \u044f\u0431\u043b\u043e\u043a?", "fail", "Cyrillic"
        ),
        case(
            "Russian, as it should be",
            "\u0421\u043a\u043e\u043b\u044c\u043a\u043e \u044f\u0431\u043b\u043e\u043a?",
            language="russian",
        ),
        case(
            "Japanese for Chinese",
            "\u308a\u3093\u3054\u306f\u5168\u90e8\u3067\u3044\u304f\u3064",
            "fail",
            "not written in",
            language="chinese",
        ),
        case("Chinese", "\u8fd8\u5269\u51e0\u4e2a\u82f9\u679c", language="chinese"),
    ],
}
