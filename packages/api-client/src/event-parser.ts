// Reads server-sent events out of pieces of text (WHATWG HTML, "Interpreting an event stream"). Pieces end anywhere.

/** One event of a stream. */
export interface ServerSentEvent {
  /** Where to resume: the last id that the stream gave, with this event or before it. */
  readonly id: string;
  /** `message` unless named. */
  readonly event: string;
  readonly data: string;
}

/** Takes a piece of text; returns the events that are complete with it. */
export type EventParser = (piece: string) => readonly ServerSentEvent[];

/** At the start of a stream. */
export function createEventParser(): EventParser {
  let rest = '';
  let begun = false;
  let id = '';
  let event = '';
  let data: string[] = [];

  const readLine = (line: string): ServerSentEvent | undefined => {
    if (line === '') {
      const complete =
        data.length === 0 ? undefined : { id, event: event || 'message', data: data.join('\n') };
      event = '';
      data = [];
      return complete;
    }
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    return undefined;
  };

  return (piece) => {
    rest += piece;
    if (!begun && rest !== '') {
      begun = true;
      rest = rest.replace(/^\ufeff/, '');
    }
    // A carriage return at the very end may be half of a line end.
    const whole = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    const lines = whole.split(/\r\n|\n|\r/);
    const unfinished = lines.pop() ?? '';
    rest = unfinished + rest.slice(whole.length);
    return lines.map(readLine).filter((one) => one !== undefined);
  };
}
