/* The choice of a part of the plan: words typed above it leave in the list what holds all of them, in code or title.
   Without this script the list is whole. The list stays a plain select: its options are taken out and put back, because
   not every browser hides them. */
(() => {
  const folded = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

  for (const field of document.querySelectorAll("[data-parts]")) {
    const select = field.querySelector("select");
    const box = field.querySelector(".preparation-search");
    const input = box.querySelector("input");
    const status = box.querySelector("[role=status]");
    const empty = select.querySelector("option[value='']");
    const groups = [...select.querySelectorAll("optgroup")].map((group) => ({
      group,
      options: [...group.querySelectorAll("option")].map((option) => ({
        option,
        words: folded(`${group.label} ${option.textContent}`),
        own: folded(option.textContent),
      })),
    }));
    box.hidden = false;

    const show = () => {
      const wanted = folded(input.value).split(/\s+/).filter(Boolean);
      const chosen = select.value;
      let found = 0;
      let only = null;
      for (const { group, options } of groups) {
        const kept = options.filter(({ option, words, own }) => {
          // A word of the option's own must be in it: the chapter's title alone would keep all that lies in it.
          const fits = wanted.every((word) => words.includes(word)) && (!wanted.length || wanted.some((word) => own.includes(word)));
          if (fits) {
            found += 1;
            only = option;
          }
          return fits || option.value === chosen;
        });
        group.replaceChildren(...kept.map(({ option }) => option));
        group.hidden = !kept.length;
        if (kept.length) select.append(group);
        else group.remove();
      }
      select.prepend(empty);
      select.value = chosen;
      if (wanted.length && found === 1) select.value = only.value;
      status.textContent = !wanted.length ? "" : found ? `${field.dataset.found} ${found}` : field.dataset.foundNone;
    };

    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      // Enter in the search goes to the list instead of sending the form.
      if (event.key === "Enter") {
        event.preventDefault();
        select.focus();
      }
    });
  }
})();
