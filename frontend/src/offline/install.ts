/** Lets a phone keep the page. On the computer itself the server is always there, so nothing needs to be kept. */

const AT_HOME = "https:";

/** Keep the page for later, on a device that was let in; where the browser will not, everything else works as before. */
export async function keepPage(): Promise<void> {
  if (location.protocol !== AT_HOME || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/sw.js");
    // Facts that wait must not be cleared away when the phone runs low on space.
    await navigator.storage?.persist?.();
  } catch {
    // Without the home's certificate installed browsers keep nothing; the page says how to install it.
  }
}
