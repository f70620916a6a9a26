/** Calls back once in the next frame, however often it is asked for before that. */
export function perFrame(act: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (!isWaiting) {
      isWaiting = true;
      afterFrame(() => {
        isWaiting = false;
        act();
      });
    }
  };
}

/** Frames do not come in a tab that is not seen, and what waits for one would pile up. */
function afterFrame(act: () => void): void {
  if (document.visibilityState === 'hidden') {
    window.setTimeout(act, 1000);
  } else {
    requestAnimationFrame(act);
  }
}

/** The same, but not more often than once in so many milliseconds. */
export function atMostEvery(milliseconds: number, act: () => void): () => void {
  let timer = 0;
  let last = -Infinity;
  return () => {
    if (timer === 0) {
      timer = window.setTimeout(() => {
        timer = 0;
        last = performance.now();
        act();
      }, Math.max(0, last + milliseconds - performance.now()));
    }
  };
}

const sliceMilliseconds = 8;

/** Does work for each item in slices that leave the page time to answer between them. */
export async function inSlices<T>(items: Iterable<T>, act: (item: T) => void): Promise<void> {
  let end = performance.now() + sliceMilliseconds;
  for (const item of items) {
    act(item);
    if (performance.now() >= end) {
      await new Promise((resolve) => window.setTimeout(resolve));
      end = performance.now() + sliceMilliseconds;
    }
  }
}
