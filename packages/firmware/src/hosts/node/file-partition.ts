// A NOR partition in a file: the cells are kept in memory by the flash model, and every change is written
// through before the operation returns, so that what the firmware believes to be stored survives a killed
// process and, by O_DSYNC, a machine that loses its power.
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { BLOCK_BYTES, type Partition } from '../../electronics/index.ts';
import { HostError } from './host-error.ts';

export interface FilePartition {
  readonly partition: Partition;
  close(): void;
}

/** Opens the partition in `file`, or makes it, erased. */
export function filePartition(file: string, name: string, blocks: number): FilePartition {
  const size = blocks * BLOCK_BYTES;
  if (!existsSync(file)) createErased(file, size);
  const cells = new Uint8Array(readFileSync(file));
  if (cells.length !== size) {
    const advice = 'move it away to begin with an erased one, and enrol the box anew';
    throw new HostError('flash-file-damaged', `${file} holds ${cells.length} bytes, not ${size}: ${advice}`);
  }
  const descriptor = openSync(file, constants.O_RDWR | constants.O_DSYNC);
  const onChange = (changed: Uint8Array, offset: number, length: number) => {
    for (let written = 0; written < length; ) {
      written += writeSync(descriptor, changed, offset + written, length - written, offset + written);
    }
  };
  return { partition: { name, blocks, cells, onChange }, close: () => closeSync(descriptor) };
}

/** Renamed into place: a process killed here leaves no half a flash. */
function createErased(file: string, size: number): void {
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, new Uint8Array(size).fill(0xff), { mode: 0o600, flush: true });
  renameSync(unfinished, file);
}
