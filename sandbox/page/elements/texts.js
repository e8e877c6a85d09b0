// Text inputs: one line, several lines, number, email, URL, and rich text as plain lines.

import { h } from "../dom.js";
import { plainText } from "../mrkdwn.js";
import { bind, controlAttributes } from "./binding.js";

const TYPING_PAUSE_MS = 400;

function attributes(element, place) {
  return {
    ...controlAttributes(element, place),
    // A placeholder is a hint here, the label names the field.
    "aria-label": place.labelId ? null : place.name ?? (element.placeholder && plainText(element.placeholder)),
    class: "text-input",
    placeholder: element.placeholder ? plainText(element.placeholder) : null,
  };
}

function triggers(element) {
  return element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
}

function listen(input, element, place, binding, read) {
  let timer = null;
  input.addEventListener("input", () => {
    binding.keep(read(input));
    if (!place.dispatches || !triggers(element).includes("on_character_entered")) return;
    clearTimeout(timer);
    timer = setTimeout(() => binding.send(read(input)), TYPING_PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (!place.dispatches || !triggers(element).includes("on_enter_pressed")) return;
    if (element.multiline && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    binding.send(read(input));
  });
}

const asText = (input) => (input.value === "" ? null : input.value);

function line(type) {
  return (element, place) => {
    const binding = bind(element, place);
    const input = h("input", { ...attributes(element, place), type, value: binding.value ?? "", autocomplete: "off" });
    if (type === "number") input.step = element.is_decimal_allowed ? "any" : "1";
    listen(input, element, place, binding, asText);
    return input;
  };
}

export const numberInput = line("number");
export const emailInput = line("email");
export const urlInput = line("url");

export function plainTextInput(element, place) {
  if (!element.multiline) return line("text")(element, place);
  const binding = bind(element, place);
  const input = h("textarea", { ...attributes(element, place), rows: "4", value: binding.value ?? "" });
  listen(input, element, place, binding, asText);
  return input;
}

function toRichText(text) {
  if (text === "") return null;
  const section = { type: "rich_text_section", elements: [{ type: "text", text }] };
  return { type: "rich_text", elements: [section] };
}

function fromRichText(value) {
  const parts = value?.elements?.flatMap((part) => part.elements ?? []) ?? [];
  return parts.map((part) => part.text ?? "").join("");
}

export function richTextInput(element, place) {
  const binding = bind(element, place);
  const input = h("textarea", { ...attributes(element, place), rows: "4", value: fromRichText(binding.value) });
  listen(input, element, place, binding, (node) => toRichText(node.value));
  return input;
}
