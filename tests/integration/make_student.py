"""Make a tiny student: `python make_student.py FOLDER TEMPLATE FILE...`, its tokenizer of the files' text."""

import sys

import torch

from tests.integration.tiny import make_model, make_student, make_tokenizer

if __name__ == "__main__":
    folder, template, *files = sys.argv[1:]
    torch.manual_seed(0)
    student = make_student(make_tokenizer(files), template)
    student.save_pretrained(folder)
    make_model(student).save_pretrained(folder)
