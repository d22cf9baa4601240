// The printed sheet in a person's hands: what stands on it, and nothing that the cloud or the box would tell. Read from
// the CSV that the operator saved, which shows what the PDF shows.
import type { Visit } from './visit.ts';

/** One line of the sheet. */
interface Line {
  readonly bin: number;
  readonly keyName: string;
  readonly fob: string;
  readonly number: number;
  readonly code: string;
}

/** A sheet of one box. */
export interface Paper {
  /** What the file says, whole. */
  readonly text: string;
  /** Bins that have a key on paper, in the order of the rows. */
  readonly keys: readonly { readonly bin: number; readonly name: string; readonly fob: string }[];
  /** @returns the 8 digits of a cell. @param target bin, or 0 for all bins */
  code(target: number, number: number): string;
}

/** The operator prints a sheet of the visited box and puts it away. */
export async function printPaper(
  { world, box }: Visit,
  order: { readonly renew?: boolean } = {},
): Promise<Paper> {
  const text = await world.host.file(world.site.operator, 'printSheet', {
    params: { box_id: `box_${box.boxId}` },
    body: { format: 'csv', ...order },
  });
  const lines = readLines(text);
  const keys = lines.flatMap(({ bin, keyName: name, fob, number }) =>
    number === 1 && name !== '' ? [{ bin, name, fob }] : [],
  );
  return {
    text,
    keys,
    code: (target, number) =>
      lines.find((line) => line.bin === target && line.number === number)?.code ?? 'no such cell',
  };
}

function readLines(text: string): readonly Line[] {
  const [, ...rows] = text.trim().split('\r\n');
  return rows.map((row) => {
    const cells = row.split(',').map((cell) => cell.replaceAll('"', ''));
    const [, , bin, keyName = '', fob = '', number, code = ''] = cells;
    return { bin: Number(bin), keyName, fob, number: Number(number), code: code.replaceAll(' ', '') };
  });
}
