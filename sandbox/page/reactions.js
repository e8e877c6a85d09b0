// The row of reactions under a message, and the small picker that adds one.

import { h } from "./dom.js";
import { findEmoji, REACTIONS } from "./emoji.js";
import { t } from "./labels.js";
import { placeBeside } from "./popover.js";
import { getMe } from "./workspace.js";

function pill(reaction, toggle) {
  const people = reaction.users ?? [];
  const n = reaction.count ?? people.length;
  const isMine = people.includes(getMe()?.id);
  return h(
    "button",
    {
      type: "button",
      class: isMine ? "reaction is-mine" : "reaction",
      "aria-pressed": String(isMine),
      "aria-label": t("message.reactionCount", { name: reaction.name, n }),
      onclick: () => toggle(reaction.name),
    },
    findEmoji(reaction.name) ?? `:${reaction.name}:`,
    h("span", { class: "reaction-count" }, n),
  );
}

export function reactions(message, toggle) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions", "data-testid": "reactions" }, message.reactions.map((reaction) => pill(reaction, toggle)));
}

function openPicker(anchor, choose) {
  const box = h("div", { class: "reaction-picker", popover: "auto", role: "group", "aria-label": t("message.react") });
  const pick = (name) => () => {
    box.hidePopover();
    choose(name);
  };
  box.append(
    ...REACTIONS.map((name) =>
      h("button", { type: "button", class: "icon-button", "aria-label": name, onclick: pick(name) }, findEmoji(name)),
    ),
  );
  box.addEventListener("toggle", (event) => event.newState === "closed" && box.remove());
  document.body.append(box);
  box.showPopover();
  placeBeside(box, anchor, { align: "end" });
  box.querySelector("button").focus();
}

export function reactionPicker(choose) {
  const node = h("button", { type: "button", class: "icon-button", "aria-label": t("message.react"), title: t("message.react") }, "☺");
  node.addEventListener("click", () => openPicker(node, choose));
  return node;
}
