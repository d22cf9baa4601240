// The display, as rows of text. ECMA-419's display takes pixels; fonts and drawing belong to the host that
// has them, so this port keeps `configure` and `close` of the standard and writes rows instead.

export interface TextDisplay {
  /** Columns of a row; a full-width character takes two. */
  readonly columns: number;
  readonly rows: number;
  /** `brightness` of the back light: 0 is dark, 1 full. */
  configure(options: { readonly brightness: number }): void;
  /** Replaces row `row` (0 is the top) by `text`. */
  write(row: number, text: string): void;
  close(): void;
}

export interface TextDisplayConstructor {
  new (options: Record<string, never>): TextDisplay;
}
