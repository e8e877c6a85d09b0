// An input block: label, control, hint, and the place where its error appears.

import { freshId, h } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { t } from "../labels.js";
import { textNode } from "../mrkdwn.js";

export function fieldError(sentence, id) {
  return h("div", { class: "field-error", id, role: "alert", "data-testid": "field-error" }, "⚠ ", sentence);
}

export function input(block, place) {
  const labelId = freshId("label");
  const noteId = freshId("note");
  const error = place.surface.errors[block.block_id];
  const control = renderElement(block.element, {
    ...place,
    labelId,
    describedBy: block.hint || error ? noteId : null,
    isInput: true,
    isRequired: !block.optional,
    dispatches: block.dispatch_action === true,
  });
  const label = h(
    "div",
    { class: "input-label" },
    h("span", { id: labelId }, textNode(block.label)),
    block.optional ? h("span", { class: "input-optional" }, t("field.optional")) : null,
  );
  label.addEventListener("click", () => control.querySelector?.("input,textarea")?.focus() ?? control.focus?.());
  return h(
    "div",
    { class: error ? "block-input has-error" : "block-input" },
    label,
    control,
    error ? fieldError(error, noteId) : null,
    block.hint ? h("div", { class: "input-hint", id: error ? null : noteId }, textNode(block.hint)) : null,
  );
}
