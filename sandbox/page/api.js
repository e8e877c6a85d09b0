// The page's calls to the sandbox. A refusal comes back as an ApiError with a sentence to show.

export class ApiError extends Error {}

async function answer(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    body = {};
  }
  if (!response.ok) throw new ApiError(body.error ?? `HTTP ${response.status}`);
  return body;
}

async function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  const response = await fetch(`/page/api/${path}${query ? `?${query}` : ""}`);
  return answer(response);
}

async function post(path, body) {
  const response = await fetch(`/page/api/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  return answer(response);
}

export const api = {
  workspace: () => get("workspace"),
  view: (as, channel) => get("view", { as, channel }),
  thread: (as, channel, ts) => get("thread", { as, channel, ts }),
  home: (as) => get("home", { as }),
  modal: (as) => get("modal", { as }),
  progress: () => get("progress"),
  message: (as, channel, text, threadTs) =>
    post("message", threadTs ? { as, channel, text, thread_ts: threadTs } : { as, channel, text }),
  action: (as, container, action, state) => post("action", { as, container, action, state }),
  submit: (as, viewId, state) => post("submit", { as, view_id: viewId, state }),
  close: (as, viewId, all = false) => post("close", { as, view_id: viewId, ...(all ? { all } : {}) }),
  suggest: (as, container, blockId, actionId, value) =>
    post("suggest", { as, container, block_id: blockId, action_id: actionId, value }),
  shortcut: (as, callbackId, place = {}) => post("shortcut", { as, callback_id: callbackId, ...place }),
  reaction: (as, channel, ts, name) => post("reaction", { as, channel, ts, name }),
  language: (as, locale) => post("language", { as, locale }),
  openHome: (as) => post("open-home", { as }),
  nextDay: () => post("next-day", {}),
  async upload(as, channel, file) {
    const form = new FormData();
    form.append("as", as);
    form.append("channel", channel);
    form.append("file", file, file.name);
    return answer(await fetch("/page/api/upload", { method: "POST", body: form }));
  },
};
