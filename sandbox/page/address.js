// Where the visitor is, kept in the address bar so that a reload or a copied link leads back.

export function readAddress() {
  const query = new URLSearchParams(location.search);
  return {
    as: query.get("as"),
    channel: query.get("channel"),
    tab: query.get("tab") === "home" ? "home" : "messages",
  };
}

export function writeAddress({ as, channel, tab }) {
  const query = new URLSearchParams();
  if (as) query.set("as", as);
  if (channel) query.set("channel", channel);
  if (tab === "home") query.set("tab", "home");
  history.replaceState(null, "", `?${query}`);
}
