"""What the domain refuses to know."""

import subprocess
import sys

MODULES = ["changes", "indicators", "mean", "money", "periods", "plan", "progress", "rounding", "rules", "standing"]
REFUSED = ("django.db", "wagtail", "plan_pages.models")


def test_the_arithmetic_needs_neither_settings_nor_database_nor_pages() -> None:
    program = (
        f"import sys, {', '.join(f'plan_pages.domain.{module}' for module in MODULES)}\n"
        f"print(*[name for name in sys.modules if name.startswith({REFUSED})])"
    )
    environment = {"PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [], "")
