// Keeps what is written: sends rows that changed, holds them in this browser until they are stored, tells what colleagues do.
import { startCopying } from "./copying.js";
import { restore } from "./left.js";
import { addLine } from "./lines.js";
import { Store } from "./store.js";
import { element, fill } from "./rows.js";

const WAITS = [2, 5, 10, 20, 40, 60];
const AFTER_CHANGE = 250;
const AFTER_TYPING = 3000;
const IN_THE_MIDDLE = 1200;
const LOOK_EVERY = 30000;

export function startSaving(form, rows, settings, missing) {
  const { words } = settings;
  const store = new Store(settings.store);
  const said = form.querySelector("[data-saved]");
  const notice = form.querySelector("[data-notice]");
  let csrf = form.elements.namedItem("csrfmiddlewaretoken").value;
  let timer = null;
  let due = Infinity;
  let sending = null;
  let failures = 0;
  let isOver = false; // the return cannot be changed any more
  let submitting = null;
  let lastTime = null;
  let seen = { etag: null, since: settings.now };

  const dirty = () => [...rows.values()].filter((row) => row.isDirty);
  const isTyping = (row) => Date.now() - row.typed < IN_THE_MIDDLE && row.controls.includes(document.activeElement);

  function say(text, isBad = false) {
    if (said.textContent !== text) said.textContent = text;
    said.classList.toggle("bad", isBad);
  }

  function tell(kind, ...content) {
    notice.dataset.kind = kind;
    notice.classList.toggle("good", kind === "restored");
    notice.replaceChildren(...content);
    notice.hidden = false;
  }

  function untell(...kinds) {
    if (kinds.includes(notice.dataset.kind)) notice.hidden = true;
  }

  function schedule(wait) {
    if (isOver) return;
    const moment = Date.now() + wait;
    if (moment >= due) return;
    due = moment;
    clearTimeout(timer);
    timer = setTimeout(() => {
      due = Infinity;
      flush();
    }, wait);
  }

  function remember(row) {
    if (row.isDirty) store.keep(row);
    else store.drop(row.key);
  }

  // ---- sending

  function flush(everything = false) {
    if (isOver || sending) return sending ?? Promise.resolve();
    const changed = dirty().filter((row) => !row.isRefused);
    const ready = changed.filter((row) => everything || !isTyping(row));
    if (changed.length > ready.length) schedule(AFTER_TYPING);
    if (!ready.length) {
      sayPage();
      return Promise.resolve();
    }
    sending = send(ready).finally(() => {
      sending = null;
      if (failures) schedule(1000 * WAITS[Math.min(failures, WAITS.length) - 1]);
      else if (dirty().some((row) => !row.isRefused)) schedule(AFTER_CHANGE);
    });
    return sending;
  }

  async function send(ready) {
    const body = new URLSearchParams();
    for (const row of ready) {
      row.sent = row.values();
      row.asSent = row.fingerprint();
      row.body(body);
      row.say(words.saving);
    }
    say(words.saving);
    const answer = await ask(body);
    if (answer === null) {
      for (const row of ready) row.say(words.unsaved, true);
      return;
    }
    if (answer.refused) {
      over(answer.refused);
      return;
    }
    failures = 0;
    untell("offline", "expired", "server");
    for (const row of ready) settle(row, answer.rows[row.key], answer.time);
    sayPage(answer.time);
    missing.refresh();
  }

  // The answer, or null where there is none to go by: then it is tried again.
  async function ask(body, isSecond = false) {
    let response;
    try {
      response = await fetch(settings.rows, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": csrf, Accept: "application/json" },
        keepalive: body.toString().length < 60000,
      });
    } catch {
      return failed("offline", words.offline);
    }
    if (response.redirected) return sentAway(response);
    if (response.status === 403 && !isSecond) {
      await look(true); // the token is another one since a new login
      return ask(body, true);
    }
    if (!response.ok && response.status !== 409) return failed("server", words.serverError);
    try {
      return await response.json();
    } catch {
      return failed("server", words.serverError);
    }
  }

  function failed(kind, text) {
    failures += 1;
    tell(kind, element("p", text));
    sayPage();
    return null;
  }

  function sentAway(response) {
    if (new URL(response.url).pathname !== settings.login) {
      over(words.denied);
      return null;
    }
    failures += 1;
    const link = element("a", words.logIn, { href: settings.login, target: "_blank", rel: "noopener" });
    tell("expired", element("p", words.expired), link, element("p", words.thenBack));
    sayPage();
    return null;
  }

  function over(text) {
    isOver = true;
    clearTimeout(timer);
    const again = element("a", words.reload, { href: location.pathname });
    tell("over", element("p", text), again);
    sayPage();
  }

  function settle(row, answer, time) {
    if (!answer) {
      row.clear();
      row.mark();
      row.refused = row.asSent;
      row.say(words.unknown, true);
      return;
    }
    row.clear();
    if (answer.saved) {
      row.sure = null;
      row.refused = null;
      if (answer.key && answer.key !== row.key) {
        rows.delete(row.key);
        store.drop(row.key);
        row.rename(answer.key);
        rows.set(row.key, row);
      }
      if (answer.values) row.take(answer, row.sent);
      else row.remember();
      row.say(fill(words.saved, { time }));
    } else {
      row.refused = row.asSent;
      if (answer.conflicts) row.showConflict(answer, () => schedule(0));
      if (answer.question) row.ask(answer.question, () => schedule(0));
      if (Object.keys(answer.errors).length) row.showErrors(answer.errors);
    }
    remember(row);
  }

  function sayPage(time) {
    const count = dirty().length;
    lastTime = time ?? lastTime;
    if (count) say(fill(words.rowsUnsaved, { count }), true);
    else say(lastTime ? fill(words.allSaved, { time: lastTime }) : "");
  }

  // ---- what colleagues do

  async function look(forToken = false) {
    const headers = { Accept: "application/json" };
    if (seen.etag && !forToken) headers["If-None-Match"] = seen.etag;
    let response;
    try {
      response = await fetch(`${settings.rows}?since=${encodeURIComponent(seen.since)}`, { headers, cache: "no-store" });
    } catch {
      return;
    }
    if (response.redirected || response.status !== 200) return;
    const news = await response.json();
    csrf = news.csrf;
    form.elements.namedItem("csrfmiddlewaretoken").value = csrf;
    seen = { etag: response.headers.get("ETag"), since: news.now };
    if (!news.editable) {
      over(fill(words.state, { state: news.state }));
      return;
    }
    for (const [key, told] of Object.entries(news.rows)) theirs(rows.get(key), told);
    const stored = new Set(news.stored);
    for (const row of rows.values()) {
      if (stored.has(row.key) || row.base === null || row.key.startsWith("money-")) continue;
      const values = Object.fromEntries(row.controls.map((each) => [row.name(each), ""]));
      theirs(row, { base: row.base.replace(/[^.]+/g, ""), values, by: "", at: "" });
    }
    missing.refresh();
  }

  function theirs(row, told) {
    if (!row || row.base === told.base || row.isDirty) return;
    row.take(told, null);
    row.say(told.at ? fill(words.savedBy, { time: told.at, person: told.by }) : "");
    row.box.classList.remove("fresh");
    void row.box.offsetWidth; // begins the animation anew
    row.box.classList.add("fresh");
  }

  // ---- what happens on the page

  const rowFor = (target) => {
    const cut = target.name?.lastIndexOf("-") ?? -1;
    return cut > 0 ? rows.get(target.name.slice(0, cut)) : undefined;
  };

  form.addEventListener("input", ({ target }) => {
    const row = rowFor(target);
    if (!row) return;
    row.typed = Date.now();
    if (row.name(target) === "actual") row.sure = null;
    if (row.name(target) === "status" && settings.needsReason.includes(target.value)) {
      const fold = row.section.querySelector("details.texts-more");
      if (fold) fold.open = true;
    }
    store.later(() => remember(row));
    row.say(row.isDirty ? words.unsaved : "");
    sayPage();
    schedule(AFTER_TYPING);
  });

  form.addEventListener("change", ({ target }) => {
    const row = rowFor(target);
    if (!row) return;
    row.typed = 0;
    remember(row);
    missing.refresh();
    schedule(AFTER_CHANGE);
  });

  form.addEventListener("focusout", ({ target }) => {
    if (rowFor(target)?.isDirty) schedule(AFTER_CHANGE);
  });

  startCopying(form, () => say(words.copied));
  form.addEventListener("click", ({ target }) => {
    const measure = target.closest("[data-add-line]")?.dataset.addLine;
    if (measure) addLine(form, rows, settings, measure).controls[0].focus();
  });

  form.addEventListener("submit", (event) => {
    if (submitting === event.submitter) return;
    event.preventDefault();
    say(words.submitting);
    // A form does not submit itself again while it is still telling of being submitted.
    new Promise((go) => setTimeout(go))
      .then(() => sending)
      .then(() => flush(true))
      .then(() => {
        const left = dirty();
        if (!left.length) {
          submitting = event.submitter;
          form.requestSubmit(event.submitter);
          return;
        }
        say(words.cannotSubmit, true);
        const bad = left.find((row) => row.hasProblem) ?? left[0];
        (bad.controls.find((each) => each.getAttribute("aria-invalid")) ?? bad.controls[0]).focus();
      });
  });

  window.addEventListener("beforeunload", (event) => {
    for (const row of dirty()) store.keep(row);
    if (!dirty().length || submitting) return;
    flush(true);
    event.preventDefault();
  });
  window.addEventListener("online", () => schedule(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush(true);
    else {
      if (failures) schedule(0);
      look();
    }
  });
  setInterval(() => {
    if (document.visibilityState === "visible" && !isOver && !sending) look();
  }, LOOK_EVERY);

  const restored = restore(form, rows, settings, store);
  if (restored) {
    tell("restored", element("p", fill(words.restored, { count: restored })));
    schedule(0);
  }
}
