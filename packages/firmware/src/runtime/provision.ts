// What the factory leaves in a box before its first start. Apart from the loop: a box in the field never
// does this, and one that has its factory record is never provisioned again.
import type { Board } from '../boards/board.ts';
import type { RecordName } from '../core/index.ts';
import { recordIds } from '../peripherals/record-ids.ts';
import { RecordStore } from '../peripherals/record-store.ts';
import type { FlashStorage } from '../ports/index.ts';

/**
 * Saves `records` into a box that has no factory record yet.
 * @returns false, and changes nothing, for a box that has one
 */
export function provision(
  storage: FlashStorage,
  board: Board,
  records: Readonly<Partial<Record<RecordName, Uint8Array>>>,
): boolean {
  const flash = storage.open({ path: board.partitions.records, mode: 'r+' });
  try {
    const store = new RecordStore<RecordName>(flash, recordIds);
    if (store.has('factory')) return false;
    for (const [name, bytes] of Object.entries(records)) store.save(name as RecordName, bytes);
    return true;
  } finally {
    flash.close();
  }
}
