import { homedir } from 'node:os';
import { join } from 'node:path';
import { MhtctlError } from '../../domain/errors.js';
import { isSupportedTerraform, SUPPORTED_TERRAFORM, TERRAFORM_TO_INSTALL } from '../../domain/terraform-version.js';
import type { ExecutableLocator, ProcessRunner } from '../../ports/process-runner.js';
import type { Tool, Toolchain } from '../../ports/toolchain.js';
import {
  findProviderMirror,
  mirrorConfiguration,
  userHasCliConfiguration,
  writeIfDifferent,
} from './cli-configuration.js';
import { HASHICORP, installByHand, type ReleasePublisher, TerraformInstaller } from './terraform-installer.js';
import { terraformPlatform } from './terraform-platform.js';
import { probeTerraform } from './terraform-probe.js';

/** What the toolchain works with. */
export interface ToolchainOptions {
  readonly runner: ProcessRunner & ExecutableLocator;
  /** The environment that mhtctl was started in. */
  readonly env: NodeJS.ProcessEnv;
  /** The project's own directory for what is not committed; the cache is in it. */
  readonly privateDir: string;
  /** Ends a download when mhtctl is interrupted. */
  readonly signal: AbortSignal;
  /** The user's home directory; that of `env` unless given. */
  readonly homeDir?: string;
  /** Whose Terraform is installed; HashiCorp's unless given. */
  readonly publisher?: ReleasePublisher;
  /** Where add-on software packages are, in each of which a provider mirror may be; `/opt` unless given. */
  readonly addOnRoot?: string;
}

/** Finds Terraform and its providers on this machine; installs Terraform into the project's cache where it is missing. */
export class LocalToolchain implements Toolchain {
  readonly #options: ToolchainOptions;
  readonly #installer: TerraformInstaller;

  constructor(options: ToolchainOptions) {
    this.#options = options;
    this.#installer = new TerraformInstaller(options.publisher ?? HASHICORP, options.signal);
  }

  async findTerraform(): Promise<Tool | null> {
    return (await this.#search()).tool;
  }

  async terraform(announce: (message: string) => void): Promise<Tool> {
    const { runner, env } = this.#options;
    const { tool, cached, unusable } = await this.#search();
    if (tool !== null) return tool;

    const { version } = cached;
    const found = unusable.length === 0 ? 'there is no terraform on PATH' : unusable.join(', ');
    const platform = terraformPlatform(process.platform, process.arch);
    if (platform === null) {
      throw new MhtctlError({
        code: 'TerraformMissing',
        outcome: 'toolFailed',
        message: `terraform ${SUPPORTED_TERRAFORM} is needed (${found}) and cannot be installed on ${process.platform} ${process.arch}`,
        nextSteps: installByHand(version),
      });
    }
    const publisher = new URL((this.#options.publisher ?? HASHICORP).baseUrl).host;
    announce(`Terraform ${SUPPORTED_TERRAFORM} is needed and ${found}: installing ${version} from ${publisher}`);
    await this.#installer.install(version, platform, cached.path);
    if ((await probeTerraform(runner, cached.path, env)) !== version) {
      throw new MhtctlError({
        code: 'TerraformMissing',
        outcome: 'toolFailed',
        message: `the installed ${cached.path} does not run on this machine`,
        nextSteps: [`${cached.path} version`, ...installByHand(version)],
      });
    }
    return cached;
  }

  /** The Terraform to use, null when there is none; where ours would be; and what was found and cannot be used. */
  async #search(): Promise<{
    readonly tool: Tool | null;
    readonly cached: Tool;
    readonly unusable: readonly string[];
  }> {
    const { runner, env, privateDir } = this.#options;
    const version = TERRAFORM_TO_INSTALL;
    const file = process.platform === 'win32' ? 'terraform.exe' : 'terraform';
    const cached: Tool = { path: join(privateDir, 'cache', 'terraform', version, file), version, source: 'cache' };
    const unusable: string[] = [];
    for (const path of await runner.locate('terraform', env)) {
      const found = await probeTerraform(runner, path, env);
      if (found !== null && isSupportedTerraform(found)) {
        return { tool: { path, version: found, source: 'path' }, cached, unusable };
      }
      unusable.push(found === null ? `${path} does not run` : `${path} is ${found}`);
    }
    const tool = (await probeTerraform(runner, cached.path, env)) === version ? cached : null;
    return { tool, cached, unusable };
  }

  /**
   * Also empty when TF_CLI_CONFIG_FILE names a file that does not exist and no mirror is found: Terraform then warns and
   * uses its defaults, as it does without mhtctl.
   */
  async cliConfiguration(): Promise<Readonly<Record<string, string>>> {
    const { env, privateDir, addOnRoot = '/opt' } = this.#options;
    const homeDir = this.#options.homeDir ?? env['HOME'] ?? homedir();
    const platform = terraformPlatform(process.platform, process.arch);
    if (platform === null || (await userHasCliConfiguration(env, homeDir))) return {};
    const mirror = await findProviderMirror(addOnRoot, join(privateDir, 'cache', 'providers'), platform);
    if (mirror === null) return {};
    const path = join(privateDir, 'terraform.rc');
    await writeIfDifferent(path, mirrorConfiguration(mirror));
    return { TF_CLI_CONFIG_FILE: path };
  }
}
