// Date, time, and date with time.

import { h } from "../dom.js";
import { epochToWall, wallToEpoch } from "../when.js";
import { bind, controlAttributes } from "./binding.js";

function picker(type, toText, fromText) {
  return (element, place) => {
    const binding = bind(element, place);
    let shown = binding.value === null ? "" : toText(binding.value);
    const input = h("input", { ...controlAttributes(element, place), type, class: "text-input date-input", value: shown });
    input.addEventListener("change", async () => {
      if (input.value === shown) return;
      const isKept = await binding.choose(input.value === "" ? null : fromText(input.value));
      if (isKept) shown = input.value;
      else input.value = shown;
    });
    return input;
  };
}

const same = (text) => text;

export const datepicker = picker("date", same, same);
export const timepicker = picker("time", same, same);
export const datetimepicker = picker("datetime-local", epochToWall, wallToEpoch);
