"""Pictures of the companion at work: `mastkit demo` in a real Chromium, page by page."""

import io
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PHONE, DESK = (390, 844), (1100, 780)
PATIENCE_MS = 120_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


class Screenshot(NamedTuple):
    """A page of Ada's record in the demonstration, as it looks on one kind of screen."""

    page: str
    """The address below the record; empty is Today."""
    size: tuple[int, int]
    scale: int


SCREENSHOTS: dict[str, Screenshot] = {
    "docs/pictures/today.png": Screenshot("", PHONE, 2),
    "docs/pictures/emergency.png": Screenshot("emergency", PHONE, 2),
    "docs/pictures/timeline.png": Screenshot("timeline?days=90", DESK, 1),
    "docs/pictures/triggers.png": Screenshot("triggers", DESK, 1),
}
"""Each picture with what it shows."""


def chromium() -> str | None:
    """The Chromium of this machine, or the one that is named."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return os.environ.get("MASTKIT_CHROMIUM") or next((path for path in found if path), None)


@contextmanager
def demonstration() -> Iterator[str]:
    """Run `mastkit demo` and give the link that signs in once."""
    program = str(Path(sys.executable).with_name("mastkit"))
    command = (program, "demo", "--port", "0", "--no-browser")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    try:
        said = ""
        for line in process.stdout:
            said += line
            if found := re.search(r"http://\S+/link/\S+", line):
                # What it says later must not fill the pipe.
                threading.Thread(target=process.stdout.read, daemon=True).start()
                yield found.group()
                return
        raise SystemExit(f"mastkit demo did not start: {said}")
    finally:
        process.terminate()
        process.wait(60)


def signed_in(browser: Browser, link: str) -> tuple[BrowserContext, str]:
    """Use the link, and give the context with the address of Ada's record."""
    context = browser.new_context()
    page = opened(context)
    page.goto(link)
    page.goto(re.sub(r"(http://[^/]+)/.*", r"\1", link))
    page.get_by_role("link", name="Ada").click()
    return context, page.url.rstrip("/")


def opened(context: BrowserContext) -> Page:
    """A page that waits for a slow machine."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def taken(browser: Browser, state: BrowserContext, record: str, shot: Screenshot) -> bytes:
    """One screenful, as a PNG with few colours."""
    width, height = shot.size
    context = browser.new_context(
        storage_state=state.storage_state(),
        viewport={"width": width, "height": height},
        device_scale_factor=shot.scale,
        locale="en-GB",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    page = opened(context)
    page.goto(f"{record}/{shot.page}", wait_until="networkidle")
    if shot.page == "":
        page.locator("[data-logger][data-ready]").wait_for()
    picture = page.screenshot(animations="disabled")
    context.close()
    return with_few_colours(picture)


def with_few_colours(picture: bytes) -> bytes:
    """The same PNG with a palette of 128 colours, which is enough for a page and a quarter of the size."""
    with Image.open(io.BytesIO(picture)) as image:
        small = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    written = io.BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def all_taken() -> Iterator[tuple[str, bytes]]:
    """Every screenshot by the name of its file, from one demonstration."""
    path = chromium()
    if path is None:
        raise SystemExit("The pictures of the companion need Chromium, and there is none on the path.")
    with demonstration() as link, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        context, record = signed_in(browser, link)
        for name, shot in SCREENSHOTS.items():
            yield name, taken(browser, context, record, shot)
        browser.close()
