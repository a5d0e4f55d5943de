// What was not saved the last time, and is still in this browser.
import { addLine } from "./lines.js";
import { element } from "./rows.js";
import { Store } from "./store.js";

// Into the rows again; how many are to be saved now. They keep the base on which they were written: what a colleague has
// changed since is a conflict, and not overwritten.
export function restore(form, rows, settings, store) {
  let count = 0;
  for (const [key, kept] of Object.entries(store.read())) {
    let row = rows.get(key);
    if (!row && key.startsWith("line-")) row = addLine(form, rows, settings, kept.values.measure, key);
    if (!row) continue;
    for (const each of row.controls) {
      const value = kept.values[row.name(each)];
      if (value === undefined) continue;
      if (each.type === "checkbox") each.checked = value === "on";
      else each.value = value;
    }
    if (row.isDirty) {
      if (kept.base) row.base = kept.base;
      row.say(settings.words.unsaved);
      count += 1;
    } else store.drop(key);
  }
  return count;
}

// What could not be saved before the return was closed: to be copied, or thrown away.
export function showLeft(form, settings) {
  const store = new Store(settings.store);
  const left = Object.values(store.read());
  if (!left.length) return;
  const { words } = settings;
  const notice = form.querySelector("[data-notice]");
  const texts = left.map(({ title, values }) => [title, ...Object.values(values).filter(Boolean)].join("\n")).join("\n\n");
  const discard = element("button", words.discard, { type: "button", className: "button button-small button-secondary" });
  discard.addEventListener("click", () => {
    store.empty();
    notice.hidden = true;
  });
  notice.replaceChildren(element("p", words.left), element("pre", texts), discard);
  notice.hidden = false;
}
