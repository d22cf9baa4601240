// A certificate authority of this server's own, made on first start, so that TLS is never "later".
// Boxes pin its certificate. An operator with certificates of their own points the configuration
// at them instead.

import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Clock } from '../platform/clock.ts';
import { readPrivateFile, writePrivateFile } from '../platform/private-file.ts';
import type { ServerKeys } from './listeners.ts';

const dayMs = 86_400_000;
const authorityDays = 3_650;
const serverDays = 825;
const renewDays = 30;

/** Server keys signed by the authority in `directory`; makes or renews what is missing. */
export async function developmentCertificates(options: {
  readonly directory: string;
  /** Host names and addresses that boxes may connect to. */
  readonly names: readonly string[];
  readonly clock: Clock;
}): Promise<ServerKeys & { readonly authorityFile: string }> {
  const file = (name: string): string => join(options.directory, name);
  const authority = await authorityIn(file, options.clock);
  const certificate = readPrivateFile(file('server.pem'));
  const privateKey = readPrivateFile(file('server-key.pem'));
  if (
    certificate !== undefined &&
    privateKey !== undefined &&
    serves(certificate, { ...options, authority: authority.cert })
  ) {
    return { certificate, privateKey, authorityFile: file('ca.pem') };
  }
  const made = await serverCertificate(authority, options);
  writePrivateFile(file('server-key.pem'), made.private);
  writePrivateFile(file('server.pem'), made.cert);
  return { certificate: made.cert, privateKey: made.private, authorityFile: file('ca.pem') };
}

interface Authority {
  readonly key: string;
  readonly cert: string;
}

async function authorityIn(file: (name: string) => string, clock: Clock): Promise<Authority> {
  const cert = readPrivateFile(file('ca.pem'));
  const key = readPrivateFile(file('ca-key.pem'));
  if (cert !== undefined && key !== undefined && validForDays(cert, clock) > renewDays) return { cert, key };
  const made = await generate([{ name: 'commonName', value: 'SmartBox development authority' }], {
    ...lifetime(clock, authorityDays),
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  writePrivateFile(file('ca-key.pem'), made.private);
  writePrivateFile(file('ca.pem'), made.cert);
  return { cert: made.cert, key: made.private };
}

function serverCertificate(
  authority: Authority,
  options: { readonly names: readonly string[]; readonly clock: Clock },
) {
  return generate([{ name: 'commonName', value: options.names[0] ?? 'localhost' }], {
    ...lifetime(options.clock, serverDays),
    ca: { key: authority.key, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: options.names.map((name) =>
          isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name },
        ),
      },
    ],
  });
}

function lifetime(clock: Clock, days: number) {
  const nowMs = clock.nowMs();
  return {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A box whose clock is a little behind must not refuse a certificate made a minute ago.
    notBeforeDate: new Date(nowMs - dayMs),
    notAfterDate: new Date(nowMs + days * dayMs),
  } as const;
}

function serves(
  pem: string,
  wanted: { readonly names: readonly string[]; readonly clock: Clock; readonly authority: string },
): boolean {
  const certificate = new X509Certificate(pem);
  const named = wanted.names.every((name) =>
    isIP(name) === 0 ? certificate.checkHost(name) !== undefined : certificate.checkIP(name) !== undefined,
  );
  const signed = certificate.verify(new X509Certificate(wanted.authority).publicKey);
  return named && signed && validForDays(pem, wanted.clock) > renewDays;
}

function validForDays(pem: string, clock: Clock): number {
  return (Date.parse(new X509Certificate(pem).validTo) - clock.nowMs()) / dayMs;
}
