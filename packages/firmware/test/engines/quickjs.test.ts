// QuickJS keeps the contract inside its stated memory, wherever Node runs.
import { describeEngine } from '../../engines/engine-contract.ts';
import { quickjsLimits, startQuickjs } from '../../engines/quickjs/quickjs-engine.ts';

describeEngine('QuickJS', (program) => startQuickjs(program, quickjsLimits));
