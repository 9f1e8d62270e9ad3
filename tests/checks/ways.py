r"""Ways in which models of many makes end a reply, break one off, state an answer, or show how they found it.

None of them comes from a file; each is a habit of some family of models, with other words.
"""

_CHAIN = (
    "The train leaves at noon and needs three hours for the first part of the trip.\n"
    "It waits half an hour, and the second part takes two hours more.\n"
)

SOUND_ENDINGS: dict[str, str] = {
    "a full stop": f"{_CHAIN}So the whole trip takes five and a half hours.",
    "an exclamation mark": f"{_CHAIN}That makes five and a half hours in total!",
    "a question to the reader": f"{_CHAIN}It takes 5.5 hours. Would you like to see another way?",
    "an emoji": f"{_CHAIN}So the trip takes 5.5 hours \U0001f682",
    "a tick": f"{_CHAIN}The trip takes 5.5 hours \u2705",
    "the end of a proof": f"{_CHAIN}Hence the claim holds \u220e",
    "an emoji with a modifier": f"{_CHAIN}Well done \U0001f44d\U0001f3fd",
    "a heart of two characters": f"{_CHAIN}Have a safe trip \u2764\ufe0f",
    "an answer mark": f"{_CHAIN}#### 5.5",
    "a letter": f"{_CHAIN}Answer: B)",
    "a letter in brackets": f"{_CHAIN}The correct option is (C)",
    "a capital A": f"{_CHAIN}The correct answer is A",
    "a bare letter": f"{_CHAIN}D",
    "a bare number": f"{_CHAIN}5.5",
    "a number with a unit": f"{_CHAIN}5.5 hours",
    "degrees": f"{_CHAIN}The outside temperature is then 21\u00b0",
    "money": f"{_CHAIN}Total: $42.50",
    "a box": f"{_CHAIN}\\boxed{{5.5}}",
    "a box in dollars": f"{_CHAIN}$$\\boxed{{5.5}}$$",
    "a box in display brackets": f"{_CHAIN}\\[\n\\boxed{{\\frac{{11}}{{2}}}}\n\\]",
    "an aligned formula": f"{_CHAIN}\\begin{{align*}}\nt &= 3 + 0.5 + 2 \\\\\n&= 5.5\n\\end{{align*}}",
    "a formula without a stop": f"{_CHAIN}$t = 3 + 0.5 + 2 = 5.5$",
    "a plain equation": f"{_CHAIN}t = 3 + 0.5 + 2 = 5.5",
    "a symbolic equation": f"{_CHAIN}y = mx + b",
    "a named result": f"{_CHAIN}Total time = 5.5",
    "a tag": f"{_CHAIN}<answer>5.5</answer>",
    "bold": f"{_CHAIN}**Final Answer:** 5.5 hours",
    "bold around all": f"{_CHAIN}**The trip takes 5.5 hours**",
    "a heading and a value": f"{_CHAIN}### Final Answer\n5.5 hours",
    "a table": f"{_CHAIN}| part | hours |\n|---|---|\n| first | 3 |\n| second | 2 |",
    "a list without full stops": (
        f"{_CHAIN}- first part: three hours\n- waiting time: half an hour\n- second part: two hours"
    ),
    "numbered steps without full stops": (
        "1. Add the hours of both parts\n2. Add the waiting time\n3. Write down the sum of all three"
    ),
    "a recipe of short lines": "Beat the eggs until fluffy\nFold in the flour slowly\nBake it for twenty minutes",
    "code": f"{_CHAIN}```python\nprint(3 + 0.5 + 2)\n```",
    "code whose fence ends a line": "Run this to see the sum:\n```python\nprint(3 + 0.5 + 2)```",
    "code without a fence": "def total(first, wait, second):\n    both = first + second\n    return both + wait",
    "JSON": '{"steps": ["Add three and two.", "Add a half."], "answer": 5.5}',
    "JSON with braces in a text": '{"steps": ["The set is {1, 2"], "answer": "}"}',
    "JSON and a remark": '{"answer": 5.5}\n\nThis is the number of hours.',
    "JSON in a fence": 'Here it is:\n```json\n{"answer": 5.5}\n```',
    "a set": "{1, 2, 3} is the set of all solutions that we were looking for.",
    "an interval": "[0, 1) is the domain of the function that the problem asks about.",
    "a quotation": f'{_CHAIN}As the sign says: "five and a half hours"',
    "an address": f"{_CHAIN}The timetable is at https://example.org/trains?line=5",
    "a farewell": f"{_CHAIN}It takes 5.5 hours. Hope this helps",
    "another farewell": f"{_CHAIN}It takes 5.5 hours. Let me know if you have any questions",
    "dots on purpose": f"{_CHAIN}And so on, and so forth ...",
    "Chinese": (
        "\u706b\u8f66\u4e2d\u5348\u51fa\u53d1\uff0c\u5148\u8d70\u4e09\u4e2a\u5c0f\u65f6\u3002\u6240\u4ee5"
        "\u4e00\u5171\u4e94\u4e2a\u534a\u5c0f\u65f6\u3002"
    ),
    "a Chinese answer": (
        "\u706b\u8f66\u4e2d\u5348\u51fa\u53d1\uff0c\u5148\u8d70\u4e09\u4e2a\u5c0f\u65f6\u3002\n\u7b54\u6848\uff1a5.5"
    ),
    "Japanese": (
        "\u5217\u8eca\u306f\u6b63\u5348\u306b\u51fa\u767a\u3057\u307e\u3059\u3002\u5408\u8a08\u306f\u4e94"
        "\u6642\u9593\u534a\u3067\u3059\u3002"
    ),
    "Hindi": (
        "\u0930\u0947\u0932 \u0926\u094b\u092a\u0939\u0930 \u0915\u094b \u091a\u0932\u0924\u0940 \u0939\u0948"
        " \u0914\u0930 \u092a\u093e\u0902\u091a \u0918\u0902\u091f\u0947 \u0932\u0947\u0924\u0940 \u0939"
        "\u0948\u0964"
    ),
    "Arabic": (
        "\u064a\u063a\u0627\u062f\u0631 \u0627\u0644\u0642\u0637\u0627\u0631 \u0638\u0647\u0631\u0627 \u0641"
        "\u0643\u0645 \u0633\u0627\u0639\u0629 \u064a\u062d\u062a\u0627\u062c\u061f"
    ),
    "Thai": (
        "\u0e23\u0e16\u0e44\u0e1f\u0e2d\u0e2d\u0e01\u0e15\u0e2d\u0e19\u0e40\u0e17\u0e35\u0e48\u0e22\u0e07 "
        "\u0e43\u0e0a\u0e49\u0e40\u0e27\u0e25\u0e32\u0e2b\u0e49\u0e32\u0e0a\u0e31\u0e48\u0e27\u0e42\u0e21"
        "\u0e07"
    ),
    "German": "Der Zug f\u00e4hrt um zw\u00f6lf Uhr ab. Er braucht f\u00fcnfeinhalb Stunden.",
    "a grid of numbers": "The grid after the last move is this one:\n" + "0 0 0 0 0 0 0 0 0 0\n" * 10,
    "a programming language": f"{_CHAIN}For this one would best use a language such as C++.",
    "percent": f"{_CHAIN}So the share of waiting is 9%",
    "a square": f"{_CHAIN}The area is 25 m\u00b2",
    "a fraction in LaTeX": f"{_CHAIN}Time = \\frac{{11}}{{2}}",
    "yes": f"{_CHAIN}So the answer is yes",
    "a signature": f"{_CHAIN}It takes 5.5 hours.\n\nBest regards",
}
"""Complete replies: nothing in them may be called cut off."""

