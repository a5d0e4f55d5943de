/* The blocks of a chapter in the editor: goals, tasks, measures, indicators.

   A closed block is one hidden input with its state; its fields are built when it is opened. A block that was opened and
   not changed is sent as if it had stayed closed: looking is not editing. The server's part is plan_pages/blocks/level.py. */
(() => {
  "use strict";
  const { StructBlock, StructBlockDefinition } = window.wagtailStreamField.blocks;
  const FOLDED = "-folded";
  const LISTS = { tasks: "task", measures: "measure", indicators: "indicator" };
  const opened = new Set();

  /* A text in the editor's language, else in the first that has one. */
  const inLanguage = (texts) => {
    const own = document.documentElement.lang.split("-")[0];
    const found = (texts || {})[own] || Object.values(texts || {}).find(Boolean) || "";
    return found.trim();
  };

  const count = (state, level) =>
    Object.entries(LISTS).reduce((sum, [list, kind]) => {
      const children = (state && state[list]) || [];
      return sum + children.reduce((of, child) => of + (kind === level ? 1 : 0) + count(child.value, level), 0);
    }, 0);

  const label = (definition, state) => {
    const { words } = definition.meta;
    const title = inLanguage(state.title || state.name) || words.untitled;
    const parts = [`${state.code || ""} ${title}`.trim()];
    if (state.tasks || state.measures) parts.push(words.measures.replace("{count}", count(state, "measure")));
    else if (state.indicators && state.indicators.length) {
      parts.push(words.indicators.replace("{count}", state.indicators.length));
    }
    return parts.join(" · ");
  };

  let groups = 0;

  class LevelFields extends StructBlock {
    getTextLabel() {
      return label(this.blockDef, this.getState());
    }

    /* A text in several languages is a group of fields under one name. */
    renderChildBlockDef(name, container, ...rest) {
      const block = super.renderChildBlockDef(name, container, ...rest);
      if (this.blockDef.childBlockDefsByName[name] instanceof StructBlockDefinition) {
        const group = container[0].lastElementChild;
        const heading = document.createElement("p");
        heading.className = "w-field__label";
        heading.id = `texts-${(groups += 1)}`;
        heading.append(...group.querySelector("label").childNodes);
        group.querySelector("label").replaceWith(heading);
        group.setAttribute("role", "group");
        group.setAttribute("aria-labelledby", heading.id);
      }
      return block;
    }
  }

  /* A state as one text, the same whether the server wrote it or the fields: nothing is the empty text, and a choice may be
     the only one of a list. Ids of blocks count. */
  const canonical = (state) => {
    if (state === null || state === undefined) return "";
    if (Array.isArray(state)) {
      return state.length && typeof state[0] === "object" ? state.map(canonical) : String(state[0] ?? "");
    }
    if (typeof state !== "object") return String(state);
    return Object.keys(state).sort().map((name) => [name, canonical(state[name])]);
  };

  class Level {
    constructor(definition, placeholder, prefix, state) {
      this.blockDef = definition;
      this.type = definition.name;
      this.prefix = prefix;
      this.state = state;
      this.block = null;
      this.element = document.createElement("div");
      this.input = document.createElement("input");
      this.input.type = "hidden";
      this.input.name = prefix + FOLDED;
      this.input.value = JSON.stringify(state);
      // Found by the browser's own search of the page, which then opens the block.
      const texts = document.createElement("p");
      texts.textContent = Object.values(state.title || state.name || {}).filter(Boolean).join(" / ");
      this.element.append(this.input, texts);
      window.$(placeholder).replaceWith(this.element);
      this.element.planLevel = this;
      const toggle = this.element.closest("[data-panel]").querySelector("[data-panel-toggle]");
      toggle.addEventListener("wagtail:panel-toggle", (event) => {
        if (event.detail.expanded) this.open();
      });
      if (definition.name === "measure") this.addMove();
    }

    /* A way to the screen that moves the measure; a page that is not stored yet has none. */
    addMove() {
      const finder = document.querySelector("[data-block-finder]");
      if (!finder || !finder.dataset.move || !this.id) return;
      const link = document.createElement("a");
      link.className = "button button--icon text-replace white";
      link.href = `${finder.dataset.move}?block=${encodeURIComponent(this.id)}`;
      link.title = this.blockDef.meta.words.move;
      link.innerHTML = '<svg class="icon icon-redirect" aria-hidden="true"><use href="#icon-redirect"></use></svg>';
      const text = document.createElement("span");
      text.className = "w-sr-only";
      text.textContent = link.title;
      link.append(text);
      link.addEventListener("click", (event) => event.stopPropagation());
      this.element.closest("[data-panel]").querySelector("[data-panel-controls]").prepend(link);
    }

    get id() {
      return this.element.closest("[data-streamfield-child]").dataset.contentpath;
    }

    /* Build the fields. */
    open() {
      if (this.block) return this.block;
      const place = document.createElement("div");
      this.element.replaceChildren(this.input, place);
      this.block = new LevelFields(this.blockDef, window.$(place), this.prefix, this.state);
      this.untouched = JSON.stringify(canonical(this.block.getState()));
      opened.add(this);
      return this.block;
    }

    get isTouched() {
      return JSON.stringify(canonical(this.block.getState())) !== this.untouched;
    }

    get container() {
      return this.block ? this.block.container : window.$(this.element);
    }

    get childBlocks() {
      return this.open().childBlocks;
    }

    getState() {
      return this.block ? this.block.getState() : this.state;
    }

    setState(state) {
      if (this.block) this.block.setState(state);
      else {
        this.state = state;
        this.input.value = JSON.stringify(state);
      }
    }

    getValue() {
      return this.open().getValue();
    }

    getDuplicatedState() {
      return this.open().getDuplicatedState();
    }

    getTextLabel() {
      return label(this.blockDef, this.getState());
    }

    setError(error) {
      if (error) this.open().setError(error);
    }

    focus(options) {
      this.open().focus(options);
    }
  }

  class LevelDefinition extends StructBlockDefinition {
    constructor(name, children, meta) {
      super(name, children, meta);
      // Texts in several languages are not panels of their own.
      children.filter((child) => child instanceof StructBlockDefinition).forEach((child) => (child.collapsible = false));
    }

    render(placeholder, prefix, state, error) {
      const level = new Level(this, placeholder, prefix, state || {});
      if (error) level.setError(error);
      return level;
    }
  }

  document.addEventListener("formdata", ({ formData }) => {
    opened.forEach((level) => {
      if (!level.element.isConnected) {
        opened.delete(level);
      } else if (level.isTouched) {
        formData.delete(level.input.name);
      } else {
        const fields = [...formData.keys()].filter((name) => name.startsWith(`${level.prefix}-`));
        fields.filter((name) => name !== level.input.name).forEach((name) => formData.delete(name));
      }
    });
  });

  window.telepath.register("plan_pages.blocks.Level", LevelDefinition);
})();
