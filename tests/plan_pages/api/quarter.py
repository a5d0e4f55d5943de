"""A return as a program works at it: what it read of each row, and what it sends back."""

from typing import Any

from tests.plan_pages.api.office import Program


class Desk:
    """One program before one return: it reads, and sends rows with the bases that it has read."""

    def __init__(self, program: Program, key: int) -> None:
        self.program, self.path = program, f"returns/{key}/"
        self.look()

    def look(self) -> dict[str, Any]:
        answer = self.program.get(self.path)
        assert answer.status_code == 200, answer.content
        self.read: dict[str, Any] = answer.json()
        return self.read

    def entry(self, code: str = "1.1.0") -> dict[str, Any]:
        return next(row for row in self.read["entries"] if row["measure"]["code"] == code)

    def value(self) -> dict[str, Any]:
        return self.read["values"][0]

    def enter(self, code: str = "1.1.0", **fields: Any) -> Any:
        """Some fields of an entry, with the base that was read."""
        return self.write(entries=[self.of_entry(code, **fields)])

    def of_entry(self, code: str = "1.1.0", **fields: Any) -> dict[str, Any]:
        row = self.entry(code)
        return {"measure": row["measure"]["id"], "base": row["base"], **fields}

    def of_value(self, **fields: Any) -> dict[str, Any]:
        return {"indicator": self.value()["indicator"]["id"], "base": self.value()["base"], **fields}

    def of_money(self, code: str = "1.1.0", **fields: Any) -> dict[str, Any]:
        """A line that is added, where no base is named."""
        return {"measure": self.entry(code)["measure"]["id"], "year": 2026, "fund": "SB", **fields}

    def write(self, **rows: Any) -> Any:
        return self.program.send("patch", self.path, rows)

    def make(self, name: str, **body: Any) -> Any:
        return self.program.post(f"{self.path}transitions/{name}/", body)


def names(told: Any) -> list[str]:
    return [each["name"] for each in told["transitions"]]
