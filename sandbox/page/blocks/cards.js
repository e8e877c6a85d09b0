// card, carousel and container.

import { h } from "../dom.js";
import { image, renderElement } from "../elements/index.js";
import { t } from "../labels.js";
import { textNode } from "../mrkdwn.js";
import { richText } from "../richtext.js";
import { renderBlocks } from "./index.js";

const ICONS = { warning: "⚠️", check: "✅", calendar: "📅", user: "👤", flag: "🚩", info: "ℹ️", rocket: "🚀", star: "⭐", email: "✉️", bot: "🤖", lightbulb: "💡", clipboard: "📋" };

function cardIcon(block) {
  if (block.icon) return image(block.icon);
  return block.slack_icon ? h("span", { class: "card-icon", title: block.slack_icon.name }, ICONS[block.slack_icon.name] ?? "▪️") : null;
}

export function card(block, place) {
  return h(
    "article",
    { class: "card", "data-testid": "card" },
    block.hero_image ? h("div", { class: "card-hero" }, image(block.hero_image)) : null,
    h(
      "div",
      { class: "card-head" },
      cardIcon(block),
      h(
        "div",
        {},
        block.title ? h("div", { class: "card-title" }, textNode(block.title)) : null,
        block.subtitle ? h("div", { class: "quiet" }, textNode(block.subtitle)) : null,
      ),
    ),
    block.body ? h("div", { class: "card-body" }, textNode(block.body)) : null,
    block.actions?.length
      ? h("div", { class: "block-actions" }, block.actions.map((element) => renderElement(element, place)))
      : null,
    block.subtext ? h("div", { class: "quiet card-subtext" }, textNode(block.subtext)) : null,
  );
}

export function carousel(block, place) {
  const track = h("div", { class: "carousel-track", tabindex: "0" }, block.elements.map((one) => card(one, { ...place, blockId: one.block_id ?? place.blockId })));
  const move = (step) => () => track.scrollBy({ left: step * 260, behavior: "smooth" });
  const arrow = (label, mark, step) =>
    h("button", { type: "button", class: "icon-button", "aria-label": label, onclick: move(step) }, mark);
  return h(
    "div",
    { class: "carousel", "data-testid": "carousel" },
    track,
    h("div", { class: "carousel-arrows" }, arrow(t("carousel.previous"), "‹", -1), arrow(t("carousel.next"), "›", 1)),
  );
}

function containerTitle(block) {
  return h(
    "span",
    { class: "container-title" },
    block.icon ? image(block.icon) : null,
    h(
      "span",
      {},
      block.rich_text_title ? richText(block.rich_text_title) : h("strong", {}, textNode(block.title)),
      block.subtitle ? h("span", { class: "quiet container-subtitle" }, textNode(block.subtitle)) : null,
    ),
  );
}

export function container(block, place) {
  const body = h("div", { class: "container-body" });
  renderBlocks(body, block.child_blocks, place.surface);
  const width = `container container-${block.width ?? "standard"}`;
  if (!block.is_collapsible) {
    const head = h("div", { class: block.has_header_divider ? "container-head divided" : "container-head" }, containerTitle(block));
    return h("section", { class: width, "data-testid": "container" }, head, body);
  }
  return h(
    "details",
    { class: width, open: !block.default_collapsed, "data-testid": "container" },
    h("summary", { class: "container-head" }, containerTitle(block)),
    body,
  );
}