CUT_ENDINGS: dict[str, str] = {
    "inside a sentence": f"{_CHAIN}So the whole trip takes five and a half hours if we",
    "inside a word": f"{_CHAIN}So the whole trip takes five and a half ho",
    "after a comma": f"{_CHAIN}So the whole trip takes five and a half hours,",
    "before what a colon announces": f"{_CHAIN}So the whole trip takes this many hours:",
    "after an operator": f"{_CHAIN}Time = 3 + 0.5 +",
    "after an equals sign": f"{_CHAIN}Total time = 3 + 0.5 + 2 =",
    "inside a display formula": f"{_CHAIN}We get\n\\[\nt = 3 + 0.5",
    "inside an inline formula": f"{_CHAIN}We get \\( t = 3 + 0.5",
    "inside dollars": f"{_CHAIN}We get\n$$\nt = 3 + 0.5 + 2",
    "inside an environment": f"{_CHAIN}\\begin{{align*}}\nt &= 3 + 0.5 + 2 \\\\\n&= 5.",
    "inside a box": f"{_CHAIN}Therefore the time is \\boxed{{\\frac{{11}}{{2}}",
    "inside a fence": f"{_CHAIN}```python\nfirst, second = 3, 2\nprint(first)",
    "inside JSON": '{"steps": ["Add three and two.", "Add a ha',
    "after a value of JSON": '{"steps": [{"text": "Add three and two."}',
    "JSON after a remark": 'Here is the object that you asked for:\n{"steps": ["Add three and',
    "inside bold": f"{_CHAIN}The answer is **five and a",
    "inside a table": f"{_CHAIN}| part | hours |\n|---|---|\n| first | 3 |\n| second",
    "inside a tag": f"{_CHAIN}The trip takes 5.5 hours.</ans",
    "after an opening tag": f"{_CHAIN}The trip takes 5.5 hours.\n<answer>",
    "inside brackets": f"{_CHAIN}So it takes five and a half hours (counting the half hour of wai",
    "a list item that just began": f"{_CHAIN}Thus:\n- first part: three hours.\n- waiting: half an hour.\n- second pa",
    "a new paragraph that just began": f"{_CHAIN}\nLet's check the res",
    "the first words": "To determine the",
    "an apostrophe": f"{_CHAIN}To be sure, let'",
    "a loop": f"{_CHAIN}" + "But wait, the train waits, so we add it again. " * 20,
    "a loop without full stops": f"{_CHAIN}" + "and then we add the half hour again " * 30,
    "Chinese": (
        "\u706b\u8f66\u4e2d\u5348\u51fa\u53d1\uff0c\u5148\u8d70\u4e09\u4e2a\u5c0f\u65f6\uff0c\u7136\u540e"
        "\u518d\u505c\u534a\u5c0f\u65f6\uff0c\u6240\u4ee5\u6211\u4eec\u5fc5"
    ),
    "Chinese, after a comma": (
        "\u706b\u8f66\u4e2d\u5348\u51fa\u53d1\uff0c\u5148\u8d70\u4e09\u4e2a\u5c0f\u65f6\uff0c\u7136\u540e"
        "\u518d\u505c\u534a\u5c0f\u65f6\uff0c"
    ),
    "answered, then ran on": f"The answer is 5.5.\n\n{_CHAIN}Now let us also look at what",
}
"""Replies that a token limit cut off: each must be called so from its text alone."""

