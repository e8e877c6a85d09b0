"""Of several answers of one person the latest. Refuses to count anybody twice."""

import numpy as np
import pandas as pd

from bot.frame.block import BoolArray, Rows


def find_latest(answers: Rows) -> BoolArray:
    """Which rows are their respondent's latest; of one day's answers the lower one, to be sure."""
    if not len(answers.place):
        return np.zeros(0, dtype=np.bool_)
    people = pd.factorize(np.array(answers.words["respondent"], dtype=object))[0]
    days, scores = answers.numbers["responded_on"], answers.numbers["score"]
    order = np.lexsort((-scores, days, people, answers.place))
    place, person = answers.place[order], people[order]
    ends = np.append((place[1:] != place[:-1]) | (person[1:] != person[:-1]), True)
    flags = np.zeros(len(order), dtype=np.bool_)
    flags[order[ends]] = True
    return flags
