// What the two flash stores throw: rules that their caller broke. Faults of the flash itself come through
// from the port as PortError.

export type StoreErrorCode = 'partition-too-small' | 'record-too-long' | 'entry-size' | 'sequence-gap';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode) {
    super(code);
    this.code = code;
  }
}
