// Pie charts.

import { svg } from "../dom.js";
import { colorOf } from "./palette.js";

const SIZE = 200;
const RADIUS = 92;
// An arc that ends where it began draws nothing; from here on the slice is a whole disc.
const FULL = 0.9999;

function point(share) {
  const angle = share * 2 * Math.PI - Math.PI / 2;
  return `${(SIZE / 2 + RADIUS * Math.cos(angle)).toFixed(2)} ${(SIZE / 2 + RADIUS * Math.sin(angle)).toFixed(2)}`;
}

function slice(segment, from, share, index) {
  const fill = colorOf(segment.label, index);
  const tip = svg("title", {}, `${segment.label}: ${segment.value} (${Math.round(share * 100)}%)`);
  if (share > FULL) return svg("circle", { class: "chart-slice", cx: SIZE / 2, cy: SIZE / 2, r: RADIUS, fill }, tip);

  const to = from + share;
  const far = share > 0.5 ? 1 : 0;
  const d = `M${SIZE / 2} ${SIZE / 2} L${point(from)} A${RADIUS} ${RADIUS} 0 ${far} 1 ${point(to)} Z`;
  return svg("path", { class: "chart-slice", d, fill }, tip);
}

export function pieChart(chart, label) {
  const total = chart.segments.reduce((sum, segment) => sum + segment.value, 0);
  let from = 0;
  const slices = chart.segments.map((segment, index) => {
    const share = segment.value / total;
    const node = slice(segment, from, share, index);
    from += share;
    return node;
  });
  return svg("svg", { class: "chart chart-pie", viewBox: `0 0 ${SIZE} ${SIZE}`, role: "img", "aria-label": label }, slices);
}
