/** What the server is configured with for its pages. */
export interface Settings { mapStyle: string | null }

export const settings: Settings = { mapStyle: null };

export async function loadSettings(): Promise<void> {
  try {
    Object.assign(settings, await (await fetch('/console.json')).json());
  } catch {
    // The plain map needs no settings.
  }
}
