// A file as the API answers it.

/** Bytes and what they are. */
export interface DownloadedFile {
  readonly bytes: Uint8Array;
  /** `application/pdf`. */
  readonly contentType: string;
  /** What the server calls it; undefined if it gave no name. Only a name: it never leads to another folder. */
  readonly fileName: string | undefined;
}

/** Reads the body of an answer. */
export async function readFileAnswer(response: Response): Promise<DownloadedFile> {
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    contentType: response.headers.get('content-type') ?? 'application/octet-stream',
    fileName: fileNameIn(response.headers.get('content-disposition') ?? ''),
  };
}

/** @param disposition RFC 6266; @returns the last part of its file name, without what leads elsewhere */
export function fileNameIn(disposition: string): string | undefined {
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1];
  const quoted = /filename="([^"]*)"/i.exec(disposition)?.[1];
  const name = (encoded === undefined ? undefined : decoded(encoded)) ?? quoted;
  const last = name
    ?.split(/[/\\]/)
    .at(-1)
    ?.replace(/[\p{Cc}]/gu, '');
  return last === undefined || /^\.*$/.test(last) ? undefined : last;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
