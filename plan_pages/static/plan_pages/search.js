// Suggestions below a field of the search, by the combobox pattern of ARIA. Without it the form asks the search page.
const WAIT = 150;
const SHORTEST = 2;

class Suggestions {
  constructor(form) {
    this.address = form.dataset.suggestions;
    this.field = form.querySelector("input[type=search]");
    this.list = document.createElement("ul");
    this.list.id = `${this.field.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", form.querySelector("label").textContent);
    form.append(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list",
    })) this.field.setAttribute(name, value);
    this.chosen = -1;
    this.field.addEventListener("input", () => this.askLater());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("blur", () => this.close());
    // The field keeps the focus while the list is clicked.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
  }

  askLater() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.field.value.trim().length < SHORTEST) return this.close();
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    this.asking = new AbortController();
    try {
      const address = `${this.address}?${new URLSearchParams({ q: this.field.value })}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (answer.ok) this.show(await answer.json());
    } catch {
      this.close(); // Nothing is lost: the form works.
    }
  }

  show(found) {
    if (document.activeElement !== this.field) return;
    this.list.replaceChildren(...found.map((each, number) => this.option(each, number)));
    this.chosen = -1;
    this.open(found.length > 0);
  }

  option(each, number) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${number}`;
    option.dataset.url = each.url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const title = document.createElement("span");
    title.textContent = each.title;
    if (each.language !== document.documentElement.lang) title.lang = each.language;
    const kind = document.createElement("span");
    kind.className = "small";
    kind.textContent = each.kind;
    option.append(title, " ", kind);
    return option;
  }

  pressed(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault(); // it would empty the field
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.list.children.length === 0) return;
      event.preventDefault();
      this.open(true);
      this.choose(this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !this.list.hidden && this.chosen >= 0) {
      event.preventDefault();
      this.go(this.list.children[this.chosen]);
    }
  }

  choose(number) {
    // Below the last, and above the first, nothing is chosen: there is the field itself.
    const count = this.list.children.length;
    this.chosen = number >= count ? -1 : number < -1 ? count - 1 : number;
    [...this.list.children].forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === this.chosen));
    });
    const option = this.list.children[this.chosen];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  go(option) {
    if (option) window.location.assign(option.dataset.url);
  }

  open(is) {
    this.list.hidden = !is;
    this.field.setAttribute("aria-expanded", String(is));
    if (!is) this.choose(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.open(false);
  }
}

for (const form of document.querySelectorAll("form[data-suggestions]")) new Suggestions(form);
