// All records of a box under one name space, kept in two partitions: what is saved with every log entry wears
// its sectors out, and the keys for emergencies, saved once in weeks, must not take up the slots in between.
import { EMERGENCY_RECORDS, type RecordName } from '../core/index.ts';
import { emergencyRecordIds, recordIds } from '../peripherals/record-ids.ts';
import { RecordStore } from '../peripherals/record-store.ts';
import type { Flash } from '../ports/index.ts';

type EverydayName = keyof typeof recordIds;
type EmergencyName = keyof typeof emergencyRecordIds;

export class BoxRecords {
  readonly #everyday: RecordStore<EverydayName>;
  readonly #emergency: RecordStore<EmergencyName>;

  /** Mounts both partitions. Throws PortError when the flash fails. */
  constructor(flash: { readonly everyday: Flash; readonly emergency: Flash }) {
    this.#everyday = new RecordStore(flash.everyday, recordIds);
    this.#emergency = new RecordStore(flash.emergency, emergencyRecordIds);
  }

  /** All stored records by name, as copies. */
  records(): Partial<Record<RecordName, Uint8Array>> {
    return { ...this.#everyday.records(), ...this.#emergency.records() };
  }

  /** Whether a record of this name was ever saved. */
  has(name: RecordName): boolean {
    return isEmergency(name) ? this.#emergency.has(name) : this.#everyday.has(name);
  }

  /** Replaces the record. When this returns, the new value survives every power cut and the old one is gone. */
  save(name: RecordName, bytes: Uint8Array): void {
    if (isEmergency(name)) this.#emergency.save(name, bytes);
    else this.#everyday.save(name, bytes);
  }
}

function isEmergency(name: RecordName): name is EmergencyName {
  return (EMERGENCY_RECORDS as readonly RecordName[]).includes(name);
}
