"""The pages in a real browser: Debian's Chromium driven by Playwright."""

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, expect, sync_playwright

from server.injections import PAYLOADS
from server.service_fake import PAGE, RASH, FakeAssistant
from server.service_running import running
from wardbook.server.app import create_app
from wardbook.server.gold import from_feedback
from wardbook.server.logs import configure
from wardbook.server.settings import ServerSettings

expect.set_options(timeout=20_000)

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync".split()
)

if not Path(CHROMIUM).exists():
    if os.environ.get("CI"):
        pytest.fail("no Chromium in CI: apt-get install chromium", pytrace=False)
    pytest.skip("no Chromium here: apt-get install chromium", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(fake: FakeAssistant, settings: ServerSettings) -> Iterator[str]:
    configure("error")
    with running(create_app(fake, settings)) as address:
        yield address


def is_fault(message: ConsoleMessage) -> bool:
    """Tell an error from a load that was broken off because the page was left."""
    return message.type == "error" and "net::ERR_" not in message.text


@contextmanager
def opened(browser: Browser, address: str, **how: object) -> Iterator[Page]:
    """Open a page; any request to another host, script error or broken policy fails the test."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 860}} | how))
    page = context.new_page()
    faults: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    page.on("request", lambda request: faults.extend([request.url] * (not request.url.startswith(address))))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", on_dialog)
    page.on("console", lambda message: faults.extend([message.text] * is_fault(message)))
    page.goto(address)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with opened(browser, address) as page:
        yield page


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its answer."""
    page.wait_for_load_state("load")
    turns = page.locator("article.turn:not(.waiting)")
    before = turns.count()
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1)


def test_the_box_has_the_focus_and_examples_come_from_the_pages(page: Page) -> None:
    expect(page.get_by_label("Your question")).to_be_focused()
    page.get_by_role("button", name="examplinib dose for rash?").click()
    expect(page.locator("article.turn h2")).to_have_text("examplinib dose for rash?")


def test_an_answer_streams_in(page: Page, fake: FakeAssistant) -> None:
    fake.block = threading.Event()
    page.get_by_label("Your question").fill("what is a rash?")
    page.keyboard.press("Enter")
    expect(page.locator("article.waiting h2")).to_have_text("what is a rash?")
    fake.block.set()
    expect(page.locator("article.turn:not(.waiting) .text")).to_contain_text("A rash is red.")
    expect(page.get_by_role("status").first).to_have_text("Answered, 2 sources, 1 warning.")
    expect(page.get_by_text("Warning: The page is older than a year.")).to_be_visible()
    assert "/c/" in page.url


def test_the_next_question_waits_for_the_answer_and_for_nothing_more(page: Page, fake: FakeAssistant) -> None:
    # a connection that stays open after all has come: a proxy, a slow ward PC
    page.add_init_script("""
      const read = ReadableStreamDefaultReader.prototype.read;
      ReadableStreamDefaultReader.prototype.read = async function () {
        const part = await read.call(this);
        return part.done ? new Promise(() => {}) : part;
      };
    """)
    page.reload()
    fake.block = threading.Event()
    box = page.get_by_label("Your question")
    box.fill("what is a rash?")
    page.keyboard.press("Enter")
    expect(page.locator("article.waiting h2")).to_have_text("what is a rash?")
    box.fill("examplinib dose")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("still coming")
    fake.block.set()
    expect(page.locator("article.turn:not(.waiting)")).to_have_count(1)
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(box).to_have_value("examplinib dose")
    page.keyboard.press("Enter")
    expect(page.locator("article.turn:not(.waiting)")).to_have_count(2)
    expect(box).to_have_value("")


