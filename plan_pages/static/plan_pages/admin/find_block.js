/* Find a block of a chapter by its code or title and open it; open the block that the address names (#measure-1.2.3, or
   #block-… with its id); list what is wrong in which block. */
(() => {
  "use strict";
  const LISTS = ["tasks", "measures", "indicators"];
  const MOST = 20;
  // Wagtail's tabs put their own name into the address when the page has come.
  const asked = window.location.hash;
  let finder = null;
  let root = null;
  let shown = [];
  let active = -1;

  const folded = (text) =>
    (text || "")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase();

  const inLanguage = (texts) => {
    const own = document.documentElement.lang.split("-")[0];
    return (texts || {})[own] || Object.values(texts || {}).find(Boolean) || "";
  };

  /* Every block, built or not: its level, code, titles, and the way to it. */
  const everything = (children = root.getState(), trail = []) =>
    children.flatMap(({ type, id, value }) => {
      const way = [...trail, id];
      const titles = value.title || value.name;
      const item = { level: type, id, code: value.code || "", title: inLanguage(titles), titles, trail: way };
      return [item, ...LISTS.flatMap((list) => everything(value[list] || [], [...way, list]))];
    });

  const matching = (words) => {
    const wanted = folded(words).trim();
    if (!wanted) return [];
    const parts = wanted.split(/\s+/);
    const ranked = [];
    everything().forEach((item) => {
      const code = folded(item.code);
      const text = `${code} ${folded(Object.values(item.titles || {}).join(" "))}`;
      if (code === wanted) ranked.push([0, item]);
      else if (code.startsWith(wanted)) ranked.push([1, item]);
      else if (parts.every((part) => text.includes(part))) ranked.push([2, item]);
    });
    return ranked.sort((one, other) => one[0] - other[0]).map(([, item]) => item);
  };

  const inSight = (element) => {
    const panel = element.closest('[role="tabpanel"]');
    if (panel && panel.hidden) {
      const tab = document.querySelector(`[role="tab"][aria-controls="${panel.id}"], [role="tab"][href="#${panel.id}"]`);
      if (tab) tab.click();
    }
  };

  /* Open the block at the end of the way, and all that it lies in. */
  const open = (item) => {
    let stream = root;
    let child = null;
    item.trail.forEach((step, number) => {
      if (number % 2) {
        stream = child.block.childBlocks[step];
        return;
      }
      child = stream.children.find((each) => each.id === step);
      if (child.toggleElement.getAttribute("aria-expanded") !== "true") child.toggleElement.click();
    });
    inSight(child.element);
    // Once the tab is shown and all that was opened has its place.
    setTimeout(() => {
      child.element.scrollIntoView({ block: "start", behavior: "instant" });
      child.toggleElement.focus({ preventScroll: true });
    }, 100);
    say(finder.dataset.opened.replace("{block}", `${item.code} ${item.title}`));
  };

  const say = (words) => {
    finder.querySelector("[data-block-finder-status]").textContent = words;
  };

  /* The list below the box */

  const input = () => finder.querySelector("#block-finder-input");
  const list = () => finder.querySelector("#block-finder-list");

  const close = () => {
    list().hidden = true;
    list().replaceChildren();
    input().setAttribute("aria-expanded", "false");
    input().removeAttribute("aria-activedescendant");
    shown = [];
    active = -1;
  };

  const choose = (number) => {
    active = number;
    [...list().children].forEach((option, each) => {
      option.setAttribute("aria-selected", String(each === number));
      if (each === number) {
        input().setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    });
  };

  const search = () => {
    const all = matching(input().value);
    if (!input().value.trim()) {
      close();
      say("");
      return;
    }
    shown = all.slice(0, MOST);
    list().replaceChildren(
      ...shown.map((item, number) => {
        const option = document.createElement("li");
        option.id = `block-finder-${number}`;
        option.setAttribute("role", "option");
        const level = document.createElement("small");
        level.textContent = finder.dataset[item.level];
        option.append(`${item.code} ${item.title}`, level);
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(number);
        });
        return option;
      }),
    );
    list().hidden = !shown.length;
    input().setAttribute("aria-expanded", String(Boolean(shown.length)));
    say(all.length ? finder.dataset.found.replace("{count}", all.length) : finder.dataset.none);
    if (shown.length) choose(0);
  };

  const take = (number) => {
    const item = shown[number];
    close();
    open(item);
  };

  const onKey = (event) => {
    if (event.key === "Enter") {
      // Never sends the page's form.
      event.preventDefault();
      if (active >= 0) take(active);
    } else if (event.key === "Escape" && shown.length) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!shown.length) search();
      else choose((active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
    }
  };

  /* The address: #measure-1.2.3, #indicator-R1, #block-<id>-section, #:w:contentpath=… */

  const named = (address) => {
    const hash = decodeURIComponent(address.slice(1));
    const [, level, code] = /^(goal|task|measure|indicator)-(.+)$/.exec(hash) || [];
    const [, id] = /^block-(.+?)(?:-section)?$/.exec(hash) || [];
    const [, path] = /:w:contentpath=([^&]+)/.exec(hash) || [];
    const steps = path ? path.split(".") : [];
    const found = everything().filter(
      (item) => (item.level === level && item.code === code) || item.id === id || steps.includes(item.id),
    );
    return found[found.length - 1];
  };

  const openNamed = (address) => {
    const item = address && named(address);
    if (item) open(item);
  };

  /* What is wrong, and where */

  const fault = (message) => {
    const child = message.closest("[data-streamfield-child]");
    const heading = child ? child.querySelector("[data-panel-heading]").textContent.replace(/\s+/g, " ").trim() : "";
    const field = message.closest("[data-contentpath]");
    const label = field && field !== child ? field.querySelector("label") : null;
    const name = label ? label.textContent.replace("*", "").trim() : "";
    const link = document.createElement("a");
    const section = child ? child.querySelector("[data-panel]") : null;
    link.href = section ? `#${section.id}` : "#";
    link.textContent = [heading, name, message.textContent.trim()].filter(Boolean).join(": ");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      inSight(message);
      const inputs = (field || message.parentElement).querySelectorAll("input:not([type=hidden]), textarea, select");
      const target = inputs[0] || (child && child.querySelector("[data-panel-toggle]"));
      message.scrollIntoView({ block: "center" });
      if (target) target.focus({ preventScroll: true });
    });
    const line = document.createElement("li");
    line.append(link);
    return line;
  };

  const listFaults = () => {
    const messages = root.element.parentElement.querySelectorAll(".error-message, .help-block.help-critical");
    const place = finder.querySelector("[data-block-faults]");
    place.querySelector("ul").replaceChildren(...[...messages].map(fault));
    place.hidden = !messages.length;
    const elsewhere = document.querySelector('[role="tabpanel"]:not([hidden]) .w-field--error');
    if (messages.length && !elsewhere) inSight(place);
  };

  const start = () => {
    finder = document.querySelector("[data-block-finder]");
    if (!finder || root) return;
    const element = document.getElementById(`${finder.dataset.blockFinder}-root`);
    if (!element || !element.rootBlock) return;
    root = element.rootBlock;
    input().addEventListener("input", search);
    input().addEventListener("keydown", onKey);
    input().addEventListener("blur", close);
    listFaults();
    openNamed(asked);
    window.addEventListener("hashchange", () => openNamed(window.location.hash));
  };

  document.addEventListener("w-block:ready", (event) => {
    const box = document.querySelector("[data-block-finder]");
    if (box && event.target.id.startsWith(box.dataset.blockFinder)) start();
  });
  if (document.readyState !== "loading") start();
  else document.addEventListener("DOMContentLoaded", start);
})();
