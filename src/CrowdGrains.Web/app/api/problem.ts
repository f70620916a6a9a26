interface ProblemBody { title?: string; detail?: string | null; code?: string; errors?: { field: string; message: string }[] | null }

/** A call that was refused or did not get through, in words for people. Status 0: there was no answer. */
export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, message: string) {
    super(message);
  }

  static readonly unreachable = (): Problem => new Problem(0, 'no-answer', 'The server cannot be reached.');

  static async of(response: Response): Promise<Problem> {
    const body = await (response.json() as Promise<ProblemBody>).catch((): ProblemBody => ({}));
    const fields = (body.errors ?? []).map((error) => `${error.field} ${error.message}`);
    const text = [body.title, body.detail, ...fields].filter((part, i, all) => part && all.indexOf(part) === i).join(' ');
    return new Problem(response.status, body.code ?? '', text || `The server answered ${response.status}.`);
  }
}

export function textOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
