// The "next day" button's work: ask for it, and tell how far it is until it is done.

import { api } from "./api.js";
import { reportError } from "./toast.js";

const POLL_MS = 400;

function pause() {
  return new Promise((resolve) => {
    setTimeout(resolve, POLL_MS);
  });
}

// Follows the progress until the sandbox is idle. report(progress) is called with each answer.
export async function followProgress(report, isStillAsked = () => false) {
  for (;;) {
    const progress = await api.progress();
    if (progress.error) reportError(progress.error);
    const isRunning = progress.running || isStillAsked();
    report({ ...progress, running: isRunning });
    if (!isRunning) return;
    await pause();
  }
}

export async function runNextDay(report) {
  let isAsked = true;
  report({ running: true });
  const request = api
    .nextDay()
    .then((answer) => answer.error && reportError(answer.error))
    .catch(reportError)
    .finally(() => {
      isAsked = false;
    });
  await pause();
  await followProgress(report, () => isAsked);
  await request;
}
