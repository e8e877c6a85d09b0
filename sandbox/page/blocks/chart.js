// data_visualization: the chart, its legend, and the same figures as a table for screen readers.

import { axisChart, FULL_WIDTH } from "../charts/axes.js";
import { carriesMark, colorOf } from "../charts/palette.js";
import { pieChart } from "../charts/pie.js";
import { h } from "../dom.js";
import { language, t } from "../labels.js";

function legendItem(label, index, note) {
  return h(
    "li",
    {},
    carriesMark(label) ? null : h("span", { class: "legend-mark", style: { background: colorOf(label, index) } }),
    label,
    note ? h("span", { class: "legend-note" }, note) : null,
  );
}

function legend(chart) {
  if (chart.type !== "pie") {
    return h("ul", { class: "legend" }, chart.series.map((one, index) => legendItem(one.name, index)));
  }
  const total = chart.segments.reduce((sum, segment) => sum + segment.value, 0);
  return h(
    "ul",
    { class: "legend" },
    chart.segments.map((segment, index) =>
      legendItem(segment.label, index, `${segment.value} (${Math.round((segment.value / total) * 100)}%)`),
    ),
  );
}

function hiddenTable(chart, title) {
  const isPie = chart.type === "pie";
  const rows = isPie
    ? chart.segments.map((segment) => [segment.label, segment.value])
    : chart.axis_config.categories.map((category) => [
        category,
        ...chart.series.map((one) => one.data.find((point) => point.label === category)?.value),
      ]);
  const heads = isPie ? [] : [h("tr", {}, h("th"), chart.series.map((one) => h("th", { scope: "col" }, one.name)))];
  // A table takes the room its rows need whatever its style says; the box around it does not.
  const table = h(
    "table",
    {},
    h("caption", {}, title),
    heads,
    rows.map(([label, ...values]) => h("tr", {}, h("th", { scope: "row" }, label), values.map((value) => h("td", {}, value)))),
  );
  return h("div", { class: "for-screen-readers" }, table);
}

// Draws again when the room changes, so that a chart is as readable on a phone as on a desk.
function fittedChart(chart, title) {
  const holder = h("div", { class: "chart-room" });
  let drawn = 0;
  const draw = (room) => {
    const width = Math.round(Math.min(FULL_WIDTH, Math.max(240, room)));
    if (Math.abs(width - drawn) < 8) return;
    drawn = width;
    holder.replaceChildren(axisChart(chart, title, language(), width));
  };
  new ResizeObserver(() => holder.isConnected && draw(holder.clientWidth)).observe(holder);
  draw(Math.min(FULL_WIDTH, innerWidth - 100));
  return holder;
}

const KINDS = ["line", "bar", "area", "pie"];

export function dataVisualization(block) {
  const { chart, title } = block;
  if (!KINDS.includes(chart?.type)) {
    return h("div", { class: "unsupported", "data-testid": "unsupported" }, t("unsupported.block", { type: `data_visualization ${chart?.type}` }));
  }
  const drawn = chart.type === "pie" ? pieChart(chart, title) : fittedChart(chart, title);
  return h(
    "figure",
    { class: "chart-figure", "data-testid": "chart" },
    h("figcaption", {}, title),
    h("div", { class: chart.type === "pie" ? "chart-body chart-body-pie" : "chart-body" }, drawn, legend(chart)),
    hiddenTable(chart, title),
  );
}
