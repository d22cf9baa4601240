// Walks through a list of the API, page by page, as far as the caller reads.
import type { CallOptions } from './call.ts';

interface Paged<Item> {
  readonly body: {
    readonly data: readonly Item[];
    readonly next_cursor: string | null;
  };
}

/**
 * @param list an operation that lists, `client.listKeys`
 * @param input of its first page: `{ query: { location_id } }`; `limit` is the size of a page
 */
export async function* eachItem<Item, Input extends { readonly query?: object | undefined }>(
  list: (input: Input, options?: CallOptions) => Promise<Paged<Item>>,
  input: NoInfer<Input>,
  options: CallOptions = {},
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | null = null;
  do {
    const query: object = { ...input.query, ...(cursor === null ? {} : { cursor }) };
    const { body }: Paged<Item> = await list({ ...input, query }, options);
    yield* body.data;
    cursor = body.next_cursor;
  } while (cursor !== null);
}
