// Up and down in a column by keyboard.

const isText = (control) => control.matches("textarea");

function visible(control) {
  return !control.disabled && control.getClientRects().length > 0;
}

function step(form, from, by) {
  const column = [...form.querySelectorAll(`[data-col="${from.dataset.col}"]`)].filter(visible);
  const next = column[column.indexOf(from) + by];
  if (!next) return;
  next.focus();
  if (next.matches("input[type='text']")) next.select();
}

const isAtEdge = (text, by) =>
  text.selectionStart === text.selectionEnd && text.selectionStart === (by > 0 ? text.value.length : 0);

export function startKeys(form, missing) {
  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!target.dataset?.col || event.metaKey || event.isComposing) return;
    const up = { ArrowUp: -1, ArrowDown: 1 }[key];
    let by = 0;
    if (key === "Enter" && !event.altKey) {
      if (isText(target) ? event.ctrlKey : !event.ctrlKey) by = event.shiftKey ? -1 : 1;
    } else if (up && !event.shiftKey && !event.ctrlKey) {
      const isFree = isText(target) ? isAtEdge(target, up) : target.matches("input");
      if (event.altKey || isFree) by = up;
    }
    if (!by) return;
    event.preventDefault();
    step(form, target, by);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyN") {
      event.preventDefault();
      missing.next();
    }
    if (event.key === "Escape") document.querySelectorAll("#grid-bar details[open]").forEach((each) => (each.open = false));
  });
  document.addEventListener("click", ({ target }) => {
    document.querySelectorAll("#grid-bar details[open]").forEach((each) => {
      if (!each.contains(target)) each.open = false;
    });
  });
}
