// The words of last quarter into the field beside them, when somebody asks for it.

export function startCopying(form, copied) {
  form.addEventListener("click", ({ target }) => {
    const wanted = target.closest("[data-copy]")?.dataset.copy;
    if (!wanted) return;
    const row = form.querySelector(`[data-row="${wanted.slice(0, wanted.lastIndexOf("-"))}"]`);
    const control = row.closest("section").querySelector(`textarea[name^="${wanted}_"]`);
    control.value = document.getElementById(`was-${wanted}`).textContent;
    for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    control.focus();
    copied();
  });
}
