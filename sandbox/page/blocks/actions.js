// Rows of controls.

import { h } from "../dom.js";
import { renderElement } from "../elements/index.js";

export function actions(block, place) {
  return h("div", { class: "block-actions" }, block.elements.map((element) => renderElement(element, place)));
}

export function contextActions(block, place) {
  const row = block.elements.map((element) => renderElement(element, place));
  return h("div", { class: "block-actions block-context-actions" }, row);
}
