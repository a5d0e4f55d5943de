"""The council's report against a bare canvas that draws the same strings: time and peak memory, each in a process of
its own. `make bench` runs it; alone: `python -m tests.bench_reports 200 2000`.
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
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
SIZES = (200, 2000, 10_000)
TIMES = 3
PERIOD = "2026-Q3"


def main(sizes: tuple[int, ...]) -> None:
    """Prints a line for each size."""
    print("council's report, tagged and archival, beside the same strings on a bare canvas:")
    print(f"{'measures':>8} {'rows':>7} {'pages':>6} {'rows/s':>8} {'bare':>8} {'ratio':>6} {'MB':>6} {'bare MB':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            made = _run("prepare", folder, size)
            rows = made["rows"]
            found = {what: [_run(what, folder, size) for _ in range(TIMES)] for what in ("tagged", "bare")}
            took = {what: min(each["seconds"] for each in runs) for what, runs in found.items()}
            peak = {what: max(each["peak"] for each in runs) for what, runs in found.items()}
            print(
                f"{size:>8} {rows:>7} {found['tagged'][0]['pages']:>6} {rows / took['tagged']:>8.0f} "
                f"{rows / took['bare']:>8.0f} {took['bare'] / took['tagged']:>6.2f} {peak['tagged']:>6.0f} "
                f"{peak['bare']:>8.0f}",
                flush=True,
            )


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
    start = time.perf_counter()
    made = pdf.render(document, attachments=attachments)
    return {"seconds": time.perf_counter() - start, "pages": made.count(b"/Type /Page\n"), "bytes": len(made)}


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
    start = time.perf_counter()
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
    return {"seconds": time.perf_counter() - start, "pages": last, "bytes": len(file.getvalue())}


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
