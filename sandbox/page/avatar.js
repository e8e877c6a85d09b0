// A small square for a person or the app: a colour from the name, and its first letter.

import { h } from "./dom.js";

const COLORS = ["#7b5ea7", "#2a7f8e", "#b5532c", "#3f6fb0", "#8a6d1f", "#9c3f6b", "#3d7f45", "#5c5f8d"];

function colorFor(name) {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return COLORS[sum % COLORS.length];
}

export function avatar(name, isApp) {
  const style = isApp ? {} : { background: colorFor(name) };
  const [letter = "?"] = [...name.trim()];
  return h("span", { class: isApp ? "avatar avatar-app" : "avatar", style, "aria-hidden": "true" }, letter.toUpperCase());
}
