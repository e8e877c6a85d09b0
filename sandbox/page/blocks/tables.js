// table and data_table. A data table can be paged, sorted by a column and narrowed by a word.

import { h } from "../dom.js";
import { t } from "../labels.js";
import { plain } from "../mrkdwn.js";
import { richText } from "../richtext.js";

function cellNode(cell) {
  if (cell.type === "rich_text") return richText(cell);
  if (cell.type === "raw_text" || cell.type === "raw_number") return plain(cell.text ?? String(cell.value));
  return h("span", { class: "unsupported", "data-testid": "unsupported" }, t("unsupported.element", { type: cell.type }));
}

function alignment(settings = {}) {
  return { textAlign: settings?.align ?? "left", whiteSpace: settings?.is_wrapped ? "normal" : "nowrap" };
}

export function table(block) {
  const settings = block.column_settings ?? [];
  const [head, ...rows] = block.rows;
  const cells = (tag, row) =>
    row.map((cell, index) => h(tag, { style: alignment(settings[index]), scope: tag === "th" ? "col" : null }, cellNode(cell)));
  return h(
    "div",
    { class: "table-frame", tabindex: "0" },
    h(
      "table",
      { class: "block-table", "data-testid": "table" },
      h("thead", {}, h("tr", {}, cells("th", head))),
      h("tbody", {}, rows.map((row) => h("tr", {}, cells("td", row)))),
    ),
  );
}

function sortKey(cell) {
  return cell.type === "raw_number" ? cell.value : h("div", {}, cellNode(cell)).textContent;
}

function compare(left, right) {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return String(left).localeCompare(String(right));
}

const DEFAULT_PAGE_SIZE = 5;

class DataTable {
  constructor(block) {
    this.block = block;
    this.size = block.page_size ?? DEFAULT_PAGE_SIZE;
    this.sortBy = null;
    this.isDescending = false;
    this.query = "";
    this.page = 0;
    this.body = h("tbody");
    this.headRow = h("tr");
    this.foot = h("div", { class: "table-foot" });
    this.node = h(
      "div",
      { class: "data-table", "data-testid": "data-table" },
      h("div", { class: "table-tools" }, h("span", { class: "table-caption" }, block.caption), this.search()),
      h(
        "div",
        { class: "table-frame", tabindex: "0" },
        h("table", { class: "block-table" }, h("caption", { class: "for-screen-readers" }, block.caption), h("thead", {}, this.headRow), this.body),
      ),
      this.foot,
    );
    this.show();
  }

  search() {
    const input = h("input", { type: "search", class: "table-search", "aria-label": t("table.search"), placeholder: t("table.search") });
    input.addEventListener("input", () => {
      this.query = input.value.normalize("NFKC").toLowerCase();
      this.page = 0;
      this.show();
    });
    return this.block.rows.length - 1 > this.size ? input : null;
  }

  rows() {
    const matches = (row) => row.some((cell) => String(h("i", {}, cellNode(cell)).textContent).normalize("NFKC").toLowerCase().includes(this.query));
    const rows = this.block.rows.slice(1).filter((row) => !this.query || matches(row));
    if (this.sortBy === null) return rows;
    const sorted = rows.toSorted((a, b) => compare(sortKey(a[this.sortBy]), sortKey(b[this.sortBy])));
    return this.isDescending ? sorted.reverse() : sorted;
  }

  sort(index) {
    this.isDescending = this.sortBy === index && !this.isDescending;
    this.sortBy = index;
    this.page = 0;
    this.show();
    this.headRow.children[index].querySelector("button").focus();
  }

  isNumeric(index) {
    return this.block.rows[1]?.[index]?.type === "raw_number";
  }

  headCell(cell, index) {
    const isSorted = this.sortBy === index;
    const name = h("i", {}, cellNode(cell)).textContent;
    const mark = isSorted ? (this.isDescending ? " ▼" : " ▲") : "";
    const direction = this.isDescending ? "descending" : "ascending";
    return h(
      "th",
      { scope: "col", "aria-sort": isSorted ? direction : null, class: this.isNumeric(index) ? "numeric" : null },
      h("button", { type: "button", class: "sort-button", "aria-label": t("table.sort", { name }), onclick: () => this.sort(index) }, cellNode(cell), mark),
    );
  }

  bodyCell(cell, index) {
    const isHead = index === (this.block.row_header_column_index ?? 0);
    const attributes = { class: cell.type === "raw_number" ? "numeric" : null, scope: isHead ? "row" : null };
    return h(isHead ? "th" : "td", attributes, cellNode(cell));
  }

  pageButton(label, mark, step, isAvailable) {
    const turn = () => {
      this.page += step;
      this.show();
    };
    return h("button", { type: "button", class: "icon-button", "aria-label": label, disabled: !isAvailable, onclick: turn }, mark);
  }

  show() {
    const rows = this.rows();
    const from = this.page * this.size;
    const shown = rows.slice(from, from + this.size);
    this.headRow.replaceChildren(...this.block.rows[0].map((cell, index) => this.headCell(cell, index)));
    this.body.replaceChildren(...shown.map((row) => h("tr", {}, row.map((cell, index) => this.bodyCell(cell, index)))));
    const range = { from: rows.length ? from + 1 : 0, to: from + shown.length, n: rows.length };
    this.foot.replaceChildren(
      h("span", { role: "status" }, t("table.page", range)),
      this.pageButton(t("table.previous"), "‹", -1, this.page > 0),
      this.pageButton(t("table.next"), "›", 1, from + this.size < rows.length),
    );
  }
}

export function dataTable(block) {
  return new DataTable(block).node;
}