BARE_ANSWERS: dict[str, str] = {
    "a number": "42",
    "money": "$1,250.00",
    "a negative fraction": "-3/4",
    "words": "Paris",
    "a sentence": "The answer is 42.",
    "a sentence with a colon": "The answer is: 42",
    "a label": "Answer: 42",
    "a label in bold": "**Answer:** 42",
    "a final label": "Final Answer: 42",
    "bold": "**42**",
    "a box": "\\boxed{42}",
    "a box in dollars": "$\\boxed{42}$",
    "a box in display brackets": "\\[\n\\boxed{42}\n\\]",
    "a box in a sentence": "Therefore, the final answer is $\\boxed{42}$.",
    "hope for a box": "The final answer is $\\boxed{42}$. I hope it is correct.",
    "a display formula": "$$42$$",
    "a tag": "<answer>42</answer>",
    "a tag on lines of its own": "<answer>\n42\n</answer>",
    "a final tag": "<final_answer>42</final_answer>",
    "hashes": "#### 42",
    "a heading": "### Final Answer\n\n42",
    "a heading with a box": "## Answer\n\n$$\\boxed{42}$$",
    "JSON": '{"answer": 42}',
    "JSON with a text": '{"final_answer": "42 apples"}',
    "JSON in a fence": '```json\n{"answer": "42"}\n```',
    "JSON with empty steps": '{"steps": [], "reasoning": "", "answer": "42"}',
    "a fence": "```\n42\n```",
    "code": "`42`",
    "a letter": "B",
    "a letter and its text": "(B) The red car",
    "a labelled letter": "Answer: B) The red car",
    "a letter in a sentence": "The correct option is (B).",
    "a value with a unit": "42 apples",
    "a sentence of the story": "There are 42 apples left in the basket.",
    "a longer sentence of the story": "Maria will have exactly 42 apples left in her basket at the end of the day.",
    "a sentence that denies": "No, the conclusion does not follow from the premises.",
    "a sentence and its answer": "There are 42 apples left in the basket. The answer is 42.",
    "a courtesy": "Sure! Here is the final answer to the problem: 42. Let me know if you have any questions!",
    "an equation": "x = 42",
    "an equation of two unknowns": "y = 2x + 3",
    "an equation in dollars": "$$\\frac{x^2}{4} + \\frac{y^2}{9} = 1$$",
    "a calculation alone": "6 * 7 = 42",
    "an expression": "3x^2 + 7x - 2",
    "an expression in a tag": "<answer>3x^2 + 7x - 2</answer>",
    "an equation in a box": "\\boxed{f(x) = 2x + 3}",
    "an equation in a sentence": "The answer is $y = 2x + 3$.",
    "two values": "x = 3, y = 4",
    "a list of names": "Ada, Bo and Cy",
    "an interval": "[0, 1) \\cup (2, 3]",
    "a grid": "<answer>\n" + "0 1 0 1 0 1 0 1 0 1\n" * 12 + "</answer>",
    "a list of words": "<answer>" + " ".join(["apple", "banana", "cherry", "grape", "lemon"] * 30) + "</answer>",
    "thinking that is empty": "Okay.\n\nThe answer is 42.",
    "Chinese": "\u7b54\u6848\u662f42\u3002",
    "a Chinese label": "\u6700\u7ec8\u7b54\u6848\uff1a42",
}
"""Replies that only state an answer."""

