import { BaseCommand } from '../base-command.js';
import type { Finding } from '../domain/finding.js';
import { doctorText } from '../presenters/doctor-text.js';
import { abandonOnInterrupt } from '../services/abandon-on-interrupt.js';
import { examineMachine } from '../services/examine-machine.js';

/** What `doctor --json` returns. */
export interface DoctorResult {
  readonly findings: readonly Finding[];
}

export default class Doctor extends BaseCommand<DoctorResult> {
  static override summary = 'Look at every tool, credential and file mhtctl needs, and say what to do.';
  static override description = 'Exits 3 when there is a problem. Warnings do not change the exit code.';
  static override examples = ['<%= config.bin %> doctor'];

  async run(): Promise<DoctorResult> {
    await this.parse(Doctor);
    const ports = await this.ports();
    const findings = await abandonOnInterrupt(ports.interruption, examineMachine(ports, process.version));
    if (findings.some(({ status }) => status === 'problem')) this.endAs('refused');
    this.show((style) => doctorText(findings, style));
    return { findings };
  }
}
