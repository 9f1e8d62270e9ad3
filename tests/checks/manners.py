r"""Faults of conduct and of text as models of many makes commit them, and what only looks like each.

None of them comes from a file. `FAULTS` and `LOOKALIKES` map a check to replies with ids: the check must fail each of
the first and pass each of the second.
"""
# ruff: noqa: RUF001 - the faults are letters of other alphabets

_CASES = "So my assumption is wrong, and I will try again from the beginning with another one."
_SUM = "3 * 4 = 12, so the answer is 12."

FAULTS: dict[str, dict[str, str]] = {
    "truncated": {
        "a label in bold": "We add them step by step.\n\n1. **Add the apples:**",
        "a number of a list": "We add the apples first, and then the pears.\n\n2.",
        "a heading of a step": "We add the apples first, and then the pears.\n\n## Step 3:",
        "between two sections": "Both trains leave at noon and they meet\n\n---",
        "a row with too few cells": "| x | y |\n|---|---|\n| 1 | 3 |\n| 2 |",
        "after a verb that wants more": "There are six rows of seven apples, and 6 * 7 gives",
    },
    "looping": {
        "a paragraph that counts": "".join(f"Attempt {n}:\n\nLet me assume A. {_CASES}\n\n" for n in range(1, 15)),
        "a sentence that counts": "".join(
            f"Then the number of marbles becomes {n} and we add another one to it. " for n in range(30)
        ),
        "one mark": "The area is 12" + "!" * 300,
        "numbers on one line": "The multiples are 2, 4, 6, " + "8, 6, 4, " * 120,
        "one mark of an answer": "The answer is 12.\n" + "#### 12\n" * 60,
    },
    "refusal": {
        "no comfort": "I don't feel comfortable providing a solution to this problem.",
        "too little known": "I don't have enough information to answer this question. Could you send the figure?",
        "no picture": "Unfortunately, I cannot solve this problem without seeing the image.",
        "a text-based assistant": "As a text-based AI, I'm unable to view images or diagrams.",
        "only a model": "I'm just a language model, so I can't help you with that.",
        "declines": "Sorry, but I must decline to answer that question.",
        "no question": "It seems that the problem statement is missing. Could you please provide the full question?",
        "policies": "This content may violate our usage policies.",
        "German": "Es tut mir leid, aber ich kann dir dabei nicht helfen.",
        "Spanish": "Lo siento, pero no puedo ayudarte con esa solicitud.",
        "French": "Je suis désolé, mais je ne peux pas répondre à cette demande.",
        "French without an apology": "Je ne peux pas vous aider avec cette demande.",
        "Italian": "Mi dispiace, ma non posso aiutarti con questa richiesta.",
        "Portuguese": "Desculpe, mas não posso ajudar com isso.",
        "Russian": "Извините, но я не могу помочь с этим запросом.",
        "Chinese": "你好，这个问题我暂时无法回答，让我们换个话题再聊聊吧。",
        "Japanese": "申し訳ありませんが、そのご要望にはお応えできません。",
        "Korean": "죄송하지만 그 요청은 도와드릴 수 없습니다.",
        "details of a recipe": "I can't provide the full instructions for that.",
        "sorry for a request": "I'm sorry, but this request cannot be fulfilled.",
        "a letter to its user": "Dear user, I'm sorry, but I can't help you with that.",
        "German, otherwise": "Es tut mir leid, ich bin nicht in der Lage, diese Frage zu beantworten.",
        "Dutch": "Het spijt me, maar ik kan u daar niet mee helpen.",
        "Chinese with an apology": "很抱歉，这个问题我无法回答。",
        "Japanese, otherwise": "申し訳ありませんが、そのリクエストには応じられません。",
        "Korean in two sentences": "죄송합니다. 해당 질문에는 답변할 수 없습니다.",
        "Vietnamese": "Xin lỗi, tôi không thể trả lời câu hỏi này.",
        "Hindi": "क्षमा करें, मैं आपकी मदद नहीं कर सकता।",
        "Arabic": "عذرًا، لا أستطيع مساعدتك في هذا الطلب.",
    },
    "leaked_reference": {
        "the provided answer is": f"The provided answer is 12, and indeed {_SUM}",
        "the given answer is": f"The equation gives 10, but the given answer is 12. {_SUM}",
        "the reference": f"The reference says 12. {_SUM}",
        "ground truth": f"My result matches the ground truth. {_SUM}",
        "knows the answer": f"Since we know the correct answer is 12, we work backwards. {_SUM}",
        "the answer provided": f"The answer given is 12, so I redo it. {_SUM}",
        "was given the answer": f"I should not mention that I was given the answer. {_SUM}",
        "Chinese": "根据参考答案，结果应为12，所以 3 * 4 = 12。答案是12。",
    },
    "special_tokens": {
        "a call of a tool": f'<tool_call>\n{{"name": "calc"}}\n</tool_call>\n{_SUM}',
        "a slash": f"{_SUM}<|/assistant|>",
        "padding": f"{_SUM}[PAD][PAD][PAD]",
        "a mask": f"[gMASK]<sop> {_SUM}",
        "triangles": f"◁think▷ 3 * 4 ◁/think▷ {_SUM}",
        "a text begins": f"<s>{_SUM}",
        "a text begins and ends": f"<s>{_SUM}</s>",
    },
    "broken_text": {
        "a times sign": f"The area is 3 Ã— 4. {_SUM}",
        "a capital letter": f"Ã–l costs 12. {_SUM}",
        "Chinese in Windows-1252": f"ç­”æ¡ˆæ˜¯ 12. {_SUM}",
        "an emoji": f"Great job! ðŸŽ‰ {_SUM}",
        "Arabic in Windows-1252": f"Ø§Ù„Ø¥Ø¬Ø§Ø¨Ø© 12. {_SUM}",
        "Korean in Windows-1252": f"ë‹µì€ 12ìž…ë‹ˆë‹¤. {_SUM}",
        "Hindi in Windows-1252": f"à¤‰à¤¤à¥à¤¤à¤° 12. {_SUM}",
        "pieces of a tokenizer": "The▁answer▁is▁12,▁since▁3▁×▁4▁=▁12.",
        "bytes of a tokenizer": "TheĠanswerĠisĠ12,ĠsinceĠ3Ġ*Ġ4Ġ=Ġ12.",
    },
    "final_answer_only": {
        "two values": "x = 3, y = -2",
        "an expression with a minus sign": "x − 5",
        "a Hindi sentence": "उत्तर 7 है।",
    },
}

