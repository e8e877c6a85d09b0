// The everyday blocks: header, section, context, divider, image, video, file, markdown, rich text.

import { freshId, h, link, safeUrl } from "../dom.js";
import { image as imageElement, renderElement } from "../elements/index.js";
import { t } from "../labels.js";
import { markdown as markdownNodes } from "../markdown.js";
import { plainText, textNode } from "../mrkdwn.js";
import { richText as richTextNodes } from "../richtext.js";

const IMAGE_SCHEMES = ["http:", "https:", "data:", "blob:"];

export function header(block) {
  return h("h3", { class: "block-header" }, textNode(block.text));
}

export function section(block, place) {
  const labelId = freshId("section");
  const text = block.text ? h("div", { class: "section-text", id: labelId }, textNode(block.text)) : null;
  const fields = block.fields
    ? h("div", { class: "section-fields" }, block.fields.map((field) => h("div", {}, textNode(field))))
    : null;
  const name = block.text ? plainText(block.text) : null;
  const accessory = block.accessory
    ? h("div", { class: "section-accessory" }, renderElement(block.accessory, { ...place, name }))
    : null;
  return h("div", { class: "block-section" }, h("div", { class: "section-main" }, text, fields), accessory);
}

export function context(block) {
  const parts = block.elements.map((element) =>
    element.type === "image" ? imageElement(element) : h("span", {}, textNode(element)),
  );
  return h("div", { class: "block-context" }, parts);
}

export function divider() {
  return h("hr", { class: "block-divider" });
}

export function image(block) {
  const source = safeUrl(block.image_url ?? block.slack_file?.url ?? "", IMAGE_SCHEMES);
  return h(
    "figure",
    { class: "block-image" },
    block.title ? h("figcaption", {}, textNode(block.title)) : null,
    h("img", { src: source, alt: block.alt_text ?? "", loading: "lazy" }),
  );
}

export function video(block) {
  return h(
    "div",
    { class: "block-video" },
    link(block.title_url ?? block.video_url, "▶ ", textNode(block.title)),
    block.description ? h("div", { class: "quiet" }, textNode(block.description)) : null,
    block.author_name ? h("div", { class: "quiet" }, block.author_name) : null,
    h("span", { class: "for-screen-readers" }, t("video.play")),
  );
}

export function file(block) {
  return h("div", { class: "file-chip" }, "📄 ", block.external_id ?? block.file_id ?? "");
}

export function markdown(block) {
  return h("div", { class: "block-markdown" }, markdownNodes(block.text));
}

export function richText(block) {
  return richTextNodes(block);
}
