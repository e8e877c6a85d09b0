// Checkboxes and radio buttons.

import { freshId, h } from "../dom.js";
import { textNode } from "../mrkdwn.js";
import { bind } from "./binding.js";

function row(kind, group, option, isChecked, change) {
  const id = freshId(kind);
  const input = h("input", { type: kind, id, name: group, checked: isChecked, onchange: change });
  const node = h(
    "div",
    { class: "choice-row" },
    input,
    h(
      "label",
      { for: id },
      h("span", {}, textNode(option.text)),
      option.description ? h("span", { class: "choice-description" }, textNode(option.description)) : null,
    ),
  );
  return { input, node };
}

function group(element, place, role, rows) {
  return h(
    "div",
    {
      class: "choice-rows",
      role,
      "aria-labelledby": place.labelId ?? null,
      "aria-label": place.labelId ? null : place.name ?? null,
      "aria-describedby": place.describedBy ?? null,
      "data-action-id": element.action_id,
    },
    rows.map(({ node }) => node),
  );
}

export function checkboxes(element, place) {
  const binding = bind(element, place);
  let chosen = new Set(binding.value.map((option) => option.value));
  const name = freshId("group");
  const rows = element.options.map((option, index) => {
    const { input, node } = row("checkbox", name, option, chosen.has(option.value), toggle);
    input.dataset.field = `${binding.field}/${index}`;
    return { input, node };
  });

  async function toggle() {
    const before = chosen;
    const options = element.options.filter((option, index) => rows[index].input.checked);
    chosen = new Set(options.map((option) => option.value));
    if (await binding.choose(options)) return;
    chosen = before;
    rows.forEach(({ input }, index) => {
      input.checked = before.has(element.options[index].value);
    });
  }

  return group(element, place, "group", rows);
}

export function radioButtons(element, place) {
  const binding = bind(element, place);
  let chosen = binding.value?.value ?? null;
  const name = freshId("group");
  const rows = element.options.map((option, index) => {
    const made = row("radio", name, option, option.value === chosen, () => pick(option));
    made.input.dataset.field = `${binding.field}/${index}`;
    return made;
  });

  async function pick(option) {
    if (await binding.choose(option)) {
      chosen = option.value;
      return;
    }
    rows.forEach(({ input }, index) => {
      input.checked = element.options[index].value === chosen;
    });
  }

  return group(element, place, "radiogroup", rows);
}
