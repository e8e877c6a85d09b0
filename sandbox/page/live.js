// The stream of "something changed" notices. Reconnects by itself, waiting a little longer each
// time, and reports every connection, the first too: what changed while none stood is not noticed.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8000;

export function openLive(as, { onChange, onState }) {
  let socket = null;
  let wait = FIRST_WAIT_MS;
  let timer = null;
  let isClosed = false;
  let wasOpen = false;

  function connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(`${scheme}//${location.host}/page/ws?as=${encodeURIComponent(as)}`);
    socket.addEventListener("open", () => {
      wait = FIRST_WAIT_MS;
      onState(true, wasOpen);
      wasOpen = true;
    });
    socket.addEventListener("message", (event) => {
      const notice = JSON.parse(event.data);
      if (notice.type === "changed") onChange(notice);
    });
    socket.addEventListener("close", () => {
      if (isClosed) return;
      onState(false, wasOpen);
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  }

  connect();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    socket.close();
  };
}
