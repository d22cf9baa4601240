// Everything a host gives to a program on an embedded engine, and all that the program gives back.
// There is nothing else: no timers, no console, no TextEncoder, no modules.

/** Hands one line of text to the host. */
declare function send(text: string): void;
/** Set by the program; the host calls it with every line it receives. */
declare var onLine: (text: string) => void;
