// The register of people who have signed in: the HTTP edge finds a caller here as it finds API tokens. A session's text
// is shown once; what is kept is its hash.

import { mintApiToken } from '../../platform/api-token.ts';
import type { Clock } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { StoredToken, TokenRegister } from '../../platform/token-register.ts';
import { isPresent, type People, scopeOf } from '../people/index.ts';
import { type Session, sessionEndMs, sessionLimits, sessionPermissions } from './session.ts';

interface SessionRow {
  tenant_id: TenantId;
  session_id: string;
  person_id: string;
  secret_hash: Uint8Array;
  second_factor: number;
  client_name: string | null;
  created_at_ms: number;
  used_at_ms: number;
}

/** What sessions need. */
export interface SessionPorts {
  readonly database: Database;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly commitGroup: CommitGroup;
  readonly people: Pick<People, 'person'>;
}

/** A session that was just opened. `text` exists nowhere else. */
export interface OpenedSession {
  readonly session: Session;
  readonly text: string;
}

/** Opens, finds and ends sessions. All but finding is done inside a transaction. */
export interface Sessions extends TokenRegister {
  /**
   * @param change.sinceMs when its 12 hours began, for one that takes another's place
   * @param change.clientName of a program that was let in by a device code
   */
  open(
    tenantId: TenantId,
    personId: string,
    change: {
      readonly secondFactor: boolean;
      readonly sinceMs?: number;
      readonly clientName?: string | null;
    },
  ): OpenedSession;
  /** Of a person, those that still count, the newest first. */
  of(tenantId: TenantId, personId: string): readonly Session[];
  get(tenantId: TenantId, sessionId: string): Session | undefined;
  end(tenantId: TenantId, sessionId: string): void;
  /** Ends every session of a person but the one given. */
  endAll(tenantId: TenantId, personId: string, exceptId?: string): void;
}

/** A use is written down once in this time at most: a page asks for many things at once. */
const touchMs = 60_000;

/** Over one database. */
export function createSessions(ports: SessionPorts): Sessions {
  const { clock, commitGroup } = ports;
  const run = prepare(ports.database);
  return {
    open: (tenantId, personId, { secondFactor, sinceMs, clientName = null }) => {
      const { text, publicId, secretHash } = mintApiToken(ports.entropy, 'session');
      const atMs = Math.floor(clock.nowMs());
      const session: Session = {
        sessionId: `ses_${publicId}`,
        ...{ personId, secondFactor, clientName, createdAtMs: sinceMs ?? atMs, usedAtMs: atMs },
      };
      const { sessionId, createdAtMs } = session;
      const facts = [secretHash, Number(secondFactor), clientName, createdAtMs, atMs] as const;
      run.open.run(tenantId, sessionId, personId, ...facts);
      run.forget.run(atMs - sessionLimits.lifeMs);
      return { session, text };
    },
    of: (tenantId, personId) =>
      run.of
        .all(tenantId, personId)
        .map(toSession)
        .filter((session) => clock.nowMs() < sessionEndMs(session)),
    get: (tenantId, sessionId) => {
      const row = run.get.get(tenantId, sessionId);
      return row === undefined ? undefined : toSession(row);
    },
    end: (tenantId, sessionId) => void run.end.run(tenantId, sessionId),
    endAll: (tenantId, personId, exceptId) => void run.endAll.run(tenantId, personId, exceptId ?? ''),
    find: ({ publicId, secretHash }) => {
      const row = run.find.get(secretHash, `ses_${publicId}`);
      return row === undefined ? undefined : toToken(ports, row);
    },
    used: ({ tenantId, tokenId }) => {
      const nowMs = Math.floor(clock.nowMs());
      const row = run.get.get(tenantId, tokenId);
      if (row === undefined || nowMs < row.used_at_ms + touchMs) return;
      commitGroup.enqueue(
        () => void run.touch.run(nowMs, tenantId, tokenId),
        () => {},
      );
    },
  };
}

function prepare(database: Database) {
  return {
    open: database.prepare(
      `INSERT INTO session (tenant_id, session_id, person_id, secret_hash, second_factor, client_name,
         created_at_ms, used_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    of: database.prepare<SessionRow>(
      'SELECT * FROM session WHERE tenant_id = ? AND person_id = ? ORDER BY created_at_ms DESC, session_id LIMIT 100',
    ),
    get: database.prepare<SessionRow>('SELECT * FROM session WHERE tenant_id = ? AND session_id = ?'),
    find: database.prepare<SessionRow>('SELECT * FROM session WHERE secret_hash = ? AND session_id = ?'),
    touch: database.prepare('UPDATE session SET used_at_ms = ? WHERE tenant_id = ? AND session_id = ?'),
    end: database.prepare('DELETE FROM session WHERE tenant_id = ? AND session_id = ?'),
    endAll: database.prepare('DELETE FROM session WHERE tenant_id = ? AND person_id = ? AND session_id <> ?'),
    forget: database.prepare('DELETE FROM session WHERE created_at_ms <= ?'),
  };
}

// Role and places are read at each call: what a person lost is lost at once.
function toToken(ports: SessionPorts, row: SessionRow): StoredToken | undefined {
  const person = ports.people.person(row.tenant_id, row.person_id);
  if (person?.role == null || !isPresent(person, ports.clock.nowMs())) return undefined;
  const session = toSession(row);
  return {
    tenantId: row.tenant_id,
    tokenId: session.sessionId,
    personId: person.personId,
    role: person.role,
    scope: scopeOf(person),
    permissions: sessionPermissions(session, person),
    secretHash: new Uint8Array(row.secret_hash),
    expiresAtMs: sessionEndMs(session),
    revokedAtMs: null,
  };
}

function toSession(row: SessionRow): Session {
  return {
    sessionId: row.session_id,
    personId: row.person_id,
    secondFactor: row.second_factor === 1,
    clientName: row.client_name,
    createdAtMs: row.created_at_ms,
    usedAtMs: row.used_at_ms,
  };
}
