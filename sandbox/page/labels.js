// The page's own words, in both languages. What the bot says comes from the bot and is not here.

import { ja } from "./labels.ja.js";
import { en } from "./labels.en.js";

const CATALOGUE = { ja, en };
let current = "ja";

export function languageOf(locale) {
  return String(locale ?? "ja").startsWith("ja") ? "ja" : "en";
}

export function setLanguage(language) {
  current = language;
  document.documentElement.lang = language;
}

export function language() {
  return current;
}

// "{name}" in a label is replaced by values.name.
export function t(key, values = {}) {
  const label = CATALOGUE[current][key];
  if (label === undefined) throw new Error(`no label "${key}" in ${current}`);
  return label.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
