"""A real Chromium before the real server. In every test: no request leaves the origin, no policy is broken."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Browser, BrowserContext, Page  # noqa: E402

from tests.companion.live import MASTKIT, Live, _plain_environment  # noqa: E402

PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 900}
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-gpu"]


def chromium_path() -> str | None:
    named = os.environ.get("MASTKIT_CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium on this machine; install it (apt-get install chromium) or set MASTKIT_CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@dataclass
class Watch:
    """What must not happen while a page is open."""

    origin: str
    strangers: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def verdict(self) -> None:
        assert self.strangers == [], "requests left the origin"
        assert self.violations == [], "the content policy was violated"
        assert self.errors == [], "a script failed"

    def _request(self, request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.strangers.append(request.url)

    def _console(self, message) -> None:
        if "Content Security Policy" in message.text:
            self.violations.append(message.text)


@dataclass
class Demo:
    """`mastkit demo`, with a browser that has used its link."""

    origin: str
    state: dict
    person: str

    def at(self, path: str = "") -> str:
        return f"{self.origin}/people/{self.person}/{path}"


@pytest.fixture(scope="module")
def demo(browser: Browser) -> Iterator[Demo]:
    command = [*MASTKIT, "demo", "--port", "0", "--no-browser"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_plain_environment()
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(r"(http://[^/\s]+)/\S+", line):
            break
    else:
        raise AssertionError("the demonstration did not start: " + "".join(said))
    threading.Thread(target=process.stdout.read, daemon=True).start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(found.group())
    page.goto(found.group(1))
    page.get_by_role("link", name="Ada").click()
    person = page.url.rstrip("/").rsplit("/", 1)[-1]
    yield Demo(found.group(1), context.storage_state(), person)
    context.close()
    process.terminate()
    process.wait(20)


def context_of(browser: Browser, **more) -> BrowserContext:
    settings = {"viewport": PHONE, "locale": "en-GB", "timezone_id": "Europe/Berlin", "has_touch": True}
    return browser.new_context(**{**settings, **more})


@pytest.fixture
def page(browser: Browser, demo: Demo) -> Iterator[Page]:
    """A phone with Ada's record open."""
    context = context_of(browser, storage_state=demo.state)
    watch = Watch(demo.origin)
    watch.over(context)
    opened = context.new_page()
    yield opened
    context.close()
    watch.verdict()


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    """`mastkit serve` on a store of its own."""
    server = Live(tmp_path)
    yield server
    server.stop()


def axe(page: Page) -> list[str]:
    """Return what axe objects to, one line each.

    The bar at the foot lies over what scrolls below it, and axe takes a button that is half under it at this moment
    for a small one; so the bar is put at the end of the page. That the focus never hides under it has its own test.
    """
    page.evaluate("document.querySelectorAll('.bar').forEach(bar => { bar.style.position = 'static'; })")
    # What fades in or out has half its colour for a moment; what moves for ever is not waited for.
    page.evaluate(
        "Promise.all(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < 5000)"
        ".map(one => one.finished.catch(() => null)))"
    )
    page.evaluate(AXE)
    result = page.evaluate(
        "tags => axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', values: tags}})", TAGS
    )
    return [
        f"{found['impact']} {found['id']}: {node['target']} {node.get('failureSummary', '')}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


class Taps:
    """Counts the taps of a journey."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, locator) -> None:
        locator.tap()
        self.count += 1


def ready(page: Page) -> None:
    """Wait until the logger has drawn what it knows."""
    page.locator("[data-logger][data-ready]").wait_for()


def everything_sent(page: Page) -> None:
    page.locator("[data-waiting='0']").wait_for(state="attached", timeout=15_000)
