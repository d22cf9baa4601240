// The public door of the runtime: what a host needs to run a box.
export { type BoxProgram, type DriveOptions, type RunningBox, startBox, type Turn } from './drive.ts';
export { provision } from './provision.ts';
export { RuntimeError, type RuntimeErrorCode } from './runtime-error.ts';
