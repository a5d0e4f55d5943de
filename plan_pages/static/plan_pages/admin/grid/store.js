// What is not stored on the server yet, kept in this browser for this return and this person.

export class Store {
  constructor(name) {
    this.name = name;
    this.waiting = null;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "{}");
    } catch {
      return {};
    }
  }

  #write(rows) {
    try {
      if (Object.keys(rows).length) localStorage.setItem(this.name, JSON.stringify(rows));
      else localStorage.removeItem(this.name);
    } catch {
      // The browser keeps nothing (private window, full): what is written is still in the page.
    }
  }

  keep(row) {
    const title = row.section.querySelector("h4, .name")?.textContent.trim() ?? row.key;
    this.#write({ ...this.read(), [row.key]: { base: row.base, values: row.values(), title } });
  }

  drop(key) {
    const rows = this.read();
    if (!(key in rows)) return;
    delete rows[key];
    this.#write(rows);
  }

  empty() {
    this.#write({});
  }

  // While somebody types: not at every key.
  later(deed) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(deed, 300);
  }
}