def test_a_marker_opens_the_source_at_the_cited_row(page: Page) -> None:
    ask(page, "examplinib prophylaxis")
    page.locator(".dose .marker").click()
    source = page.get_by_role("complementary", name="Source")
    expect(source.locator("tr.cited")).to_have_count(1)
    expect(source.locator("tr.cited")).to_contain_text("100-200 mg SC daily")
    expect(source.locator("tr.cited")).to_be_in_viewport()
    expect(source).to_contain_text("Updated 2026-01-02")
    expect(source).to_contain_text("Evidence: Moderate")
    expect(source.get_by_role("heading", name="Monitoring")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(source).to_be_hidden()
    expect(page.locator(".dose .marker")).to_be_focused()


def test_back_closes_the_source_and_leaves_the_conversation(page: Page) -> None:
    ask(page, "examplinib prophylaxis")
    there = page.url
    source = page.get_by_role("complementary", name="Source")
    page.locator(".dose .marker").click()
    expect(source).to_be_visible()
    page.go_back()
    expect(source).to_be_hidden()
    assert page.url == there
    page.locator(".dose .marker").click()
    source.get_by_role("link", name="Open the whole page").click()
    expect(page.get_by_role("heading", name="Examplinib", level=1)).to_be_visible()
    page.go_back()
    expect(source.locator("tr.cited")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(source).to_be_hidden()
    assert page.url == there


def test_a_dose_card_shows_the_row_and_the_arithmetic(page: Page) -> None:
    ask(page, "examplinib treatment for 120 kg")
    card = page.locator(".dose")
    for words in ("8 mg per kg", "800 mg", "8 mg/kg × 120 kg = 960 mg → 800 mg", "intravenous", "every 8 hours",
                  "800 mg per dose", "severe rash", "8 mg/kg IV every 8 hours"):  # fmt: skip
        expect(card).to_contain_text(words, use_inner_text=True)
    expect(card.locator(".from")).to_have_text("Examplinib › Dosing · 2026-01-02")


def test_a_table_that_goes_on_beyond_the_edge_shows_it(browser: Browser, fake: FakeAssistant, address: str) -> None:
    wide = "".join(f" column number {n} |" for n in range(20))
    fake.texts["wide"] = f"# Wide\n\n|{wide}\n|{'---|' * 20}\n|{wide}\n"
    fake.generation += 1
    with opened(browser, address, viewport={"width": 375, "height": 740}) as page:
        page.goto(f"{address}/pages/wide")
        table = page.get_by_role("group", name="Table")
        assert table.evaluate("table => table.scrollWidth > table.clientWidth")
        assert (
            table.evaluate("table => getComputedStyle(table).backgroundImage.split('linear-gradient').length - 1") == 4
        )
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_several_doses_stand_side_by_side_and_a_button_settles_it(page: Page) -> None:
    ask(page, "examplinib dose")
    first, second = (page.locator(".dose").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    page.get_by_role("button", name="examplinib prophylaxis").click()
    expect(page.locator("article.turn:not(.waiting)")).to_have_count(2)
    expect(page.locator("article.turn").last.locator(".dose")).to_have_count(1)


def test_pages_that_disagree_are_shown_as_two_columns(page: Page) -> None:
    ask(page, "do the pages disagree?")
    expect(page.get_by_role("heading", name="The pages disagree: the dose")).to_be_visible()
    expect(page.locator(".side")).to_have_count(2)
    ask(page, "do the doses disagree?")
    turn = page.locator("article.turn").last
    first, card = turn.locator(".conflict").bounding_box(), turn.locator(".dose").first.bounding_box()
    assert first is not None
    assert card is not None
    assert first["y"] + first["height"] <= card["y"], "who reads one dose has read that the pages disagree"


def test_a_follow_up_says_how_it_was_understood_and_can_be_undone(page: Page, fake: FakeAssistant) -> None:
    ask(page, "what is a rash?")
    ask(page, "why?")
    expect(page.get_by_text("Understood as: what is a rash?: why?")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("article.turn:not(.waiting)")).to_have_count(3)
    expect(page.locator("article.undone h2")).to_have_text("why?")
    assert fake.asked[-1] == ("why?", ())


def test_a_reload_keeps_the_conversation_and_it_is_listed(page: Page) -> None:
    ask(page, "what is a rash?")
    ask(page, "examplinib dose")
    page.reload()
    expect(page.locator("article.turn")).to_have_count(2)
    ask(page, "why?")
    page.goto(page.url.partition("/c/")[0])
    page.get_by_role("link", name="what is a rash?").click()
    expect(page.locator("article.turn")).to_have_count(3)


def test_a_conversation_is_deleted_after_asking_back(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    ask(page, "what is a rash?")
    drop = page.get_by_role("button", name="Delete conversation: what is a rash?")
    page.once("dialog", lambda dialog: dialog.dismiss())
    drop.click()
    expect(page.locator("article.turn")).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.accept())
    drop.click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    context.close()


def test_feedback_is_kept(page: Page, settings: ServerSettings) -> None:
    ask(page, "what is a rash?")
    page.get_by_role("button", name="Helpful").click()
    expect(page.get_by_text("Thank you, noted.")).to_be_visible()
    expect(page.get_by_role("button", name="Helpful")).to_have_attribute("aria-pressed", "true")
    page.get_by_text("Wrong …").click()
    page.get_by_label("What is wrong with it?").fill("it is blue")
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_text("Wrong: reported")).to_be_visible()
    assert [item["note"] for item in from_feedback(settings)] == ["to complete by hand; reported as wrong: it is blue"]


def test_an_answer_is_copied_with_its_sources(browser: Browser, address: str) -> None:
    with opened(browser, address, permissions=["clipboard-read", "clipboard-write"]) as page:
        ask(page, "examplinib treatment")
        page.get_by_role("button", name="Copy with citations").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        words = page.evaluate("navigator.clipboard.readText()")
    assert "8 mg/kg IV every 8 hours" in words
    assert "[1] Examplinib, Dosing (drugs/examplinib, line 11, updated 2026-01-02)" in words


def test_trouble_is_told_and_the_question_stays(page: Page, fake: FakeAssistant) -> None:
    fake.broken = RuntimeError("boom")
    page.get_by_label("Your question").fill("what is a rash?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The request failed.")
    expect(page.get_by_label("Your question")).to_have_value("what is a rash?")
    fake.broken = None
    page.keyboard.press("Enter")
    expect(page.locator("article.turn:not(.waiting)")).to_have_count(1)
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_stopped_service_is_told_wherever_it_is_noticed(browser: Browser, settings: ServerSettings) -> None:
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    with running(create_app(FakeAssistant(), settings)) as address:
        page.goto(address)
        ask(page, "examplinib treatment")
    page.get_by_role("button", name="Helpful").click()
    expect(page.locator(".thanks")).to_have_text("The service cannot be reached. Check the connection and try again.")
    page.locator(".marker").first.click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.get_by_label("Your question").fill("what is a rash?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.get_by_label("Your question")).to_have_value("what is a rash?")
    expect(page.locator("article.turn")).to_have_count(1)
    context.close()
    assert faults == []


def test_too_many_requests_and_a_full_queue_are_told(browser: Browser, fake: FakeAssistant, tmp_path: Path) -> None:
    few = ServerSettings(state_dir=tmp_path, requests_per_minute=2)
    with running(create_app(fake, few)) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        ask(page, "what is a rash?")
        page.get_by_label("Your question").fill("why?")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("More than 2 requests a minute. Wait")
        scan(page, "limit")
        page.goto(address)
        expect(page.get_by_role("heading", name="Too many requests")).to_be_visible()
        scan(page, "limit as a page")
        context.close()


def test_what_the_pages_do_not_hold_leads_to_what_they_have(page: Page) -> None:
    ask(page, "nosuchdrugium level of rashness")
    ask(page, "zinc for warts")
    turn = page.locator("article.turn").last
    expect(turn.get_by_text("Not in these pages")).to_be_visible()
    turn.get_by_role("button", name="Search the pages for these words").click()
    expect(page.get_by_role("heading", name="Search")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("zinc for warts")
    expect(page.get_by_role("status")).to_have_text("No passage holds these words. Try others, or fewer.")


def test_an_answer_is_printed_dark_on_white_and_alone(browser: Browser, address: str) -> None:
    with opened(browser, address, color_scheme="dark") as page:
        ask(page, "what is a rash?")
        ask(page, "examplinib dose")
        page.get_by_role("button", name="Switch between light and dark").click()
        page.get_by_role("button", name="Switch between light and dark").click()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.evaluate("window.print = () => { window.printed = getComputedStyle(document.body).color; }")
        page.emulate_media(media="print")
        colour = page.locator("article.turn").last.evaluate("element => getComputedStyle(element).color")
        assert max(map(int, re.findall(r"\d+", colour))) < 80, colour
        for hidden in (page.get_by_label("Your question"), page.locator(".acts").first, page.locator(".option").first):
            expect(hidden).to_be_hidden()
        expect(page.locator(".dose").first).to_be_visible()
        page.emulate_media(media="screen")
        page.locator("article.turn").last.get_by_role("button", name="Print").click()
        assert page.evaluate("window.printed") is not None


def test_reading_a_page(page: Page, address: str) -> None:
    page.goto(f"{address}/pages/drugs/examplinib?lines=11-12#cited")
    expect(page.locator("tr.cited")).to_have_count(2)
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="Monitoring").click()
    expect(page.get_by_role("heading", name="Monitoring")).to_be_in_viewport()
    page.get_by_role("link", name="the rash page").click()
    expect(page.get_by_role("heading", name="Rash", level=1)).to_be_visible()
    page.get_by_role("searchbox").fill("level")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Examplinib").first.click()
    assert "/pages/drugs/examplinib" in page.url


def test_asking_and_reading_work_without_scripts(browser: Browser, address: str) -> None:
    with opened(browser, address, java_script_enabled=False) as page:
        page.get_by_label("Your question").fill("examplinib dose")
        page.get_by_role("button", name="Ask", exact=True).click()
        page.get_by_role("button", name="examplinib treatment").click()
        expect(page.locator("article.turn")).to_have_count(2)
        page.locator("article.turn").last.locator(".dose .marker").click()
        expect(page.locator("tr.cited")).to_be_in_viewport()
        page.go_back()
        page.get_by_role("button", name="Helpful").first.click()
        expect(page.get_by_role("button", name="Helpful").first).to_have_attribute("aria-pressed", "true")


def test_everything_can_be_done_with_the_keyboard(page: Page) -> None:
    page.keyboard.type("examplinib dose")
    page.keyboard.press("Enter")
    option = page.get_by_role("button", name="examplinib treatment")
    expect(option).to_be_visible()
    for _ in range(60):
        if option.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("article.turn:not(.waiting)")).to_have_count(2)


def test_what_has_the_focus_is_never_under_the_question_box(browser: Browser, address: str) -> None:
    with opened(browser, address, viewport={"width": 640, "height": 430}) as page:
        ask(page, "examplinib dose")
        ask(page, "what is a rash?")
        page.get_by_text("Wrong …").first.click()
        expect(page.get_by_label("What is wrong with it?").first).to_be_focused()
        page.locator("body").press("Escape")
        page.locator(".brand").focus()
        hidden = []
        for _ in range(60):
            page.keyboard.press("Tab")
            hidden += [words for words in [page.evaluate(_COVERED)] if words]
        assert hidden == []


_COVERED = """() => {
    const element = document.activeElement, box = element.getBoundingClientRect();
    if (!element.closest(".turn") || box.height > 200) return "";
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return top && (element.contains(top) || top.contains(element)) ? "" : element.outerHTML.slice(0, 120);
}"""


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (640, 430)])
def test_phones_and_zoomed_screens_never_scroll_sideways(
    browser: Browser, address: str, width: int, height: int
) -> None:
    with opened(browser, address, viewport={"width": width, "height": height}) as page:
        ask(page, "examplinib dose")
        ask(page, "examplinib treatment for 120 kg")
        for place in (
            page.url,
            f"{address}/",
            f"{address}/pages",
            f"{address}/pages/drugs/examplinib",
            f"{address}/docs",
        ):
            page.goto(place)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, place


