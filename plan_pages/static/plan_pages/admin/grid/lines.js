// Lines of money that are added: from the page's template, one after another, below their measure.
import { rowOf } from "./rows.js";

let number = 0;

export function addLine(form, rows, settings, measure, wanted = null) {
  const holder = form.querySelector(`[data-lines="${measure}"]`);
  if (!holder) return null;
  let key = wanted;
  while (!key || rows.has(key)) key = `line-${100 + number++}`;
  const box = document.getElementById("new-line").content.cloneNode(true).firstElementChild;
  box.dataset.row = key;
  for (const each of box.querySelectorAll("[name]")) {
    each.id = `id_${key}-${each.name}`;
    each.dataset.col = each.name;
    each.name = `${key}-${each.name}`;
  }
  const hidden = box.querySelector(`[name="${key}-measure"]`);
  hidden.value = measure;
  hidden.defaultValue = measure;
  holder.before(box);
  const row = rowOf(box, settings);
  row.controls.push(hidden);
  row.remember();
  rows.set(key, row);
  return row;
}
