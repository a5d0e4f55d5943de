// The grid of a return: saves rows as they are written, goes up and down by keyboard, shows what is missing. Without this
// script the page is one form. All words come from the page (`grid-settings`).
import { startKeys } from "./grid/keys.js";
import { showLeft } from "./grid/left.js";
import { startMissing } from "./grid/missing.js";
import { readRows } from "./grid/rows.js";
import { startSaving } from "./grid/saving.js";
import { startTalk } from "./grid/talk.js";

const form = document.getElementById("grid");
const settings = JSON.parse(document.getElementById("grid-settings").textContent);

form.dataset.live = "";
const bar = document.getElementById("grid-bar");
const header = document.querySelector(".w-slim-header, header");
const measure = () => {
  form.style.setProperty("--grid-bar", `${bar.offsetHeight}px`);
  form.style.setProperty("--grid-top", `${header?.offsetHeight ?? 0}px`);
};
const watch = new ResizeObserver(measure);
for (const each of [bar, header]) if (each) watch.observe(each);
document.querySelector("[data-focus]")?.focus();

const rows = readRows(form, settings);
const missing = startMissing(form, rows, settings);
startKeys(form, missing);
startTalk(form, settings);
if (settings.editable) startSaving(form, rows, settings, missing);
else showLeft(form, settings);
