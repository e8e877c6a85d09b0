// Dates and times as the person sees them: in their zone and language, "today" by the sandbox's
// clock and never by the computer's.

let zone = "Asia/Tokyo";
let locale = "ja-JP";
let today = new Date(0);

export function setClock({ tz, language, now }) {
  zone = tz || "Asia/Tokyo";
  locale = language === "ja" ? "ja-JP" : "en-GB";
  today = readInstant(now);
}

// Takes seconds, milliseconds or an ISO text.
export function readInstant(value) {
  if (typeof value === "number" || /^\d+(\.\d+)?$/.test(String(value))) {
    const number = Number(value);
    return new Date(number > 1e11 ? number : number * 1000);
  }
  const parsed = new Date(value);
  return Number.isNaN(parsed.getTime()) ? new Date(0) : parsed;
}

function format(date, options) {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(date);
}

export function dayKey(date) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(date);
}

export function formatTime(date, seconds = false) {
  return format(date, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(seconds ? { second: "2-digit" } : {}),
  });
}

export function formatDay(date) {
  const sameYear = dayKey(date).slice(0, 4) === dayKey(today).slice(0, 4);
  const year = sameYear ? {} : { year: "numeric" };
  return format(date, { ...year, month: "long", day: "numeric", weekday: "long" });
}

export function formatToday() {
  return format(today, { month: "short", day: "numeric", weekday: "short", year: "numeric" });
}

export function formatStamp(date) {
  return `${format(date, { month: "long", day: "numeric" })} ${formatTime(date)}`;
}

// -1 yesterday, 0 today, 1 tomorrow, null further away.
function nearToday(date) {
  const days = (Date.parse(dayKey(date)) - Date.parse(dayKey(today))) / 86400000;
  return Math.abs(days) <= 1 ? days : null;
}

export function prettyDay(date, words, further = formatDay) {
  const near = nearToday(date);
  return near === null ? further(date) : words[near + 1];
}

function ago(date) {
  const minutes = Math.round((date - today) / 60000);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
  if (Math.abs(minutes) < 1440) return relative.format(Math.round(minutes / 60), "hour");
  return relative.format(Math.round(minutes / 1440), "day");
}

const TOKENS = {
  date_num: (date) => dayKey(date),
  date_slash: (date) => dayKey(date).replaceAll("-", "/"),
  date: (date) => format(date, { year: "numeric", month: "long", day: "numeric" }),
  date_short: (date) => format(date, { year: "numeric", month: "short", day: "numeric" }),
  date_long: (date) =>
    format(date, { year: "numeric", month: "long", day: "numeric", weekday: "long" }),
  time: (date) => formatTime(date),
  time_secs: (date) => formatTime(date, true),
  ago: (date) => ago(date),
};

// Slack's date templates, as in "{date_short_pretty} {time}". An unknown token stays as it is.
export function formatTemplate(date, template, words) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => {
    const base = name.replace(/_pretty$/, "");
    const token = TOKENS[base];
    if (!token) return whole;
    return base === name ? token(date) : prettyDay(date, words, token);
  });
}

// Seconds since 1970 of a wall-clock text "2026-11-20T09:30" in the person's zone, and back.
export function wallToEpoch(text) {
  const guess = Date.parse(`${text}:00Z`);
  const shift = Date.parse(`${epochToWall(guess / 1000)}:00Z`) - guess;
  return Math.round((guess - shift) / 1000);
}

export function epochToWall(seconds) {
  const date = new Date(seconds * 1000);
  return `${dayKey(date)}T${new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(date)}`;
}
