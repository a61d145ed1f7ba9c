"""Take the pictures of the gallery: open every lab, do what makes a picture worth looking at, save it.

python benchmarks/pictures.py [NAME ...]
"""

import io
import sys
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from browser_tools import browser_context, served

from dwmtj_widgets.server.gallery import SHARE, exhibits

# What is clicked, and which read-out then must show a text that fits.
ACTS: dict[str, tuple[list[str], str]] = {
    "recall_lab": ([".dwmtj-instant"], "document.querySelector('.dwmtj-accuracy')?.textContent === '100 %'"),
    "maxcut_lab": ([".dwmtj-instant"], "document.querySelector('.dwmtj-cut').textContent !== '0'"),
    "statistics_lab": ([".dwmtj-start"], "document.querySelector('.dwmtj-state')?.textContent === 'done'"),
    "explorer": ([".dwmtj-start"], "document.querySelector('.dwmtj-least')?.textContent.includes('Least')"),
    "lessons/01_one_wall": (
        [".dwmtj-run", ".dwmtj-current-off"],
        "parseFloat(document.querySelector('.dwmtj-place').textContent) < 52",
    ),
    "lessons/02_one_neuron": (
        [".dwmtj-dendrite .noUi-base", ".dwmtj-instant"],
        "parseFloat(document.querySelector('.dwmtj-time').textContent) > 0",
    ),
    "lessons/03_small_networks": ([".dwmtj-instant"], "document.querySelector('.dwmtj-end')"),
    "lessons/04_memory": (
        [".dwmtj-instant"],
        "document.querySelector('.dwmtj-accuracy')?.textContent === '100 %'",
    ),
    "lessons/05_energy": (
        [".dwmtj-keep-run"],
        "document.querySelectorAll('.dwmtj-kept-runs tr').length === 2",
    ),
    "lessons/06_max_cut": (
        [".dwmtj-instant", *[".dwmtj-another"] * 4],
        "document.querySelector('.dwmtj-tally').textContent.includes('of 5')",
    ),
    "lessons/07_a_tune": (
        [".dwmtj-train", ".dwmtj-instant"],
        "document.querySelector('.dwmtj-phase-word').textContent === 'has learnt'",
    ),
    "paper": ([], "document.querySelector('.jp-OutputArea-output svg, .jp-OutputArea-output iframe')"),
}
NOTHING: tuple[list[str], str] = ([], "document.querySelector('.dwmtj-lab, .jp-OutputArea-output')")
SETTLED = "() => new Promise((go) => requestAnimationFrame(() => setTimeout(() => go(true), 1000)))"

# Of a lesson the experiment is what one wants to see.
EXPERIMENT_FIRST = "document.querySelector('.dwmtj-lesson-experiment, .dwmtj-lesson-bench')?.scrollIntoView()"

COLUMN = """() => {
  const { x, y } = document.querySelector('.dwmtj-lesson-experiment, .dwmtj-lesson-bench').getBoundingClientRect();
  return { x: x - 20, y: Math.max(y - 20, 0), width: 960, height: 600 };
}"""


def main(names: list[str]) -> None:
    with served(None) as server, browser_context() as context:
        for item in exhibits():
            if names and item.name not in names:
                continue
            page = context.new_page()
            page.goto(server.address + item.name)
            clicks, condition = ACTS.get(item.name, NOTHING)
            for selector in clicks:
                page.click(selector, timeout=60_000)
            page.wait_for_function(f"() => {condition}", timeout=180_000, polling=100)
            page.evaluate(EXPERIMENT_FIRST)
            page.evaluate(SETTLED)
            target = SHARE / f"{item.name.replace('/', '-')}.webp"
            part = page.evaluate(COLUMN) if item.name.startswith("lessons/") else None
            picture = Image.open(io.BytesIO(page.screenshot(clip=part)))
            picture.resize((800, 500), Image.Resampling.LANCZOS).save(target, quality=80, method=6)
            print(f"{target.name}: {target.stat().st_size / 1000:.0f} kB")
            page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
