// The broker keeps nothing: sessions are clean, nothing is retained, wills are refused, and what
// a box missed is the ledger's business. This stands in for the broker's store with answers that
// are always empty, which also spares its indexes for every box that connects.

import { Readable } from 'node:stream';

const nothing = async (): Promise<void> => {};
const none = async (): Promise<readonly never[]> => [];
const empty = (): Readable => {
  const stream = new Readable({ objectMode: true, read: () => {} });
  stream.push(null);
  return stream;
};

/** What the broker asks of its store, always answered with nothing. */
export const noPersistence = {
  setup: nothing,
  destroy: nothing,
  storeRetained: nothing,
  // The broker pipes retained messages to each new subscriber: there is nothing to pipe.
  createRetainedStreamCombi: () => ({ pipe: () => {} }),
  createRetainedStream: empty,
  addSubscriptions: nothing,
  removeSubscriptions: nothing,
  cleanSubscriptions: nothing,
  subscriptionsByClient: none,
  subscriptionsByTopic: none,
  countOffline: async () => ({ subsCount: 0, clientsCount: 0 }),
  outgoingEnqueue: nothing,
  outgoingEnqueueCombi: nothing,
  outgoingUpdate: nothing,
  outgoingClearMessageId: nothing,
  outgoingStream: empty,
  incomingStorePacket: nothing,
  incomingGetPacket: nothing,
  incomingDelPacket: nothing,
  cleanIncoming: nothing,
  putWill: nothing,
  delWill: nothing,
  getWill: nothing,
  streamWill: empty,
  getClientList: empty,
} as const;
