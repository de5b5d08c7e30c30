import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

export interface EmbeddingServer {
  /** Ends in /v1. */
  readonly url: string;
  /** All that it was asked to embed, in order. */
  readonly texts: readonly string[];
  stop(): Promise<void>;
}

/** A server that speaks OpenAI's interface and gives each text a vector of its length, or lets nobody in. */
export async function embeddingServer(lets: 'all in' | 'nobody in' = 'all in'): Promise<EmbeddingServer> {
  const texts: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      if (lets === 'nobody in') return response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }));
      const { input } = JSON.parse(body) as { readonly input: readonly string[] };
      texts.push(...input);
      const data = input.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 1, 1] }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data, usage: { prompt_tokens: 1, total_tokens: 1 } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    texts,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
