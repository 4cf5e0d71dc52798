"""What the tests in a browser share: Chromium, a server on the loopback, a folder for their pictures."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
)
SECONDS = 30


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's own Chromium, or the one that SEISAKU_CHROMIUM names."""
    found = os.environ.get("SEISAKU_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.fail("Chromium is missing; on Debian and Ubuntu: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shots() -> Path:
    """Return the folder that pictures are kept in: they are there to be looked at."""
    folder = Path(os.environ.get("SEISAKU_SCREENSHOTS") or ROOT / "build" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def server(seed_store: Path) -> Iterator[str]:
    """Return the origin of a server of the papers in seeds/."""
    with serving(seed_store) as origin:
        yield origin


@contextmanager
def serving(store: Path, *options: str) -> Iterator[str]:
    """Run a server of a store on a free port of the loopback; give its origin."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = (sys.executable, "cli.py", "serve", "--port", str(port), "--store", str(store), *options)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(SECONDS)


def wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Return when a server answers."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=SECONDS):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer")
