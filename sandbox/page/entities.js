// The small things inside a text that are not letters: people, channels, dates, emoji.

import { h, link } from "./dom.js";
import { findEmoji } from "./emoji.js";
import { t } from "./labels.js";
import { formatTemplate, readInstant } from "./when.js";
import { findChannel, getMe, userName } from "./workspace.js";

export function userMention(id, fallback) {
  const mine = getMe()?.id === id;
  const name = userName(id) ?? fallback ?? id;
  return h("span", { class: mine ? "mention mention-me" : "mention" }, `@${name}`);
}

export function channelMention(id, fallback) {
  const name = findChannel(id)?.name ?? fallback ?? id;
  return h("span", { class: "mention" }, `#${name}`);
}

export function broadcast(range) {
  return h("span", { class: "mention mention-me" }, `@${range}`);
}

export function usergroup(id, fallback) {
  return h("span", { class: "mention" }, fallback ?? `@${id}`);
}

export function dateNode(seconds, template, fallback, url) {
  const words = [t("date.yesterday"), t("date.today"), t("date.tomorrow")];
  const date = readInstant(seconds);
  const text = Number.isFinite(Number(seconds))
    ? formatTemplate(date, template, words)
    : fallback ?? "";
  const node = h("time", { datetime: date.toISOString(), title: fallback }, text);
  return url ? link(url, node) : node;
}

export function emojiNode(name, unicode) {
  const character = unicode
    ? String.fromCodePoint(...unicode.split("-").map((point) => Number.parseInt(point, 16)))
    : findEmoji(name);
  if (!character) return document.createTextNode(`:${name}:`);
  return h("span", { class: "emoji", role: "img", "aria-label": name, title: `:${name}:` }, character);
}
