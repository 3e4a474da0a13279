import { describe, expect, it } from '@jest/globals';
import { backendRequirements, backendTags } from '../../../src/domain/backend-facts.js';
import { absentBackend, factsOf } from '../../fakes/backend-facts.js';
import { bindingOf, STAGING } from '../../fakes/bindings.js';

const unmet = (...parts: Parameters<typeof factsOf>) =>
  backendRequirements(factsOf(...parts), parts[0])
    .filter(({ met }) => !met)
    .map(({ resource, property, essential }) => `${resource} ${property}${essential ? ' (essential)' : ''}`);

describe("a state backend's tags", () => {
  it("are the environment's, the project's and mhtctl's own", () => {
    expect(backendTags(STAGING)).toEqual({ Environment: 'staging', Project: 'mht-api', ManagedBy: 'mhtctl' });
  });

  it.each([[{}], [{ project_name: 7 }], [{ project_name: null }]])(
    'leave out a project that is not named: %j',
    (variables) => {
      expect(backendTags(bindingOf('staging', { variables }))).toEqual({
        Environment: 'staging',
        ManagedBy: 'mhtctl',
      });
    },
  );
});

describe('the requirements of a state backend', () => {
  it('are all met by one that is as it should be', () => {
    expect(unmet(STAGING)).toEqual([]);
  });

  it.each<[Parameters<typeof factsOf>[1], string]>([
    [{ bucket: { exists: false } }, 'bucket there (essential)'],
    [{ bucket: { versioned: false } }, 'bucket versioned (essential)'],
    [{ bucket: { encryption: null } }, 'bucket encrypted (essential)'],
    [{ bucket: { publicAccessBlocked: false } }, 'bucket private (essential)'],
    [{ bucket: { tlsOnly: false } }, 'bucket TLS-only'],
    [{ bucket: { tags: {} } }, 'bucket tagged'],
    [{ bucket: { tags: { Environment: 'production', Project: 'mht-api', ManagedBy: 'mhtctl' } } }, 'bucket tagged'],
    [{ lockTable: { exists: false } }, 'lockTable there (essential)'],
    [{ lockTable: { pointInTimeRecovery: false } }, 'lockTable recoverable to a point in time'],
    [{ lockTable: { tags: { Environment: 'staging' } } }, 'lockTable tagged'],
  ])('notice %j', (facts, expected) => {
    expect(unmet(STAGING, facts)).toEqual([expected]);
  });

  it('take any encryption, further tags, and plain HTTP where there is no TLS', () => {
    const tags = { ...backendTags(STAGING), Owner: 'ada' };
    expect(unmet(STAGING, { bucket: { encryption: 'AES256', tlsOnly: 'no-tls', tags } })).toEqual([]);
  });

  it('ask for no lock table where the file names none', () => {
    const binding = bindingOf('staging', { backend: { lockTable: undefined } });
    expect(new Set(backendRequirements(factsOf(binding), binding).map(({ resource }) => resource))).toEqual(
      new Set(['bucket']),
    );
  });

  it('are none of them met when nothing is there', () => {
    expect(backendRequirements(absentBackend(STAGING), STAGING).some(({ met }) => met)).toBe(false);
  });
});
