// A QuickJS module whose memory really ends. The WebAssembly build cannot see the size of its own blocks, so
// the runtime's setMemoryLimit counts 8 bytes per block and stops nothing. Here the linear memory may not grow,
// and ballast takes all of it but the heap that is asked for: when that is used up, malloc fails as it does on
// a device. The heap is painted, so the highest use can be read off afterwards.
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
  RELEASE_SYNC,
} from 'quickjs-emscripten';
import { EngineError } from '../embedded-engine.ts';

/** The memory that the build declares: 256 pages of 64 KiB, here also its maximum. */
const pages = 256;
const paint = 0xa5;
const allocatorWords = 16;

export interface BoundedModule {
  readonly module: QuickJSWASMModule;
  /** Highest use of the heap so far, fragmentation and allocator headers included. */
  peakBytes(): number;
  /** Whether not even a small block is to be had. */
  isExhausted(): boolean;
  /** Gives back a few kilobytes kept aside, so that an error in a full heap can be described. */
  freeReserve(): void;
}

/** The C allocator of the module. */
interface Allocator {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** For the description of one error. Not part of the heap. */
const reserveBytes = 32 * 1024;
const exhaustedBelowBytes = 4 * 1024;

/** Takes every free block that is left, from the largest down to the dust. */
function fillUp(allocator: Allocator): void {
  for (let bytes = pages * 65_536; bytes >= 16; bytes /= 2) {
    while (allocator._malloc(bytes) !== 0) {
      // Never given back: the module is used for one box and then dropped whole.
    }
  }
}

function boundHeap(
  allocator: Allocator,
  memory: WebAssembly.Memory,
  heapBytes: number,
): BoundedModule['peakBytes'] {
  const start = allocator._malloc(heapBytes);
  if (start === 0) throw new EngineError('bad-reply', 'the module has less memory than asked for');
  fillUp(allocator);
  const heap = new Uint8Array(memory.buffer).subarray(start, start + heapBytes);
  heap.fill(paint);
  allocator._free(start);
  return () => {
    let end = heap.length - allocatorWords; // a free block ends with a word of the allocator's own
    while (end > 0 && heap[end - 1] === paint) end -= 1;
    return end;
  };
}

/** @param heapBytes everything QuickJS allocates: parser, bytecode, objects; its C stack lies elsewhere */
export async function newBoundedModule(heapBytes: number): Promise<BoundedModule> {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const base = newVariant(RELEASE_SYNC, { wasmMemory: memory });
  let allocator: Allocator | undefined;
  const variant: QuickJSSyncVariant = {
    ...base,
    importFFI: async () => {
      const Bindings = await base.importFFI();
      return class extends Bindings {
        constructor(module: ConstructorParameters<typeof Bindings>[0]) {
          super(module);
          allocator = module;
        }
      };
    },
  };
  const module = await newQuickJSWASMModuleFromVariant(variant);
  if (allocator === undefined) throw new EngineError('bad-reply', 'the module gave no allocator');
  const taken: Allocator = allocator;
  let reserve = taken._malloc(reserveBytes);
  const peakBytes = boundHeap(taken, memory, heapBytes);
  return {
    module,
    peakBytes,
    isExhausted() {
      const probe = taken._malloc(exhaustedBelowBytes);
      taken._free(probe);
      return probe === 0;
    },
    freeReserve() {
      if (reserve !== 0) taken._free(reserve);
      reserve = 0;
    },
  };
}
