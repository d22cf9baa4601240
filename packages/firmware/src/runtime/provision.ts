// What the factory leaves in a box before its first start. Apart from the loop: a box in the field never
// does this, and one that has its factory record is never provisioned again.
import type { Board } from '../boards/board.ts';
import type { RecordName } from '../core/index.ts';
import type { FlashStorage } from '../ports/index.ts';
import { BoxRecords } from './box-records.ts';

/**
 * Saves `records` into a box that has no factory record yet.
 * @returns false, and changes nothing, for a box that has one
 */
export function provision(
  storage: FlashStorage,
  board: Board,
  records: Readonly<Partial<Record<RecordName, Uint8Array>>>,
): boolean {
  const everyday = storage.open({ path: board.partitions.records, mode: 'r+' });
  const emergency = storage.open({ path: board.partitions.emergency, mode: 'r+' });
  try {
    const store = new BoxRecords({ everyday, emergency });
    if (store.has('factory')) return false;
    for (const [name, bytes] of Object.entries(records)) store.save(name as RecordName, bytes);
    return true;
  } finally {
    everyday.close();
    emergency.close();
  }
}
