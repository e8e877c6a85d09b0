// Runs a fetch so that only the newest answer counts and calls made meanwhile lead to one more
// run, never to a pile.

export function latest(work) {
  let running = null;
  let isAskedAgain = false;

  async function run() {
    do {
      isAskedAgain = false;
      await work();
    } while (isAskedAgain);
  }

  return () => {
    if (running) isAskedAgain = true;
    else {
      running = run().finally(() => {
        running = null;
      });
    }
    return running;
  };
}
