"""What the edge does with every kind of request, over signed HTTP and over Socket Mode."""

import pytest

from tests.house import CS, GUEST, KUDO, PATIENCE, SATO, SMITH, STRANGER, House
from tests.slack.deeds import Heard


def test_a_word_after_sakidori_is_a_command(edge: House) -> None:
    assert edge.says(SATO, "/sakidori echo アクメ 商事") == "heard アクメ 商事"


def test_an_answer_in_a_channel_is_seen_by_the_asker_alone(edge: House) -> None:
    assert edge.says(SATO, "/sakidori echo hello", CS) == "heard hello"
    assert edge.reads(KUDO, CS) == []


def test_what_people_type_is_escaped_once(edge: House, heard: Heard) -> None:
    edge.says(SATO, "/sakidori echo R&D <b>")
    assert heard.last.text == "R&D <b>"


def test_an_unknown_word_gets_help(edge: House) -> None:
    assert "/sakidori echoo" not in edge.says(SATO, "/sakidori language")
    assert "nonsense" in edge.says(SATO, "/sakidori nonsense")


def test_buttons_of_one_deed_are_told_apart(edge: House) -> None:
    edge.says(SATO, "/sakidori buttons")
    assert edge.clicks(SATO, "one") == "pressed 1"
    edge.says(SATO, "/sakidori buttons")
    assert edge.clicks(SATO, "two") == "pressed 2"


def test_a_menu_names_the_deed_and_its_value(edge: House) -> None:
    edge.says(SATO, "/sakidori buttons")
    assert edge.clicks(SATO, "more", choose="menu") == "pressed of menu"


def test_a_button_may_replace_its_message(edge: House) -> None:
    edge.says(SATO, "/sakidori buttons")
    edge.clicks(SATO, "swap")
    assert edge.reads(SATO) == ["swapped x"]


def test_a_button_whose_deed_is_gone_is_answered(edge: House) -> None:
    edge.says(SATO, "/sakidori buttons")
    assert "もう使えません" in edge.clicks(SATO, "gone")


def test_a_command_opens_a_form_that_is_filled(edge: House, heard: Heard) -> None:
    edge.says(SATO, "/sakidori fill")
    assert "first: […]" in edge.form(SATO)
    assert edge.submits(SATO, words="hello").get("closed")
    assert heard.last.carried == {"from": "test"}
    assert edge.reads(SATO)[-1] == "kept hello"


def test_a_form_that_came_too_late_for_slack_is_told(http_edge: House, heard: Heard) -> None:
    settings = http_edge.sandbox.slack.world.workspace.settings
    settings.trigger_seconds = 0
    assert "フォームを開けませんでした" in http_edge.says(SATO, "/sakidori fill")
    settings.trigger_seconds = 60
    http_edge.says(SATO, "/sakidori fill")
    assert "first: […]" in http_edge.form(SATO)
    assert len(heard.asks) == 1


def test_a_wrong_field_is_told_at_the_field(edge: House) -> None:
    edge.says(SATO, "/sakidori fill")
    assert edge.submits(SATO, words="wrong")["errors"] == {"words": "write something else"}
    assert edge.submits(SATO, words="right").get("closed")


def test_a_refused_form_keeps_what_was_typed(edge: House) -> None:
    edge.says(SATO, "/sakidori fill")
    assert "読み取れません" in edge.submits(SATO, words="refused")["errors"]["words"]


def test_a_form_may_go_on(edge: House) -> None:
    edge.says(SATO, "/sakidori fill")
    edge.submits(SATO, words="more")
    assert "more:" in edge.form(SATO)


def test_a_button_inside_a_form_changes_the_form(edge: House) -> None:
    edge.says(SATO, "/sakidori fill")
    assert "second:" in edge.clicks_form(SATO, "deeper")


def test_the_same_submission_twice_is_kept_once(edge: House) -> None:
    for _ in range(2):
        edge.says(SATO, "/sakidori fill")
        answer = edge.submits(SATO, words="same")
    assert "二重" in answer["errors"]["words"]


def test_a_form_that_takes_long_is_sent_again_and_kept_once(edge: House, heard: Heard) -> None:
    edge.bot.edge.inside_seconds = 0.2
    edge.says(SATO, "/sakidori fill")
    errors = edge.visitor.submits(SATO, {"words": "slow"})["errors"]
    assert "二重には記録しません" in errors["words"]
    heard.gate.set()
    edge.rest()
    edge.bot.edge.inside_seconds = PATIENCE
    assert "すでに受け付けています" in edge.submits(SATO, words="slow")["errors"]["words"]


def test_a_refusal_where_a_form_was_opening_is_said_inside_it(edge: House) -> None:
    edge.says(SATO, "/sakidori refuses")
    assert "読み取れません" in edge.form(SATO)


def test_type_ahead_answers_inside_the_acknowledgement(edge: House) -> None:
    edge.says(SATO, "/sakidori fill")
    assert edge.types_ahead(SATO, "pick", "ア") == ["ア1", "ア2"]


def test_app_home_is_shown_when_opened_and_changed_by_its_buttons(edge: House) -> None:
    assert edge.opens_home(SATO).startswith("first")
    edge.clicks_home(SATO, "again")
    edge.rest()
    assert "home pressed" in str(edge.visitor.home(SATO))


def test_an_account_meant_by_several_names_is_chosen_by_a_button(edge: House) -> None:
    assert "[A & B] [C]" in edge.says(SATO, "/sakidori several アクメ")
    assert edge.clicks(SATO, "C") == "chosen id:2"


def test_a_fault_is_a_sentence_with_the_reference_that_is_in_the_log(
    edge: House, caplog: pytest.LogCaptureFixture
) -> None:
    text = edge.says(SATO, "/sakidori crash")
    failure = next(record for record in caplog.records if "failure" in record.message)
    assert failure.__dict__["ref"] in text
    assert len(failure.__dict__["ref"]) == 8
    assert "アクメ" not in text


def test_a_chart_the_workspace_refuses_is_replaced_and_remembered(http_edge: House) -> None:
    http_edge.visitor.types(SATO, http_edge.visitor.direct(SATO), "/sakidori chart")
    http_edge.settle()
    assert http_edge.reads(SATO) == ["before\n▁▂▃"]
    calls = http_edge.sandbox.slack.calls
    assert sum(bool(call.get("errors")) for call in calls) == 1
    calls.clear()
    # `says` fails on a refused payload, so the chart was not tried again.
    assert http_edge.says(SATO, "/sakidori chart") == "before\n▁▂▃"


class TestWhoMayAsk:
    """People are known by what Slack says of them, and by the team's own list."""

    def test_the_team_may(self, edge: House) -> None:
        assert edge.says(SATO, "/sakidori team") == "for the team"

    @pytest.mark.parametrize("user", [GUEST])
    def test_guests_may_not(self, http_edge: House, user: str) -> None:
        assert "ゲスト" in http_edge.says(user, "/sakidori team")

    def test_a_newcomer_is_told_who_can_add_them(self, http_edge: House) -> None:
        text = http_edge.says(STRANGER, "/sakidori team")
        assert "大野" in text
        assert "登録されていません" in text

    def test_a_newcomer_may_read_help_and_choose_a_language(self, http_edge: House) -> None:
        assert "/sakidori" in http_edge.says(STRANGER, "/sakidori help")
        assert http_edge.says(STRANGER, "/sakidori language en")
        assert "not on the team list" in http_edge.says(STRANGER, "/sakidori team")

    def test_english_people_are_answered_in_english(self, http_edge: House) -> None:
        assert "went wrong" in http_edge.says(SMITH, "/sakidori crash")
