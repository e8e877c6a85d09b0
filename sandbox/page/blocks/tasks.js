// plan, task_card and alert.

import { h, link } from "../dom.js";
import { t } from "../labels.js";
import { textNode } from "../mrkdwn.js";
import { richText } from "../richtext.js";

const MARKS = { pending: "○", in_progress: "◔", complete: "✓", error: "!" };

function task(one) {
  const status = MARKS[one.status] ? one.status : "pending";
  return h(
    "div",
    { class: `task task-${status}`, "data-testid": "task" },
    h("span", { class: "task-mark", role: "img", "aria-label": t(`task.${status}`) }, MARKS[status]),
    h(
      "div",
      { class: "task-main" },
      h("div", { class: "task-title" }, one.title),
      one.details ? richText(one.details) : null,
      one.output ? h("div", { class: "task-output" }, richText(one.output)) : null,
      one.sources?.length
        ? h("div", { class: "task-sources" }, one.sources.map((source) => link(source.url, source.text)))
        : null,
    ),
  );
}

export function taskCard(block) {
  return h("div", { class: "block-task" }, task(block));
}

export function plan(block) {
  return h(
    "section",
    { class: "plan", "data-testid": "plan" },
    h("div", { class: "plan-title" }, typeof block.title === "string" ? block.title : textNode(block.title)),
    (block.tasks ?? []).map(task),
  );
}

const ALERT_MARKS = { default: "ℹ", info: "ℹ", warning: "⚠", error: "⛔", success: "✓" };

export function alert(block) {
  const level = ALERT_MARKS[block.level] ? block.level : "default";
  return h(
    "div",
    { class: `alert alert-${level}`, role: level === "error" ? "alert" : "note", "data-testid": "alert" },
    h("span", { class: "alert-mark", "aria-hidden": "true" }, ALERT_MARKS[level]),
    h("span", {}, textNode(block.text)),
  );
}
