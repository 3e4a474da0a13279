import { Help } from '@oclif/core';
import { EXIT_CODES } from './domain/exit-codes.js';

/** oclif's help, with the exit codes at the end of the first page: scripts rely on them as on the commands. */
export default class MhtctlHelp extends Help {
  override formatRoot(): string {
    const codes = Object.values(EXIT_CODES).map(({ code, meaning }): [string, string] => [String(code), meaning]);
    return `${super.formatRoot()}\n\n${this.section('EXIT CODES', this.renderList(codes, { stripAnsi: this.opts.stripAnsi ?? false, indentation: 2 }))}`;
  }
}
