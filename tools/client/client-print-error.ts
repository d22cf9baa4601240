// Why the client cannot be printed: the API description says what the printer does not know.

/** Ends the printing. */
export class ClientPrintError extends Error {
  override readonly name = 'ClientPrintError';
}
