// Slack's own text format to nodes. Follows Slack's boundary rule: a mark beside a letter, kana
// or kanji is not formatting, so a bot that writes "*太字*です" sees here what it would see there.

import { fragment, h, link } from "./dom.js";
import { broadcast, channelMention, dateNode, emojiNode, userMention, usergroup } from "./entities.js";
import { findEmoji } from "./emoji.js";

const ENTITY = /&(amp|lt|gt);/g;
const CHARACTERS = { amp: "&", lt: "<", gt: ">" };

export function unescape(text) {
  return text.replace(ENTITY, (whole, name) => CHARACTERS[name]);
}

function angleNode(inner) {
  const [target, label] = splitOnce(inner, "|");
  if (target.startsWith("@")) return userMention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return dateToken(target, label);
  if (target.startsWith("!subteam^")) return usergroup(target.slice(9), label);
  if (target.startsWith("!")) return broadcast(target.slice(1));
  return link(unescape(target), unescape(label ?? target.replace(/^mailto:/, "")));
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function dateToken(target, fallback) {
  const [, seconds, template = "", url] = target.split("^");
  return dateNode(Number(seconds), unescape(template), fallback, url);
}

const WORD = "[\\p{L}\\p{N}]";
const MARKS = { "*": "strong", _: "em", "~": "s" };

// One alternative per kind of token; the named groups say which one matched.
const TOKEN = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<angle>[^<>\\n]+)>",
    ":(?<emoji>[a-z0-9_+-]+(?:::skin-tone-\\d)?):",
    `(?<!${WORD})(?<mark>[*_~])(?<inner>(?!\\s)(?:(?!\\k<mark>)[^\\n])+?(?<!\\s))\\k<mark>(?!${WORD})`,
  ].join("|"),
  "gu",
);

function tokenNode({ code, angle, emoji, mark, inner }) {
  if (code !== undefined) return h("code", {}, unescape(code));
  if (angle !== undefined) return angleNode(angle);
  if (emoji !== undefined) return emojiNode(emoji);
  return h(MARKS[mark], {}, inlineNodes(inner));
}

function inlineNodes(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.groups.emoji !== undefined && !findEmoji(match.groups.emoji)) continue;
    if (match.index > from) nodes.push(unescape(text.slice(from, match.index)));
    nodes.push(tokenNode(match.groups));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(unescape(text.slice(from)));
  return nodes;
}

function isQuote(line) {
  return /^(>|&gt;)/.test(line);
}

function lineNodes(text) {
  const nodes = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; ) {
    const quoted = isQuote(lines[at]);
    const run = [];
    while (at < lines.length && isQuote(lines[at]) === quoted) run.push(lines[at++]);
    if (quoted) nodes.push(h("blockquote", {}, broken(run.map((line) => line.replace(/^(>|&gt;) ?/, "")))));
    else nodes.push(broken(run));
  }
  return nodes;
}

function broken(lines) {
  return lines.map((line, index) => [index ? h("br") : null, inlineNodes(line)]);
}

export function mrkdwn(text) {
  const parts = String(text ?? "").split(/```\n?([\s\S]*?)\n?```/);
  return fragment(
    parts.map((part, index) => {
      if (index % 2) return h("pre", {}, unescape(part));
      return part === "" ? null : lineNodes(trimAround(part, index, parts.length));
    }),
  );
}

// A line break next to a code block is the block's own edge, not an empty line.
function trimAround(part, index, count) {
  let text = part;
  if (index > 0) text = text.replace(/^\n/, "");
  if (index < count - 1) text = text.replace(/\n$/, "");
  return text;
}

// A text object {type: mrkdwn|plain_text, text, emoji}, or null.
export function textNode(object) {
  if (!object) return fragment();
  if (typeof object === "string") return fragment(object);
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return plain(object.text);
}

export function plain(text) {
  return fragment(
    String(text ?? "")
      .split("\n")
      .map((line, index) => [index ? h("br") : null, plainLine(line)]),
  );
}

function plainLine(line) {
  return line.split(/(:[a-z0-9_+-]+:)/).map((part) => {
    const name = part.match(/^:([a-z0-9_+-]+):$/)?.[1];
    return name && findEmoji(name) ? emojiNode(name) : unescape(part);
  });
}

// The letters of a text object, for labels that only a screen reader meets.
export function plainText(object) {
  const holder = h("div", {}, textNode(object));
  return holder.textContent;
}