REASONED_ANSWERS: dict[str, str] = {
    "a calculation and its answer": "6 * 7 = 42. The answer is 42.",
    "a calculation and a mark": "6 * 7 = 42\n#### 42",
    "a chain of equations": "x = 84 / 2 = 42",
    "a marked calculation": "<<6*7=42>>\n#### 42",
    "LaTeX": "$6 \\times 7 = 42$\n\n$\\boxed{42}$",
    "a solved equation": "2x + 6 = 90\n2x = 84\nx = 42",
    "two sentences": "There are six rows of seven apples each in the box. So the answer is 42.",
    "a reason": "The answer is 42 because there are six rows of seven apples each.",
    "a reason in one sentence": "Since all bakers are poets and Ada is a baker, she must be a poet too.",
    "a sentence with two numbers": "Six rows of 7 apples each make 42 apples.",
    "a state that is tracked": "Ada: red, Bo: blue, Cy: green\nAda: blue, Bo: red, Cy: green\nThe answer is Ada.",
    "options that are ruled out": "Not A, that has four legs. Not C, that cannot fly. So the answer is B.",
    "JSON with steps": '{"steps": ["There are six rows.", "Each row has seven apples."], "answer": 42}',
    "JSON with a reason": '{"reasoning": "Six rows of seven apples each make that many.", "answer": "42"}',
    "the answer first": "**42**\n\nThere are six rows in the box, and each of them holds seven apples.",
    "a list": "- rows in the box: 6\n- apples in every row: 7\n- so we multiply\n\n**42**",
    "code": "```python\nrows, apples = 6, 7\nprint(rows * apples)\n```\nThis prints 42. The answer is 42.",
    "Chinese": (
        "\u7bb1\u5b50\u91cc\u6709\u516d\u6392\uff0c\u6bcf\u6392\u4e03\u4e2a\u82f9\u679c\uff0c\u76f8\u4e58"
        "\u5f97\u56db\u5341\u4e8c\u3002\u7b54\u6848\u662f42\u3002"
    ),
    "German": "Es sind sechs Reihen, und jede Reihe hat sieben \u00c4pfel. Die Antwort ist 42.",
}
"""Replies that say how the answer was found, if shortly."""
