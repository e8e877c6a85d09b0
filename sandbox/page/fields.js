// Finds the value-holding elements of a list of blocks, and checks what a person entered the way
// Slack's own client does before a form is sent.

import { holdsValue, isEmptyValue } from "./form.js";
import { t } from "./labels.js";

function elementsOf(block) {
  const own = block.elements ?? [];
  const inner = (block.child_blocks ?? []).flatMap((child) => listFields([child]));
  const single = [block.element, block.accessory].filter(Boolean);
  return [...single, ...own.filter((element) => element?.action_id)]
    .filter((element) => holdsValue(element))
    .map((element) => ({ block, element }))
    .concat(inner);
}

export function listFields(blocks) {
  return blocks.flatMap(elementsOf);
}

export function fieldAddresses(blocks, form) {
  return new Set(
    listFields(blocks).map(({ block, element }) => form.address(block.block_id, element.action_id)),
  );
}

function checkLength(element, value) {
  if (element.min_length && value.length < element.min_length) {
    return t("field.tooShort", { n: element.min_length });
  }
  if (element.max_length && value.length > element.max_length) {
    return t("field.tooLong", { n: element.max_length });
  }
  return null;
}

function checkNumber(element, value) {
  const number = Number(value);
  if (!Number.isFinite(number)) return t("field.number");
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return t("field.integer");
  const { min_value: low, max_value: high } = element;
  if (low !== undefined && number < Number(low)) return t("field.min", { n: low });
  if (high !== undefined && number > Number(high)) return t("field.max", { n: high });
  return null;
}

const CHECKS = {
  plain_text_input: checkLength,
  number_input: checkNumber,
  email_text_input: (element, value) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value) ? null : t("field.email"),
  url_text_input: (element, value) =>
    /^https?:\/\/[^\s/]+/.test(value) ? null : t("field.url"),
};

function problemOf(block, element, form) {
  const value = form.read(block.block_id, element);
  if (isEmptyValue(value)) return block.optional ? null : t("field.required");
  return CHECKS[element.type]?.(element, value) ?? null;
}

// {block_id: sentence} for every input block that cannot be sent as it stands.
export function findProblems(blocks, form) {
  const problems = {};
  for (const { block, element } of listFields(blocks)) {
    if (block.type !== "input") continue;
    const problem = problemOf(block, element, form);
    if (problem) problems[block.block_id] = problem;
  }
  return problems;
}
