// The cookie in which a browser keeps a session: for this server only, over TLS only, out of reach of scripts.

/** Its name. The prefix makes browsers insist on the rest (RFC 6265bis). */
export const sessionCookie = '__Host-smartbox';

/** @returns the header that has a browser keep a session */
export function keptCookie(text: string, lifeMs: number): string {
  return `${sessionCookie}=${text}; Path=/; Max-Age=${Math.floor(lifeMs / 1_000)}; Secure; HttpOnly; SameSite=Lax`;
}

/** The header that has a browser forget it. */
export const forgottenCookie = `${sessionCookie}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax`;
