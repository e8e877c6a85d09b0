"""What a health model says of a single account, for tests that name the measures by hand."""

import numpy as np
import pandas as pd

from bot.frame.build import Frame
from bot.health.model import WORDS, HealthDocument
from bot.health.score import Scores, score_frame


def score_document(document: HealthDocument, values: dict[str, float], **facts: object) -> Scores:
    """What the model would say of one account with these measures, the rest unknown.

    `facts` are the columns that choose the variant: usage_expected, tier, touch, stage.
    """
    table = pd.DataFrame(
        {name: [values.get(name, np.nan)] for name in document.columns()} | _as_columns(facts)
    )
    return score_frame(document, Frame(table, {}))


def _as_columns(facts: dict[str, object]) -> dict[str, list[object]]:
    known = {"usage_expected": True, **dict.fromkeys(WORDS)}
    return {name: [value] for name, value in (known | facts).items()}
