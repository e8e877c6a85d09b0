// Emphasis, code and links inside a line of Markdown.

import { h, link } from "./dom.js";
import { emojiNode } from "./entities.js";
import { findEmoji } from "./emoji.js";

const TOKEN = new RegExp(
  [
    "`(?<code>[^`]+)`",
    "!?\\[(?<label>[^\\]]*)\\]\\((?<url>[^()\\s]+)\\)",
    "<(?<auto>https?://[^<>\\s]+)>",
    "\\*\\*(?<bold>(?!\\s).+?(?<!\\s))\\*\\*",
    "__(?<under>(?!\\s).+?(?<!\\s))__",
    "~~(?<strike>.+?)~~",
    "\\*(?<italic>(?!\\s)[^*]+?(?<!\\s))\\*",
    "(?<![\\p{L}\\p{N}])_(?<slant>(?!\\s)[^_]+?(?<!\\s))_(?![\\p{L}\\p{N}])",
    ":(?<emoji>[a-z0-9_+-]+):",
    "\\\\(?<escaped>[\\\\`*_{}\\[\\]()#+\\-.!~|>])",
  ].join("|"),
  "gu",
);

const WRAPPERS = { bold: "strong", under: "strong", strike: "s", italic: "em", slant: "em" };

function tokenNode(groups) {
  if (groups.code !== undefined) return h("code", {}, groups.code);
  if (groups.url !== undefined) return link(groups.url, markdownInline(groups.label || groups.url));
  if (groups.auto !== undefined) return link(groups.auto, groups.auto);
  if (groups.emoji !== undefined) return emojiNode(groups.emoji);
  if (groups.escaped !== undefined) return groups.escaped;
  const [kind, tag] = Object.entries(WRAPPERS).find(([name]) => groups[name] !== undefined);
  return h(tag, {}, markdownInline(groups[kind]));
}

export function markdownInline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.groups.emoji !== undefined && !findEmoji(match.groups.emoji)) continue;
    if (match.index > from) nodes.push(text.slice(from, match.index));
    nodes.push(tokenNode(match.groups));
    from = match.index + match[0].length;
  }
  if (from < text.length) nodes.push(text.slice(from));
  return nodes;
}
