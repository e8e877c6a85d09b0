// Line, bar and area charts: frame, grid, labels and the marks themselves.

import { svg } from "../dom.js";
import { colorOf } from "./palette.js";
import { axisTicks, linear, shortNumber } from "./scale.js";

export const FULL_WIDTH = 560;
const HEIGHT = 260;
const LABEL_WIDTH = 7;
const WIDE_LABEL_WIDTH = 12;

function textWidth(text) {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? WIDE_LABEL_WIDTH : LABEL_WIDTH), 0);
}

// Which category labels fit: every nth, so that neighbours never touch. The last one is the day
// people look for, so counting starts from the end.
function visibleEvery(categories, slot) {
  const widest = Math.max(...categories.map(textWidth)) + 10;
  return Math.max(1, Math.ceil(widest / slot));
}

function layout({ series, axis_config: axis, type }, locale, width) {
  const { categories } = axis;
  const values = series.flatMap((one) => one.data.map((point) => point.value));
  const ticks = axisTicks(values, type !== "line");
  const tickTexts = ticks.map((tick) => shortNumber(tick, locale));
  const left = Math.max(...tickTexts.map(textWidth)) + 14;
  const plot = { left, right: width - 14, top: axis.y_label ? 30 : 12, bottom: HEIGHT - (axis.x_label ? 46 : 28) };
  const slot = (plot.right - plot.left) / categories.length;
  return {
    axis, categories, ticks, tickTexts, plot, slot, width,
    x: (index) => plot.left + slot * (index + 0.5),
    y: linear(ticks[0], ticks.at(-1), plot.bottom, plot.top),
  };
}

function grid({ ticks, tickTexts, plot, y }) {
  return ticks.flatMap((tick, index) => [
    svg("line", { class: tick === 0 ? "chart-zero" : "chart-grid", x1: plot.left, x2: plot.right, y1: y(tick), y2: y(tick) }),
    svg("text", { class: "chart-tick", x: plot.left - 8, y: y(tick) + 4, "text-anchor": "end" }, tickTexts[index]),
  ]);
}

function categoryLabels({ categories, plot, slot, x, width }) {
  const every = visibleEvery(categories, slot);
  return categories
    .map((category, index) => ({ category, index }))
    .filter(({ index }) => (categories.length - 1 - index) % every === 0)
    .map(({ category, index }) => {
      const half = textWidth(category) / 2;
      const at = Math.min(Math.max(x(index), half), width - half);
      return svg("text", { class: "chart-tick", x: at, y: plot.bottom + 18, "text-anchor": "middle" }, category);
    });
}

function axisLabels({ axis, plot }) {
  return [
    axis.x_label && svg("text", { class: "chart-axis", x: (plot.left + plot.right) / 2, y: HEIGHT - 6, "text-anchor": "middle" }, axis.x_label),
    axis.y_label && svg("text", { class: "chart-axis", x: 4, y: 14 }, axis.y_label),
  ];
}

function valuesOf(one, categories) {
  const byLabel = new Map(one.data.map((point) => [point.label, point.value]));
  return categories.map((category) => byLabel.get(category));
}

function tip(one, category, value) {
  return svg("title", {}, `${one.name} · ${category}: ${value}`);
}

function path(values, { x, y }) {
  return values.map((value, index) => `${index ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join(" ");
}

function line(one, color, frame, withArea) {
  const values = valuesOf(one, frame.categories);
  const base = frame.y(Math.max(0, frame.ticks[0]));
  const area = `${path(values, frame)} L${frame.x(values.length - 1)} ${base} L${frame.x(0)} ${base} Z`;
  const radius = values.length > 12 ? 2.5 : 3.5;
  return [
    withArea && svg("path", { class: "chart-area", d: area, fill: color }),
    svg("path", { class: "chart-line", d: path(values, frame), stroke: color }),
    values.map((value, index) =>
      svg("circle", { class: "chart-point", cx: frame.x(index), cy: frame.y(value), r: radius, fill: color }, tip(one, frame.categories[index], value)),
    ),
  ];
}

function bars(one, color, frame, place, count) {
  const width = Math.min(36, (frame.slot * 0.76) / count);
  const zero = frame.y(0);
  return valuesOf(one, frame.categories).map((value, index) => {
    const left = frame.x(index) - (width * count) / 2 + width * place;
    const top = Math.min(frame.y(value), zero);
    const height = Math.max(Math.abs(frame.y(value) - zero), 0.5);
    return svg("rect", { class: "chart-bar", x: left, y: top, width: Math.max(1, width - 2), height, fill: color, rx: 2 }, tip(one, frame.categories[index], value));
  });
}

function marks(chart, frame) {
  return chart.series.map((one, index) => {
    const color = colorOf(one.name, index);
    if (chart.type === "bar") return bars(one, color, frame, index, chart.series.length);
    return line(one, color, frame, chart.type === "area");
  });
}

// `width` in pixels as the chart will stand on the screen, so that its letters keep their size.
export function axisChart(chart, label, locale, width) {
  const frame = layout(chart, locale, width);
  return svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": label },
    grid(frame),
    categoryLabels(frame),
    axisLabels(frame),
    marks(chart, frame),
  );
}
