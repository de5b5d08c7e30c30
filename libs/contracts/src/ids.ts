import { parse, v5 as uuidv5 } from 'uuid';

/** Namespace of every id of this product; chosen once, never changed. */
const NAMESPACE = parse('6f4ac1d2-3c0b-4f0e-9a5e-1f9a6d1f2b77');

/** A UUIDv5 (RFC 9562) of its parts: the same parts always give the same id. */
export function derivedId(...parts: readonly string[]): string {
  return uuidv5(JSON.stringify(parts), NAMESPACE);
}
