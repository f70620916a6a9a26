import { computed, effect, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const store = 'crowdgrains.theme';
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(dark.matches);
dark.addEventListener('change', () => (systemIsDark.value = dark.matches));

function kept(): Theme {
  const value = localStorage.getItem(store);
  return value === 'light' || value === 'dark' ? value : 'system';
}

export const theme = signal<Theme>(kept());

/** What is shown: what was chosen, or what the system says. */
export const isDark = computed(() => (theme.value === 'system' ? systemIsDark.value : theme.value === 'dark'));

/** Keeps the page and what is kept of the choice in step with it. */
export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = isDark.value ? 'dark' : 'light';
    if (theme.value === 'system') {
      localStorage.removeItem(store);
    } else {
      localStorage.setItem(store, theme.value);
    }
  });
}
