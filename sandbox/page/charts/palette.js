// Colours of series and segments. A label that carries a coloured mark is drawn in that colour,
// so that a band looks the same in the chart and in the text.

const SERIES = ["#1264a3", "#e8912d", "#2bac76", "#8d3fb0", "#d6336c", "#0b7c8f", "#7a5c3e", "#5b6abf", "#a3a829", "#c2562d", "#4f7f52", "#77787a"];

const MARKS = [
  ["🔴", "#d7263d"],
  ["🟠", "#e8912d"],
  ["🟡", "#e0b000"],
  ["🟢", "#2bac76"],
  ["🔵", "#1264a3"],
  ["🟣", "#8d3fb0"],
  ["⚪", "#a5a5a9"],
  ["⚫", "#454447"],
];

export function carriesMark(label) {
  return MARKS.some(([character]) => label.includes(character));
}

export function colorOf(label, index) {
  const mark = MARKS.find(([character]) => label.includes(character));
  return mark ? mark[1] : SERIES[index % SERIES.length];
}
