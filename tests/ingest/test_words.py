"""Texts, references, addresses, choices and flags."""

from datetime import date

import pytest

from bot.core.voc import CATEGORIES, CHANNELS
from bot.ingest.fault import Fault, Unreadable
from bot.ingest.fields import Field, Type
from bot.ingest.kinds import accounts, members, voc
from bot.ingest.parse import parse_cell
from bot.ingest.values.setting import Setting
from bot.ingest.values.words import (
    parse_choice,
    parse_choices,
    parse_country,
    parse_currency,
    parse_domain,
    parse_email,
    parse_flag,
    parse_ref,
    parse_text,
    parse_topic,
    parse_zone,
)

TODAY = date(2026, 11, 20)
PLAIN = Setting(Field("name", Type.TEXT, ()), TODAY)
TIER = Setting(accounts.KIND.get("tier"), TODAY)
MODE = Setting(accounts.KIND.get("owner_mode"), TODAY)
ROLES = Setting(members.KIND.get("roles"), TODAY)
TOPIC = Setting(voc.KIND.get("category"), TODAY)
CHANNEL = Setting(voc.KIND.get("channel"), TODAY)


def test_names_keep_their_company_form_and_lose_only_stray_blanks() -> None:
    assert parse_text("　株式会社　アクメ 様 ", PLAIN) == "株式会社 アクメ 様"
    assert parse_text("か\u3099", PLAIN) == "が"


@pytest.mark.parametrize(
    ("cell", "ref"), [("Ａ００１", "A001"), (12345, "12345"), (12345.0, "12345"), (" a-1 ", "a-1")]
)
def test_references_are_folded_in_width_and_numbers_of_sheets_lose_their_point(
    cell: object, ref: str
) -> None:
    assert parse_ref(cell, PLAIN) == ref


def test_a_damaged_reference_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged_text"):
        parse_ref("A\ufffd1", PLAIN)


@pytest.mark.parametrize(
    "text",
    ["Sato@Example.com", "佐藤 <sato@example.com>", "mailto:sato@example.com", "sato＠example.com"],
)
def test_addresses_out_of_what_people_paste(text: str) -> None:
    assert parse_email(text, PLAIN) == "sato@example.com"


@pytest.mark.parametrize(
    ("text", "mend"), [("sato@example,com", "sato@example.com"), ("sato at example", None)]
)
def test_a_bad_address_is_mended_only_where_one_sign_is_wrong(text: str, mend: str | None) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_email(text, PLAIN)
    assert refused.value.fault.mend == mend


@pytest.mark.parametrize(
    "text",
    ["https://www.example.co.jp/about", "info@example.co.jp", "EXAMPLE.co.jp", "example.co.jp"],
)
def test_domains_out_of_urls_and_addresses(text: str) -> None:
    assert parse_domain(text, PLAIN) == "example.co.jp"


@pytest.mark.parametrize(
    "cell", ["はい", "有", "あり", "○", "〇", "✓", "1", 1, 1.0, "TRUE", True, "Yes"]
)
def test_yes_in_every_form(cell: object) -> None:
    assert parse_flag(cell, PLAIN) is True


@pytest.mark.parametrize("cell", ["いいえ", "無", "なし", "×", "0", 0, "FALSE", False, "no"])
def test_no_in_every_form(cell: object) -> None:
    assert parse_flag(cell, PLAIN) is False


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("Enterprise", "enterprise"),
        ("エンタープライズ", "enterprise"),
        ("中堅", "mid"),
        ("ＳＭＢ", "smb"),
    ],
)
def test_choices_by_synonym_in_both_languages(text: str, tier: str) -> None:
    assert parse_choice(text, TIER) == tier


def test_a_near_choice_is_offered_and_a_far_one_is_not() -> None:
    near, far = parse_cell("enterprse", TIER), parse_cell("gold", TIER)
    assert isinstance(near, Fault)
    assert isinstance(far, Fault)
    assert (near.mend, far.mend) == ("enterprise", None)
    assert "strategic" in far.params["choices"]
    assert "戦略" in far.params["choices_ja"]


def test_none_is_an_owner_mode_although_elsewhere_it_says_nothing() -> None:
    assert parse_cell("none", MODE) == "none"
    assert parse_cell("none", PLAIN) is None


def test_lists_of_roles_are_parted_at_any_usual_sign() -> None:
    assert parse_choices("CSM、リーダー/csm", ROLES) == ("csm", "lead")


@pytest.mark.row("B7")
@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("連携", "integration"),
        ("ＡＰＩ連携", "integration"),
        ("Pricing", "price"),
        ("UI/UX", "usability"),
        ("使い勝手", "usability"),
        ("Feature Request", "product"),
        ("機能要望", "product"),
        ("問い合わせ対応", "support"),
        ("その他", "other"),
    ],
)
def test_usual_topics_of_voc_become_the_codes_of_the_form(written: str, code: str) -> None:
    assert parse_topic(written, TOPIC) == code
    assert code in CATEGORIES


@pytest.mark.parametrize("written", ["セキュリティ", "導入 支援", "Onboarding & training", "㌔"])
def test_a_teams_own_topic_stays_as_the_file_has_it(written: str) -> None:
    assert parse_cell(written, TOPIC) == written


@pytest.mark.row("B8")
def test_ways_in_of_a_remark_are_those_of_the_form() -> None:
    assert [parse_cell(each, CHANNEL) for each in ("アンケート", "打合せ", "TEL", "展示会")] == [
        "survey",
        "meeting",
        "call",
        "展示会",
    ]
    assert (*voc.CHANNELS,) == CHANNELS
    assert (*voc.CATEGORIES,) == CATEGORIES


def test_countries_currencies_and_zones() -> None:
    assert parse_country("日本", PLAIN) == "JP"
    assert parse_country("United States", PLAIN) == "US"
    assert parse_currency("円", PLAIN) == "JPY"
    assert parse_zone("JST", PLAIN) == "Asia/Tokyo"
    assert parse_zone("Europe/Berlin", PLAIN) == "Europe/Berlin"


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (parse_country, "Atlantis"),
        (parse_currency, "貝殻"),
        (parse_zone, "Mars/Base"),
        (parse_flag, "?"),
    ],
)
def test_unknown_words_are_refused(parse: object, text: str) -> None:
    assert callable(parse)
    with pytest.raises(Unreadable):
        parse(text, PLAIN)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        " ",
        "　",
        "-",
        "－",
        "―",
        "—",
        "ー",
        "#N/A",
        "N/A",
        "n/a",
        "NULL",
        "null",
        None,
        float("nan"),
    ],
)
def test_every_way_to_say_nothing(cell: object) -> None:
    assert parse_cell(cell, PLAIN) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("#REF!", "spreadsheet_error"),
        ("#DIV/0!", "spreadsheet_error"),
        ("=SUM(A1:A3)", "formula_without_value"),
    ],
)
def test_errors_and_uncalculated_formulas_are_not_taken_for_values(cell: str, code: str) -> None:
    fault = parse_cell(cell, PLAIN)
    assert isinstance(fault, Fault)
    assert fault.code == code
