"""How an action_id and a menu's option name the deed they call. Refuses ids that hide another.

Slack wants action_ids unique within a block, and an overflow menu has one action_id for all its
entries. So three buttons of one deed are `score#1`, `score#2`, `score#3`, and the entry of a menu
`more` carries `deed#value` as its option's value.
"""

MENU = "more"
_MARK = "#"


def numbered(deed: str, number: int) -> str:
    """The action_id of the `number`th element of one deed within a block."""
    return f"{deed}{_MARK}{number}"


def deed_of(action_id: str) -> str:
    """The deed an action_id calls; `more` for a menu, whose entry names the deed."""
    return action_id.partition(_MARK)[0]


def entry(deed: str, value: str) -> str:
    """The option value of a menu's entry."""
    return f"{deed}{_MARK}{value}"


def read_entry(option_value: str) -> tuple[str, str]:
    """Deed and value of the chosen entry of a menu."""
    deed, _, value = option_value.partition(_MARK)
    return deed, value
