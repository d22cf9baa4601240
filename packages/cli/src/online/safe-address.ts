// Whether a token may travel to an address: only encrypted, or without leaving this computer.

/** @param url a valid address */
export function isEncrypted(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
