// Routes whose body is a file: its bytes reach the handler as they came. Apart, because only such routes may be sent
// another type than JSON, and only they a longer body.

import type { FastifyInstance, FastifyPluginAsync, RouteOptions } from 'fastify';
import { CloudError } from '../platform/errors.ts';
import type { Upload } from '../platform/route.ts';

/** Registers a route that takes one kind of file and no JSON. */
export function registerUpload(app: FastifyInstance, upload: Upload, route: RouteOptions): void {
  const { contentType, maxBytes } = upload;
  // A plugin, because the types that are taken are those of all routes in it.
  const apart: FastifyPluginAsync = async (only) => {
    only.removeAllContentTypeParsers();
    const whole = { parseAs: 'buffer', bodyLimit: maxBytes } as const;
    only.addContentTypeParser<Buffer>(contentType, whole, (_request, body, done) =>
      done(null, new Uint8Array(body)),
    );
    only.route({
      ...route,
      bodyLimit: maxBytes,
      config: { ...route.config, upload: contentType },
      preHandler: async (request) => {
        // Nothing was sent, not even a type.
        if (!(request.body instanceof Uint8Array)) throw new CloudError('malformed-body');
      },
    });
  };
  app.register(apart);
}
