"""Ways to say the parts of a worked solution that hold for every scenario."""

OPENINGS = (
    "Let us take it one step at a time.",
    "What we want in the end is {what}.",
    "We are asked for {what}.",
    "The goal is to find {what}.",
    "Let me work through this in order.",
    "We can go through the story and compute as we read.",
    "The last thing to find is {what}, so collect what it needs.",
    "Put the facts together one after another.",
)
LEADS = {
    "first": ("", "", "", "first, ", "to begin with, ", "first of all, ", "start here: "),
    "middle": ("", "", "", "", "next, ", "then ", "after that, ", "from here, ", "moving on, "),
    "last": ("", "", "", "finally, ", "lastly, ", "as the last step, "),
}
"""What may open the sentence of a step, by its place."""
FRAMES = (
    "{lead}{what} is {eq}.",
    "{lead}{what} is {eq}.",
    "{lead}we find {what}: {eq}.",
    "{lead}we need {what}: {eq}.",
    "to find {what}, compute {eq}.",
    "for {what} we get {eq}.",
    "work out {what}: {eq}.",
    "{lead}let us compute {what}: {eq}.",
    "what is {what}? It is {eq}.",
    "here is {what}: {eq}.",
)
CONCLUSIONS = (
    "So {what} is {value}.",
    "Therefore, {what} is {value}.",
    "That means {what} is {value}.",
    "Hence {what} is {value}.",
    "We have found that {what} is {value}.",
    "This answers the question: {what} is {value}.",
    "The answer is {value}.",
    "So the answer is {value}.",
    "In the end, {what} is {value}.",
)
IRRELEVANT = (
    "It does not matter {about}.",
    "The question does not depend on {about}.",
    "It makes no difference {about}.",
    "We can leave aside {about}.",
)
FRACTION_WANTED = (
    "Give the answer as a fraction in lowest terms.",
    "Write the answer as a fraction in lowest terms.",
    "The answer is a fraction; give it in lowest terms.",
)
