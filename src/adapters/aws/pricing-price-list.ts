import type { PricingClient } from '@aws-sdk/client-pricing';
import { isRegion } from '../../domain/binding/aws-names.js';
import { type ListedProduct, parseListedProduct } from '../../domain/cost/price-list/listed-product.js';
import { awsEndpoint } from '../../domain/emulated-aws.js';
import { MhtctlError } from '../../domain/errors.js';
import type { PriceList, PriceListQuestion } from '../../ports/price-list.js';
import { awsFailure } from './aws-failure.js';
import type { ClientConfigurations } from './client-configuration.js';
import { PageTokens } from './page-tokens.js';

const PRODUCTS = 'pricing:GetProducts';
const VALUES = 'pricing:GetAttributeValues';
/** As many as AWS gives at once. */
const PAGE = 100;

/** List prices by the Price List Query API, with the caller's own credentials: they are no environment's. */
export class PricingPriceList implements PriceList {
  readonly #configurations: ClientConfigurations;
  /** One client for each endpoint. */
  readonly #clients = new Map<string, Promise<PricingClient>>();

  constructor(configurations: ClientConfigurations) {
    this.#configurations = configurations;
  }

  async regions(near: string): Promise<readonly string[]> {
    const { paginateGetAttributeValues } = await import('./sdk/pricing.js');
    const regions: string[] = [];
    try {
      const client = await this.#client(near);
      const pages = paginateGetAttributeValues(
        { client, pageSize: PAGE, stopOnSameToken: true },
        { ServiceCode: 'AmazonEC2', AttributeName: 'regionCode' },
      );
      for await (const { AttributeValues = [] } of pages) {
        regions.push(...AttributeValues.flatMap(({ Value }) => (Value === undefined ? [] : [Value])));
      }
    } catch (error) {
      throw listFailure(error, VALUES, 'the regions');
    }
    // Local and Wavelength Zones are among them.
    return regions.filter(isRegion).sort();
  }

  async products(region: string, { service, attributes }: PriceListQuestion): Promise<readonly ListedProduct[]> {
    const { GetProductsCommand } = await import('./sdk/pricing.js');
    const filters = Object.entries(attributes).map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value }));
    const products: ListedProduct[] = [];
    const tokens = new PageTokens();
    try {
      const client = await this.#client(region);
      for (let token: string | undefined; ; ) {
        const page = await client.send(
          new GetProductsCommand({ ServiceCode: service, Filters: filters, MaxResults: PAGE, NextToken: token }),
        );
        const documents: readonly unknown[] = page.PriceList ?? [];
        products.push(...documents.map((document) => parseListedProduct(String(document))));
        token = page.NextToken;
        if (token === undefined || token === '') return products;
        if (tokens.comesAgain(token)) throw new Error(`the page token ${token} comes again: the list has no end`);
      }
    } catch (error) {
      throw listFailure(error, PRODUCTS, `${service} of ${region}`);
    }
  }

  #client(region: string): Promise<PricingClient> {
    const endpoint = endpointOf(region);
    const client = this.#clients.get(endpoint) ?? this.#make(endpoint);
    this.#clients.set(endpoint, client);
    return client;
  }

  async #make(endpoint: string): Promise<PricingClient> {
    const { PricingClient } = await import('./sdk/pricing.js');
    return new PricingClient(await this.#configurations.of({ region: endpoint, roleArn: undefined }));
  }
}

/**
 * The region whose endpoint is asked: each of the partition tells the prices of all its regions, GovCloud's too.
 * Source: https://docs.aws.amazon.com/general/latest/gr/billing.html
 */
function endpointOf(region: string): string {
  if (region.startsWith('cn-')) return 'cn-northwest-1';
  if (region.startsWith('eu-')) return 'eu-central-1';
  return region.startsWith('ap-') ? 'ap-south-1' : 'us-east-1';
}

/** A failure to read the list. An emulator has none, which is no fault of AWS's. */
function listFailure(error: unknown, action: string, subject: string): MhtctlError {
  const endpoint = awsEndpoint(process.env);
  const status = (error as { readonly $metadata?: { readonly httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (endpoint === undefined || status === undefined || status < 500) return awsFailure(error, action, subject);
  return new MhtctlError({
    code: 'AwsFailed',
    outcome: 'toolFailed',
    message: `${endpoint} has no price list: it answers ${status} to ${action}`,
    nextSteps: ['ask AWS itself: unset AWS_ENDPOINT_URL, and sign in'],
    cause: error,
  });
}
