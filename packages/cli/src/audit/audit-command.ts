// `smartbox audit verify FILE`: whether an exported audit is what the server signed. It needs the public key, no
// server and no network.
import {
  type AuditFile,
  type AuditVerified,
  hexToBytes,
  isSignedTreeHead,
  nobleCrypto,
  readAuditExport,
  type SignedTreeHead,
  verifyAuditExport,
} from '@smartbox/protocol';
import type { Language } from '../break-glass/index.ts';
import { chooseLanguage } from '../terminal/choose-language.ts';
import { CliError } from '../terminal/cli-error.ts';
import type { Command } from '../terminal/command.ts';
import { readTextFile } from '../terminal/read-text-file.ts';
import { auditUsage, readAuditArguments } from './audit-arguments.ts';
import { sayAudit } from './audit-texts.ts';

/** @see auditUsage */
export const auditCommand: Command = async (args, { output, environment }) => {
  const asked = readAuditArguments(args);
  if (asked.help) {
    output.write(`${auditUsage}\n`);
    return;
  }
  const language = chooseLanguage(asked.language, environment);
  const publicKey = readKey(asked.publicKey, language);
  const kept = asked.heads.map((path) => readHead(path, language));
  const file = readFile(asked.file, language);
  const result = verifyAuditExport(nobleCrypto, file, { publicKey, kept });
  if (result.kind === 'refused') {
    const { reason, at } = result;
    if (asked.json) output.write(`${JSON.stringify({ verified: false, reason, at }, null, 2)}\n`);
    throw new CliError('audit-refused', sayAudit(language, reason, { at }));
  }
  const shown = asked.json
    ? JSON.stringify(verifiedJson(file, result), null, 2)
    : verifiedLines(file, result, language).join('\n');
  output.write(`${shown}\n`);
};

/** @throws CliError */
function readFile(path: string, language: Language): AuditFile {
  const file = readAuditExport(readTextFile(path));
  if (file.kind === 'file') return file;
  throw new CliError(file.reason, sayAudit(language, file.reason, { file: path }));
}

/** @throws CliError */
function readKey(given: string, language: Language): Uint8Array {
  const isKey = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);
  const text = isKey(given) ? given : readTextFile(given).trim();
  if (isKey(text)) return hexToBytes(text);
  throw new CliError('damaged', sayAudit(language, 'noKey', { file: given }));
}

/** @throws CliError */
function readHead(path: string, language: Language): SignedTreeHead {
  const value = parse(readTextFile(path));
  if (isSignedTreeHead(value)) return value;
  throw new CliError('damaged', sayAudit(language, 'noHead', { file: path }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no head either: the caller says so.
    return undefined;
  }
}

function verifiedJson({ tenant_id, head }: AuditFile, { first, last, earlierHeads }: AuditVerified) {
  return {
    ...{ verified: true, tenant_id, first, last, tree_size: head.tree_size },
    signed_at: new Date(head.timestamp).toISOString(),
    ...{ root_hash: head.root_hash, earlier_heads: earlierHeads },
  };
}

function verifiedLines(
  { tenant_id, head }: AuditFile,
  { first, last, earlierHeads }: AuditVerified,
  language: Language,
): readonly string[] {
  const at = new Date(head.timestamp).toISOString();
  const size = head.tree_size;
  return [
    sayAudit(language, size === 0 ? 'nothing' : 'verified', { first, last, size, at }),
    sayAudit(language, 'tenant', { tenant: tenant_id }),
    ...(earlierHeads > 0 ? [sayAudit(language, 'heads', { count: earlierHeads })] : []),
    ...(first > 1 || last < size ? [sayAudit(language, 'partial')] : []),
  ];
}
