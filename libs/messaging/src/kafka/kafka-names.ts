import { READ_ONCE } from '@math-labeler/contracts';

/** The names of topics and groups as the cluster has them: with the prefix that is this installation's. */
export class KafkaNames {
  /** Of groups that a reading without a group makes and leaves behind. */
  readonly readers: string;

  constructor(private readonly prefix: string) {
    this.readers = prefix + READ_ONCE;
  }

  out(name: string): string {
    return this.prefix + name;
  }

  isOurs(name: string): boolean {
    return name.startsWith(this.prefix) && !name.startsWith('__') && !name.startsWith(this.readers);
  }

  in(name: string): string {
    return name.slice(this.prefix.length);
  }
}
