import { awsEndpoint } from '../../domain/emulated-aws.js';
import { judgeAnswer } from '../../domain/health/http-answer.js';
import { judgeResolution } from '../../domain/health/name-resolution.js';
import { notChecked } from '../../domain/health.js';
import { stringOutput } from '../../domain/state.js';
import type { Probe, ProbedEnvironment } from './probe.js';

/** Longest time one request may take. */
const TIMEOUT_MS = 10_000;

const SERVES_NO_TRAFFIC = 'an emulated AWS serves no traffic';

/** The application's own answer at the environment's address, or at the URL that the policy names instead. */
export const probeApplication: Probe<'environment' | 'httpProbe'> = async (ports, environment) => {
  const { url, path } = environment.binding.policy.health;
  const address = url ?? healthAddress(environment);
  if (address === undefined) {
    return [notChecked('traffic', `GET ${path}`, 'the outputs name no api_base_url')];
  }
  const name = `GET ${address}`;
  if (url === undefined && isEmulated(ports)) return [notChecked('traffic', name, SERVES_NO_TRAFFIC)];
  return [judgeAnswer(name, await ports.httpProbe.get(address, { timeoutMs: TIMEOUT_MS }))];
};

/** The application's answer when the load balancer itself is asked, whatever the environment's name leads to. */
export const probeLoadBalancer: Probe<'environment' | 'httpProbe'> = async (ports, environment) => {
  const loadBalancer = addressBehind(environment);
  if (loadBalancer === undefined) return [];
  const { address, host } = loadBalancer;
  const name = `GET ${environment.binding.policy.health.path} of ${host}`;
  if (isEmulated(ports)) return [notChecked('traffic', name, SERVES_NO_TRAFFIC)];
  return [judgeAnswer(name, await ports.httpProbe.get(address, { timeoutMs: TIMEOUT_MS, connectTo: host }))];
};

/** Whether the environment's name leads to its load balancer. */
export const probeName: Probe<'environment' | 'nameResolver'> = async (ports, environment) => {
  const loadBalancer = addressBehind(environment);
  if (loadBalancer === undefined) return [];
  const name = new URL(loadBalancer.address).hostname;
  if (isEmulated(ports)) return [notChecked('traffic', `DNS of ${name}`, SERVES_NO_TRAFFIC)];
  const [named, own] = await Promise.all([
    ports.nameResolver.resolve(name),
    ports.nameResolver.resolve(loadBalancer.host),
  ]);
  return [judgeResolution({ host: name, resolved: named }, { host: loadBalancer.host, resolved: own })];
};

/** Undefined where there is no load balancer to tell apart: none in the outputs, or the policy names another address. */
function addressBehind(
  environment: ProbedEnvironment,
): { readonly address: string; readonly host: string } | undefined {
  const address = healthAddress(environment);
  const host = stringOutput(environment.state, 'load_balancer_dns_name');
  if (environment.binding.policy.health.url !== undefined || address === undefined || host === undefined) {
    return undefined;
  }
  return URL.canParse(address) ? { address, host } : undefined;
}

function healthAddress({ binding, state }: ProbedEnvironment): string | undefined {
  const base = stringOutput(state, 'api_base_url');
  return base === undefined ? undefined : `${base}${binding.policy.health.path}`;
}

function isEmulated({ environment }: Pick<Parameters<typeof probeApplication>[0], 'environment'>): boolean {
  return awsEndpoint(environment) !== undefined;
}
