// A text field with a list of choices under it: type to narrow, arrows to move, Enter to choose.
// Every kind of select is one of these with another source of choices.

import { freshId, h } from "../dom.js";
import { t } from "../labels.js";
import { placeBeside } from "../popover.js";

// A choice is {key, label, description?, value}; a source gives [{label?, choices}] for a query.
export class Combobox {
  constructor({ source, chosen, many, maximum, attributes, placeholder, canClear, onChange }) {
    Object.assign(this, { source, many, maximum, canClear, onChange });
    this.chosen = chosen;
    this.choices = [];
    this.active = -1;
    this.list = null;
    this.listId = freshId("choices");
    this.turn = 0;
    this.placeholder = placeholder;
    this.input = h("input", {
      ...attributes,
      class: "combobox-input",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.listId,
    });
    this.chips = h("span", { class: "chips" });
    this.clearButton = h("button", {
      type: "button", class: "combobox-clear", hidden: true, tabindex: "-1",
      onclick: () => this.change([]),
    }, "✕");
    this.node = h(
      "span",
      { class: many ? "combobox combobox-many" : "combobox" },
      this.chips, this.input, this.clearButton, h("span", { class: "combobox-arrow", "aria-hidden": "true" }, "⌄"),
    );
    this.listen();
    this.show();
  }

  listen() {
    this.input.addEventListener("focus", () => this.many || this.input.select());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.node.addEventListener("click", (event) => {
      if (event.target === this.input || event.target.closest("button")) return;
      this.input.focus();
      this.open();
    });
  }

  show() {
    const [first] = this.chosen;
    this.input.value = !this.many && first ? first.label : "";
    this.input.placeholder = this.many && first ? "" : this.placeholder;
    this.clearButton.hidden = this.many || !first || !this.canClear;
    if (!this.clearButton.hidden) this.clearButton.setAttribute("aria-label", t("select.remove", { name: first.label }));
    this.chips.replaceChildren(...(this.many ? this.chosen.map((choice) => this.chip(choice)) : []));
  }

  chip(choice) {
    const remove = () => this.change(this.chosen.filter((other) => other.key !== choice.key));
    return h(
      "span",
      { class: "chip" },
      choice.label,
      h("button", { type: "button", "aria-label": t("select.remove", { name: choice.label }), onclick: remove }, "✕"),
    );
  }

  async change(chosen) {
    const before = this.chosen;
    this.chosen = chosen;
    this.show();
    if ((await this.onChange(chosen.map((choice) => choice.value))) === false) {
      this.chosen = before;
      this.show();
    }
  }

  query() {
    const [first] = this.chosen;
    const text = this.input.value.trim();
    return !this.many && first && text === first.label ? "" : text;
  }

  async open() {
    if (!this.list) this.mountList();
    this.turn += 1;
    const { turn } = this;
    const result = await this.source(this.query(), () => this.note(t("select.loading")));
    if (turn !== this.turn || !this.list || result === null) return;
    if (result.note) this.note(result.note);
    else this.fill(result.groups);
  }

  mountList() {
    this.list = h("div", { class: "choices", role: "listbox", "data-testid": "choices", id: this.listId, popover: "manual" });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    (this.node.closest("dialog") ?? document.body).append(this.list);
    this.list.showPopover();
    this.input.setAttribute("aria-expanded", "true");
    this.place();
  }

  place() {
    this.list.style.minWidth = `${this.node.offsetWidth}px`;
    placeBeside(this.list, this.node);
  }

  note(sentence) {
    if (!this.list) return;
    this.choices = [];
    this.active = -1;
    this.list.replaceChildren(h("div", { class: "choice-note", role: "status" }, sentence));
    this.place();
  }

  fill(groups) {
    this.choices = [];
    const nodes = groups.flatMap(({ label, choices }) => [
      label ? h("div", { class: "choice-group", role: "presentation" }, label) : null,
      ...choices.map((choice) => this.option(choice)),
    ]);
    if (this.choices.length === 0) return this.note(t("select.empty"));
    this.list.replaceChildren(...nodes.filter(Boolean));
    this.place();
    return this.activate(Math.max(0, this.choices.findIndex(({ choice }) => this.isChosen(choice))));
  }

  isChosen(choice) {
    return this.chosen.some((other) => other.key === choice.key);
  }

  option(choice) {
    const index = this.choices.length;
    const node = h(
      "div",
      {
        class: "choice", role: "option", id: freshId("choice"),
        "aria-selected": String(this.isChosen(choice)), onclick: () => this.pick(choice),
        onmousemove: () => this.active === index || this.activate(index, false),
      },
      h("span", {}, choice.label),
      choice.description ? h("span", { class: "choice-description" }, choice.description) : null,
    );
    this.choices.push({ choice, node });
    return node;
  }

  activate(index, scroll = true) {
    this.choices[this.active]?.node.classList.remove("is-active");
    this.active = index;
    const current = this.choices[index];
    if (!current) return;
    current.node.classList.add("is-active");
    this.input.setAttribute("aria-activedescendant", current.node.id);
    if (scroll) current.node.scrollIntoView({ block: "nearest" });
  }

  pick(choice) {
    if (!this.many) {
      this.close();
      return this.change([choice]);
    }
    const others = this.chosen.filter((other) => other.key !== choice.key);
    const isAdded = others.length === this.chosen.length;
    if (isAdded && this.maximum && others.length >= this.maximum) return null;
    this.close();
    return this.change(isAdded ? [...others, choice] : others);
  }

  key(event) {
    if (event.isComposing) return;
    const size = this.choices.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.list) this.open();
      else if (size) this.activate((this.active + (event.key === "ArrowDown" ? 1 : -1) + size) % size);
    } else if (event.key === "Enter" && this.list) {
      event.preventDefault();
      if (this.choices[this.active]) this.pick(this.choices[this.active].choice);
    } else if (event.key === "Escape" && this.list) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Backspace" && this.many && this.input.value === "" && this.chosen.length) {
      this.change(this.chosen.slice(0, -1));
    }
  }

  close() {
    if (!this.list) return;
    this.turn += 1;
    this.list.remove();
    this.list = null;
    this.choices = [];
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.show();
  }
}
