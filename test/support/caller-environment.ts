/** Environment variables of this process, changed for a while. */
export class CallerEnvironment {
  readonly #before = new Map<string, string | undefined>();

  /** Sets variables; undefined removes one. */
  set(variables: Readonly<Record<string, string | undefined>>): void {
    for (const [name, value] of Object.entries(variables)) {
      if (!this.#before.has(name)) this.#before.set(name, process.env[name]);
      assign(name, value);
    }
  }

  /** Removes everything that says where AWS is and who asks, then sets these. */
  useAws(variables: Readonly<Record<string, string>>): void {
    const own = Object.keys(process.env).filter((name) => name.startsWith('AWS_'));
    this.set(Object.fromEntries(own.map((name) => [name, undefined])));
    this.set({ ...variables, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
  }

  /** Gives every variable the value it had. */
  restore(): void {
    for (const [name, value] of this.#before) assign(name, value);
    this.#before.clear();
  }
}

function assign(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
