"""Names as sources and people write them meet in one folded form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.names import NameIndex, Suggestion, fold_name

ACME_SPELLINGS = [
    "株式会社アクメ商事",
    "アクメ商事株式会社",
    "アクメ商事（株）",
    "㈱アクメ商事",
    "(株)ｱｸﾒ商事",
    "株式会社 アクメ 商事",
    "アクメ・商事",
    "あくめ商事",
    "　アクメ商事　",
    "一般社団法人アクメ商事",
    "合同会社アクメ商事",
]


@pytest.mark.row("B5")
@pytest.mark.parametrize("spelling", ACME_SPELLINGS)
def test_width_kana_blanks_and_legal_form_do_not_make_another_company(spelling: str) -> None:
    assert fold_name(spelling) == "あくめ商事"


@pytest.mark.parametrize(
    "spelling",
    [
        "Acme",
        "ACME Inc.",
        "Acme, Inc",
        "Acme Co., Ltd.",
        "ＡＣＭＥ ＣＯ．，ＬＴＤ．",
        "Acme K.K.",
        "Acme GmbH & Co. KG",
        "acme s.a.",
        "Acme Corporation Limited",
        "Ácme LLC",
    ],
)
def test_western_legal_forms_at_the_end_are_dropped(spelling: str) -> None:
    assert fold_name(spelling) == "acme"


def test_a_legal_form_inside_a_western_name_stays() -> None:
    assert fold_name("Co-op Japan") == "coopjapan"
    assert fold_name("SE Bank") == "sebank"
    assert fold_name("Incorta") == "incorta"


def test_a_name_that_is_only_a_legal_form_is_kept() -> None:
    assert fold_name("株式会社") == "株式会社"
    assert fold_name("Limited") == "limited"


@pytest.mark.parametrize("typed", ["サーバー", "サ－バ－", "ｻｰﾊﾞｰ", "サ‐バ—", "サ−バ〜", "さーばー"])
def test_what_people_type_for_the_long_vowel_is_the_long_vowel(typed: str) -> None:
    assert fold_name(typed) == "さーばー"


def test_a_hyphen_after_letters_is_no_long_vowel() -> None:
    assert fold_name("B-Train") == fold_name("Bトレイン".replace("トレイン", "Train")) == "btrain"


@pytest.mark.parametrize("typed", ["ガンマ", "ｶﾞﾝﾏ", "カ゛ンマ", "カﾞンマ", "か\u3099んま", "がんま"])
def test_voiced_marks_join_their_kana_however_they_were_typed(typed: str) -> None:
    assert fold_name(typed) == "がんま"


def test_half_voiced_marks_and_vu_fold_too() -> None:
    assert fold_name("ﾎﾟｲﾝﾄ") == fold_name("ぽいんと")
    assert fold_name("ヴェルデ") == fold_name("ゔぇるで")


@pytest.mark.parametrize("written", ["カ)アクメ", "ｱｸﾒ(ｶ", "カブシキガイシャ アクメ", "ﾕ)ｱｸﾒ"])
def test_bank_and_kana_spellings_of_the_legal_form_are_dropped(written: str) -> None:
    assert fold_name(written) == "あくめ"


def test_chinese_and_korean_forms_are_dropped() -> None:
    assert fold_name("深圳阿克梅股份有限公司") == "深圳阿克梅"
    assert fold_name("주식회사 아크메") == "아크메"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(alphabet="株式会社有限(カ)ｶﾞ゛ー-. incoltdkゔヷ㈱㍿Å", max_size=14))
def test_folding_twice_changes_nothing_near_legal_forms(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(alphabet="アカサタナハガプヴャッ", min_size=1, max_size=8))
def test_the_script_of_kana_does_not_matter(katakana: str) -> None:
    hiragana = "".join(chr(ord(letter) - 0x60) for letter in katakana)
    assert fold_name(katakana) == fold_name(hiragana)


@pytest.fixture
def index() -> NameIndex:
    return NameIndex(
        [
            ("a1", "株式会社アクメ", "アクメ"),
            ("a2", "アクメ物流株式会社", "アクメブツリュウ"),
            ("a3", "北アクメ製作所", "キタアクメセイサクショ"),
            ("b1", "ベータ物流", "ベータブツリュウ"),
            ("g1", "Gamma Foods Inc.", ""),
            ("n1", "日本電機", "ニホンデンキ"),
        ]
    )


@pytest.mark.row("B5")
def test_search_gives_exact_then_beginning_then_part(index: NameIndex) -> None:
    assert index.search("ｱｸﾒ") == ["a1", "a2", "a3"]


def test_search_knows_the_reading_as_well(index: NameIndex) -> None:
    assert index.search("にほんでん") == ["n1"]
    assert index.search("ぶつりゅう") == ["a2", "b1"]


def test_each_id_is_found_once_even_when_two_of_its_names_fit(index: NameIndex) -> None:
    assert index.search("アクメ").count("a1") == 1


def test_a_slip_of_the_keyboard_still_finds(index: NameIndex) -> None:
    assert index.search("Gama Foods")[0] == "g1"


def test_likeness_is_asked_only_where_nothing_fits(index: NameIndex) -> None:
    assert index.search("アクメ物流") == ["a2"]


def test_search_obeys_its_limit_and_an_empty_fragment_shows_the_first(index: NameIndex) -> None:
    assert index.search("アクメ", limit=2) == ["a1", "a2"]
    assert len(index.search("", limit=4)) == 4


@pytest.mark.parametrize("typed", ["🎉", "👨‍👩‍👧‍👦", "・・・", "!?"])
def test_what_holds_no_letter_finds_nobody(index: NameIndex, typed: str) -> None:
    assert index.search(typed) == []


def test_find_exact_does_not_take_a_beginning_for_the_name(index: NameIndex) -> None:
    assert index.find_exact("アクメ(株)") == ["a1"]
    assert index.find_exact("アク") == []


def test_two_accounts_of_one_name_are_both_exact() -> None:
    twins = NameIndex([("x", "アクメ"), ("y", "㈱アクメ")])
    assert twins.find_exact("アクメ") == ["x", "y"]


def test_suggestions_are_few_scored_and_best_first(index: NameIndex) -> None:
    suggestions = index.suggest("ベーター物流")
    assert suggestions[0].id == "b1"
    assert len(suggestions) <= 3
    assert suggestions == sorted(suggestions, key=lambda each: -each.score)
    assert all(60 <= each.score <= 100 for each in suggestions)


def test_the_same_name_scores_a_hundred(index: NameIndex) -> None:
    assert index.suggest("GAMMA FOODS") == [Suggestion("g1", 100)]


def test_nothing_is_suggested_for_nothing_or_for_a_stranger(index: NameIndex) -> None:
    assert index.suggest(" ・ ") == []
    assert index.suggest("xyzzy") == []


@given(st.lists(st.tuples(st.text(min_size=1, max_size=3), st.text(max_size=8)), max_size=8))
def test_every_entry_is_found_by_its_own_name(entries: list[tuple[str, str]]) -> None:
    index = NameIndex(entries)
    for ref, name in entries:
        if name:
            assert ref in index.find_exact(name)
            assert ref in index.search(name)
