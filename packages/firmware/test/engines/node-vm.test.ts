// Node's own engine keeps the contract: what fails here is the program or the suite, not an embedded engine.
import { describeEngine } from '../../engines/engine-contract.ts';
import { startVm, vmLimits } from '../../engines/node-vm/vm-engine.ts';

describeEngine(
  'Node',
  (program) => startVm(program, vmLimits),
  (program) => startVm(program, { ...vmLimits, callMs: 500 }),
);
