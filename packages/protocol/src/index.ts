// The public door of the protocol: the words that boxes and the cloud exchange, and nothing else.
export {
  type AuditExport,
  type AuditFile,
  type AuditStart,
  type AuditUnreadable,
  auditExportLimits,
  auditExportText,
  readAuditExport,
} from './audit/audit-export.ts';
export {
  type AuditRecord,
  auditRecordHash,
  auditRecordText,
  noRecordHash,
} from './audit/audit-record.ts';
export { frontierAt, frontierRoot, grow } from './audit/frontier.ts';
export { isConsistent, isIncluded, type TreeState } from './audit/merkle-proof.ts';
export {
  consistencyProof,
  inclusionProof,
  leafHash,
  nodeHash,
  type SubtreeHash,
  treeRoot,
} from './audit/merkle-tree.ts';
export {
  auditPublicKey,
  isHeadSignedBy,
  isSignedTreeHead,
  type SignedTreeHead,
  signTreeHead,
  type TreeHead,
} from './audit/tree-head.ts';
export {
  type AuditFault,
  type AuditRefused,
  type AuditVerified,
  verifyAuditExport,
} from './audit/verify-export.ts';
export {
  asciiToBytes,
  bytesToHex,
  concatBytes,
  equalBytes,
  hexToBytes,
  readUint,
  uint32ToBytes,
  wipe,
  writeUint,
} from './basics/bytes.ts';
export { decimalCode, sameCode } from './basics/decimal-code.ts';
export {
  ProtocolError,
  type ProtocolErrorCode,
  type RefusalReason,
  type Refused,
  refused,
} from './basics/errors.ts';
export {
  type BoxId,
  boxIdFromBytes,
  boxIdToBytes,
  formatLabel,
  noRequest,
  parseBoxId,
  parseLabel,
} from './basics/ids.ts';
export { limits } from './basics/limits.ts';
export {
  type BreakGlassFault,
  type BreakGlassFile,
  type BreakGlassHead,
  type BreakGlassOpened,
  type BreakGlassRefused,
  openBreakGlass,
  readBreakGlass,
  sealBreakGlass,
} from './break-glass/export-file.ts';
export {
  type Argon2Settings,
  breakGlassCost,
  passphraseKey,
  passphraseToBytes,
  SALT_BYTES,
} from './break-glass/passphrase.ts';
export type {
  BreakGlassBox,
  BreakGlassKey,
  BreakGlassPayload,
  BreakGlassRow,
  BreakGlassSheet,
} from './break-glass/payload.ts';
export {
  type BreakGlassUse,
  type BreakGlassUseKind,
  breakGlassUseKinds,
  CHAIN_BYTES,
  challengeHash,
  firstUseHash,
  isSignedBy,
  readUse,
  type SignedUse,
  signUse,
  useBytes,
  useHash,
  usePublicKey,
  useToLine,
} from './break-glass/use-record.ts';
export { FRAME_TYPES, type FrameType, frameType, PROTOCOL_VERSION } from './frame/frame.ts';
export { boxOfUpTopic, downTopic, upTopic } from './frame/topics.ts';
export { chainHash, entryMac, firstLogKey, genesisHash, nextLogKey } from './log/chain.ts';
export {
  decodeLogEntry,
  encodeLogEntry,
  isTag,
  type LogEntry,
  type LogEntryKind,
  logEntryKinds,
  noTag,
  type TimeSource,
  timeSources,
} from './log/entry.ts';
export {
  type BodyNamed,
  catalogue,
  type DownMessage,
  type Message,
  messageNamed,
  type UpMessage,
} from './messages/catalogue.ts';
export { decodeMessage, encodeMessage } from './messages/codec.ts';
export type { Direction, MessageDefinition } from './messages/definition.ts';
export { authenticatorCode, authenticatorStep, base32 } from './offline/authenticator-code.ts';
export {
  type Booking,
  type BookingKey,
  type BookingPayload,
  bookingCode,
  bookingHours,
  bookingHoursFor,
  bookingOf,
  bookingPayload,
  readBookingCode,
} from './offline/booking-code.ts';
export {
  decodeOfflineUse,
  encodeOfflineUse,
  isOfflineGrant,
  type OfflineMethod,
  type OfflineUse,
  offlineGrant,
} from './offline/offline-use.ts';
export { type PhoneChallenge, phoneAnswer } from './offline/phone-answer.ts';
export { ALL_BINS, revocationCode, type SheetCell, sheetCode } from './offline/sheet-code.ts';
export type { CryptoProvider, SealedParts } from './secure/crypto-provider.ts';
export {
  answerExchange,
  claimCode,
  type ExchangeBody,
  type ExchangeFinished,
  type ExchangeHello,
  type ExchangeKind,
  finishExchange,
  type PendingExchange,
  readExchangeHello,
  startExchange,
} from './secure/exchange.ts';
export {
  type Answered,
  type AnswerOptions,
  answerHello,
  confirmKeys,
  finishWelcome,
  type HelloOptions,
  type PendingHello,
  type RootKeys,
  startHello,
  type Welcomed,
} from './secure/handshake.ts';
export type { Hello, WelcomeBody } from './secure/hello.ts';
export { hkdfExpand, hkdfExtract, mqttPassword, stepRootKey } from './secure/key-derivation.ts';
export { nobleCrypto } from './secure/noble-crypto.ts';
export { openRecord, type Session, sealRecord } from './secure/record.ts';
export type { Field, Fields, Kind } from './wire/field.ts';
