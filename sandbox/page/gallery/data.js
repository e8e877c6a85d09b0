// Samples of tables and charts.

const raw = (text) => ({ type: "raw_text", text });
const number = (value, text = String(value)) => ({ type: "raw_number", value, text });
const rich = (text) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text, style: { bold: true } }] }] });
const NAMES = ["アクメ商事", "ベータ物流", "ガンマ食品", "デルタ社", "イプシロン社", "ゼータ工業", "イータ社", "シータ社"];

function series(name, labels, values) {
  return { name, data: labels.map((label, index) => ({ label, value: values[index] })) };
}

const DAYS = ["8/24", "8/31", "9/7", "9/14", "9/21", "9/28", "10/5", "10/12", "10/19", "10/26", "11/2", "11/9", "11/16", "11/20"];
const SCORES = [74, 73, 75, 72, 71, 74, 73, 71, 70, 66, 61, 55, 51, 48];
const WEEKS = ["10/26週", "11/2週", "11/9週", "11/16週"];

function chart(title, body) {
  return { type: "data_visualization", title, chart: body };
}

export const DATA = [
  {
    name: "table",
    blocks: [
      {
        type: "table",
        column_settings: [{ is_wrapped: true }, { align: "right" }, { align: "center" }],
        rows: [[raw("顧客"), raw("ARR"), raw("状態")], [rich("アクメ商事"), raw("480万円"), raw("🔴")], [raw("ベータ物流"), raw("620万円"), raw("🟢")]],
      },
    ],
  },
  {
    name: "data_table",
    blocks: [
      {
        type: "data_table",
        caption: "担当顧客",
        page_size: 5,
        rows: [[raw("顧客"), raw("ヘルススコア"), raw("状態")], ...NAMES.map((name, index) => [raw(name), number((index * 37) % 100), raw(["🔴", "🟡", "🟢"][index % 3])])],
      },
    ],
  },
  { name: "line chart", blocks: [chart("ヘルススコア(90日)", { type: "line", series: [series("ヘルススコア", DAYS, SCORES), series("しきい値", DAYS, DAYS.map(() => 50))], axis_config: { categories: DAYS, x_label: "日付", y_label: "点" } })] },
  { name: "bar chart", blocks: [chart("状態別の社数", { type: "bar", series: [series("🔴 高リスク", WEEKS, [3, 4, 3, 5]), series("🟡 中リスク", WEEKS, [8, 7, 6, 6]), series("🟢 良好", WEEKS, [25, 25, 27, 25])], axis_config: { categories: WEEKS } })] },
  { name: "bar chart below zero", blocks: [chart("点数の増減", { type: "bar", series: [series("増減", WEEKS, [-12, 4, -3, 8])], axis_config: { categories: WEEKS, y_label: "点" } })] },
  { name: "area chart", blocks: [chart("ログイン数", { type: "area", series: [series("今年", WEEKS, [12400, 13800, 12900, 9100]), series("前年", WEEKS, [10100, 10400, 11000, 11200])], axis_config: { categories: WEEKS } })] },
  { name: "pie chart", blocks: [chart("担当38社の内訳", { type: "pie", segments: [{ label: "🔴 高リスク", value: 3 }, { label: "🟡 中リスク", value: 6 }, { label: "🟢 良好", value: 27 }, { label: "⚪ 判定不可", value: 2 }] })] },
  { name: "pie with one segment", blocks: [chart("全部同じ", { type: "pie", segments: [{ label: "良好", value: 4 }] })] },
];
