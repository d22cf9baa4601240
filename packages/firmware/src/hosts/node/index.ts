// The public door of the Node host: a box in real time, its control port, and scenarios over it.
export { type BoxControl, controlClient } from './control-client.ts';
export { type ControlPort, openControlPort } from './control-port.ts';
export { HostError, type HostErrorCode } from './host-error.ts';
export { runScenario, SCENARIO_EXIT_CODES, type ScenarioResult } from './run-scenario.ts';
export { parseScenario, type Scenario } from './scenario.ts';
export { type NodeBoxOptions, type StartedNodeBox, startNodeBox } from './start-node-box.ts';
export type { NumberedState } from './state-follower.ts';
