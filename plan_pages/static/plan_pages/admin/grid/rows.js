// A row: its controls, what is stored of it, and what stands beside it in words.

export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_whole, name) => values[name] ?? "");

export const valueOf = (control) =>
  control.type === "checkbox" ? (control.checked ? "on" : "") : control.value.replace(/\r\n/g, "\n");

const setValue = (control, value) => {
  if (control.type === "checkbox") control.checked = Boolean(value);
  else if (control.value !== String(value)) control.value = value;
};

export function element(name, text, properties = {}) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  if (text) made.textContent = text;
  return made;
}

export class Row {
  constructor(box, controls, base, settings) {
    this.box = box;
    this.key = box.dataset.row;
    this.controls = controls;
    this.base = base;
    this.words = settings.words;
    this.saved = {};
    this.remember();
    this.sure = null; // the value of which somebody said that it is right
    this.refused = null; // what was sent and not kept: it is not sent again until it is another
    this.sent = null;
    this.typed = 0;
  }

  name(control) {
    return control.name.slice(this.key.length + 1);
  }

  control(name) {
    return this.controls.find((each) => this.name(each) === name);
  }

  values() {
    return Object.fromEntries(this.controls.map((each) => [this.name(each), valueOf(each)]));
  }

  remember() {
    for (const each of this.controls) this.saved[this.name(each)] = valueOf(each);
  }

  get isDirty() {
    return this.controls.some((each) => valueOf(each) !== this.saved[this.name(each)]);
  }

  get isRefused() {
    return this.refused !== null && this.refused === this.fingerprint();
  }

  fingerprint() {
    return JSON.stringify([this.values(), this.sure, this.base]);
  }

  body(into) {
    for (const each of this.controls) {
      if (each.type !== "checkbox" || each.checked) into.append(each.name, valueOf(each));
    }
    if (this.base !== null) into.append(`${this.key}-base`, this.base);
    if (this.sure !== null) into.append(`${this.key}-sure`, this.sure);
  }

  // What is stored now. What was changed since it was sent stays as the person is writing it.
  take(told, sent) {
    this.base = told.base;
    let hidden = this.box.querySelector(`input[name="${this.key}-base"]`);
    if (!hidden) {
      hidden = element("input", "", { type: "hidden", name: `${this.key}-base` });
      this.box.append(hidden);
    }
    hidden.value = told.base;
    for (const [name, value] of Object.entries(told.values)) {
      const control = this.control(name);
      if (!control) continue;
      const stored = control.type === "checkbox" ? (value ? "on" : "") : String(value);
      const shown = valueOf(control);
      this.saved[name] = stored;
      if (sent && shown !== sent[name]) continue;
      // A blank at the end is not taken away from under somebody's hands.
      if (control === document.activeElement && shown.trim() === stored) this.saved[name] = shown;
      else setValue(control, value);
    }
  }

  say(text, isBad = false) {
    const state = this.box.querySelector("[data-state]");
    if (!state) return;
    state.textContent = text;
    state.classList.toggle("bad", isBad);
  }

  clear() {
    this.box.querySelectorAll(".conflict, .question.live").forEach((each) => each.remove());
    for (const { cell } of this.cells()) {
      cell.classList.remove("has-errors");
      cell.querySelectorAll(".error").forEach((each) => each.remove());
    }
    for (const each of this.controls) {
      each.removeAttribute("aria-invalid");
      each.removeAttribute("aria-describedby");
    }
    this.section?.classList.remove("row-errors");
    delete this.box.dataset.bad;
  }

  get section() {
    return this.box.closest("[data-measure]") ?? this.box;
  }

  cells() {
    return this.controls.map((control) => ({ control, cell: control.closest(".cell") })).filter((each) => each.cell);
  }

  get hasProblem() {
    return "bad" in this.box.dataset;
  }

  mark() {
    this.box.dataset.bad = "";
  }

