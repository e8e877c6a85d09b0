"""Amounts as billing systems and spreadsheets write them."""


def show_amount(amount: float, currency: str) -> str:
    """$1,234.50 for dollars; for yen ¥1,200, now and then ￥1,200 or 1.2万円.

    Which spelling a yen amount gets hangs on the amount alone, so a row is written the same way
    in every file.
    """
    if currency != "JPY":
        return f"${amount:,.2f}"
    yen = int(amount)
    if yen % 1_000 == 0 and yen % 7 == 0:
        return f"{yen / 10_000:g}万円"
    return f"￥{yen:,}" if yen % 7 == 1 else f"¥{yen:,}"


def show_thousands(amount: int) -> int | float:
    """Yen in thousands; whole where it is whole."""
    return amount // 1000 if amount % 1000 == 0 else amount / 1000
