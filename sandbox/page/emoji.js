// Short codes to characters, for the codes bots use. An unknown code stays as it was written,
// as Slack shows it.

const CODES = {
  red_circle: "🔴", large_yellow_circle: "🟡", yellow_circle: "🟡", large_green_circle: "🟢",
  green_circle: "🟢", white_circle: "⚪", black_circle: "⚫", large_blue_circle: "🔵",
  large_orange_circle: "🟠", large_purple_circle: "🟣", white_check_mark: "✅",
  heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", warning: "⚠️",
  no_entry: "⛔", bell: "🔔", no_bell: "🔕", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️",
  clock3: "🕒", hourglass_flowing_sand: "⏳", alarm_clock: "⏰", memo: "📝", pencil: "📝",
  clipboard: "📋", page_facing_up: "📄", bookmark_tabs: "📑", file_folder: "📁", inbox_tray: "📥",
  outbox_tray: "📤", email: "✉️", telephone_receiver: "📞", speech_balloon: "💬",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", arrow_upper_right: "↗️",
  arrow_lower_right: "↘️", arrows_counterclockwise: "🔄", "+1": "👍", thumbsup: "👍",
  "-1": "👎", thumbsdown: "👎", eyes: "👀", raised_hands: "🙌", clap: "👏", pray: "🙏",
  muscle: "💪", wave: "👋", tada: "🎉", sparkles: "✨", star: "⭐", fire: "🔥", bulb: "💡",
  mag: "🔍", link: "🔗", lock: "🔒", key: "🔑", gear: "⚙️", wrench: "🔧", rocket: "🚀",
  robot_face: "🤖", busts_in_silhouette: "👥", bust_in_silhouette: "👤", office: "🏢",
  yen: "💴", moneybag: "💰", credit_card: "💳", receipt: "🧾", handshake: "🤝", sos: "🆘",
  information_source: "ℹ️", question: "❓", exclamation: "❗", heart: "❤️", smile: "😄",
  slightly_smiling_face: "🙂", thinking_face: "🤔", white_medium_square: "◻️", zzz: "💤",
  speaking_head_in_silhouette: "🗣️", one: "1️⃣", two: "2️⃣", three: "3️⃣", books: "📚", pushpin: "📌", label: "🏷️", zap: "⚡",
};

export const REACTIONS = ["+1", "eyes", "white_check_mark", "raised_hands", "pray", "tada", "bulb", "heart", "speaking_head_in_silhouette"];

// Skin tones ("+1::skin-tone-2") fall back to the plain character.
export function findEmoji(name) {
  return CODES[name.split("::")[0]] ?? null;
}

export function emojify(text) {
  return text.replace(/:([a-z0-9_+-]+(?:::skin-tone-\d)?):/g, (whole, name) => findEmoji(name) ?? whole);
}
