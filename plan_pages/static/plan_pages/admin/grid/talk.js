// Evidence and comments of a row in a window over the grid. The same is on a page of its own, to which the links lead.
import { element } from "./rows.js";

export function startTalk(form, settings) {
  const dialog = document.getElementById("talk");
  const { words } = settings;
  let opener = null;

  function show(parts) {
    const head = element("header");
    const close = element("button", words.close, { type: "button", className: "button button-small button-secondary" });
    close.dataset.close = "";
    head.append(element("h2", parts.title, { id: "talk-title" }), close);
    const said = element("p", parts.refused || parts.done, { className: parts.refused ? "talk-refused" : "talk-done" });
    said.setAttribute("role", "status");
    dialog.innerHTML = parts.panel;
    dialog.prepend(head, said);
    const row = form.querySelector(`[data-talk="${opener.dataset.talkOpen}"]`);
    if (row) {
      row.innerHTML = parts.row;
      opener = row.querySelector("[data-talk-open]");
    }
  }

  async function ask(address, options = {}) {
    try {
      const response = await fetch(`${address}?part`, { headers: { Accept: "application/json" }, ...options });
      if (response.redirected || !(response.ok || response.status === 422)) throw new Error(response.status);
      return await response.json();
    } catch {
      return null;
    }
  }

  form.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-talk-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opener = link;
    const parts = await ask(link.href);
    if (!parts) {
      location.href = link.href;
      return;
    }
    show(parts);
    dialog.showModal();
  });

  dialog.addEventListener("click", ({ target }) => {
    if (target.closest("[data-close]") || target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => opener?.focus());
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sent = event.target;
    const body = new FormData(sent, event.submitter);
    event.submitter.disabled = true;
    const parts = await ask(sent.getAttribute("action"), { method: "POST", body });
    if (parts && !parts.refused) {
      show(parts);
      dialog.querySelector("[data-close]").focus();
      return;
    }
    event.submitter.disabled = false;
    const said = dialog.querySelector("[role=status]");
    said.className = "talk-refused";
    said.textContent = parts ? parts.refused : words.talkFailed;
  });
}