  showErrors(errors) {
    this.mark();
    for (const [name, found] of Object.entries(errors)) {
      const control = this.control(name) ?? this.controls[0];
      const cell = control.closest(".cell") ?? this.box;
      const id = `${control.id || this.key}_error`;
      cell.classList.add("has-errors");
      cell.querySelectorAll(".error").forEach((each) => each.remove());
      cell.append(element("p", found.join(" "), { className: "error", id }));
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", id);
      for (let fold = control.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
    this.say(this.words.notSaved, true);
  }

  ask(question, answered) {
    this.mark();
    const box = element("div", "", { className: "question live" });
    const yes = element("button", this.words.sure, { type: "button", className: "button button-small" });
    const no = element("button", this.words.correct, {
      type: "button",
      className: "button button-small button-secondary",
    });
    const control = this.control("actual");
    yes.addEventListener("click", () => {
      this.sure = question.value;
      this.clear();
      control.focus();
      answered();
    });
    no.addEventListener("click", () => {
      control.focus();
      control.select();
    });
    box.append(element("p", question.words), yes, no);
    this.box.append(box);
    control.setAttribute("aria-invalid", "true");
    this.say(this.words.asked, true);
  }

  showConflict(answer, decided) {
    this.mark();
    const box = element("div", "", { className: "conflict" });
    const who = answer.by || this.words.colleague;
    const list = element("ul");
    for (const [name, { label, shown }] of Object.entries(answer.conflicts)) {
      list.append(element("li", fill(this.words.theirs, { label, text: shown || this.words.empty })));
      this.control(name)?.closest(".cell")?.classList.add("has-errors");
    }
    const mine = element("button", this.words.keepMine, { type: "button", className: "button button-small" });
    const theirs = element("button", this.words.takeTheirs, {
      type: "button",
      className: "button button-small button-secondary",
    });
    const settle = (keepMine) => {
      // What I left as I had read it is theirs in any case; of what both changed it is now decided.
      for (const [name, value] of Object.entries(answer.values)) {
        const control = this.control(name);
        if (!control) continue;
        if (answer.followed.includes(name) || (!keepMine && name in answer.conflicts)) setValue(control, value);
        this.saved[name] = control.type === "checkbox" ? (value ? "on" : "") : String(value);
      }
      this.base = answer.base;
      this.refused = null;
      this.clear();
      const first = this.control(Object.keys(answer.conflicts)[0]) ?? this.controls[0];
      first.focus();
      decided();
    };
    mine.addEventListener("click", () => settle(true));
    theirs.addEventListener("click", () => settle(false));
    box.append(element("p", `${fill(this.words.changedBy, { person: who, time: answer.at })}:`), list, mine, theirs);
    this.box.append(box);
    this.say(this.words.conflict, true);
  }

  // A line that was added is stored under its measure, year and fund from now on.
  rename(key) {
    for (const each of [...this.controls]) {
      const name = this.name(each);
      if (["measure", "year", "fund"].includes(name)) continue;
      each.name = `${key}-${name}`;
    }
    const title = this.box.querySelector(".name");
    const [, , year, ...fund] = key.split("-");
    if (title) title.textContent = `${year} ${fund.join("-")}`;
    this.controls
      .filter((each) => ["measure", "year", "fund"].includes(this.name(each)))
      .forEach((each) => (each.closest(".cell") ?? each).remove());
    this.controls = this.controls.filter((each) => each.name.startsWith(`${key}-`));
    this.key = key;
    this.box.dataset.row = key;
    this.saved = {};
  }
}

export function rowOf(box, settings) {
  const key = box.dataset.row;
  const holder = box.closest("form") ?? box;
  const controls = [...holder.elements].filter(
    (each) => each.name.startsWith(`${key}-`) && each.type !== "hidden" && !each.disabled,
  );
  const hidden = box.querySelector(`input[name="${key}-base"]`);
  return new Row(box, controls, hidden ? hidden.value : null, settings);
}

export function readRows(form, settings) {
  const byKey = new Map();
  for (const each of form.elements) {
    const cut = each.name.lastIndexOf("-");
    if (cut < 0 || each.type === "hidden" || each.disabled || each.closest(".grid-lines, .question")) continue;
    const key = each.name.slice(0, cut);
    if (!byKey.has(key)) byKey.set(key, []);
    byKey.get(key).push(each);
  }
  const rows = new Map();
  for (const [key, controls] of byKey) {
    const box = form.querySelector(`[data-row="${CSS.escape(key)}"]`);
    if (!box) continue;
    const hidden = form.elements.namedItem(`${key}-base`);
    rows.set(key, new Row(box, controls, hidden ? hidden.value : null, settings));
  }
  return rows;
}
