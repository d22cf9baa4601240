// The public door: a client for one server, and what it answers and throws. It needs nothing but `fetch`.
export { type ApiFault, ApiProblem, ApiUnreachable } from './api-fault.ts';
export type { Answer, Call, CallOptions, Calls } from './call.ts';
export { type Client, type ClientSettings, createClient } from './client.ts';
export type { ClientPorts } from './client-ports.ts';
export type { DownloadedFile } from './downloaded-file.ts';
export { eachItem } from './each-item.ts';
export type { ServerSentEvent } from './event-parser.ts';
export type * from './operations.generated.ts';
export { operationFacts } from './operations.generated.ts';
