// Samples of the blocks that carry text and layout.

const plain = (text) => ({ type: "plain_text", text, emoji: true });
const mrkdwn = (text) => ({ type: "mrkdwn", text });
const PICTURE = "data:image/svg+xml," + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"><rect width="120" height="60" fill="#d9e8f5"/><path d="M0 50 30 30 60 40 120 8V60H0z" fill="#1264a3"/></svg>');
const button = (text, id, more = {}) => ({ type: "button", text: plain(text), action_id: id, value: "1", ...more });

const section = (...elements) => ({ type: "rich_text_section", elements });
const text = (value, style) => ({ type: "text", text: value, ...(style ? { style } : {}) });

export const LAYOUT = [
  { name: "header", blocks: [{ type: "header", text: plain("🔴 高リスク|アクメ商事:利用が急減しています") }] },
  {
    name: "section mrkdwn",
    blocks: [
      {
        type: "section",
        text: mrkdwn(
          "*太字* _斜体_ ~取り消し~ `code` <https://example.com/a?b=1&amp;c=2|リンク> <@U1> <@U2> <#C1> <!here> :red_circle: :tada:\n" +
            "&lt;b&gt;タグではない&lt;/b&gt; 2 &lt; 3 &amp; 5\n&gt; 引用の1行目\n&gt; 引用の2行目\n日付 <!date^1795132800^{date_short_pretty} {time}|11/20>\n```\nconst a = 1 < 2;\n```\n*隙間なし*です snake_case_name 3*4*5",
        ),
      },
    ],
  },
  {
    name: "section fields and accessories",
    blocks: [
      { type: "section", fields: [mrkdwn("*担当者*\n<@U1>"), mrkdwn("*更新日*\n2027/3/31(水)"), mrkdwn("*ARR*\n480万円"), mrkdwn("*席数*\n42")] },
      { type: "section", text: mrkdwn("*ベータ物流*:更新90日前レビューの資料(2日超過)620万円"), accessory: button("完了", "done", { style: "primary" }) },
      { type: "section", text: mrkdwn("*ガンマ食品*:入金遅延の確認 180万円"), accessory: { type: "overflow", action_id: "more", options: [{ text: plain("期限を変更"), value: "a" }, { text: plain("担当を変更"), value: "b", description: plain("別の人に渡す") }] } },
      { type: "section", text: mrkdwn("画像つき"), accessory: { type: "image", image_url: PICTURE, alt_text: "グラフ" } },
    ],
  },
  {
    name: "context, divider",
    blocks: [
      { type: "context", elements: [{ type: "image", image_url: PICTURE, alt_text: "印" }, mrkdwn("11/20(金) 06:00時点/11指標中10指標で算出"), plain("3人が見ました")] },
      { type: "divider" },
    ],
  },
  {
    name: "actions",
    blocks: [
      {
        type: "actions",
        elements: [
          button("対応する", "claim", { style: "primary" }),
          button("打診した・返信待ち", "wait"),
          button("誤検知", "false", { style: "danger", confirm: { title: plain("誤検知にしますか"), text: mrkdwn("*アクメ商事* のアラートを閉じます。"), confirm: plain("閉じる"), deny: plain("やめる"), style: "danger" } }),
          button("外部リンク", "url", { url: "https://example.com/" }),
          { type: "static_select", action_id: "pick", placeholder: plain("人を選ぶ"), options: [{ text: plain("佐藤"), value: "1" }, { text: plain("田中"), value: "2" }] },
          { type: "datepicker", action_id: "day", initial_date: "2026-12-04" },
          { type: "overflow", action_id: "menu", options: [{ text: plain("根拠を見る"), value: "w" }] },
        ],
      },
    ],
  },
  {
    name: "context_actions",
    blocks: [
      {
        type: "context_actions",
        elements: [
          { type: "feedback_buttons", action_id: "fb", positive_button: { text: plain("よい"), value: "y" }, negative_button: { text: plain("よくない"), value: "n" } },
          { type: "icon_button", icon: "trash", text: plain("削除"), action_id: "del" },
        ],
      },
    ],
  },
  { name: "image", blocks: [{ type: "image", image_url: PICTURE, alt_text: "利用の推移", title: plain("利用の推移") }] },
  { name: "video", blocks: [{ type: "video", title: plain("使い方の動画"), title_url: "https://example.com/v", video_url: "https://example.com/v", thumbnail_url: PICTURE, alt_text: "動画", description: plain("3分") }] },
  {
    name: "markdown",
    blocks: [
      {
        type: "markdown",
        text: "# 見出し1\n## 見出し2\n**太字**と*斜体*、~~取消~~、`code`、[リンク](https://example.com)\n\n- 一つ\n- 二つ\n  1. 入れ子\n  2. もう一つ\n- [x] 済み\n- [ ] まだ\n\n> 引用です\n\n| 顧客 | ARR |\n|:--|--:|\n| アクメ商事 | 480万円 |\n| ベータ物流 | 620万円 |\n\n```\n<script>alert(1)</script>\n```\n\n---\n終わり",
      },
    ],
  },
  {
    name: "rich_text",
    blocks: [
      {
        type: "rich_text",
        elements: [
          section(text("太字", { bold: true }), text(" 斜体 ", { italic: true }), text("取消", { strike: true }), text(" code ", { code: true }), { type: "emoji", name: "tada" }, { type: "user", user_id: "U1" }, { type: "channel", channel_id: "C1" }, { type: "link", url: "https://example.com", text: "リンク" }, { type: "broadcast", range: "here" }, { type: "color", value: "#d7263d" }, { type: "date", timestamp: 1795132800, format: "{date_long} {time}", fallback: "11/20" }),
          { type: "rich_text_list", style: "bullet", elements: [section(text("一つ")), section(text("二つ"))] },
          { type: "rich_text_list", style: "bullet", indent: 1, elements: [section(text("内側"))] },
          { type: "rich_text_list", style: "ordered", offset: 2, elements: [section(text("三番目")), section(text("四番目"))] },
          { type: "rich_text_quote", elements: [text("引用文")] },
          { type: "rich_text_preformatted", elements: [text("SELECT 1 < 2;")] },
        ],
      },
    ],
  },
  {
    name: "alert",
    blocks: ["default", "info", "warning", "error", "success"].map((level) => ({ type: "alert", level, text: mrkdwn(`*${level}* 押すまで何も保存されません`) })),
  },
  {
    name: "card, carousel",
    blocks: [
      { type: "card", title: mrkdwn("*アクメ商事*"), subtitle: mrkdwn("エンタープライズ"), body: mrkdwn("ヘルススコア 71 → 48"), slack_icon: { type: "icon", name: "warning" }, actions: [button("見る", "see"), button("対応する", "go", { style: "primary" })], subtext: mrkdwn("06:00時点") },
      { type: "carousel", elements: ["アクメ商事", "ベータ物流", "ガンマ食品", "デルタ社"].map((name, index) => ({ type: "card", block_id: `card-${index}`, hero_image: { type: "image", image_url: PICTURE, alt_text: name }, title: mrkdwn(name), body: mrkdwn("更新まで90日"), actions: [button("見る", `see-${index}`)] })) },
    ],
  },
  {
    name: "container",
    blocks: [
      { type: "container", title: plain("今日の対応 4件"), subtitle: plain("担当38社"), has_header_divider: true, child_blocks: [{ type: "section", text: mrkdwn("一つ目"), accessory: button("完了", "c1") }, { type: "divider" }, { type: "context", elements: [mrkdwn("ほか3件")] }] },
      { type: "container", title: plain("たたんだもの"), is_collapsible: true, default_collapsed: true, child_blocks: [{ type: "section", text: mrkdwn("中身") }] },
    ],
  },
  {
    name: "plan, task_card",
    blocks: [
      { type: "plan", title: "利用低下フォロー", tasks: [{ task_id: "1", title: "打ち合わせを打診", status: "complete" }, { task_id: "2", title: "原因の確認", status: "in_progress", details: { type: "rich_text", elements: [section(text("推進担当者に聞く"))] } }, { task_id: "3", title: "効果の確認", status: "pending" }] },
      { type: "task_card", task_id: "4", title: "入金の確認", status: "error", sources: [{ type: "url", url: "https://example.com/i", text: "請求書" }] },
    ],
  },
  { name: "unknown", blocks: [{ type: "hologram" }, { type: "actions", elements: [{ type: "lever", action_id: "x" }] }] },
];
