"""Pictures of "a week with Sakidori" out of the quarter that is played, in both languages."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import select

from bot.store.tables import Account, Episode, OutboxItem
from bot.store.unit import Store
from sandbox.visitor import Visitor
from tests.browser import get_chromium
from tests.browser_stories.camera import FOLDER, SIZE, open_page, settle, shoot

MONTHLY_ON, SUMMARY_ON = date(2026, 12, 1), date(2026, 12, 14)
# Writes for the leads' and managers' pictures in English.
_ENGLISH_LEAD, _ENGLISH_OPS = "U0YAMAMO01", "U0RAMAN001"
_LEAD, _MANAGER = "U0WATANA01", "U0KOBAYA01"


@dataclass(frozen=True)
class Sitter:
    """A CSM in one language, and the customer whose use falls."""

    locale: str
    csm: str
    account: str
    record: str


SITTERS = (
    Sitter("ja", "U0SATO0001", "アクメ商事", "結果を記録"),
    Sitter("en", "U0CARTER01", "Quillmark Analytics", "Record the outcome"),
)


@dataclass
class Album:
    """Looks every morning whether there is something to picture; each thing once."""

    page: Page
    visitor: Visitor
    address: str
    store: Store
    workspace_id: int
    taken: set[str] = field(default_factory=set)

    def look(self, today: date) -> None:
        """Before the team works."""
        for sitter in SITTERS:
            self._alert(sitter)
            if today == MONTHLY_ON:
                self._said(sitter.csm, "/sakidori monthly", f"week_monthly.{sitter.locale}")
        for user, locale in ((_LEAD, "ja"), (_ENGLISH_LEAD, "en")):
            self._lead(user, locale)
        if today == SUMMARY_ON:
            self._said(_MANAGER, "/sakidori summary", "week_summary.ja")
            self._said(_ENGLISH_OPS, "/sakidori summary", "week_summary.en")

    def _alert(self, sitter: Sitter) -> None:
        """The alert as it comes, then the form that refuses to close it without a word."""
        name, ts = f"week_alert.{sitter.locale}", self._find_alert(sitter.account)
        if ts is None or name in self.taken:
            return
        self.taken.add(name)
        open_page(self.page, self.address, sitter.csm)
        shoot(self.page.locator(f'[data-testid=message][data-ts="{ts}"]'), name)
        direct = self.visitor.direct(sitter.csm)
        self.visitor.clicks(sitter.csm, direct, "alert_claim", ts=ts)
        message = self.page.locator(f'[data-testid=message][data-ts="{ts}"]')
        message.get_by_role("button", name=sitter.record).click()
        modal = self.page.get_by_test_id("modal")
        modal.get_by_role("radio").first.check()
        modal.get_by_test_id("modal-submit").click()
        modal.get_by_test_id("field-error").first.wait_for()
        shoot(modal, f"week_outcome.{sitter.locale}")
        modal.get_by_test_id("modal-close").click()
        shoot(message, f"week_claimed.{sitter.locale}")
        self._said(sitter.csm, "/sakidori tasks", f"week_tasks.{sitter.locale}")

    def _find_alert(self, account: str) -> str | None:
        with self.store.reading(self.workspace_id) as unit:
            wanted = select(Episode.id).join(
                Account,
                (Account.workspace_id == Episode.workspace_id) & (Account.id == Episode.account_id),
            )
            whose = Account.name.startswith(account), Episode.playbook == "usage_drop"
            episode_id = unit.session.scalars(wanted.where(*whose)).first()
            post = select(OutboxItem.ts).filter_by(key=f"episode:{episode_id}")
            return unit.session.scalars(post).first()

    def _lead(self, user: str, locale: str) -> None:
        """The first digest of a lead that holds an exception."""
        name = f"week_lead.{locale}"
        with self.store.reading(self.workspace_id) as unit:
            wanted = select(OutboxItem).filter_by(kind="post", audience=user, state="sent")
            mine = wanted.where(OutboxItem.key.startswith("lead:"))
            newest = unit.session.scalars(mine.order_by(OutboxItem.created_at.desc())).first()
        if name in self.taken or newest is None or len(newest.payload["blocks"]) < 3:
            return
        self.taken.add(name)
        open_page(self.page, self.address, user)
        shoot(self.page.locator(f'[data-testid=message][data-ts="{newest.ts}"]'), name)

    def _said(self, user: str, text: str, name: str) -> None:
        open_page(self.page, self.address, user)
        before = self.page.get_by_test_id("message").count()
        self.visitor.types(user, self.visitor.direct(user), text)
        self.page.get_by_test_id("message").nth(before).wait_for()
        settle(self.page)
        shoot(self.page.get_by_test_id("message").last, name)


@contextmanager
def opened(address: str, store: Store, workspace_id: int) -> Iterator[Album]:
    """An album whose browser is closed at the end; one of the leads reads English from now on."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    visitor = Visitor(address)
    visitor.speaks(_ENGLISH_LEAD, "en-US")
    visitor.types(_ENGLISH_LEAD, visitor.direct(_ENGLISH_LEAD), "/sakidori language en")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=get_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, device_scale_factor=1)  # type: ignore[arg-type]
        yield Album(page, visitor, address, store, workspace_id)
        browser.close()
