"""The quickstart in real JupyterLab, driven through headless Chromium.

Needs the Debian packages chromium and chromium-driver, and selenium from the package index;
skipped where they are absent. ``FRAMING_SCREENSHOT=file.png`` keeps a picture of the page.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
missing = [name for name in ("selenium", "jupyterlab") if find_spec(name) is None]
missing += [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")

LAST_CELL = """
const panel = window.jupyterapp.shell.currentWidget;
panel.content.activeCellIndex = panel.content.widgets.length - 1;
await window.jupyterapp.commands.execute('notebook:run-cell');
"""


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of JupyterLab on a copy of the notebooks."""
    for name in ("notebooks", "corpora"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "reports").mkdir()
    where = {**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
             "JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "HOME": str(tmp_path)}  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0",
         "--IdentityProvider.token=t", "--expose-app-in-browser", f"--notebook-dir={tmp_path}"],
        env=where, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        note = wait(lambda: next((tmp_path / "runtime").glob("jpserver-*.json"), None), 60)
        url = wait(lambda: json.loads(note.read_text() or "{}").get("url"), 10)
        yield f"{url}lab/tree/notebooks/00_quickstart.ipynb?token=t&reset"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage",
                 "--window-size=1500,1400", f"--user-data-dir={tmp_path / 'profile'}"):  # fmt: skip
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=str(shutil.which("chromedriver")))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


def wait(ready: Callable[[], Any], seconds: float) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = ready()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"not there after {seconds} seconds: {ready}")


def test_the_quickstart_runs_and_a_hit_is_corrected(lab: str, browser: Any) -> None:
    def find(css: str) -> list[Any]:
        return list(browser.find_elements("css selector", css))

    browser.get(lab)
    wait(lambda: browser.execute_script(
        "const p = window.jupyterapp?.shell.currentWidget;"
        "return p?.sessionContext?.session?.kernel?.status === 'idle'"), 90)  # fmt: skip
    browser.execute_script("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    wait(lambda: find(".framing-explorer .framing-text mark"), 180)
    wait(lambda: find(".jp-OutputArea-output img[src^='data:image/png']"), 10)
    assert not find(".jp-OutputArea-output[data-mime-type*='error']"), "a cell failed"
    assert find(".jp-OutputArea-output article div span[title='direct quotation']"), "marked text"

    browser.execute_script("document.querySelector('.framing-explorer li > button').click()")
    form = wait(lambda: find(".framing-correct"), 10)[0]
    form.find_element("css selector", "option[value='no hit']").click()
    browser.execute_script("document.querySelector('.framing-save').click()")
    wait(lambda: "1 corrected" in find(".framing-count")[0].text, 10)
    browser.execute_script(f"(async () => {{{LAST_CELL}}})()")
    wait(lambda: "no hit" in find(".jp-Cell:last-of-type")[-1].text, 20)
    if "FRAMING_SCREENSHOT" in os.environ:
        browser.execute_script(
            "document.querySelector('.framing-explorer').scrollIntoView({block: 'center'})"
        )
        time.sleep(1)
        browser.save_screenshot(os.environ["FRAMING_SCREENSHOT"])
