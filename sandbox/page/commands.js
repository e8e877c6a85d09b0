// The list of slash commands that appears while a person types one.

import { freshId, h } from "./dom.js";
import { t } from "./labels.js";
import { getApp } from "./workspace.js";

function matching(text) {
  if (!/^\/\S*$/.test(text)) return [];
  const wanted = text.toLowerCase();
  return getApp().commands.filter(({ command }) => command.toLowerCase().startsWith(wanted));
}

export class CommandList {
  constructor(input, complete, testId) {
    this.input = input;
    this.complete = complete;
    this.node = h("div", { class: "command-list", role: "listbox", id: freshId("commands"), hidden: true, "data-testid": testId });
    this.found = [];
    this.active = 0;
    this.isDismissed = false;
    input.setAttribute("aria-controls", this.node.id);
    input.setAttribute("aria-autocomplete", "list");
  }

  update() {
    this.found = this.isDismissed ? [] : matching(this.input.value);
    this.active = 0;
    this.show();
  }

  show() {
    this.node.hidden = this.found.length === 0;
    this.node.setAttribute("aria-label", t("composer.commands"));
    this.node.replaceChildren(...this.found.map((command, index) => this.row(command, index)));
    const current = this.node.children[this.active];
    if (current) this.input.setAttribute("aria-activedescendant", current.id);
    else this.input.removeAttribute("aria-activedescendant");
    current?.scrollIntoView({ block: "nearest" });
  }

  row(command, index) {
    return h(
      "div",
      {
        class: index === this.active ? "command is-active" : "command",
        role: "option",
        id: freshId("command"),
        "aria-selected": String(index === this.active),
        onmousedown: (event) => {
          event.preventDefault();
          this.complete(command.command);
        },
      },
      h("span", { class: "command-head" }, h("strong", {}, command.command), " ", h("span", { class: "quiet" }, command.usage_hint ?? "")),
      h("span", { class: "quiet command-app" }, command.description ?? "", " · ", getApp().name),
    );
  }

  // True when the key was for the list.
  key(event) {
    if (this.found.length === 0) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.show();
      return true;
    }
    if (event.key === "Escape") {
      this.isDismissed = true;
      this.update();
      return true;
    }
    const isExact = this.found.some(({ command }) => command === this.input.value.trim());
    if (event.key === "Tab" || (event.key === "Enter" && !isExact)) {
      this.complete(this.found[this.active].command);
      return true;
    }
    return false;
  }
}
