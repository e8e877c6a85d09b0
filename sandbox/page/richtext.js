// rich_text blocks to nodes.

import { fragment, h, link } from "./dom.js";
import { broadcast, channelMention, dateNode, emojiNode, userMention, usergroup } from "./entities.js";
import { t } from "./labels.js";

function styled(node, style = {}) {
  let result = node;
  if (style.code) result = h("code", {}, result);
  if (style.strike) result = h("s", {}, result);
  if (style.italic) result = h("em", {}, result);
  if (style.underline) result = h("u", {}, result);
  if (style.bold) result = h("strong", {}, result);
  return result;
}

function textWithBreaks(text) {
  return fragment(text.split("\n").map((line, index) => [index ? h("br") : null, line]));
}

function colorNode(element) {
  return fragment(h("span", { class: "swatch", style: { background: element.value } }), element.value);
}

const INLINE = {
  text: (element) => styled(textWithBreaks(element.text), element.style),
  link: (element) => styled(link(element.url, element.text ?? element.url), element.style),
  emoji: (element) => emojiNode(element.name, element.unicode),
  user: (element) => styled(userMention(element.user_id), element.style),
  channel: (element) => styled(channelMention(element.channel_id), element.style),
  usergroup: (element) => usergroup(element.usergroup_id),
  broadcast: (element) => broadcast(element.range),
  date: (element) => dateNode(element.timestamp, element.format, element.fallback, element.url),
  color: colorNode,
};

function inline(element) {
  const render = INLINE[element.type];
  if (render) return render(element);
  return h("span", { class: "unsupported" }, t("unsupported.element", { type: element.type }));
}

const BULLETS = ["disc", "circle", "square"];
const NUMBERS = ["decimal", "lower-alpha", "lower-roman"];

function list(element) {
  const ordered = element.style === "ordered";
  const depth = element.indent ?? 0;
  return h(
    ordered ? "ol" : "ul",
    {
      class: element.border ? "rich-list bordered" : "rich-list",
      start: ordered && element.offset ? element.offset + 1 : null,
      style: {
        marginLeft: `${depth * 24}px`,
        listStyleType: (ordered ? NUMBERS : BULLETS)[depth % 3],
      },
    },
    element.elements.map((item) => h("li", {}, part(item))),
  );
}

const PARTS = {
  rich_text_section: (element) => h("span", { class: "rich-section" }, element.elements.map(inline)),
  rich_text_list: list,
  rich_text_preformatted: (element) => h("pre", {}, element.elements.map(inline)),
  rich_text_quote: (element) => h("blockquote", {}, element.elements.map(inline)),
};

function part(element) {
  const render = PARTS[element.type];
  if (render) return render(element);
  return h("span", { class: "unsupported" }, t("unsupported.element", { type: element.type }));
}

export function richText(block) {
  return h("div", { class: "rich-text" }, block.elements.map(part));
}
