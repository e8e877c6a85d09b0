"""Which parser reads which type of field."""

from collections.abc import Callable, Mapping

from bot.ingest.fields import Type
from bot.ingest.values import dates, money, numbers, words
from bot.ingest.values.setting import Setting

Parser = Callable[[object, Setting], object]

PARSERS: Mapping[Type, Parser] = {
    Type.TEXT: words.parse_text,
    Type.REF: words.parse_ref,
    Type.EMAIL: words.parse_email,
    Type.DOMAIN: words.parse_domain,
    Type.DATE: dates.parse_day,
    Type.MOMENT: dates.parse_moment,
    Type.MONTH: dates.parse_month,
    Type.MONEY: money.parse_money,
    Type.NUMBER: numbers.parse_number,
    Type.COUNT: numbers.parse_count,
    Type.QUANTITY: numbers.parse_quantity,
    Type.FLAG: words.parse_flag,
    Type.CHOICE: words.parse_choice,
    Type.CHOICES: words.parse_choices,
    Type.TOPIC: words.parse_topic,
    Type.CURRENCY: words.parse_currency,
    Type.COUNTRY: words.parse_country,
    Type.ZONE: words.parse_zone,
}
