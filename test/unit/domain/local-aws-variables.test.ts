import { describe, expect, it } from '@jest/globals';
import { awsEndpoint } from '../../../src/domain/emulated-aws.js';
import { localAwsUnset, localAwsVariables } from '../../../src/domain/local-aws-variables.js';

describe('the variables of the local AWS', () => {
  const variables = localAwsVariables('http://127.0.0.1:5005', 'eu-west-1');

  it('point clients at the emulator, by the older name of the region too', () => {
    expect(variables).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:5005',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    });
    expect(awsEndpoint(variables)).toBe('http://127.0.0.1:5005');
  });

  it('hold credentials, which no client goes without', () => {
    expect(variables).toMatchObject({
      AWS_ACCESS_KEY_ID: expect.stringMatching(/./),
      AWS_SECRET_ACCESS_KEY: expect.stringMatching(/./),
    });
  });

  it('are none of those that are taken away because they lead to real AWS', () => {
    const unset = localAwsUnset({ AWS_ENDPOINT_URL: 'kept', AWS_ENDPOINT_URL_S3: 'https://elsewhere' });
    expect(unset).toEqual(
      expect.arrayContaining([
        'AWS_ENDPOINT_URL_S3',
        'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
        'AWS_PROFILE',
        'AWS_ROLE_ARN',
        'AWS_SESSION_TOKEN',
        'AWS_WEB_IDENTITY_TOKEN_FILE',
      ]),
    );
    expect(unset.filter((name) => name in variables)).toEqual([]);
  });
});

describe('the endpoint in use', () => {
  it.each([[{}], [{ AWS_ENDPOINT_URL: '' }], [{ AWS_ENDPOINT_URL: undefined }]])('is none with %j', (environment) => {
    expect(awsEndpoint(environment)).toBeUndefined();
  });
});
