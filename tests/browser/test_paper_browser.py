"""The report on the paper as a page of the gallery: it says how far it is, and leads back."""

from browser_tools import browser_context, served
from lab_pages.lab import LabPage


class Page(LabPage):
    """The page of the report."""

    def wait_ready(self) -> None:
        self.wait_for_part(".dwmtj-progress")


def test_report_is_seen_to_grow_and_leads_back_to_the_gallery() -> None:
    with served(None) as gallery, browser_context() as context:
        report = Page(context.new_page(), gallery.address + "paper")
        assert "of it takes" in report.text("progress")
        assert not report.page.is_visible("#dwmtj-starting")
        report.wait("/^[1-9][0-9]* of [0-9]+ points/.test(probe.text('progress'))")
        assert report.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert report.complaints == []
        # What was about to ask for the next look cannot any more, and says so.
        report.page.click(".dwmtj-home")
        report.wait_for_part(".dwmtj-exhibit")