def scan(page: Page, where: str) -> None:
    """Look for faults once nothing moves: half faded in, any colour is pale."""
    page.wait_for_load_state("load")
    page.evaluate("() => Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    found = Axe().run(page)
    assert found.violations_count == 0, f"{where}: {found.generate_report()}"


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 390),
        ("dark", 1280),
        *(
            pytest.param(scheme, width, marks=pytest.mark.long)
            for scheme, width in (("dark", 390), ("light", 640), ("dark", 640), ("light", 1280))
        ),
    ],
)
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, width: int) -> None:
    with opened(browser, address, color_scheme=scheme, viewport={"width": width, "height": 860}) as page:
        scan(page, "empty")
        for question in (
            "examplinib dose",
            "examplinib treatment for 120 kg",
            "do the pages disagree?",
            "what is a rash?",
            "why?",
            "no",
        ):
            ask(page, question)
        page.get_by_text("Wrong …").last.click()
        scan(page, "conversation")
        page.locator(".marker").first.click()
        expect(page.get_by_role("complementary", name="Source")).to_be_visible()
        scan(page, "source")
        for place in (
            "/pages",
            "/pages/drugs/examplinib?lines=11-12",
            "/pages/rash",
            "/docs",
            page.url.removeprefix(address),
        ):
            page.goto(address + place)
            scan(page, place)


