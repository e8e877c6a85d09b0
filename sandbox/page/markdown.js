// The "markdown" block (CommonMark as far as Slack shows it) to nodes.

import { h } from "./dom.js";
import { markdownInline } from "./markdown_inline.js";

const FENCE = /^```/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const QUOTE = /^\s*>\s?(.*)$/;
const DIVIDER_ROW = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

// Reads one construct at a time from `lines`; each reader gives a node and moves the cursor.
class Reader {
  constructor(lines) {
    this.lines = lines;
    this.at = 0;
  }

  get line() {
    return this.lines[this.at];
  }

  get isDone() {
    return this.at >= this.lines.length;
  }

  takeWhile(test) {
    const taken = [];
    while (!this.isDone && test(this.line)) taken.push(this.lines[this.at++]);
    return taken;
  }
}

function fence(reader) {
  reader.at += 1;
  const code = reader.takeWhile((line) => !FENCE.test(line));
  reader.at += 1;
  return h("pre", {}, code.join("\n"));
}

function heading(reader) {
  const [, marks, text] = reader.lines[reader.at++].match(HEADING);
  return h(`h${Math.min(6, marks.length + 2)}`, { class: `markdown-h${marks.length}` }, markdownInline(text));
}

function quote(reader) {
  const lines = reader.takeWhile((line) => QUOTE.test(line)).map((line) => line.match(QUOTE)[1]);
  return h("blockquote", {}, blocks(lines));
}

function itemNode(text, inner) {
  const task = text.match(/^\[([ xX])\]\s+(.*)$/);
  const content = task
    ? [h("input", { type: "checkbox", checked: task[1] !== " ", disabled: true }), " ", markdownInline(task[2])]
    : markdownInline(text);
  return h("li", {}, content, inner);
}

function list(reader) {
  const [, indent, mark] = reader.line.match(ITEM);
  const depth = indent.length;
  const ordered = /\d/.test(mark);
  const node = h(ordered ? "ol" : "ul", { start: ordered ? Number.parseInt(mark, 10) : null });
  while (!reader.isDone) {
    const item = reader.line.match(ITEM);
    if (!item || item[1].length !== depth || /\d/.test(item[2]) !== ordered) break;
    reader.at += 1;
    const inner = reader.takeWhile((line) => line.trim() !== "" && /^\s*/.exec(line)[0].length > depth);
    node.append(itemNode(item[3], blocks(inner)));
  }
  return node;
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function tableNode(reader) {
  const head = cells(reader.lines[reader.at]);
  const aligns = cells(reader.lines[reader.at + 1]).map((cell) =>
    cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left",
  );
  reader.at += 2;
  const rows = reader.takeWhile((line) => line.includes("|")).map(cells);
  const row = (tag, texts) =>
    h("tr", {}, texts.map((text, index) => h(tag, { style: { textAlign: aligns[index] ?? "left" } }, markdownInline(text))));
  return h(
    "div",
    { class: "table-frame" },
    h("table", { class: "block-table" }, h("thead", {}, row("th", head)), h("tbody", {}, rows.map((texts) => row("td", texts)))),
  );
}

function startsTable(reader) {
  const next = reader.lines[reader.at + 1];
  return reader.line.includes("|") && next !== undefined && next.includes("-") && DIVIDER_ROW.test(next);
}

function paragraph(reader) {
  const lines = [reader.lines[reader.at++]];
  while (!reader.isDone && isPlain(reader)) lines.push(reader.lines[reader.at++]);
  return h("p", {}, lines.map((line, index) => [index ? h("br") : null, markdownInline(line)]));
}

function isPlain(reader) {
  const { line } = reader;
  if (line.trim() === "" || startsTable(reader)) return false;
  return ![FENCE, HEADING, RULE, ITEM, QUOTE].some((pattern) => pattern.test(line));
}

function one(reader) {
  const { line } = reader;
  if (FENCE.test(line)) return fence(reader);
  if (HEADING.test(line)) return heading(reader);
  if (RULE.test(line)) {
    reader.at += 1;
    return h("hr");
  }
  if (ITEM.test(line)) return list(reader);
  if (QUOTE.test(line)) return quote(reader);
  if (startsTable(reader)) return tableNode(reader);
  return paragraph(reader);
}

function blocks(lines) {
  const reader = new Reader(lines);
  const nodes = [];
  while (!reader.isDone) {
    if (reader.line.trim() === "") reader.at += 1;
    else nodes.push(one(reader));
  }
  return nodes;
}

export function markdown(text) {
  return blocks(String(text ?? "").split("\n"));
}
