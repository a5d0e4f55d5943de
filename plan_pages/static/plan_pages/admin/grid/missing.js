// What is missing: counted and listed as it is on the page now, jumped to, and filtered by.
import { element, fill } from "./rows.js";

const statusOf = (section) => section.querySelector(".cell-status select");

function isMissing(box) {
  if (!("wanted" in box.dataset)) return false;
  if (box.dataset.measure) return statusOf(box)?.value === "";
  const [value, unavailable] = [box.querySelector(".cell-actual input"), box.querySelector(".cell-check input")];
  return value?.value.trim() === "" && !unavailable?.checked;
}

const field = (box) => (box.dataset.measure ? statusOf(box) : box.querySelector(".cell-actual input"));

export function startMissing(form, rows, settings) {
  const { words } = settings;
  const boxes = [...form.querySelectorAll("[data-measure], [data-indicator]")];
  const sections = boxes.filter((box) => box.dataset.measure);
  const filter = form.querySelector("[data-filter]");
  const list = form.querySelector("[data-missing-list]");

  function refresh() {
    const found = boxes.filter(isMissing);
    const wanted = sections.filter((box) => "wanted" in box.dataset);
    const reported = wanted.filter((box) => !isMissing(box)).length;
    form.querySelector("[data-count]").textContent = fill(words.count, { reported, count: wanted.length });
    if (!list) return;
    form.querySelector("[data-missing-count]").textContent = found.length;
    form.querySelector("[data-missing-none]").hidden = found.length > 0;
    list.replaceChildren(
      ...found.map((box) => {
        const title = box.querySelector("h4, .name").textContent.replace(/\s+/g, " ").trim();
        const link = element("a", title, { href: `#${box.id}` });
        const item = element("li");
        item.append(link);
        return item;
      }),
    );
  }

  function go(box) {
    box.closest("[hidden]")?.removeAttribute("hidden");
    field(box).focus();
    field(box).scrollIntoView({ block: "center" });
  }

  function next() {
    const found = boxes.filter(isMissing).filter((box) => field(box)?.getClientRects().length);
    const here = document.activeElement;
    const after = found.find(
      (box) => here !== field(box) && here.compareDocumentPosition(field(box)) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    const chosen = after ?? found[0];
    if (chosen) go(chosen);
    else form.querySelector("[data-saved]").textContent = words.allDone;
  }

  const fits = {
    missing: (box) => isMissing(box) || [...box.querySelectorAll("[data-indicator]")].some(isMissing),
    delayed: (box) => settings.needsReason.includes(statusOf(box)?.value),
    errors: (box) => box.matches(":has([data-bad], .error)"),
    comments: (box) => box.matches(":has(blockquote.comment)"),
    new: (box) => "new" in box.dataset,
  };

  function show() {
    const wanted = fits[filter.value];
    for (const box of sections) box.hidden = Boolean(wanted) && !wanted(box);
    for (const box of form.querySelectorAll(".grid-goal > .grid-indicator, .grid-task > .grid-indicator")) {
      const isShown = { missing: isMissing, errors: fits.errors, comments: fits.comments, new: fits.new }[filter.value];
      box.hidden = Boolean(wanted) && !isShown?.(box);
    }
    for (const part of [...form.querySelectorAll(".grid-task"), ...form.querySelectorAll(".grid-goal")]) {
      const inside = part.querySelectorAll(".grid-measure:not([hidden]), .grid-indicator:not([hidden])");
      part.hidden = ![...inside].some((box) => !box.closest(".grid-measure[hidden]"));
    }
    form.querySelector("[data-nothing]").hidden = [...form.querySelectorAll(".grid-goal")].some((part) => !part.hidden);
  }

  filter.addEventListener("change", show);
  form.querySelector("[data-next]")?.addEventListener("click", next);
  list?.addEventListener("click", (event) => {
    const box = document.getElementById(event.target.closest("a")?.hash.slice(1) ?? "");
    if (!box) return;
    event.preventDefault();
    form.querySelector(".grid-missing").open = false;
    go(box);
  });
  return { refresh, next };
}
