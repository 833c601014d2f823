"""A tab of somebody who signs in with the company's provider."""

from playwright.sync_api import expect

from lib.words import say
from tests.browser.desk import PATIENCE, Desk


def w(message_id: str, **values: object) -> str:
    return say("en", message_id, **values)


class Window(Desk):
    """A tab of somebody who signs in, works and leaves; the provider's own pages are no business of ours."""

    def _listen(self, message) -> None:  # noqa: ANN001 - as in Desk
        if message.location.get("url", "").startswith(self.url):
            super()._listen(message)

    def sign_in(self, sub: str) -> "Window":
        """Press the button, and at the provider the person's name."""
        self.page.get_by_role("button", name=w("entrance-continue")).click()
        self.page.wait_for_url("**/oauth2/authorize?**")
        self.page.get_by_role("button", name=sub, exact=True).click()
        self.page.wait_for_url(f"{self.url}/**")
        self.settle()
        return self

    def sign_out(self) -> None:
        self.sidebar.get_by_test_id("stPopover").get_by_role("button").last.click()
        self.page.get_by_role("button", name=w("entrance-leave")).click()
        self.page.get_by_role("button", name="End session").click()
        self.page.wait_for_url(f"{self.url}/**")
        self.settle()

    def is_at_the_door(self, why: str | None = None) -> None:
        self.sees(w("entrance-title"))
        if why:
            self.sees(w(f"entrance-{why}"))
        expect(self.sidebar.get_by_role("link")).to_have_count(0)

    def is_in_as(self, name: str) -> None:
        expect(self.sidebar.get_by_test_id("stPopover").get_by_role("button").last).to_contain_text(
            name, timeout=PATIENCE
        )
