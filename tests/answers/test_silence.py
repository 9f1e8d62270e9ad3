"""Short responses that state no answer, and those that do."""

import pytest

from curate.answers import find_answer

SILENT = [
    "I do not know this.",
    "I don't know.",
    "I don\u2019t know",
    "I really don't know.",
    "We cannot solve this.",
    "I cannot answer that.",
    "I can't help with that.",
    "I am not sure.",
    "I'm sorry.",
    "Sorry, I can't.",
    "No idea.",
    "Not sure.",
    "Unable to answer",
    "**I do not know.**",
    "Let me think about it",
    "Let's think step by step.",
    "Sure, let me see.",
    "I will solve this now.",
    "I'll need more time.",
    "We need to find x.",
    "I think so.",
    "I need more information.",
    "Thinking about it...",
    "Working on it.",
    "Here is the solution:",
    "Here's my step-by-step reasoning:",
    "Step by step:",
    "Sure!",
    "Of course.",
    "Thank you.",
    "Hmm.",
    "What a great question!",
    "This problem is very hard.",
    "Good question.",
    "Please provide the full problem.",
    "Could you clarify what you mean?",
    "What do you mean?",
    "I hope this helps!",
]
SAYING = [
    "I",
    "I and II only",
    "I only",
    "II",
    "We",
    "No",
    "None of the above",
    "Unknown",
    "Uncertain",
    "Cannot be determined",
    "It cannot be determined.",
    "Not enough information",
    "No solution",
    "There is no solution.",
    "No one knows the killer",
    "Nobody",
    "Paris",
    "The capital is Paris.",
    "She has twelve apples.",
    "She has 12 apples.",
    "I get 12.",
    "We find x = 5",
    "I think it is 7",
    "Let x = 5",
    "So 5",
    "OK 5",
    "Well-ordering theorem",
    "The halting problem",
    "The trolley problem",
    "Is",
    "Sorry Day",
    "Please Please Me, by the Beatles",
    "Hi-fi",
    "A clue",
    "An echo",
    "Your name",
    "Will Smith",
    "Can Tho",
    "What is Paris?",
    "Who am I?",
    "I was wrong.",
    "I will say Paris.",
    "We can conclude Paris.",
    "We cannot determine this.",
    "I love you",
    "We live in Rome",
    "Thinking Machines",
    "Give and take",
    "Share the bread",
    "Solving Sudoku",
    "Hope",
    "Great Britain",
    "Simple harmonic motion",
    "Hard disk",
    "Understood Betsy",
    "Thanksgiving",
    "Hello",
    "Hello world",
    "OK",
    "Well",
    "I think it is Paris.",
    "I believe that is true.",
    "Sure Start",
]


@pytest.mark.parametrize("response", SILENT)
def test_what_states_nothing_is_no_answer(response: str) -> None:
    """Who only speaks of themselves, of the question or of what is to come has stated no answer."""
    assert find_answer(response) is None


@pytest.mark.parametrize("response", SAYING)
def test_a_short_answer_is_one(response: str) -> None:
    """A short answer counts, also in a sentence, and also where it is that nobody can know."""
    assert find_answer(response) is not None


@pytest.mark.parametrize("response", ["#### I do not know", r"\boxed{\text{I do not know}}", "<answer>Sorry</answer>"])
def test_a_mark_is_taken_at_its_word(response: str) -> None:
    """What a response marks as its answer is its answer, so that data which teach to decline can be made."""
    assert find_answer(response) is not None