LOOKALIKES: dict[str, dict[str, str]] = {
    "truncated": {
        "QED": "Suppose not. Then some x is in A and not in B, a contradiction.\n\nQED",
        "a unit symbol": "The work is force times distance, 40 N × 3 m. That gives 120 J",
        "a speed": "The first train needs two hours for 250 km. So its speed is 125 km/h",
        "a time of day": "The film starts at 7:15 and lasts 140 minutes. So it ends at 9:35 pm",
        "infinity": "The numerator grows faster than the denominator. So the limit is ∞",
        "a root": "By Pythagoras the square is 1 + 2 = 3. So the hypotenuse is √3",
        "a verdict": "All bloops are razzies, and all razzies are lazzies. Yes",
        "a reaction": "Two waters balance the hydrogen.\n\nCH₄ + 2 O₂ → CO₂ + 2 H₂O",
        "a rule below the answer": "There are 12 tiles at $2 each.\n\n**$24**\n\n---",
        "a token that ends the turn": "So the answer is 12.<end_of_turn>",
        "a scientific value": "Twice the speed of light is 2 * 3. So it is 6 × 10⁸ m/s",
        "a vector": "Adding the components, the resultant is ⟨3, −1, 4⟩",
        "euros behind the number": "Drei Karten zu je 15 € kosten zusammen 45 €",
        "a conclusion of its own": "Then 3p + 2 = 14, which gives p = 4.\n\nSo a pen costs 4 dollars",
        "a Chinese label": "打八折是160元，再减10元是150元。答案：150元",
        "a label and its choice": "Carbon dioxide is what the leaves take in.\n\nAnswer: C. Carbon dioxide",
        "columns": "These are their ages.\nName   Age\nAnn    12\nBob    14",
        "an address": "For all the steps of the derivation you can write to me at tutor@example.com",
        "a turn that begins": "So the answer is 12.<|im_end|>\n<|im_start|>user",
        "a short label": "У Пети 5 + 3 = 8, вместе 13. Ответ: 13",
        "lines without full stops": "Distance = 60 * 2.5 = 150\nSo the train travels 150 miles in two and a half hours",
    },
    "looping": {
        "cases that end alike": "We try every x.\n"
        + "".join(f"For x = {n}, the equation has no solution.\n" for n in range(1, 25)),
        "steps of a simulation": "".join(
            f"Step {n}: the state is {'AB'[n % 2]}, and the head, which read {n * n % 7}, moves on to the right.\n"
            for n in range(30)
        ),
        "cases of many words": "We try every x.\n"
        + "".join(f"If Ann has {n} apples, Bob has twice as many, and the sum is no square.\n" for n in range(20)),
        "a list of divisors": "".join(
            f"Case {n}: the remainder of the division is not zero, so it is not one of them.\n\n" for n in range(20)
        ),
        "some attempts": "".join(f"Attempt {n}:\n\nLet me assume A. {_CASES}\n\n" for n in range(1, 6)),
        "a row of zeros": "The row is\n" + "0, " * 100,
        "a row of stars": "Part one\n" + "*" * 300 + "\nPart two",
    },
    "mixed_language": {
        "a name at the end of a remark": "By the Chinese remainder theorem (first seen in China, 孫子算經) it is 23.",
        "an answer in quotation marks": "The idiom means “画蛇添足”, to do too much. The answer is 4.",
    },
    "refusal": {
        "a quotation": "Ann says \"I'm sorry, I can't help you\", so it is not Ann. So the answer is Bob.",
        "a person speaks": "Ann said: I'm sorry, I can't come. So 3 of them came. The answer is 3.",
        "what a number cannot be": "I'm sorry, I made a mistake: x can't be negative, so x = 3. The answer is 3.",
        "a slip of its own": "Sorry, that can't be right. Let me redo it: 3 * 4 = 12. The answer is 12.",
        "no closed form": "I cannot give a closed form, but the answer is 1.23 by five steps of Newton's method.",
        "no details": "I won't write out all the steps of this answer: 3 * 4 = 12. The answer is 12.",
        "a letter that declines": "Dear Ms. Lee,\n\nI am sorry that I cannot attend. I must decline.\n\nYours, Tom.",
        "an e-mail": "Here is a draft:\n\nSubject: Friday\n\nHi Tom,\n\nI'm sorry, but I can't come on Friday.",
        "a German slip": "Es tut mir leid, die erste Rechnung war nicht richtig. 3 * 4 = 12. Die Antwort ist 12.",
        "a Spanish slip": "Lo siento, no puede ser 13, pues 3 * 4 = 12. La respuesta es 12.",
        "a French slip": "Désolé, il ne peut pas être 13, car 3 * 4 = 12. La réponse est 12.",
        "a Portuguese slip": "Desculpe, não é possível que x seja 13. 3 * 4 = 12. A resposta é 12.",
        "a Dutch slip": "Het spijt me, het eerste antwoord was niet juist: 3 * 4 = 12. Het antwoord is 12.",
        "a Chinese slip": "抱歉，之前的计算有误，x 不能为 0。所以 x = 3。答案是3。",
        "a Japanese slip": "すみません、前の計算では0で割ることはできませんでした。x = 3です。答えは3です。",
        "a Korean slip": "죄송합니다. 앞에서 잘못 계산했습니다. 3 * 4 = 12. 답은 12입니다.",
        "a Vietnamese slip": "Xin lỗi, x không thể bằng 0. Vậy x = 3. Đáp án là 3.",
        "a Hindi slip": "माफ़ करें, पहला उत्तर सही नहीं था। 3 * 4 = 12। उत्तर 12 है।",
        "a population declines": "I must decline the number twice: 800 * 0.95 = 760, then 722. The answer is 722.",
        "what cannot be known": "I don't have enough information on the balls. The answer is: it cannot be determined.",
        "what cannot be divided": "I cannot divide by x without knowing that x is not 0. The answer is x = 0 or x = 3.",
        "Chinese": "我无法直接约分，因为 x 可能是 0。所以分两种情况：x = 0 或 x = 3。",
        "German": "Leider kann ich hier nicht kürzen, weil x auch 0 sein kann. Also ist x = 0 oder x = 3.",
    },
    "leaked_reference": {
        "choices": "3 * 4 = 12, which matches the given answer choice (A). So the answer is A.",
        "a set of solutions": "3 * 4 = 12, consistent with the given solution set {12}. The answer is 12.",
        "a puzzle of knowing": "Alice was told the answer and Bob was told the sum, which is 12. The answer is 12.",
        "a solution of a function": "The solution given is y = e^x, whose derivative is itself, so it solves it.",
        "a liquid": "The reference solution has an absorbance of 0.5, twice ours. The answer is 0.1 M.",
        "a dose": "The nurse was given the solution at 8 pm, and 3 * 4 = 12. The answer is 12 ml.",
        "what is given": "The given solution of 250 mL holds 0.2 mol/L. The answer is 0.05 mol.",
        "the form that is expected": "The expected answer format is an integer, so the answer is 12.",
        "its own answer": "So the correct answer is 15, since 3 * 5 = 15.",
        "what the story tells": "Ann was told the price, 12 dollars. The answer is 12.",
        "a truth": "The ground truth table has four rows. The answer is 4.",
    },
    "special_tokens": {
        "struck out at the head": "<s>7</s> is wrong: 3 * 4 = 12. The answer is 12.",
        "one mask": "BERT pads with [PAD] and masks with [MASK]. The answer is 2.",
        "a name": "The call of tool_a costs 12 < 13. The answer is 12.",
    },
    "broken_text": {
        "Portuguese capitals": "AMANHÃ — NÃO HOJE — SÃO DOZE. A RESPOSTA É 12.",
        "a sparkline": "The counts ▁▂▃▅▇ grow. The answer is 12.",
        "units of crystals": "The cell has 160 Å³, each face 25 Å², and 2Å\u00a0are 0.2 nm. The answer is 160.",
        "Maltese": "Ġanni għandu 12 Ġobna. The answer is 12.",
        "Icelandic": "Það er 12. The answer is 12.",
    },
    "final_answer_only": {
        "a minus sign of its own": "12 − 5 = 7\n\n**7**",
        "degrees": "180° − 65° = 115°. The answer is 115.",
        "percent": "20% + 15% = 35%. So the answer is 35%.",
        "two calculations": "4 x 6 = 24, 24 - 5 = 19",
        "a chain in the answer": "The time is \\[ t = \\frac{d}{v} = \\frac{150}{60} = 2.5 \\]",
        "Hindi": "राम के पास 12 सेब थे। उसने 5 सेब दे दिए, इसलिए 7 सेब बचे।",
        "clauses with semicolons": "Let n = 2k; then n² = 4k²; hence n² is divisible by 4;",
        "a sentence of two clauses": "Dog and cat are animals; oak is a tree. Answer: oak",
        "breaks of HTML": "We add 3 and 4 to get 7.<br>Then we double it to 14.<br>",
    },
    "empty_response": {"a drawing": "****\n*  *\n****"},
    "answer_mismatch": {
        "a value on the way": (
            "<think>\nThe number of red balls: the answer is 4 for that part. Blue: 7. Total: 4 + 7 = 11.\n</think>\n"
            "There are 11 balls. The answer is 11."
        ),
    },
}
