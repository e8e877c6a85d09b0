// A message's attachment: a coloured bar with blocks, or the older text form.

import { renderBlocks, withBlockIds } from "./blocks/index.js";
import { h, link } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

const COLORS = { good: "#2bac76", warning: "#e0b000", danger: "#d7263d" };

function barColor(color) {
  if (!color) return "var(--line)";
  return COLORS[color] ?? (color.startsWith("#") ? color : `#${color}`);
}

function oldForm(one) {
  const title = one.title ? h("strong", {}, one.title_link ? link(one.title_link, one.title) : one.title) : null;
  const text = mrkdwn(one.text ?? (one.title ? "" : one.fallback ?? ""));
  return h("div", { class: "message-body" }, title, h("div", {}, text));
}

export function attachment(one, surface) {
  const node = h("div", { class: "attachment", style: { borderLeftColor: barColor(one.color) } });
  if (!one.blocks?.length) {
    node.append(oldForm(one));
    return node;
  }
  const body = h("div", { class: "message-body" });
  renderBlocks(body, withBlockIds(one.blocks), surface);
  node.append(body);
  return node;
}
