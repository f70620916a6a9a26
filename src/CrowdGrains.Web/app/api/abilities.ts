import { signal } from '@preact/signals';

/** What the server can do, by its own description: what it cannot do is not offered. */
const abilities = signal<ReadonlySet<string>>(new Set());

interface Description { paths: Record<string, Record<string, unknown>> }

/** Reads the description. Without it only what every server can do is offered. */
export async function learnAbilities(): Promise<void> {
  try {
    const response = await fetch('/openapi/v1.json');
    const { paths } = await response.json() as Description;
    abilities.value = new Set(Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`)));
  } catch {
    abilities.value = new Set();
  }
}

/** Such as <c>post /v1/requests/{id}:assign</c>. */
export function can(call: string): boolean {
  return abilities.value.has(call);
}