def test_signing_in_is_accessible(browser: Browser, fake: FakeAssistant, settings: ServerSettings) -> None:
    from wardbook.server import keys

    closed = settings.model_copy(update={"auth": "required"})
    key = keys.add(closed, "nurse")
    with running(create_app(fake, closed)) as address, opened(browser, address) as page:
        scan(page, "sign-in")
        page.get_by_label("Key").fill(key)
        page.keyboard.press("Enter")
        expect(page.get_by_text("nurse")).to_be_visible()
        ask(page, "what is a rash?")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_pages_and_questions_full_of_injections_stay_inert(browser: Browser, settings: ServerSettings) -> None:
    """No dialog, no script error, no request to another host, and nothing for the policy to stop."""
    hostile = "\n\n".join(PAYLOADS)
    rows = "\n".join(f"| {payload} | x |".replace("\n", " ") for payload in PAYLOADS)
    texts = {
        "drugs/examplinib": f"{PAGE}\n\n{hostile}\n\n| a | b |\n|---|---|\n{rows}",
        "rash": RASH,
        "x": "# <img src=x onerror=alert(1)>",
    }
    fake = FakeAssistant(texts)
    few = settings.model_copy(update={"max_question_chars": 20_000})
    with running(create_app(fake, few)) as address, opened(browser, address) as page:
        for begin in range(0, len(PAYLOADS), 25):
            ask(page, "echo " + " ".join(PAYLOADS[begin : begin + 25]).replace("\n", " "))
        page.locator(".marker").first.click()
        expect(page.get_by_role("complementary", name="Source")).to_be_visible()
        page.reload()
        for place in ("/pages/drugs/examplinib", "/pages/x", "/pages", "/"):
            page.goto(address + place)
        page.get_by_role("link", name="echo").first.click()
        expect(page.locator("article.turn").first).to_be_visible()
        for link in page.locator("a[href]").all():
            href = link.get_attribute("href") or ""
            assert href.startswith(("/", "#", "http://", "https://"))
            assert not href.startswith("//")
