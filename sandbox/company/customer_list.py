"""The customer list as a team keeps it in Excel: the one file every import has to survive.

Title row, two header rows, merged cells, 同上 and 〃, a total row, 令和, thousands of yen.
"""

from itertools import groupby
from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

from sandbox.company.account import Account
from sandbox.company.dirt import Ledger, Place, add_dirt
from sandbox.company.era import show_era, show_serial
from sandbox.company.layouts import Cell
from sandbox.company.money import show_thousands
from sandbox.company.people import name_of, team_of
from sandbox.company.workbooks import open_book, save_book, total_row, write_title

SHEET = "顧客一覧"
FIRST_ROW = 5
GROUPS = {
    "顧客": ("顧客ID", "顧客名", "フリガナ", "業種", "国"),
    "区分": ("ティア", "タッチモデル", "ステージ"),
    "担当": ("チーム", "担当形態", "担当者", "副担当"),
    "契約": ("利用開始日", "席数", "ARR(千円)"),
    "連携": ("テナントID", "請求先コード", "メールドメイン", "利用データ"),
    "目標": ("導入目的", "成功基準"),
}
LAST_HEADER = "備考"
HEADERS = [*(header for group in GROUPS.values() for header in group), LAST_HEADER]
TIERS = {"strategic": "戦略", "enterprise": "エンタープライズ", "mid": "ミッド", "smb": "SMB"}
TOUCH_MODELS = {"high": "ハイタッチ", "low": "ロータッチ", "tech": "テックタッチ"}
STAGES = {"onboarding": "オンボーディング", "adoption": "活用", "expansion": "拡大"}
MODES = {"dedicated": "専任", "pooled": "プール", "none": "担当なし"}
COUNTRIES = {"JP": "日本", "US": "米国"}
LEGEND = (
    ("記号", "意味"),
    ("戦略〜SMB", "契約額による区分。見直しは年1回"),
    ("ハイタッチ", "担当者が定期的に訪問する"),
    ("テックタッチ", "メールと画面内の案内を中心にする"),
    ("同上・〃", "すぐ上の行と同じ"),
)


def write_customer_list(
    folder: Path, accounts: list[Account], titled_on: str, ledger: Ledger
) -> str:
    """Writes accounts.xlsx; returns its name. Rows stand by team and owner, the unowned last."""
    book, sheet = open_book(SHEET)
    write_title(sheet, f"顧客一覧({titled_on}現在)", len(HEADERS))
    sheet.append(["※ARRの単位は千円、外貨契約は「-」"])
    _write_headers(sheet)
    ordered = sorted(accounts, key=_by_owner)
    rows = [_show(account) for account in ordered]
    place = Place("accounts.xlsx", FIRST_ROW, SHEET)
    dirty = add_dirt("accounts", HEADERS, rows, place, ledger)
    for row in _say_ditto(dirty):
        sheet.append(row)
    sheet.append(total_row(HEADERS, rows, "ARR(千円)"))
    _merge_teams(sheet, ordered)
    legend = book.create_sheet("凡例")
    for line in LEGEND:
        legend.append(line)
    save_book(book, folder / "accounts.xlsx")
    return "accounts.xlsx"


def _by_owner(account: Account) -> tuple[bool, str, str, str]:
    return (not account.owner, team_of(account.owner), account.owner, account.ref)


def _show(account: Account) -> list[Cell]:
    return [
        account.ref,
        account.name,
        account.kana or "-",
        account.industry,
        COUNTRIES[account.country],
        TIERS[account.tier],
        TOUCH_MODELS[account.touch],
        STAGES[account.stage],
        team_of(account.owner) or None,
        MODES[account.owner_mode],
        name_of(account.owner) if account.owner else "-",
        name_of(account.second) if account.second else "#N/A",
        _show_start(account),
        account.seats,
        show_thousands(account.arr) if account.currency == "JPY" else "-",
        account.tenant,
        account.billing,
        account.domain,
        "有" if account.has_feed else "無",
        account.goal,
        account.criteria,
        f"{account.churned_on:%Y/%m/%d} 解約" if account.churned_on else None,
    ]


def _show_start(account: Account) -> Cell:
    """Most days in 令和, every fifth as a bare serial number somebody's paste left behind."""
    if int(account.ref[1:]) % 5 == 0:
        return show_serial(account.started_on)
    return show_era(account.started_on)


def _say_ditto(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Owner and second repeated from the row above become 同上 and 〃, as people type them."""
    said = [list(row) for row in rows]
    for header, ditto in (("担当者", "同上"), ("副担当", "〃")):
        at = HEADERS.index(header)
        for above, row, shown in zip(rows, rows[1:], said[1:], strict=False):
            if row[at] == above[at] and row[at] not in {"-", "#N/A"}:
                shown[at] = ditto
    return said


def _write_headers(sheet: Worksheet) -> None:
    top: list[str | None] = []
    for group, headers in GROUPS.items():
        top += [group, *[None] * (len(headers) - 1)]
    sheet.append([*top, LAST_HEADER])
    sheet.append([*HEADERS[:-1], None])
    start = 1
    for headers in GROUPS.values():
        end = start + len(headers) - 1
        sheet.merge_cells(start_row=3, start_column=start, end_row=3, end_column=end)
        start = end + 1
    sheet.merge_cells(start_row=3, start_column=start, end_row=4, end_column=start)


def _merge_teams(sheet: Worksheet, ordered: list[Account]) -> None:
    column = HEADERS.index("チーム") + 1
    row = FIRST_ROW
    for team, members in groupby(ordered, key=lambda account: team_of(account.owner)):
        last = row + len(list(members)) - 1
        if team:
            sheet.merge_cells(start_row=row, start_column=column, end_row=last, end_column=column)
        row = last + 1
