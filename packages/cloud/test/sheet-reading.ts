// Reads a sheet that was printed as CSV back into rows, for tests that want to know what stands on the paper.

/** One target of a sheet. */
export interface ReadRow {
  /** 0 for all bins. */
  readonly bin: number;
  readonly name: string;
  readonly fobLabel: string;
  readonly codes: readonly string[];
}

/** @returns the rows by bin, all bins first. @param csv without quoted cells */
export function readSheet(csv: string): readonly ReadRow[] {
  const rows = new Map<number, ReadRow>();
  for (const line of csv.trim().split('\r\n').slice(1)) {
    const [, , bin = '', name = '', fobLabel = '', , code = ''] = line.split(',');
    const before = rows.get(Number(bin))?.codes ?? [];
    const codes = [...before, code.replace(' ', '')];
    rows.set(Number(bin), { bin: Number(bin), name, fobLabel, codes });
  }
  return [...rows.values()].sort((a, b) => a.bin - b.bin);
}
