// The workspace as last fetched, and who is looking at it. One place that every part of the page
// asks for names; it fetches nothing itself.

let team = {};
let app = { name: "App", commands: [], shortcuts: [] };
let users = new Map();
let channels = new Map();
let me = null;
let now = 0;
let isNextDayOffered = true;

export function setWorkspace(answer) {
  team = typeof answer.team === "string" ? { name: answer.team } : answer.team ?? {};
  app = { commands: [], shortcuts: [], ...answer.app };
  users = new Map(answer.users.map((user) => [user.id, user]));
  channels = new Map(answer.channels.map((channel) => [channel.id, channel]));
  ({ now } = answer);
  isNextDayOffered = answer.has_next_day !== false;
  if (!users.has(me)) me = listUsers()[0]?.id ?? null;
}

export const getTeam = () => team;
export const getApp = () => app;
export const getNow = () => now;
export const getMe = () => users.get(me);
export const listUsers = () => [...users.values()].filter((user) => !user.is_bot);
export const hasNextDay = () => isNextDayOffered;
export const findUser = (id) => users.get(id) ?? null;
export const findChannel = (id) => channels.get(id) ?? null;

export function becomeUser(id) {
  if (users.has(id)) me = id;
}

function isMine(channel) {
  if (channel.user === me) return true;
  return Array.isArray(channel.members) ? channel.members.includes(me) : channel.kind === "public";
}

// "global" shortcuts stand in the composer, "message" ones in the menu of a message.
export function listShortcuts(kind) {
  return app.shortcuts.filter((shortcut) => (shortcut.kind ?? shortcut.type) === kind);
}

export function findMyDirect() {
  return listMyChannels().find((channel) => channel.kind === "im") ?? null;
}

export function listMyChannels() {
  return [...channels.values()].filter(isMine);
}

export function userName(id) {
  const user = users.get(id);
  if (user) return user.real_name || user.name;
  return id === app.bot_user_id ? app.name : null;
}

export function channelTitle(channel) {
  return channel.kind === "im" ? app.name : channel.name || channel.id;
}
