"""The council's report against a bare canvas that draws the same strings: time and peak memory, each in a process of
its own. Time is the processor's, so that other work on the machine counts little; both have their fonts loaded before.
`make bench` runs it; alone: `python -m tests.bench_reports 200 2000`.
"""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
SIZES = (200, 2000, 10_000)
TIMES = 3
PERIOD = "2026-Q3"


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Prints a line for each size. Both take turns, so that what else the machine does falls on both; the median."""
    print("council's report, tagged and archival with its data, beside the same strings on a bare canvas:")
    heads = ("measures", "rows", "pages", "MB", "rows/s", "bare", "ratio", "peak MB", "bare")
    print("".join(f"{head:>9}" for head in heads))
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rows = _run("prepare", folder, size)["rows"]
            runs = [(_run("tagged", folder, size), _run("bare", folder, size)) for _ in range(TIMES)]
        tagged, bare = (median(run[which]["seconds"] for run in runs) for which in (0, 1))
        peaks = [max(run[which]["peak"] for run in runs) for which in (0, 1)]
        first = runs[0][0]
        shown: tuple[str, ...] = (
            f"{size}",
            f"{rows}",
            f"{first['pages']}",
            f"{first['bytes'] / 1e6:.1f}",
            f"{rows / tagged:.0f}",
        )
        shown += (f"{rows / bare:.0f}", f"{bare / tagged:.2f}", f"{peaks[0]:.0f}", f"{peaks[1]:.0f}")
        print("".join(f"{each:>9}" for each in shown), flush=True)


def _run(what: str, folder: Path, size: int) -> Any:
    command = [sys.executable, "-m", "tests.bench_reports", what, str(folder), str(size)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _prepare(folder: Path, size: int) -> dict[str, Any]:
    """What the others start from: the snapshot and the workbook as files, and every string with its place."""
    from unittest import mock

    from plan_pages.exchange import workbook
    from reports import pdf, snapshot
    from reports.document import Table, walk
    from reports.pdf.canvas import Canvas
    from tests.plans import large_plan

    plan = large_plan(size, max(1, size // 100))
    (folder / "plan.json").write_bytes(snapshot.dump(plan))
    (folder / "plan.xlsx").write_bytes(workbook.write(plan, languages=plan.languages))
    document = _document(plan)
    with (folder / "strings.jsonl").open("w", encoding="utf-8") as file:
        original = Canvas.string

        def string(self: Any, x: float, y: float, text: str, face: Any, size: float, colour: Any) -> None:
            file.write(json.dumps([self.page.number, x, y, text, face.value, size, colour]) + "\n")
            original(self, x, y, text, face, size, colour)

        with mock.patch.object(Canvas, "string", string):
            pdf.render(document)
    return {"rows": sum(len(block.rows) for block in walk(document.blocks) if isinstance(block, Table))}


def _tagged(folder: Path, size: int) -> dict[str, Any]:
    """From the snapshot to the bytes; only the drawing and writing of the file is timed, memory counts for all."""
    from reports import pdf, snapshot

    document = _document(snapshot.load((folder / "plan.json").read_bytes()))
    attachments = tuple(
        pdf.Attachment(path.name, mime, path.read_bytes(), "Duomenys")
        for path, mime in ((folder / "plan.json", "application/json"), (folder / "plan.xlsx", "application/zip"))
    )
    pdf.render(replace(document, blocks=document.blocks[:2]))
    start = time.process_time()
    made = pdf.render(document, attachments=attachments)
    return {"seconds": time.process_time() - start, "pages": made.count(b"/Type /Page\n"), "bytes": len(made)}


def _bare(folder: Path, size: int) -> dict[str, Any]:
    """Every string at its place in its font and colour, with ReportLab alone: no layout, structure, lines or links."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from reports.pdf.fonts import FOLDER, Face

    for face in Face:
        registerFont(TTFont(face.value, str(FOLDER / f"{face.value}.ttf")))
    drawn = list(_strings(folder / "strings.jsonl"))
    drawn.sort(key=lambda each: each[0])
    file = io.BytesIO()
    start = time.process_time()
    canvas = Canvas(file, pagesize=A4, pageCompression=1)
    last = 1
    for page, x, y, text, face, points, colour in drawn:
        if page != last:
            canvas.showPage()
            last = page
        canvas.setFont(face, points)
        canvas.setFillColorRGB(*colour)
        canvas.drawString(x, y, text)
    canvas.save()
    return {"seconds": time.process_time() - start, "pages": last, "bytes": len(file.getvalue())}


def _strings(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _document(plan: Any) -> Any:
    from plan_pages.domain.periods import Period
    from reports.choices import ReportKind
    from reports.compose import compose

    return compose(ReportKind.COUNCIL, plan, Period.parse(PERIOD), "lt")


def _one(what: str, folder: Path, size: int) -> None:
    import django

    django.setup()
    found = {"prepare": _prepare, "tagged": _tagged, "bare": _bare}[what](folder, size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(json.dumps({**found, "peak": peak}))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].isdecimal():
        _one(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
