// Samples of every input.

const plain = (text) => ({ type: "plain_text", text, emoji: true });
const options = ["返信待ち", "連絡つかず", "顧客都合で不要"].map((text, index) => ({ text: plain(text), value: `o${index}`, description: plain(`説明 ${index + 1}`) }));
const groups = [{ label: plain("社内"), options: options.slice(0, 1) }, { label: plain("顧客"), options: options.slice(1) }];

function input(name, element, more = {}) {
  return { type: "input", block_id: name, label: plain(name), element: { action_id: `${name}-a`, ...element }, ...more };
}

export const FORMS = [
  {
    name: "text inputs",
    blocks: [
      input("所感", { type: "plain_text_input", multiline: true, placeholder: plain("一行で") }, { hint: plain("最後に閉じるときは必須です。") }),
      input("一行", { type: "plain_text_input", initial_value: "初めの値" }, { optional: true }),
      input("件数", { type: "number_input", is_decimal_allowed: false, min_value: "1", max_value: "9" }),
      input("メール", { type: "email_text_input" }),
      input("URL", { type: "url_text_input" }),
      input("リッチ", { type: "rich_text_input" }, { optional: true }),
    ],
    errors: { 件数: "1以上の値を入力してください。" },
  },
  {
    name: "selects",
    blocks: [
      input("結果", { type: "static_select", options, initial_option: options[0] }),
      input("組分け", { type: "static_select", option_groups: groups, placeholder: plain("選ぶ") }, { optional: true }),
      input("複数", { type: "multi_static_select", options, initial_options: options.slice(0, 2) }),
      input("顧客", { type: "external_select", min_query_length: 1, placeholder: plain("名前の一部") }),
      input("担当者", { type: "users_select", initial_user: "U1" }),
      input("担当者たち", { type: "multi_users_select" }),
      input("チャンネル", { type: "channels_select" }),
      input("送り先", { type: "conversations_select", initial_conversation: "C1" }),
    ],
  },
  {
    name: "dates and choices",
    blocks: [
      input("次の日付", { type: "datepicker", initial_date: "2026-11-24" }),
      input("時刻", { type: "timepicker", initial_time: "08:30" }),
      input("日時", { type: "datetimepicker", initial_date_time: 1795132800 }),
      input("きっかけ", { type: "radio_buttons", options: options.slice(0, 2), initial_option: options[0] }),
      input("働く日", { type: "checkboxes", options, initial_options: [options[1]] }),
      input("添付", { type: "file_input", filetypes: ["csv", "xlsx"], max_files: 2 }, { optional: true }),
    ],
  },
];
