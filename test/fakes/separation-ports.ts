import type { DeclaredVariable } from '../../src/domain/environment-diff/variables.js';
import type { ConfiguredResource } from '../../src/domain/separation/evidence.js';
import { type Facts, NO_FACTS, type Unread } from '../../src/domain/separation/facts.js';
import type { Signature } from '../../src/domain/separation/report.js';
import type { AwsFacts, Focus, Vantage } from '../../src/ports/aws-facts.js';
import type { Configuration } from '../../src/ports/configuration.js';
import type { Signer } from '../../src/ports/signer.js';

/** What AWS says, the same from everywhere. */
export class FakeAwsFacts implements AwsFacts {
  facts: Facts = NO_FACTS;
  unread: readonly Unread[] = [];
  /** What reading fails with; undefined when it works. */
  failure: unknown;
  readonly asked: { readonly vantage: Vantage; readonly focus: Focus }[] = [];
  prepared = false;

  async prepare() {
    this.prepared = true;
  }

  async read(vantage: Vantage, focus: Promise<Focus>) {
    this.asked.push({ vantage, focus: await focus });
    if (this.failure !== undefined) throw this.failure;
    return { facts: this.facts, unread: this.unread };
  }
}

/** A configuration whose resources nothing reads. */
export class FakeConfiguration implements Configuration {
  configured: ReadonlyMap<string, ConfiguredResource> = new Map();
  declared: readonly DeclaredVariable[] = [];

  async resources(): Promise<ReadonlyMap<string, ConfiguredResource>> {
    return this.configured;
  }

  async variables(): Promise<readonly DeclaredVariable[]> {
    return this.declared;
  }
}

/** Signs with its own name. */
export class FakeSigner implements Signer {
  async sign(_: unknown, key: string, text: string): Promise<Signature> {
    return { keyArn: key, algorithm: 'FAKE', publicKey: 'PEM', value: `signed ${text}` };
  }
}
